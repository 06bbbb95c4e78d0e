/** Width of a text in points, in the deck's typeface. */
export type Measure = (text: string, size: number, isBold: boolean) => number

/** Other renderers set the same letters a little differently; so much of a line stays free. */
const SAFETY = 0.04
/** Points from one baseline to the next, per point of size: what presentation programs give Arial, rounded up. */
export const LINE = 1.2

export const heightOf = (lineCount: number, size: number): number => lineCount * size * LINE

/** `goesOn`: the next line begins inside of the same word. */
export type Line = Readonly<{ text: string; goesOn: boolean }>

/** The text that was wrapped. */
export const unwrapped = (lines: readonly Line[]): string =>
  lines.map(({ text, goesOn }, at) => (goesOn || at === lines.length - 1 ? text : `${text} `)).join('')

/** Lines of a text no wider than `width`, broken between words; a word that is wider than a line is broken inside. */
export function wrap(measure: Measure, text: string, size: number, isBold: boolean, width: number): readonly Line[] {
  const most = width * (1 - SAFETY)
  const fits = (line: string) => measure(line, size, isBold) <= most
  const lines: Line[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push({ text: line, goesOn: false })
    line = word
    while (!fits(line) && Array.from(line).length > 1) {
      const head = longestThat(line, fits)
      lines.push({ text: head, goesOn: true })
      line = line.slice(head.length)
    }
  }
  return [...lines, { text: line, goesOn: false }]
}

/** The lines of a text, the last one allowed ending in “…” where more would follow. */
export function wrapAtMost(
  measure: Measure,
  text: string,
  size: number,
  isBold: boolean,
  width: number,
  lineCount: number,
): readonly Line[] {
  const lines = wrap(measure, text, size, isBold, width)
  if (lines.length <= lineCount) return lines
  const last = unwrapped(lines.slice(lineCount - 1))
  const fits = (line: string) => measure(`${line}…`, size, isBold) <= width * (1 - SAFETY)
  return [...lines.slice(0, lineCount - 1), { text: `${longestThat(last, fits).trimEnd()}…`, goesOn: false }]
}

/** The text on one line, cut with “…” where it is too long. */
export const cut = (measure: Measure, text: string, size: number, width: number): string =>
  unwrapped(wrapAtMost(measure, text, size, false, width, 1))

/** The longest beginning that fits, at least one character; found by halving, since a longer text is never narrower. */
function longestThat(text: string, fits: (text: string) => boolean): string {
  const characters = Array.from(text)
  let [low, high] = [1, characters.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(characters.slice(0, middle).join(''))) low = middle
    else high = middle - 1
  }
  return characters.slice(0, low).join('')
}
