/** Characters that are not seen and break equality: zero-width ones, soft hyphen, byte-order mark. */
const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff]/g
const ODD_SPACES = /[\u00a0\u202f\u2007\u2009]/g

/** Without invisible characters, odd spaces made plain. */
export const visible = (text: string): string => text.replace(UNSEEN, '').replace(ODD_SPACES, ' ')

/** For comparing: letters and digits only, no case, no accents (but the voicing marks of kana), full-width forms made plain. */
export const fold = (text: string): string =>
  visible(text)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\u3099\u309a]+/gu, '')

/** An id from a heading in any script: `Step 1: Olá` → `step-1-ola`. */
export const kebab = (text: string): string =>
  visible(text)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’]+/gu, '')
    .replaceAll('ß', 'ss')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')

/** A label's or cell's value without emphasis marks; `-` and nothing both mean none. */
export function plainValue(text: string): string {
  const value = visible(text)
    .replace(/\*+|__+|`/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return /^[-–—]*$/.test(value) ? '' : value
}

/** Markdown as kept in the model: no invisible characters, no comments, no blank edges. */
export const tidyMarkdown = (text: string): string =>
  withoutComments(visible(text))
    .split('\n')
    .map(line => (line.endsWith('  ') ? `${line.trimEnd()}  ` : line.trimEnd()))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd()

/** A loop and not a pattern: an open comment that never closes must not be looked for twice. */
export function withoutComments(text: string): string {
  let rest = text
  let kept = ''
  for (;;) {
    const start = rest.indexOf('<!--')
    const end = start < 0 ? -1 : rest.indexOf('-->', start + 4)
    if (end < 0) return kept + rest
    kept += rest.slice(0, start)
    rest = rest.slice(end + 3)
  }
}
