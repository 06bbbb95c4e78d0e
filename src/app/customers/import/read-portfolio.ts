import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type CsvError, parse } from 'csv-parse'
import { CustomerId } from '../../../model/api.ts'
import { CustomerName, LanguageTag, PORTFOLIO_COLUMNS, type PortfolioColumn, TenantId } from '../../../model/customer-api.ts'
import { AppError } from '../../../model/errors.ts'
import { Day, INITIATIVES, Initiative, Segment } from '../../../model/words.ts'

/** Line 1 is the first of the file; `column` is null where the whole line is meant. */
export type Fault = Readonly<{ line: number; column: string | null; message: string }>

/** A line of a portfolio file. What is absent is left as it is; null takes away what is there. */
export type PortfolioLine = Readonly<{
  line: number
  id: string
  name?: string
  segment?: Segment | null
  initiatives?: readonly Initiative[]
  language?: string
  assignedOn?: Day | null
  owner?: string
  team?: string | null
  tenants?: readonly string[]
  /** Services that are intended, and what is known of activation: a day, false for not activated, null for unknown. */
  services?: readonly string[]
  activated?: readonly Readonly<{ service: string; on: Day | false | null }>[]
}>

/** What cells may name. Addresses are lower case. */
export type Names = Readonly<{
  owners: ReadonlyMap<string, string>
  teams: ReadonlyMap<string, string>
  services: ReadonlySet<string>
}>

const BATCH = 500
const HEAD_BYTES = 64 * 1024
const MAX_RECORD_BYTES = 64 * 1024
/** A cell with only this takes the value away. */
const NONE = '-'

/**
 * Reads a portfolio file a batch of lines at a time: CSV in UTF-8, a byte order mark or none, commas, semicolons or tabs. Every fault is
 * told; a line with a fault is not among the lines.
 */
export async function* readPortfolio(path: string, names: Names, tell: (fault: Fault) => void): AsyncGenerator<readonly PortfolioLine[]> {
  const parser = createReadStream(path).pipe(
    parse({
      bom: true,
      delimiter: await delimiterOf(path),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: MAX_RECORD_BYTES,
    }),
  )
  let columns: readonly (PortfolioColumn | null)[] | undefined
  const seen = new Map<string, number>()
  let batch: PortfolioLine[] = []
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const line = info.lines
      if (!columns) {
        columns = headOf(record, line, tell)
        if (!columns) return
        continue
      }
      if (record.every(cell => cell === '')) continue
      const read = readLine(record, columns, line, names, tell)
      if (!read) continue
      const first = seen.get(read.id)
      if (first !== undefined) {
        tell({ line, column: 'id', message: `${read.id} stands on line ${first} already` })
        continue
      }
      seen.set(read.id, line)
      batch.push(read)
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  } catch (error) {
    if (!isCsvError(error)) throw error
    tell({ line: Number(error.lines ?? 0), column: null, message: CSV_FAULTS[error.code] ?? 'this is no CSV' })
    return
  } finally {
    parser.destroy()
  }
  if (!columns) tell({ line: 1, column: null, message: 'the file is empty' })
  if (batch.length > 0) yield batch
}

const isCsvError = (error: unknown): error is CsvError & { lines?: number } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('CSV_')

const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and not closed',
  CSV_INVALID_CLOSING_QUOTE: 'something follows a closing quote',
  INVALID_OPENING_QUOTE: 'a quote stands within a cell',
  CSV_MAX_RECORD_SIZE: 'a line is longer than 64 KB',
}

/** What separates the cells of the first line, outside of quotes. */
async function delimiterOf(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 })
    if (bytesRead >= 2 && (buffer.readUInt16BE(0) === 0xfffe || buffer.readUInt16BE(0) === 0xfeff)) {
      throw new AppError('invalid-input', 'the file is UTF-16; save it as CSV UTF-8')
    }
    const head =
      buffer
        .toString('utf8', 0, bytesRead)
        .replace(/"[^"]*"/g, '')
        .split(/\r?\n/)
        .find(line => line.trim() !== '') ?? ''
    const count = (sign: string) => head.split(sign).length
    return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] ?? ','
  } finally {
    await file.close()
  }
}

function headOf(cells: readonly string[], line: number, tell: (fault: Fault) => void): readonly (PortfolioColumn | null)[] | undefined {
  const columns = cells.map(cell => {
    const name = cell.toLowerCase().replace(/[\s-]+/g, '_')
    return PORTFOLIO_COLUMNS.find(each => each === name) ?? null
  })
  let isFaulty = false
  const fault = (column: string | null, message: string) => {
    isFaulty = true
    tell({ line, column, message })
  }
  for (const [index, column] of columns.entries()) {
    if (column === null) fault(cells[index] || `${index + 1}`, `there is no such column; known are ${PORTFOLIO_COLUMNS.join(', ')}`)
    else if (columns.indexOf(column) !== index) fault(column, 'the column stands here twice')
  }
  if (!columns.includes('id')) fault('id', 'the column is missing: each line names its customer')
  return isFaulty ? undefined : columns
}

type Draft = { -readonly [Name in keyof PortfolioLine]: PortfolioLine[Name] }

function readLine(
  cells: readonly string[],
  columns: readonly (PortfolioColumn | null)[],
  line: number,
  names: Names,
  tell: (fault: Fault) => void,
): PortfolioLine | undefined {
  const faults: Fault[] = []
  const fault = (column: string | null, message: string) => void faults.push({ line, column, message })
  const draft: Draft = { line, id: '' }
  if (cells.length > columns.length) fault(null, `the line has ${cells.length} cells, and there are ${columns.length} columns`)
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? ''
    if (column === null) continue
    if (cell.includes('\uFFFD')) fault(column, 'is not UTF-8; save the file as CSV UTF-8')
    else if (cell !== '' || column === 'id') READERS[column](draft, cell, names, message => fault(column, message))
  }
  for (const each of faults) tell(each)
  return faults.length > 0 ? undefined : draft
}

type Reader = (draft: Draft, cell: string, names: Names, fault: (message: string) => void) => void

/** Words of a cell: separated by `|`, `;`, `,` or spaces. */
const wordsOf = (cell: string): readonly string[] => [...new Set(cell.split(/[|;,\s]+/).filter(word => word !== ''))]
const messageOf = (error: { issues: readonly { message: string }[] }) => error.issues[0]?.message ?? 'cannot be read'
const SEGMENTS_OF = Segment.options

const READERS: Readonly<Record<PortfolioColumn, Reader>> = {
  id: (draft, cell, _, fault) => {
    const parsed = CustomerId.safeParse(cell)
    if (parsed.success) draft.id = parsed.data
    else fault(cell === '' ? 'is missing' : `"${cell}" must be ${messageOf(parsed.error)}`)
  },
  name: (draft, cell, _, fault) => {
    const parsed = CustomerName.safeParse(cell)
    if (parsed.success) draft.name = parsed.data
    else fault(messageOf(parsed.error))
  },
  segment: (draft, cell, _, fault) => {
    const parsed = Segment.safeParse(cell.toLowerCase())
    if (cell === NONE) draft.segment = null
    else if (parsed.success) draft.segment = parsed.data
    else fault(`"${cell}" is no segment; known are ${SEGMENTS_OF.join(', ')}`)
  },
  initiatives: (draft, cell, _, fault) => {
    const initiatives: Initiative[] = []
    for (const word of cell === NONE ? [] : wordsOf(cell.toLowerCase())) {
      const parsed = Initiative.safeParse(word)
      if (parsed.success) initiatives.push(parsed.data)
      else fault(`"${word}" is no initiative; known are ${INITIATIVES.join(', ')}`)
    }
    draft.initiatives = initiatives
  },
  language: (draft, cell, _, fault) => {
    const parsed = LanguageTag.safeParse(cell)
    if (parsed.success) draft.language = parsed.data
    else fault(`"${cell}" is not ${messageOf(parsed.error)}`)
  },
  assigned_on: (draft, cell, _, fault) => {
    const parsed = Day.safeParse(cell)
    if (cell === NONE) draft.assignedOn = null
    else if (parsed.success) draft.assignedOn = parsed.data
    else fault(`"${cell}" is not ${messageOf(parsed.error)}`)
  },
  owner_email: (draft, cell, names, fault) => {
    const owner = names.owners.get(cell.toLowerCase())
    if (owner === undefined) fault('nobody who can sign in has this address')
    else draft.owner = owner
  },
  team: (draft, cell, names, fault) => {
    const team = names.teams.get(cell.toLowerCase())
    if (cell === NONE) draft.team = null
    else if (team === undefined) fault(`there is no team "${cell}"`)
    else draft.team = team
  },
  tenants: (draft, cell, _, fault) => {
    const tenants = wordsOf(cell)
    for (const tenant of tenants) if (!TenantId.safeParse(tenant).success) fault(`"${tenant}" must be letters, digits, dots and dashes`)
    draft.tenants = tenants
  },
  services: (draft, cell, names, fault) => {
    const services = wordsOf(cell.toLowerCase())
    for (const service of services) if (!names.services.has(service)) fault(`the playbook knows no service "${service}"`)
    draft.services = services
  },
  activated: (draft, cell, names, fault) => {
    const activated: { service: string; on: Day | false | null }[] = []
    for (const word of wordsOf(cell)) {
      const [name = '', value = ''] = word.split(/[=:]/, 2)
      const service = name.toLowerCase()
      const day = Day.safeParse(value)
      if (!names.services.has(service)) fault(`the playbook knows no service "${name}"`)
      else if (value === 'no' || value === '?') activated.push({ service, on: value === 'no' ? false : null })
      else if (day.success) activated.push({ service, on: day.data })
      else fault(`"${word}" must be a service and a day, no or ?, such as teams=2026-03-01`)
    }
    draft.activated = activated
  },
}
