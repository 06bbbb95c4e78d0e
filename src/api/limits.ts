import ipaddr from 'ipaddr.js'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../model/errors.ts'

/** Whose requests are counted together. A key brings the limit it was given, if it was. */
export type Caller =
  | Readonly<{ kind: 'session'; id: string }>
  | Readonly<{ kind: 'key'; id: string; perMinute?: number | null }>
  | Readonly<{ kind: 'address'; address: string }>

export type RequestLimits = Readonly<Record<Caller['kind'], number>>

/**
 * Requests in a minute. A person who clicks fast causes some hundred; a key runs alone and may wait; whoever is not signed in needs a few
 * dozen to become so, and an office behind one address does that together.
 */
export const REQUESTS_PER_MINUTE: RequestLimits = { session: 1200, key: 600, address: 300 }

/** `headers` go on the answer either way (draft-ietf-httpapi-ratelimit-headers). */
export type Counted = Readonly<{ ok: true; headers: Headers }> | Readonly<{ ok: false; retryAfterSeconds: number; headers: Headers }>
type Headers = Readonly<Record<string, string>>

export type Limiter = Readonly<{
  /** Counts one request of this caller. */
  count: (caller: Caller) => Promise<Counted>
}>

const WINDOW_SECONDS = 60

/**
 * Counts in the memory of this process, a minute from each caller's first request on: several processes each allow the whole. That is
 * enough to keep one caller from taking everything, which is all it is for; guessing passwords is limited by sign-in, in the database.
 */
export function createLimiter(limits: RequestLimits = REQUESTS_PER_MINUTE): Limiter {
  const limiters = new Map<number, RateLimiterMemory>()
  const limiterOf = (points: number) => {
    const found = limiters.get(points) ?? new RateLimiterMemory({ points, duration: WINDOW_SECONDS })
    limiters.set(points, found)
    return found
  }
  return {
    count: async caller => {
      const limit = (caller.kind === 'key' ? caller.perMinute : null) ?? limits[caller.kind]
      const after = await limiterOf(limit).consume(nameOf(caller)).catch(refused)
      const seconds = Math.max(1, Math.ceil(after.msBeforeNext / 1000))
      const policy = `"${caller.kind}"`
      const headers = {
        'ratelimit-policy': `${policy};q=${limit};w=${WINDOW_SECONDS}`,
        ratelimit: `${policy};r=${after.remainingPoints};t=${seconds}`,
      }
      if (after.consumedPoints <= limit) return { ok: true, headers }
      return { ok: false, retryAfterSeconds: seconds, headers: { ...headers, 'retry-after': `${seconds}` } }
    },
  }
}

/** Throws `too-many` for a caller over the limit. */
export function refuseTooMany(counted: Counted): void {
  if (counted.ok) return
  throw new AppError('too-many', `too many requests in a minute; try again in ${counted.retryAfterSeconds} s`, {
    details: { retryAfterSeconds: counted.retryAfterSeconds },
  })
}

/** What the limiter throws is an answer, or a fault. */
function refused(thrown: unknown): RateLimiterRes {
  if (thrown instanceof RateLimiterRes) return thrown
  throw thrown
}

const nameOf = (caller: Caller): string =>
  caller.kind === 'address' ? `address ${blockOf(caller.address)}` : `${caller.kind} ${caller.id}`

/** One subscriber has a whole /64 of IPv6, and could come from another address each time. */
function blockOf(text: string): string {
  if (!ipaddr.isValid(text)) return text
  const address = ipaddr.process(text)
  return address.kind() === 'ipv4' ? address.toString() : `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}`
}
