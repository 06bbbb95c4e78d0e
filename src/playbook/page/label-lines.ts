import { fold, plainValue } from '../text.ts'
import { lineLabels, type Meaning, ruleLabels } from '../vocabulary/lookup.ts'

export type LineLabel = typeof lineLabels extends ReadonlyMap<string, Meaning<infer K>> ? K : never
export type RuleLabel = typeof ruleLabels extends ReadonlyMap<string, Meaning<infer K>> ? K : never

/** Lines are zero-based, columns count from 1. */
export type Label =
  | { kind: 'label'; label: LineLabel; value: string; line: number; lastLine: number; column: number; locales: readonly string[] }
  | {
      kind: 'rule'
      rule: RuleLabel
      source: string | null
      line: number
      lastLine: number
      column: number
      sourceLine: number
      sourceColumn: number
      locales: readonly string[]
    }

const LABEL = /^ {0,3}(?:\*\*|__)?([^:：|`<>*_[\]]{1,40}?)\s*(?:\*\*|__)?\s*[:：]\s*(.*)$/

/** The labelled lines between two lines, wherever hard breaks are missing or blank lines stand between them. */
export function labelsIn(lines: readonly string[], from: number, to: number, isCode: (line: number) => boolean): Label[] {
  const labels: Label[] = []
  for (let line = from; line < to; line++) {
    const found = isCode(line) ? null : labelAt(lines, line, to)
    if (!found) continue
    labels.push(found)
    line = found.lastLine
  }
  return labels
}

function labelAt(lines: readonly string[], line: number, to: number): Label | null {
  const text = lines[line] ?? ''
  if (!/[:：]/.test(text)) return null
  const [, word = '', value = ''] = LABEL.exec(text) ?? []
  if (word === '') return null
  const folded = fold(word)
  const column = text.search(/\S/) + 1
  const rule = ruleLabels.get(folded)
  if (rule) {
    // `When:` also begins ordinary sentences; only a code span right behind it makes a rule.
    if (!value.replace(/\*/g, '').startsWith('`')) return null
    return { kind: 'rule', rule: rule.key, ...codeSpan(lines, line, to), line, column, locales: rule.locales }
  }
  const label = lineLabels.get(folded)
  if (!label) return null
  const lastLine = endOfBold(lines, line, to)
  const whole = [value, ...lines.slice(line + 1, lastLine + 1)].join(' ')
  return { kind: 'label', label: label.key, value: plainValue(whole), line, lastLine, column, locales: label.locales }
}

/** A bold value may wrap: the run that starts on this line ends on one of the next two. */
function endOfBold(lines: readonly string[], line: number, to: number): number {
  const marks = (text: string | undefined) => text?.match(/\*\*/g)?.length ?? 0
  if (marks(lines[line]) % 2 === 0) return line
  for (let next = line + 1; next < Math.min(to, line + 3); next++) {
    if ((lines[next] ?? '').trim() === '' || LABEL.test(lines[next] ?? '')) return line
    if (marks(lines[next]) % 2 === 1) return next
  }
  return line
}

type Span = { source: string | null; sourceLine: number; sourceColumn: number; lastLine: number }

/** The code span of a rule line; newlines inside are kept so that positions inside the rule can be told. */
function codeSpan(lines: readonly string[], line: number, to: number): Span {
  const first = lines[line] ?? ''
  const start = first.indexOf('`')
  const fence = /^`+/.exec(first.slice(start))?.[0] ?? '`'
  let text = first.slice(start + fence.length)
  for (let last = line; last < Math.min(to, line + 20); last++) {
    const end = text.indexOf(fence, last === line ? 0 : text.lastIndexOf('\n'))
    if (end >= 0) {
      const inner = text.slice(0, end)
      const skipped = inner.length - inner.trimStart().length
      const isSameLine = !inner.slice(0, skipped).includes('\n')
      return {
        source: inner.trim(),
        sourceLine: line + inner.slice(0, skipped).split('\n').length,
        sourceColumn: isSameLine ? start + fence.length + skipped + 1 : 1,
        lastLine: last,
      }
    }
    const next = lines[last + 1]
    if (next === undefined || next.trim() === '') break
    text += `\n${next}`
  }
  return { source: null, sourceLine: line + 1, sourceColumn: start + 1, lastLine: line }
}
