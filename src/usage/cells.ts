/** What the first number of a date like 3/4/2026 is. */
export type DateOrder = 'month-first' | 'day-first'

/** A day as these files write it; a time of day behind it is cut off, the reports speak of whole UTC days. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})(?![\d])/

/**
 * The cells of one physical line, or null when a quote is never closed or text follows a closing one.
 * A quote inside an unquoted cell is an ordinary letter.
 */
export function cellsOf(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) return line.split(delimiter)
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (line[at] === '"') {
      const end = closingQuote(line, at + 1)
      if (end < 0) return null
      cells.push(line.slice(at + 1, end).replaceAll('""', '"'))
      at = end + 1
      if (at < line.length && line[at] !== delimiter) return null
    } else {
      const end = line.indexOf(delimiter, at)
      cells.push(line.slice(at, end < 0 ? line.length : end))
      at = end < 0 ? line.length : end
    }
    if (at >= line.length) return cells
    at += 1
  }
}

function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from)
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2)
  return at
}

/** `YYYY-MM-DD` of a cell that begins with a day that exists, else null. */
export function dayOf(cell: string): string | null {
  const known = days.get(cell)
  if (known !== undefined) return known
  const match = DAY.exec(cell)
  const at = match && Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  const day = match && at !== null && new Date(at).toISOString().startsWith(match[0]) ? match[0] : null
  // A file holds few different days, and each many times.
  if (days.size < 10_000) days.set(cell, day)
  return day
}
const days = new Map<string, string | null>()

const OTHER_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/

/** Whether a cell begins with a day as spreadsheet programs write it, where nobody can tell the month. */
export const isOtherDay = (cell: string): boolean => OTHER_DAY.test(cell)

/** As `dayOf`, also of a cell like 3/4/2026 once it is known how those are meant. */
export function dayAsMeant(cell: string, order: DateOrder | null): string | null {
  const match = order && OTHER_DAY.exec(cell)
  if (!match) return dayOf(cell)
  const [, first = '', second = '', year = ''] = match
  const [month, day] = order === 'month-first' ? [first, second] : [second, first]
  return dayOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

const FLAGS = new Set(['', 'true', 'false', 'yes', 'no', 't', 'f', 'y', 'n', '1', '0'])
const USUAL_FLAGS = new Set(['True', 'False', 'Yes', 'No', ''])
export const isFlag = (cell: string): boolean => USUAL_FLAGS.has(cell) || FLAGS.has(cell.trim().toLowerCase())

/** The day `days` after (or, negative, before) a day. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
