import type { Change } from '../../model/playbook.ts'
import type { Report } from '../checks/catalogue.ts'
import { plainValue } from '../text.ts'
import { readDate, slashOrder } from './dates.ts'
import type { ColumnKey, Table } from './table.ts'

/** Is it the table of a refresh summary; chosen by headings, because other tables have three columns too. */
export const isChangeTable = (table: Table): boolean => {
  const keys = table.columns.map(each => each.key)
  return keys.includes('date') && (keys.includes('who') || keys.includes('what'))
}

/** English pages were written in the United States, so an undecided table of theirs is month first. */
export function changesIn(table: Table, locale: string, file: string, report: Report): Change[] {
  const at = (cells: readonly string[], key: ColumnKey) => plainValue(cells[table.columns.findIndex(each => each.key === key)] ?? '')
  const rows = table.rows.filter(row => row.cells.some(cell => cell !== ''))
  const order = slashOrder(rows.map(row => at(row.cells, 'date'))) ?? (locale === 'en' ? 'month-first' : null)
  return rows.map(row => {
    const raw = at(row.cells, 'date')
    const { day, why } = readDate(raw, order)
    const place = { file, line: row.line + 1, column: 1 }
    if (why === 'ambiguous') report('date/ambiguous', place, `Unexpected date "${raw}": it may be two days`, 'write YYYY-MM-DD')
    if (why === 'impossible') report('date/unreadable', place, `Unexpected date "${raw}"`, 'write YYYY-MM-DD')
    return { locale, date: day, raw, who: at(row.cells, 'who'), what: at(row.cells, 'what') }
  })
}
