/** A base that no link can name, so that a text which leaves it is one that leads elsewhere. */
const HERE = 'https://portal.invalid'
const LONGEST = 2000
/** Not places to land on: the sign-in page would lead to itself, the rest are not pages. */
const NO_PAGES = /^\/(sign-in|api)(\/|$)/

/**
 * A place in this portal to go to after signing in, from a text that anybody may have put into a link; undefined when it leads to another
 * site (`//evil.example`, `/\evil.example`, `/%2Fevil.example`), or is no page.
 */
export function safePath(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > LONGEST || !/^\/(?![/\\])/.test(text)) return undefined
  // Browsers drop tabs and line breaks inside an address and take `\` for `/`; nothing of the sort is in an honest path.
  if (/[\\\p{Cc}]/u.test(text)) return undefined
  const url = URL.canParse(text, HERE) ? new URL(text, HERE) : undefined
  if (url?.origin !== HERE || url.pathname.includes('//') || /%(2f|5c|0[0-9a-f]|25)/i.test(url.pathname)) return undefined
  return NO_PAGES.test(url.pathname) ? undefined : `${url.pathname}${url.search}${url.hash}`
}
