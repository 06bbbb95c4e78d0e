import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { AuthDatabase } from '../../store/auth-database.ts'
import type { Devices } from './device-cookie.ts'

export const MOST_FAILURES = 10
export const WINDOW_SECONDS = 15 * 60

/** One attempt to sign in: refused before it was looked at, or counted as failed until it succeeds. */
export type Attempt =
  | Readonly<{ isRefused: true; retryAfterSeconds: number; isFirst: boolean }>
  | Readonly<{ isRefused: false; succeed: () => Promise<void> }>

/**
 * Counts failed attempts per account: those of callers nobody knows together, those of each device the owner has used by itself. Addresses
 * without an account are counted the same, so that nobody learns which is which. `kind` keeps passwords and codes apart.
 */
export type LockOut = Readonly<{ begin: (kind: 'password' | 'code', email: string, headers: Headers) => Promise<Attempt> }>

export function createLockOut(pool: AuthDatabase['pool'], devices: Devices): LockOut {
  const failures = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'sign_in_failure',
    tableCreated: true,
    // `purge` does it, where it can be waited for.
    clearExpiredByTimeout: false,
    keyPrefix: 'failure',
    points: MOST_FAILURES,
    duration: WINDOW_SECONDS,
  })
  return {
    begin: async (kind, email, headers) => {
      const key = `${kind}:${devices.accountKey(email)}:${devices.deviceOf(headers, email) ?? 'stranger'}`
      try {
        // Counted first and given back on success: many guesses at once count like many guesses one by one.
        await failures.consume(key)
        return { isRefused: false, succeed: async () => void (await failures.reward(key)) }
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
        return { isRefused: true, retryAfterSeconds, isFirst: refusal.consumedPoints === MOST_FAILURES + 1 }
      }
    },
  }
}
