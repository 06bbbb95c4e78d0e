import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { AuthDatabase } from '../../store/auth-database.ts'
import type { Devices } from './device-cookie.ts'

export const MOST_FAILURES = 10
export const WINDOW_SECONDS = 15 * 60
/** Those before are still good, so that asking again and again on somebody's behalf keeps nobody from a link. */
export const RESETS_PER_HOUR = 5
/** A code is shown for 30 seconds and taken for one such step before and after. */
const CODE_SECONDS = 90

/** One attempt to sign in: refused before it was looked at, or counted as failed until it succeeds. */
export type Attempt =
  | Readonly<{ isRefused: true; retryAfterSeconds: number; isFirst: boolean }>
  | Readonly<{ isRefused: false; succeed: () => Promise<void> }>

/**
 * Counts failed attempts per account: those of callers nobody knows together, those of each device the owner has used by itself. Addresses
 * without an account are counted the same, so that nobody learns which is which.
 */
export type LockOut = Readonly<{
  /** `kind` keeps passwords, codes and the password asked again within a session apart. */
  begin: (kind: 'password' | 'code' | 'confirmation', email: string, headers: Headers) => Promise<Attempt>
  /** Whether a code was not tried before: whoever looks over a shoulder comes too late (RFC 6238, section 5.2). */
  claimCode: (email: string, code: string) => Promise<boolean>
  /** Whether another link may be mailed to an account. */
  mayMail: (email: string) => Promise<boolean>
}>

export function createLockOut(pool: AuthDatabase['pool'], devices: Devices): LockOut {
  const failures = counter(pool, 'failure', MOST_FAILURES, WINDOW_SECONDS)
  const codes = counter(pool, 'code', 1, CODE_SECONDS)
  const mails = counter(pool, 'mail', RESETS_PER_HOUR, 3600)
  return {
    begin: async (kind, email, headers) => {
      const key = `${kind}:${devices.keyOf(email)}:${devices.deviceOf(headers, email) ?? 'stranger'}`
      // Counted first and given back on success: many guesses at once count like many guesses one by one.
      const refusal = await refusalOf(failures, key)
      if (!refusal) return { isRefused: false, succeed: async () => void (await failures.reward(key)) }
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
      return { isRefused: true, retryAfterSeconds, isFirst: refusal.consumedPoints === MOST_FAILURES + 1 }
    },
    claimCode: async (email, code) => (await refusalOf(codes, devices.keyOf(`${email} ${code}`))) === undefined,
    mayMail: async email => (await refusalOf(mails, devices.keyOf(email))) === undefined,
  }
}

const counter = (pool: AuthDatabase['pool'], keyPrefix: string, points: number, duration: number) =>
  new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'sign_in_failure',
    tableCreated: true,
    // `purge` does it, where it can be waited for.
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration,
  })

async function refusalOf(limiter: RateLimiterPostgres, key: string): Promise<RateLimiterRes | undefined> {
  try {
    await limiter.consume(key)
    return undefined
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal
    throw refusal
  }
}
