import { fold, visible } from '../text.ts'
import { columnLabels, type Meaning } from '../vocabulary/lookup.ts'

export type ColumnKey = typeof columnLabels extends ReadonlyMap<string, Meaning<infer K>> ? K : never
export type Column = { key: ColumnKey | null; heading: string; locales: readonly string[] }
export type Row = { cells: string[]; line: number; lastLine: number; repaired: string | null }
/** A table found by its heading row; `line` is that row (zero-based). Rows hold as many cells as were written. */
export type Table = { columns: Column[]; line: number; to: number; rows: Row[] }

/** `| --- | :-: |` in any style. One character class and no nesting, so that no text makes it slow. */
export const isSeparator = (line: string): boolean => line.includes('-') && line.includes('|') && /^[ \t|:-]+$/.test(line)
const isRowLike = (line: string): boolean => line.includes('|')

/** Longer than any cell of a real page; keeps the patterns that read cells fast on hostile text. */
const LONGEST_CELL = 4000

/** Cells of a row; outer bars and escaped bars taken care of. */
export function cellsOf(line: string): string[] {
  const text = visible(line)
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return text.split(/(?<!\\)\|/).map(cell => cell.slice(0, LONGEST_CELL).replaceAll('\\|', '|').trim())
}

/** Tables between two lines, by line and not by Markdown: a broken row must not end or hide a table. */
export function tablesIn(lines: readonly string[], from: number, to: number, isCode: (line: number) => boolean): Table[] {
  const tables: Table[] = []
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? ''
    if (isCode(at) || !isRowLike(line) || isSeparator(line)) continue
    const columns = columnsOf(line)
    const isHeading = columns.some(each => each.key !== null) || isSeparator(lines[at + 1] ?? '')
    // Rows that follow a blank line still belong to the table above; rows under no heading at all form one without columns.
    if (!isHeading && !/^\s*\|/.test(line)) continue
    const table: Table = { columns: isHeading ? columns : [], line: at, to: at + 1, rows: [] }
    readRows(lines, isHeading ? at + 1 : at, to, table)
    tables.push(table)
    at = table.to - 1
  }
  return tables
}

function columnsOf(line: string): Column[] {
  const cells = cellsOf(line).filter(cell => cell !== '')
  return cells.map(cell => {
    const found = columnLabels.get(fold(cell)) ?? byLetters(cell)
    return { key: found?.key ?? null, heading: cell, locales: found?.locales ?? [] }
  })
}

/** `(X)… / (O)…` in whatever spelling is the column of mandatory and optional. */
const byLetters = (cell: string): Meaning<ColumnKey> | undefined =>
  /\(\s*\p{L}\s*\).*\(\s*\p{L}\s*\)/u.test(cell) ? { key: 'mandatory', locales: [] } : undefined

function readRows(lines: readonly string[], from: number, to: number, table: Table): void {
  const width = table.columns.length
  let at = from
  for (; at < to; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '') {
      const next = nextRow(lines, at, to)
      if (width === 0 || next === null) break
      at = next - 1
      continue
    }
    if (isSeparator(line)) continue
    if (!isRowLike(line)) {
      // Text right under a table: not ours, unless the row above waits for it.
      const last = table.rows.at(-1)
      if (!last || last.cells.length >= width || last.lastLine !== at - 1) break
      last.cells = cellsOf(`${last.cells.join('|')} ${line}`)
      Object.assign(last, { lastLine: at, repaired: 'is broken over lines' })
      continue
    }
    const last = table.rows.at(-1)
    if (last && width > 0 && isContinuation(last, line, width, lines[last.line] ?? '')) {
      last.cells = joined(lines[last.lastLine] ?? '', last.cells, line)
      Object.assign(last, { lastLine: at, repaired: 'is broken over lines' })
      continue
    }
    for (const cells of splitJoined(cellsOf(line), width)) table.rows.push({ ...cells, line: at, lastLine: at })
  }
  table.to = at
}

/** Where a table goes on after blank lines: at a row that begins with an id. */
function nextRow(lines: readonly string[], from: number, to: number): number | null {
  let at = from
  while (at < to && (lines[at] ?? '').trim() === '') at++
  const line = lines[at] ?? ''
  const isRow = at < to && /^\s*\|/.test(line) && looksLikeId(cellsOf(line)[0] ?? '') && !isSeparator(lines[at + 1] ?? '')
  return isRow ? at : null
}

/** A row too short, followed by a line that is too short as well and does not begin with an id. */
function isContinuation(last: Row, line: string, width: number, lastLine: string): boolean {
  if (last.cells.length >= width || looksLikeId(cellsOf(line)[0] ?? '')) return false
  const total = last.cells.length + cellsOf(line).length
  return !/^\s*\|/.test(line) && total <= (/\|\s*$/.test(lastLine) ? width : width + 1)
}

function joined(lastLine: string, cells: readonly string[], line: string): string[] {
  const next = cellsOf(line)
  if (/\|\s*$/.test(lastLine)) return [...cells, ...next]
  return [...cells.slice(0, -1), `${cells.at(-1) ?? ''} ${next[0] ?? ''}`.trim(), ...next.slice(1)]
}

/** `a | b || c | d`: two rows on one line; `|| a | b`: an empty first cell; `a | b ||`: an empty last one. */
function splitJoined(cells: string[], width: number): { cells: string[]; repaired: string | null }[] {
  if (width === 0 || cells.length <= width) return [{ cells, repaired: null }]
  const second = cells.findIndex((cell, at) => at > 1 && cells[at - 1] === '' && looksLikeId(cell))
  if (second > 0) {
    const parts = [
      { cells: cells.slice(0, second - 1), repaired: 'shares its line with another' },
      ...splitJoined(cells.slice(second), width),
    ]
    return parts.map(each => ({ ...each, repaired: each.repaired ?? 'shares its line with another' }))
  }
  let [from, to] = [0, cells.length]
  while (to - from > width && cells[from] === '') from++
  while (to - from > width && cells[to - 1] === '') to--
  const trimmed = cells.slice(from, to)
  return [{ cells: trimmed, repaired: trimmed.length === width ? 'has a doubled bar' : null }]
}

/** An id as real pages have them (digits, perhaps as a link) or as other playbooks may (`T-12`). */
export const looksLikeId = (cell: string): boolean => idIn(cell) !== null

export function idIn(cell: string): { id: string; href: string | null } | null {
  const [, linked, href, bare] = /^(?:\[\s*([\w.-]+)\s*\]\(([^)\s]*)[^)]*\)|([\w.-]+))$/.exec(cell.replace(/\*+|`/g, '').trim()) ?? []
  const id = linked ?? bare
  return id !== undefined && /\d/.test(id) && id.length <= 40 ? { id, href: href ?? null } : null
}
