import type { RoleId } from '../../model/playbook.ts'
import type { ServiceId } from '../../model/services.ts'
import type { Report } from '../checks/catalogue.ts'
import { fold, plainValue } from '../text.ts'
import { type Names, remedyFor, roleIn, servicesIn } from './names.ts'
import { type Column, type ColumnKey, idIn, type Row, type Table } from './table.ts'

export type PageTask = {
  id: string
  title: string
  mandatory: boolean | null
  role: RoleId | null
  /** Null when the table does not say. */
  services: 'all' | ServiceId[] | null
  line: number
  links: { text: string; href: string }[]
}

export type Letters = { mandatory: ReadonlySet<string>; optional: ReadonlySet<string> }
type Known = { services: Names; roles: Names }
const ORDER: readonly ColumnKey[] = ['id', 'name', 'mandatory', 'role', 'services']

/** Is it a table of tasks, by its headings or, in a language we do not know, by its first column and its five cells. */
export const isTaskTable = (table: Table): boolean => {
  const keys = table.columns.map(each => each.key)
  if (keys.includes('id')) return true
  if (keys.includes('date') || keys.includes('who') || keys.includes('what')) return false
  const first = table.rows[0]?.cells
  return first !== undefined && /^\[?\d{3,5}\b/.test(first[0] ?? '') && first.length >= 3
}

/** Every row is a task or a diagnostic. */
export function tasksIn(table: Table, previous: readonly Column[] | null, known: Known, file: string, report: Report): PageTask[] {
  const columns = columnsFor(table, previous)
  const letters = lettersOf(columns.find(each => each.key === 'mandatory')?.heading ?? '')
  const tasks: PageTask[] = []
  for (const row of table.rows) {
    const place = { file, line: row.line + 1, column: 1 }
    if (row.cells.every(cell => cell === '')) continue
    const fields = fieldsOf(row, columns, letters, known)
    const id = idIn(fields.id ?? '')
    if (!id) {
      const cells = row.cells.join(' | ')
      report('task/unreadable', place, `Unexpected row "${cells.slice(0, 80)}", expected one that begins with a task id`)
      continue
    }
    const repaired =
      row.repaired ?? (row.cells.length === columns.length ? null : `has ${row.cells.length} cells instead of ${columns.length}`)
    if (repaired) report('task/repaired', place, `Unexpected row: task ${id.id} ${repaired}`, 'one line per row, one bar between cells')
    if (tasks.some(each => each.id === id.id)) {
      report('task/twice', place, `Unexpected second row of task ${id.id} in one step`, 'the first one counts')
      continue
    }
    tasks.push(taskOf(id, fields, letters, row, known, (code, message, help) => report(code, place, message, help)))
  }
  return tasks
}

function columnsFor(table: Table, previous: readonly Column[] | null): readonly Column[] {
  const isRead = table.columns.some(each => each.key === 'id')
  if (isRead) return table.columns
  if (table.columns.length === 0 && previous) return previous
  const width = table.columns.length || (table.rows[0]?.cells.length ?? 0)
  return ORDER.slice(0, Math.max(3, Math.min(width, 5))).map((key, at) => ({ key, heading: table.columns[at]?.heading ?? '', locales: [] }))
}

type Fields = Partial<Record<ColumnKey, string>>

/** By position where the row is whole; by what the cells hold where a bar or a cell is missing. */
function fieldsOf(row: Row, columns: readonly Column[], letters: Letters, known: Known): Fields {
  const fields: Fields = {}
  if (row.cells.length === columns.length) {
    for (const [at, column] of columns.entries()) if (column.key) fields[column.key] = row.cells[at] ?? ''
    return fields
  }
  const [first = '', ...rest] = row.cells
  fields.id = first
  const names: string[] = []
  for (const cell of rest) {
    const [, letter = '', tail = ''] = /^(\p{L})\s+(\S.*)$/u.exec(cell) ?? []
    if (fields.mandatory === undefined && meaningOf(cell, letters) !== null) fields.mandatory = cell
    else if (fields.mandatory === undefined && meaningOf(letter, letters) !== null && roleIn(tail, known.roles).found) {
      fields.mandatory = letter
      fields.role = tail
    } else if (fields.role === undefined && roleIn(cell, known.roles).found) fields.role = cell
    else if (
      fields.services === undefined &&
      names.length + (fields.mandatory ? 1 : 0) > 0 &&
      servicesIn(cell, known.services).found?.length
    )
      fields.services = cell
    else names.push(cell)
  }
  fields.name = names.join(' ').trim()
  return fields
}

/** Read the letters from the heading: they are translated, and the first is always the mandatory one. */
export function lettersOf(heading: string): Letters {
  const found = [...heading.matchAll(/\(\s*(\p{L})\s*\)/gu)].map(match => (match[1] ?? '').toLowerCase())
  return { mandatory: new Set([found[0] ?? 'm', 'm']), optional: new Set([found[1] ?? 'o']) }
}

const MANDATORY_WORDS = new Set(['mandatory', 'obrigatorio', 'mandatorio', 'erforderlich', '必須', '强制性'].map(fold))
const OPTIONAL_WORDS = new Set(['optional', 'opcional', 'オプション', '任意', '可选'].map(fold))

function meaningOf(cell: string, letters: Letters): boolean | null {
  const letter = fold(cell)
  if (letters.mandatory.has(letter) || MANDATORY_WORDS.has(letter)) return true
  return letters.optional.has(letter) || OPTIONAL_WORDS.has(letter) ? false : null
}

type RowReport = (code: 'task/mandatory' | 'task/role' | 'task/service' | 'task/no-name', message: string, help?: string) => void

function taskOf(
  id: { id: string; href: string | null },
  fields: Fields,
  letters: Letters,
  row: Row,
  known: Known,
  report: RowReport,
): PageTask {
  const mandatory = meaningOf(fields.mandatory ?? '', letters)
  if (mandatory === null && fields.mandatory !== undefined) {
    const wanted = [...letters.mandatory, ...letters.optional].map(each => each.toUpperCase()).join(', ')
    report('task/mandatory', `Unexpected "${fields.mandatory}" for task ${id.id}, expected one of ${wanted}`)
  }
  const role = roleIn(fields.role ?? '', known.roles)
  if (role.unknown.length > 0)
    report(
      'task/role',
      `Unexpected role "${role.unknown.join(', ')}" of task ${id.id}`,
      remedyFor('role', role.unknown[0] ?? '', known.roles),
    )
  const services = servicesIn(fields.services ?? '', known.services)
  if (services.unknown.length > 0) {
    report(
      'task/service',
      `Unexpected service "${services.unknown.join(', ')}" of task ${id.id}`,
      remedyFor('service', services.unknown[0] ?? '', known.services),
    )
  }
  const links = linksIn(fields.name ?? '')
  if (id.href) links.unshift({ text: id.id, href: id.href })
  const title = titleOf(fields.name ?? '')
  if (title === '') report('task/no-name', `Unexpected empty name of task ${id.id}`)
  return { id: id.id, title: title || id.id, mandatory, role: role.found, services: services.found, line: row.line + 1, links }
}

/** Link text stays, addresses go, and so does punctuation left dangling where a link stood. */
export const titleOf = (cell: string): string =>
  plainValue(cell.replace(/!?\[([^\]]*)\]\([^)]*\)/g, ' $1 ').replace(/\[([^\]]*)\]/g, '$1')).trim()

const LINK = /\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)|(https?:\/\/[!-~]+)/g

/** A bare address ends at the first character that no address has: it may be glued to Japanese text. */
export const linksIn = (cell: string): { text: string; href: string }[] =>
  [...cell.matchAll(LINK)].map(([, text, href, bare]) => ({
    text: plainValue(text ?? bare ?? ''),
    href: href ?? (bare ?? '').replace(/[).,;]+$/, ''),
  }))
