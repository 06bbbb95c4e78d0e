import type { Report } from '../checks/catalogue.ts'

/**
 * The page as lines that can be read, one for one with the file's own: no BOM, plain spaces, one side of each unresolved merge,
 * headings that miss the space after the hashes repaired. `text` is what Markdown is parsed from.
 */
export type Prepared = { lines: string[]; text: string; frontMatter: { lines: string[]; firstLine: number } | null }

/** Longer pages are cut: nobody reads them, and Markdown parsing is not linear on hostile text. */
const MAX_CHARACTERS = 300_000

export function prepare(text: string, file: string, report: Report): Prepared {
  if (text.length > MAX_CHARACTERS)
    report('page/too-long', { file, line: 1, column: 1 }, 'Unexpected length of the page', 'the rest is not read')
  const lines = text
    .slice(0, MAX_CHARACTERS)
    .replace(/^\ufeff/, '')
    .replaceAll('\0', '\ufffd')
    .split(/\r\n|\r|\n/)
    .map(line => line.replace(/[\u00a0\u202f]/g, ' '))
  const fences = findFrontMatter(lines)
  const frontMatter = fences && { lines: lines.slice(fences.from + 1, fences.to), firstLine: fences.from + 2 }
  if (fences) lines.fill('', fences.from, fences.to + 1)
  resolveConflicts(lines, file, report)
  repairHeadings(lines, file, report)
  return { lines, text: lines.join('\n'), frontMatter }
}

/** Zero-based, fences included. */
function findFrontMatter(lines: readonly string[]): { from: number; to: number } | null {
  const from = lines.findIndex(line => line.trim() !== '')
  if (from < 0 || lines[from]?.trim() !== '---') return null
  const length = lines.slice(from + 1).findIndex(line => line.trim() === '---')
  return length < 0 ? null : { from, to: from + 1 + length }
}

/** The first side stays. What only the other side says is named, so that no task vanishes unseen. */
function resolveConflicts(body: string[], file: string, report: Report): void {
  const opens = body.flatMap((line, at) => (/^<{7}( |$)/.test(line) ? [at] : []))
  for (const start of opens) {
    const middle = body.findIndex((line, at) => at > start && /^={7}\s*$/.test(line))
    const end = body.findIndex((line, at) => at > start && /^>{7}( |$)/.test(line))
    if (middle < 0 || end < middle) {
      report('page/conflict', { file, line: start + 1, column: 1 }, 'Unexpected merge marker', 'resolve the merge')
      body[start] = ''
      continue
    }
    const ours = body.slice(start + 1, middle)
    const theirs = body.slice(middle + 1, end)
    const lost = idsIn(theirs).filter(id => !idsIn(ours).includes(id))
    const loss = lost.length > 0 ? `; only the other side has task ${lost.join(', ')}` : ''
    report(
      'page/conflict',
      { file, line: start + 1, column: 1 },
      `Unexpected merge conflict: the first side is read${loss}`,
      'resolve the merge',
    )
    // A heading that only one side has is structure both sides meant to have.
    const onlyHeadings = (line: string) => /^#{1,6}\s/.test(line) && !ours.includes(line)
    for (let at = middle; at <= end; at++) if (!onlyHeadings(body[at] ?? '')) body[at] = ''
    body[start] = ''
  }
  for (const [at, line] of body.entries()) {
    if (!/^>{7}( |$)/.test(line)) continue
    report('page/conflict', { file, line: at + 1, column: 1 }, 'Unexpected merge marker', 'resolve the merge')
    body[at] = ''
  }
}

const idsIn = (lines: readonly string[]): string[] => lines.flatMap(line => /^\s*\|+\s*\[?(\d{2,6})\b/.exec(line)?.[1] ?? [])

function repairHeadings(body: string[], file: string, report: Report): void {
  let isFenced = false
  for (const [at, line] of body.entries()) {
    if (/^ {0,3}(```|~~~)/.test(line)) isFenced = !isFenced
    const glued = isFenced ? null : /^ {0,3}(#{2,6})([^#\s].*)$/.exec(line)
    if (!glued) continue
    report('page/heading', { file, line: at + 1, column: 1 }, 'Unexpected heading without a space after the hashes', 'put a space there')
    body[at] = `${glued[1]} ${glued[2]}`
  }
}
