import type { Place } from '../../model/words.ts'
import type { Report } from '../checks/catalogue.ts'
import { plainValue } from '../text.ts'
import type { PageLink } from './outline.ts'

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

/** Links that a newline between text and address keeps from being one; read all the same. */
export function brokenLinks(lines: readonly string[], file: string, report: Report): PageLink[] {
  return lines.flatMap((line, at): PageLink[] => {
    const start = /\]\s*$/.test(line) ? line.lastIndexOf('[') : -1
    const [, href] = (start >= 0 && /^\s*\((https?:[^)\s]+)\)/.exec(lines[at + 1] ?? '')) || []
    if (href === undefined) return []
    const place = { line: at + 1, column: start + 1 }
    report('link/broken', { file, ...place }, 'Unexpected newline between the text of a link and its address', 'put both on one line')
    return [{ text: plainValue(line.slice(start + 1).replace(/\]\s*$/, '')), href, ...place }]
  })
}
