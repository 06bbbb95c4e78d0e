/** Requests of one report function per tenant in ten minutes (reference "usage reports" §3). */
export const CSV_REQUESTS = 14
export const JSON_REQUESTS = 100
/** Requests about one mailbox by one application in ten minutes ("Outlook service limits" of Microsoft Graph). */
export const MAILBOX_REQUESTS = 10_000
const WINDOW_MS = 600_000

export type Throttle = Readonly<{
  /** Counts a request; answers the seconds to wait when it was one too many. Refused requests do not count. */
  take: (tenant: string, fn: string, isJson: boolean, most?: number) => number | null
}>

/** `now` in ms since 1970. */
export function createThrottle(now: () => number): Throttle {
  const taken = new Map<string, number[]>()
  return {
    take(tenant, fn, isJson, most = isJson ? JSON_REQUESTS : CSV_REQUESTS) {
      const key = `${tenant} ${fn} ${isJson}`
      const recent = (taken.get(key) ?? []).filter(at => at > now() - WINDOW_MS)
      taken.set(key, recent)
      const oldest = recent[0]
      if (recent.length >= most && oldest !== undefined) return Math.max(1, Math.ceil((oldest + WINDOW_MS - now()) / 1000))
      recent.push(now())
      return null
    },
  }
}
