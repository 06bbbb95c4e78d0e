/**
 * Tokens that links of mails and of the first start carry. They are read once, kept in this page's memory, and leave the address bar at
 * once: nobody reads them over a shoulder, from the history, or from a picture of the screen. A reload forgets them; the link still works.
 */
const kept = new Map<string, string>()

/** Takes the secret of a page out of its address, from `?name=` or `#name=`. True when there was one: the page is to be shown without it. */
export function takeSecret(page: string, name: 'token' | 'code', { search, hash }: Pick<Location, 'search' | 'hash'>): boolean {
  const secret = new URLSearchParams(search).get(name) ?? new URLSearchParams(hash.replace(/^#/, '')).get(name)
  if (secret === null) return false
  kept.set(page, secret)
  return true
}

export const secretOf = (page: string): string | undefined => kept.get(page)
export const forgetSecret = (page: string): boolean => kept.delete(page)
