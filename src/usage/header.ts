import { open } from 'node:fs/promises'
import type { UsageReport } from '../model/usage.ts'
import { cellsOf, dayOf } from './cells.ts'
import { HEADER_ALIASES, PERIOD, PERSON, REFRESH, REPORT_SHAPES, type ReportShape, type ServiceColumns } from './reports.ts'

/** Where things stand in one file; columns count from 0. */
export type Layout = Readonly<{
  report: UsageReport
  delimiter: string
  /** Line of the header, from 1; blank lines may stand before it. */
  headerLine: number
  columnCount: number
  names: readonly string[]
  refresh: number
  person: number
  gone: Readonly<{ column: number; is: 'flag' | 'state' }> | null
  userId: number | null
  period: number | null
  services: readonly ServiceLayout[]
}>
export type ServiceLayout = Readonly<{ columns: ServiceColumns; licence: number | null; activity: number }>

export type HeaderFault = Readonly<{ code: string; message: string; line: number | null }>

/** Headers of real reports are below 2 KB. */
const HEADER_LIMIT = 65_536
const DELIMITERS = [',', ';', '\t']

/** What the first bytes of a file tell. `refreshDate` is the first that can be read, null when none can. */
export type Head = Readonly<{ layout: Layout; isHeaderOnly: boolean; refreshDate: string | null }>

/** Recognises a report by its set of column names, whatever the file is called. */
export async function readHead(path: string): Promise<Head | { fault: HeaderFault }> {
  const head = await firstBytes(path, HEADER_LIMIT)
  if (head.length === 0) return unknown('the file is empty', null)
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    return {
      fault: { code: 'not-utf8', message: 'the file is UTF-16, expected UTF-8; download it again or save it as "CSV UTF-8"', line: 1 },
    }
  const lines = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
  const at = lines.findIndex(line => line.trim() !== '')
  if (at < 0 || (at === lines.length - 1 && head.length === HEADER_LIMIT))
    return unknown('it does not begin with a line of column names', null)
  const found = layoutOf((lines[at] ?? '').replace(/\r$/, ''), at + 1)
  if ('fault' in found) return found
  const rows = lines.slice(at + 1).filter(line => line.trim() !== '')
  const dayIn = (line: string) => dayOf(cellsOf(line.replace(/\r$/, ''), found.layout.delimiter)?.[found.layout.refresh] ?? '')
  return {
    layout: found.layout,
    isHeaderOnly: rows.length === 0 && head.length < HEADER_LIMIT,
    refreshDate: rows.reduce<string | null>((day, line) => day ?? dayIn(line), null),
  }
}

/** The layout that a header line tells, or what is wrong with it. */
export function layoutOf(line: string, headerLine: number): { layout: Layout } | { fault: HeaderFault } {
  for (const delimiter of DELIMITERS) {
    const names = cellsOf(line, delimiter)?.map(normalise)
    const shape = names && shapeOf(names)
    if (names && shape) return resolve(shape, names, delimiter, headerLine)
  }
  return unknown('its columns are not those of a usage report that is known here', headerLine)
}

const normalise = (header: string): string => {
  const name = header.trim().replace(/\s+/g, ' ').toLowerCase()
  return HEADER_ALIASES[name] ?? name
}

function shapeOf(names: readonly string[]): ReportShape | undefined {
  const has = (name: string) => names.includes(name)
  return REPORT_SHAPES.find(shape => shape.signature.every(has) && !shape.not?.some(has))
}

function resolve(shape: ReportShape, names: readonly string[], delimiter: string, headerLine: number): ReturnType<typeof layoutOf> {
  const has = (name: string) => names.includes(name)
  const services = shape.services.filter(each => !shape.servicesMayBeAbsent || has(each.activity) || has(each.licence ?? ''))
  const licence = (each: ServiceColumns) => (each.licence && !(shape.licenceMayBeAbsent && !has(each.licence)) ? [each.licence] : [])
  const needed = [
    REFRESH,
    PERSON,
    ...(shape.gone ? [shape.gone.column] : []),
    ...(shape.boundToPeriod ? [PERIOD] : []),
    ...services.flatMap(each => [each.activity, ...licence(each)]),
  ]
  const missing = [...new Set(needed)].filter(name => !has(name))
  if (missing.length > 0) {
    const message = `${shape.report} without the column${missing.length > 1 ? 's' : ''} ${missing.map(quote).join(', ')}`
    return { fault: { code: 'missing-column', message, line: headerLine } }
  }
  const repeated = needed.find(name => names.indexOf(name) !== names.lastIndexOf(name))
  if (repeated) return { fault: { code: 'repeated-column', message: `the column ${quote(repeated)} stands there twice`, line: headerLine } }
  const column = (name: string) => names.indexOf(name)
  const columnOrNull = (name: string | null | undefined) => (name && has(name) ? column(name) : null)
  return {
    layout: {
      report: shape.report,
      delimiter,
      headerLine,
      columnCount: names.length,
      names,
      refresh: column(REFRESH),
      person: column(PERSON),
      gone: shape.gone && { column: column(shape.gone.column), is: shape.gone.is },
      userId: columnOrNull(shape.userId),
      period: columnOrNull(PERIOD),
      services: services.map(columns => ({ columns, licence: columnOrNull(columns.licence), activity: column(columns.activity) })),
    },
  }
}

const quote = (name: string) => `"${name}"`
const unknown = (why: string, line: number | null) => ({ fault: { code: 'unknown-report', message: `not a usage report: ${why}`, line } })

async function firstBytes(path: string, limit: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(limit), 0, limit, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
