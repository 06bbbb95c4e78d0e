import { isUtf8 } from 'node:buffer'
import { cellsOf, dayAfter, dayAsMeant, isFlag } from './cells.ts'
import type { Layout } from './header.ts'
import { LONGEST_LINE } from './lines.ts'
import { shownCell } from './shown-cell.ts'

export type Checked = { fault: string } | { refreshDate: string | null }

/** Says what keeps one line from being a row of the report: the rules that the column types are in SQL, in words. */
export function rowCheck(layout: Layout): (line: Buffer | null, refreshDate: string | null) => Checked {
  const { days, flags } = columnsToCheck(layout)
  const name = (column: number) => `"${layout.names[column]}"`
  const plain = plainCheck(layout)
  let bound: string | null = null
  const dated = layout.refresh === null ? days : [layout.refresh, ...days]
  return (line, refreshDate) => {
    if (line === null) return { fault: `the line is longer than ${LONGEST_LINE} bytes` }
    if (plain.isGood(line)) return { refreshDate }
    if (!isUtf8(line)) return { fault: 'the line is not UTF-8 text' }
    const cells = cellsOf(line.toString('utf8'), layout.delimiter)
    if (cells === null) return { fault: 'a quote is opened and not closed on its line' }
    if (cells.length !== layout.columnCount) return { fault: `${cells.length} cells, expected ${layout.columnCount}` }
    bound ??= refreshDate && lastDayMeant(refreshDate)
    for (const column of dated) {
      const cell = cells[column] ?? ''
      if (cell === '') continue
      const day = dayAsMeant(cell, layout.dates)
      if (day === null) return { fault: `${name(column)} is ${shownCell(cell)}, expected a date, YYYY-MM-DD` }
      if (bound !== null && day > bound) return { fault: `${name(column)} is ${shownCell(cell)}, far after the refresh date` }
    }
    for (const column of flags) {
      const cell = cells[column] ?? ''
      if (!isFlag(cell)) return { fault: `${name(column)} is ${shownCell(cell)}, expected True, False, Yes or No` }
    }
    if (bound !== null) for (const column of dated) plain.learn(cells[column] ?? '')
    return { refreshDate: layout.refresh === null ? layout.givenRefresh : dayAsMeant(cells[layout.refresh] ?? '', layout.dates) }
  }
}

/** Days further ahead than this are slips (a year of five digits, "infinity"), not clocks that differ. */
const AHEAD_DAYS = 366
const lastDayMeant = (refreshDate: string) => dayAfter(refreshDate, AHEAD_DAYS)

/** Whether DuckDB's day is one that nobody could have meant. */
export const isBeyond = (day: string, refreshDate: string): boolean => !/^\d{4}-/.test(day) || day > lastDayMeant(refreshDate)

/** Columns that hold a day, the refresh date apart; and columns that hold a flag. */
export function columnsToCheck({ services, gone, activations }: Layout): { days: readonly number[]; flags: readonly number[] } {
  return {
    days: services.flatMap(each => (each.columns.activityIs === 'last-day' ? [each.activity] : [])),
    flags: [
      ...(gone?.is === 'flag' ? [gone.column] : []),
      ...services.flatMap(each => (typeof each.licence === 'number' ? [each.licence] : [])),
      ...(activations ? [activations.shared] : []),
    ],
  }
}

const QUOTE = 34
const OTHER = 0
const DAY = 1
const FLAG = 2

/**
 * A look at the bytes that knows most good rows without making text of them: no quote, no letter beyond ASCII, days
 * met before, flags as Microsoft writes them. "Not good" only means that the full check must decide. Nearly every
 * row of a large file goes this way, ten times as fast.
 */
function plainCheck(layout: Layout): { isGood: (line: Buffer) => boolean; learn: (day: string) => void } {
  const { days, flags } = columnsToCheck(layout)
  const kinds = new Uint8Array(layout.columnCount)
  for (const column of layout.refresh === null ? days : [layout.refresh, ...days]) kinds[column] = DAY
  for (const column of flags) kinds[column] = FLAG
  const separator = layout.delimiter.charCodeAt(0)
  const known = new Set<number>()
  const isGood = (line: Buffer) => {
    let column = 0
    let from = 0
    const length = line.length
    for (let at = 0; at <= length; at++) {
      const byte = at === length ? separator : line[at]!
      if (byte === QUOTE || byte >= 128) return false
      if (byte !== separator) continue
      const kind = column < kinds.length ? kinds[column] : OTHER
      if (kind === DAY && at > from && !(at - from === 10 && known.has(dayNumber(line, from)))) return false
      if (kind === FLAG && at > from && !isUsualFlag(line, from, at - from)) return false
      column += 1
      from = at + 1
    }
    return column === layout.columnCount
  }
  return {
    isGood,
    learn: day => {
      const number = day.length === 10 ? dayNumber(Buffer.from(day), 0) : -1
      if (number >= 0) known.add(number)
    },
  }
}

/** `YYYY-MM-DD` as the number YYYYMMDD; -1 for other bytes. */
function dayNumber(line: Buffer, from: number): number {
  let number = 0
  for (let at = 0; at < 10; at++) {
    const byte = line[from + at]!
    if (at === 4 || at === 7) {
      if (byte !== HYPHEN) return -1
    } else {
      if (byte < ZERO || byte > ZERO + 9) return -1
      number = number * 10 + byte - ZERO
    }
  }
  return number
}
const HYPHEN = 45
const ZERO = 48

const USUAL = ['True', 'False', 'Yes', 'No'].map(word => Buffer.from(word))
function isUsualFlag(line: Buffer, from: number, length: number): boolean {
  for (const word of USUAL) {
    if (word.length !== length) continue
    let at = 0
    while (at < length && line[from + at] === word[at]) at += 1
    if (at === length) return true
  }
  return false
}
