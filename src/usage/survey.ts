import { open } from 'node:fs/promises'
import { cellsOf, dayAsMeant } from './cells.ts'
import type { Layout } from './header.ts'
import { eachLine } from './lines.ts'
import { columnsToCheck, rowCheck } from './row-check.ts'

export type LineFault = Readonly<{ line: number; message: string }>

/** What a reading line by line finds out about a file that DuckDB does not take as it is. */
export type Survey = Readonly<{
  /** Lines that are not blank, after the header. */
  rows: number
  /** Lines of faulty rows with the reason, the first `LISTED` in order. */
  faults: readonly LineFault[]
  /** Refresh date of the first good row; null when none is. */
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
      pending.push(layout.dates === null ? line : withDays(line, layout), NEWLINE)
    }
  }
  try {
    await eachLine(path, visit, flush)
  } finally {
    await out.close()
  }
  return { rows, faults, refreshDate, hasMixedEnds: false }
}
/** The row with its days written as DuckDB reads them. */
function withDays(line: Buffer, layout: Layout): Buffer {
  const cells = cellsOf(line.toString('utf8'), layout.delimiter) ?? []
  for (const column of [...(layout.refresh === null ? [] : [layout.refresh]), ...columnsToCheck(layout).days])
    cells[column] = dayAsMeant(cells[column] ?? '', layout.dates) ?? ''
  return Buffer.from(cells.map(cell => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(layout.delimiter))
}
const QUOTED = /[",;\t]/

const NEWLINE = Buffer.from('\n')
