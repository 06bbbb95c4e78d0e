import type { Place } from '../../model/words.ts'
import type { Report } from '../checks/catalogue.ts'

const SAFELINK = /^https?:\/\/[\w.-]*safelinks\.protection\.outlook\.com\//i

/** The address itself; a tracking wrapper around it is taken off and named. */
export function unwrap(href: string, place: Place, report: Report): string {
  if (!SAFELINK.test(href)) return href
  const [, wrapped] = /[?&]url=([^&]*)/.exec(href) ?? []
  const target = wrapped === undefined ? null : decoded(wrapped)
  if (target === null || !/^https?:\/\//i.test(target)) return href
  report('link/wrapped', place, `Unexpected tracking address around ${target}`, 'link to the page itself')
  return target
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray percent sign: not an address we can vouch for.
    return null
  }
}

/** A relative address of another page: not http, mail, an anchor or a picture. */
export const isPageLink = (href: string): boolean => !/^([a-z][\w+.-]*:|\/\/|#)/i.test(href) && /\.md(#.*)?$/i.test(href)
