/**
 * Text as a slide may hold it: on one line, without what XML 1.0 forbids (control characters, halves of a surrogate pair, U+FFFE, U+FFFF)
 * and without the marks that turn the reading direction of what follows.
 */
export function oneLine(text: string): string {
  return Array.from(text.toWellFormed(), each => (FORBIDDEN.test(each) ? ' ' : each))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The same, keeping line breaks: for speaker notes. */
export const lines = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(oneLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const FORBIDDEN = /[\p{Cc}\uFFFD\uFFFE\uFFFF\u200E\u200F\u202A-\u202E\u2066-\u2069]/u
