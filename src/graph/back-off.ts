/** Longest `Retry-After` believed: the reports' limits are counted over ten minutes, so more than an hour is a mistake. */
const LONGEST_MS = 60 * 60_000

/**
 * Wait asked for by `Retry-After`, seconds or a date, in ms, 1 s to 1 h; null when absent or unreadable. A date is compared with the
 * answer's own `Date` where there is one, as our clock may differ.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? ''
  const asked = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : untilDate(text, headers.get('date'), now)
  return asked === null ? null : Math.min(Math.max(Math.ceil(asked), 1000), LONGEST_MS)
}

function untilDate(text: string, date: string | null, now: number): number | null {
  // "-5" is a date to V8: an HTTP date begins with the name of a day.
  const until = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(until)) return null
  const theirs = Date.parse(date ?? '')
  return until - (Number.isNaN(theirs) ? now : theirs)
}

/** First wait and longest, in ms, without a word from the service: reference "usage reports" §3. */
const WAITS = {
  /** At least 30 s: the limits are counted over ten minutes. */
  throttled: { leastMs: 30_000, firstMs: 30_000, longestMs: 600_000 },
  unavailable: { leastMs: 0, firstMs: 2000, longestMs: 60_000 },
} as const
export type WhyWait = keyof typeof WAITS

/** Exponential with full jitter: between the least and a bound that doubles with every try. `tries` counts from 1, `random` is in [0, 1). */
export function backOffMs(why: WhyWait, tries: number, random: number): number {
  const { leastMs, firstMs, longestMs } = WAITS[why]
  return Math.round(leastMs + random * Math.min(firstMs * 2 ** (tries - 1), longestMs - leastMs))
}
