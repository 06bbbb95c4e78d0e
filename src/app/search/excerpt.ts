type Part = Readonly<{ text: string; isMatch: boolean }>

/** About two lines. */
const AROUND = 80

/** A piece of a text around the first word found, with every word found marked. `words` as `wordsIn` makes them. */
export function excerptOf(body: string, words: readonly string[]): readonly Part[] {
  const text = body.replace(/\s+/g, ' ').trim()
  const matches = matchesIn(text, words)
  const from = Math.max(0, (matches[0]?.from ?? 0) - AROUND)
  const to = Math.min(text.length, (matches[0]?.to ?? 0) + 2 * AROUND)
  const parts: Part[] = from > 0 ? [{ text: '…', isMatch: false }] : []
  let at = from
  for (const match of matches) {
    if (match.to > to) break
    if (match.from > at) parts.push({ text: text.slice(at, match.from), isMatch: false })
    parts.push({ text: text.slice(match.from, match.to), isMatch: true })
    at = match.to
  }
  if (at < to) parts.push({ text: text.slice(at, to), isMatch: false })
  return to < text.length ? [...parts, { text: '…', isMatch: false }] : parts
}

/** Words of the text that begin with one of these, in order; accents and case count for nothing. */
function matchesIn(text: string, words: readonly string[]): { from: number; to: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap(({ 0: word, index }) => {
    const folded = word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    return words.some(each => folded.startsWith(each)) ? [{ from: index, to: index + word.length }] : []
  })
}
