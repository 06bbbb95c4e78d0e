import { cellsOf, type DateOrder, dayAsMeant, isOtherDay } from './cells.ts'
import { COUNTS_SHAPES, type CountsShape, SILENT_REPORTS } from './counts-reports.ts'
import { firstBytes, isJson, wrongKind } from './file-kind.ts'
import { HEADER_ALIASES, PERIOD, PERSON, REFRESH, REPORT_SHAPES, type ReportShape, type ServiceColumns } from './reports.ts'

/** Where things stand in one file about people; columns count from 0. */
export type Layout = Readonly<{
  report: ReportShape['report']
  delimiter: string
  /** Line of the header, from 1; blank lines may stand before it. */
  headerLine: number
  columnCount: number
  names: readonly string[]
  /** Null: the file does not say, and `givenRefresh` holds. */
  refresh: number | null
  givenRefresh: string | null
  /** How days other than `YYYY-MM-DD` are meant; null = there must not be any. */
  dates: DateOrder | null
  person: number
  gone: Readonly<{ column: number; is: 'flag' | 'state' }> | null
  userId: number | null
  period: number | null
  services: readonly ServiceLayout[]
  activations: Readonly<{ product: number; devices: readonly number[]; shared: number }> | null
  /** Columns that sum to the acts of a person; none where the report counts none. */
  acts: readonly number[]
}>
export type ServiceLayout = Readonly<{ columns: ServiceColumns; licence: number | 'everyone' | null; activity: number }>

/** Where things stand in one file of counts. */
export type CountsLayout = Readonly<{
  shape: CountsShape
  delimiter: string
  headerLine: number
  names: readonly string[]
  given: HeadOptions
}>

export type HeaderFault = Readonly<{ code: string; message: string; line: number | null }>
export type HeadOptions = Readonly<{ dates?: DateOrder; refreshDate?: string }>

/** Headers of real reports are below 3 KB. */
const HEADER_LIMIT = 65_536
const DELIMITERS = [',', ';', '\t']

/** What the first bytes of a file about people tell. `refreshDate` is the first that can be read, null when none can. */
export type Head = Readonly<{ layout: Layout; isHeaderOnly: boolean; refreshDate: string | null }>
export type Found =
  | Readonly<{ kind: 'people'; head: Head }>
  | Readonly<{ kind: 'counts'; layout: CountsLayout }>
  | Readonly<{ kind: 'json' }>
  /** A report that is known and tells nothing of who uses a service. */
  | Readonly<{ kind: 'silent'; report: string; line: number }>
  | Readonly<{ kind: 'fault'; fault: HeaderFault }>

/** Recognises a report by its set of column names, whatever the file is called. */
export async function readHead(path: string, options: HeadOptions = {}): Promise<Found> {
  const head = await firstBytes(path, HEADER_LIMIT)
  if (head.length === 0) return unknown('the file is empty', null)
  const wrong = wrongKind(head)
  if (wrong) return { kind: 'fault', fault: { ...wrong, line: 1 } }
  if (isJson(head)) return { kind: 'json' }
  const lines = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
  const at = lines.findIndex(line => line.trim() !== '')
  if (at < 0 || (at === lines.length - 1 && head.length === HEADER_LIMIT))
    return unknown('it does not begin with a line of column names', null)
  const found = layoutOf((lines[at] ?? '').replace(/\r$/, ''), at + 1, options)
  if (found.kind !== 'people') return found
  // The last line may be cut off, unless it is the file's own last.
  const rows = head.length < HEADER_LIMIT ? lines.slice(at + 1) : lines.slice(at + 1, -1)
  return peopleHead(found.layout, rows, head.length < HEADER_LIMIT, options)
}

function peopleHead(layout: Layout, lines: readonly string[], isWhole: boolean, options: HeadOptions): Found {
  const dayColumns = [layout.refresh, ...layout.services.flatMap(each => (each.columns.activityIs === 'last-day' ? each.activity : []))]
  let refreshDate: string | null = layout.givenRefresh
  let isEmpty = true
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    isEmpty = false
    const cells = cellsOf(line.replace(/\r$/, ''), layout.delimiter) ?? []
    if (options.dates === undefined && dayColumns.some(column => column !== null && isOtherDay(cells[column] ?? '')))
      return { kind: 'fault', fault: unclearDates(layout.headerLine + at + 1) }
    refreshDate ??= dayAsMeant(cells[layout.refresh ?? -1] ?? '', layout.dates)
  }
  return { kind: 'people', head: { layout, isHeaderOnly: isEmpty && isWhole, refreshDate } }
}

/** Days whose month nobody can tell are never guessed. */
export const unclearDates = (line: number): HeaderFault => ({
  code: 'unclear-dates',
  message:
    'dates are not written YYYY-MM-DD, so month and day cannot be told apart; download the report again, or say which comes first (month-first or day-first)',
  line,
})

export const noRefreshDate = (report: string, line: number): HeaderFault => ({
  code: 'no-refresh-date',
  message: `${report} without a refresh date: say which day its data reaches, as the portal shows it beside the report`,
  line,
})

type LayoutFound = Readonly<{ kind: 'people'; layout: Layout }> | Exclude<Found, { kind: 'people' }>

/** The layout that a header line tells, or what is wrong with it. */
export function layoutOf(line: string, headerLine: number, options: HeadOptions = {}): LayoutFound {
  for (const delimiter of DELIMITERS) {
    const names = normalised(cellsOf(line, delimiter) ?? [])
    if (names.length < 2) continue
    const has = (name: string) => names.includes(name)
    const fits = (shape: { signature: readonly string[]; oneOf?: readonly string[]; not?: readonly string[] }) =>
      shape.signature.every(has) && !shape.not?.some(has) && (shape.oneOf?.some(has) ?? true)
    const people = REPORT_SHAPES.find(fits)
    if (people) return resolve(people, names, delimiter, headerLine, options)
    const counts = COUNTS_SHAPES.find(fits)
    if (counts) return { kind: 'counts', layout: { shape: counts, delimiter, headerLine, names, given: options } }
    const silent = SILENT_REPORTS.find(fits)
    if (silent) return { kind: 'silent', report: silent.report, line: headerLine }
    if (TEAMS_CENTER.every(has)) return { kind: 'fault', fault: { ...teamsCenter, line: headerLine } }
  }
  return unknown('its columns are not those of a usage report that is known here', headerLine)
}

/** The Teams admin center exports labels of its screen, neither the licence nor the day its data reaches. */
const TEAMS_CENTER = ['channel messages', 'chat messages', '1:1 calls']
const teamsCenter = {
  code: 'teams-admin-center',
  message:
    'this is the export of the Teams admin center, which tells neither the refresh date nor who has a licence; export "Microsoft Teams user activity" from Reports › Usage of the Microsoft 365 admin center',
}

function normalised(headers: readonly string[]): string[] {
  const names = headers.map(header =>
    header
      .trim()
      .replace(/\s+/g, ' ')
      .toLowerCase()
      .replace(/ \(utc\)$/, ''),
  )
  return names.map(name => {
    const alias = HEADER_ALIASES[name]
    return alias !== undefined && !names.includes(alias) ? alias : name
  })
}

function resolve(shape: ReportShape, names: readonly string[], delimiter: string, headerLine: number, options: HeadOptions): LayoutFound {
  const has = (name: string) => names.includes(name)
  const services = shape.services.filter(each => !shape.servicesMayBeAbsent || has(each.activity) || has(each.licence ?? ''))
  const licence = (each: ServiceColumns) => (each.licence && !(shape.licenceMayBeAbsent && !has(each.licence)) ? [each.licence] : [])
  const needed = [
    ...(has(REFRESH) ? [REFRESH] : []),
    PERSON,
    ...(shape.gone ? [shape.gone.column] : []),
    ...(shape.boundToPeriod ? [PERIOD] : []),
    ...services.flatMap(each => [each.activity, ...licence(each)]),
    ...(shape.activations ? [shape.activations.product, ...shape.activations.devices, shape.activations.shared] : []),
  ]
  const fault = (code: string, message: string): LayoutFound => ({ kind: 'fault', fault: { code, message, line: headerLine } })
  const missing = [...new Set(needed)].filter(name => !has(name))
  if (missing.length > 0)
    return fault('missing-column', `${shape.report} without the column${missing.length > 1 ? 's' : ''} ${missing.map(quote).join(', ')}`)
  const repeated = needed.find(name => names.indexOf(name) !== names.lastIndexOf(name))
  if (repeated) return fault('repeated-column', `the column ${quote(repeated)} stands there twice`)
  if (!has(REFRESH) && options.refreshDate === undefined) return { kind: 'fault', fault: noRefreshDate(shape.report, headerLine) }
  const column = (name: string) => names.indexOf(name)
  const columnOrNull = (name: string | null | undefined) => (name && has(name) ? column(name) : null)
  return {
    kind: 'people',
    layout: {
      report: shape.report,
      delimiter,
      headerLine,
      columnCount: names.length,
      names,
      refresh: columnOrNull(REFRESH),
      givenRefresh: has(REFRESH) ? null : (options.refreshDate ?? null),
      dates: options.dates ?? null,
      person: column(PERSON),
      gone: shape.gone && { column: column(shape.gone.column), is: shape.gone.is },
      userId: columnOrNull(shape.userId),
      period: columnOrNull(PERIOD),
      services: services.map(columns => ({
        columns,
        licence: columns.everyoneLicensed ? 'everyone' : columnOrNull(columns.licence),
        activity: column(columns.activity),
      })),
      activations: shape.activations
        ? {
            product: column(shape.activations.product),
            devices: shape.activations.devices.map(column),
            shared: column(shape.activations.shared),
          }
        : null,
      acts: (shape.acts ?? []).flatMap(name => columnOrNull(name) ?? []),
    },
  }
}

const quote = (name: string) => `"${name}"`
const unknown = (why: string, line: number | null): { kind: 'fault'; fault: HeaderFault } => ({
  kind: 'fault',
  fault: { code: 'unknown-report', message: `not a usage report: ${why}`, line },
})
