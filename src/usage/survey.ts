import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { cellsOf, dayAfter, dayOf, isFlag } from './cells.ts'
import type { Layout } from './header.ts'
import { eachLine, LONGEST_LINE } from './lines.ts'

export type LineFault = Readonly<{ line: number; message: string }>

/** What a reading line by line finds out about a file that DuckDB does not take as it is. */
export type Survey = Readonly<{
  /** Lines that are not blank, after the header. */
  rows: number
  /** Lines of faulty rows with the reason, the first `LISTED` in order. */
  faults: readonly LineFault[]
  /** Refresh date of the first good row. */
  refreshDate: string | null
  /** Some lines end in CRLF, others (or only the last, cut off) do not: DuckDB may not follow. */
  hasMixedEnds: boolean
}>

/** Faulty lines named one by one; more are counted. */
export const LISTED = 20

/** Counts the rows of a file and says what is wrong with the first faulty ones. */
export async function survey(path: string, layout: Layout): Promise<Survey> {
  const faults: LineFault[] = []
  const check = rowCheck(layout)
  let rows = 0
  let refreshDate: string | null = null
  const ends = new Set<boolean>()
  await eachLine(path, (line, number, hasCr) => {
    if (number < layout.headerLine || (line?.length === 0 && number !== layout.headerLine)) return
    ends.add(hasCr)
    if (number === layout.headerLine) return
    rows += 1
    if (faults.length >= LISTED && refreshDate !== null) return
    const checked = check(line, refreshDate)
    if (!('fault' in checked)) refreshDate ??= checked.refreshDate
    else if (faults.length < LISTED) faults.push({ line: number, message: checked.fault })
  })
  return { rows, faults, refreshDate, hasMixedEnds: ends.size > 1 }
}

/**
 * Copies the good rows of a file, lines ended alike, header left out. For files whose quotes or line ends would
 * make a CSV reader take several rows for one.
 */
export async function copyGoodRows(path: string, layout: Layout, to: string): Promise<Survey> {
  const faults: LineFault[] = []
  const check = rowCheck(layout)
  const out = await open(to, 'w', 0o600)
  let rows = 0
  let refreshDate: string | null = null
  let pending: Buffer[] = []
  const flush = async () => {
    if (pending.length > 0) await out.write(Buffer.concat(pending))
    pending = []
  }
  const visit = (line: Buffer | null, number: number) => {
    if (number <= layout.headerLine || line?.length === 0) return
    rows += 1
    const checked = check(line, refreshDate)
    if ('fault' in checked) {
      if (faults.length < LISTED) faults.push({ line: number, message: checked.fault })
    } else if (line !== null) {
      refreshDate ??= checked.refreshDate
      pending.push(line, NEWLINE)
    }
  }
  try {
    await eachLine(path, visit, flush)
  } finally {
    await out.close()
  }
  return { rows, faults, refreshDate, hasMixedEnds: false }
}
const NEWLINE = Buffer.from('\n')

type Checked = { fault: string } | { refreshDate: string | null }

/** Days further ahead than this are slips (a year of five digits, "infinity"), not clocks that differ. */
const AHEAD_DAYS = 366

/** Whether DuckDB's day is one that nobody could have meant. */
export const isBeyond = (day: string, refreshDate: string): boolean => !/^\d{4}-/.test(day) || day > dayAfter(refreshDate, AHEAD_DAYS)

/** Says what keeps one line from being a row of the report; the same rules as the column types in SQL, in words. */
function rowCheck(layout: Layout): (line: Buffer | null, refreshDate: string | null) => Checked {
  const days = layout.services.filter(each => each.columns.activityIs === 'last-day').map(each => each.activity)
  const flags = [
    ...(layout.gone?.is === 'flag' ? [layout.gone.column] : []),
    ...layout.services.flatMap(each => (each.licence === null ? [] : [each.licence])),
  ]
  const name = (column: number) => `"${layout.names[column]}"`
  return (line, refreshDate) => {
    if (line === null) return { fault: `the line is longer than ${LONGEST_LINE} bytes` }
    if (!isUtf8(line)) return { fault: 'the line is not UTF-8 text' }
    const cells = cellsOf(line.toString('utf8'), layout.delimiter)
    if (cells === null) return { fault: 'a quote is opened and not closed on its line' }
    if (cells.length !== layout.columnCount) return { fault: `${cells.length} cells, expected ${layout.columnCount}` }
    const refresh = cells[layout.refresh] ?? ''
    if (refresh !== '' && dayOf(refresh) === null)
      return { fault: `${name(layout.refresh)} is ${show(refresh)}, expected a date, YYYY-MM-DD` }
    for (const column of days) {
      const cell = cells[column] ?? ''
      if (cell === '') continue
      const day = dayOf(cell)
      if (day === null) return { fault: `${name(column)} is ${show(cell)}, expected a date, YYYY-MM-DD` }
      if (refreshDate !== null && isBeyond(day, refreshDate))
        return { fault: `${name(column)} is ${show(cell)}, far after the refresh date` }
    }
    for (const column of flags) {
      const cell = cells[column] ?? ''
      if (!isFlag(cell)) return { fault: `${name(column)} is ${show(cell)}, expected True, False, Yes or No` }
    }
    return { refreshDate: refresh === '' ? null : dayOf(refresh) }
  }
}

const show = (cell: string) => JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}…` : cell)
