import type { IncomingMessage } from 'node:http'

const MOST_HEADERS = 100
/** Filters of the portal are some hundred characters. */
const LONGEST_TARGET = 8 * 1024

/** What a path may consist of: printable ASCII without the backslash, which some readers take for a slash. */
const PLAIN = /^[!-[\]-~]*$/
/** Control characters and backslashes that a later reader would decode into another path. */
const HIDDEN = /%(?:[01][0-9a-f]|7f|5c)/i
/** A slash within one part: the ids of items have them, file names do not. */
const HIDDEN_SLASH = /%2f/i
const API = /^\/api\/v1\//
/** `.` and `..`, also encoded: clients resolve them before they ask. */
const DOTS = /\/(?:\.|%2e){1,2}(?=\/|$)/i

export type Refused = Readonly<{ status: 400 | 414 | 431; detail: string }>

/**
 * Why a request is refused at the door, before anything of ours reads it; undefined for an ordinary one. The address is that of the request
 * line: the URL parser would tidy it up before anybody could tell.
 */
export function whyRefused({ url: target = '', rawHeaders }: Pick<IncomingMessage, 'url' | 'rawHeaders'>): Refused | undefined {
  const names = rawHeaders.filter((_, index) => index % 2 === 0)
  if (names.length > MOST_HEADERS) return { status: 431, detail: `at most ${MOST_HEADERS} headers are read` }
  if (names.filter(name => name.toLowerCase() === 'host').length > 1) return { status: 400, detail: 'a request is for one host' }
  if (target.length > LONGEST_TARGET) return { status: 414, detail: `an address has at most ${LONGEST_TARGET} characters here` }
  const path = target.split('?', 1)[0] ?? ''
  // Two slashes would be another site, to whoever takes the path for an address.
  if (!path.startsWith('/') || path.startsWith('//')) return { status: 400, detail: 'an address begins with one slash' }
  if (!PLAIN.test(path) || HIDDEN.test(path) || (HIDDEN_SLASH.test(path) && !API.test(path)))
    return { status: 400, detail: 'the path of an address has no control characters, backslashes or encoded slashes' }
  if (DOTS.test(path)) return { status: 400, detail: 'an address has no dot segments' }
  return undefined
}
