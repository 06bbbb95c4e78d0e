import type { Activation, DailyCount, PeriodTotal, UsageProblem } from '../model/usage.ts'
import { cellsOf, dayAsMeant, isOtherDay } from './cells.ts'
import type { ServiceCounts } from './counts-reports.ts'
import { type CountsLayout, type HeaderFault, noRefreshDate, unclearDates } from './header.ts'
import { eachLine, LONGEST_LINE } from './lines.ts'
import { APPS_PRODUCTS, LONGEST_PRODUCT, PERIOD, REFRESH } from './reports.ts'
import { shownCell } from './shown-cell.ts'
import { LISTED } from './survey.ts'

/** What one file of counts holds. */
export type CountsReading = Readonly<{
  report: CountsLayout['shape']['report']
  refreshDate: string | null
  period: number | null
  rows: Readonly<{ read: number; rejected: number; deleted: number; duplicates: number }>
  daily: readonly DailyCount[]
  totals: readonly PeriodTotal[]
  activations: readonly Activation[]
  problems: readonly UsageProblem[]
}>

/** The longest report has a row for each of 180 days, or for each product of a tenant; more is something else. */
export const MOST_ROWS = 5000

type Row = Readonly<{ refresh: string; about: string; period: number | null; numbers: ReadonlyMap<string, number>; product: string }>

/** Reads a file of counts. An empty numeric cell is 0 here: these reports leave a day without anybody empty. */
export async function readCounts(path: string, layout: CountsLayout, file: string): Promise<CountsReading> {
  const problems: UsageProblem[] = []
  const refuse = (fault: HeaderFault): CountsReading => ({
    ...nothing(layout),
    problems: [{ code: fault.code, severity: 'error', message: fault.message, file, line: fault.line }],
  })
  const missing = missingColumn(layout)
  if (missing !== null)
    return refuse({
      code: 'missing-column',
      message: `${layout.shape.report} without the column "${missing}"`,
      line: layout.headerLine,
    })
  if (!layout.names.includes(REFRESH) && layout.given.refreshDate === undefined)
    return refuse(noRefreshDate(layout.shape.report, layout.headerLine))
  const rows = new Map<string, Row>()
  const found = { read: 0, rejected: 0, duplicates: 0 }
  let unclear: HeaderFault | null = null
  const reject = (line: number, message: string) => {
    found.rejected += 1
    if (found.rejected <= LISTED) problems.push({ code: 'rejected-row', severity: 'error', message, file, line })
  }
  await eachLine(path, (bytes, line) => {
    if (line <= layout.headerLine || bytes?.length === 0) return
    found.read += 1
    if (found.read > MOST_ROWS || unclear !== null) return
    const row = rowOf(bytes, layout)
    if ('fault' in row) {
      if (row.fault !== UNCLEAR) return reject(line, row.fault)
      unclear = unclearDates(line)
      return
    }
    const known = rows.get(row.about)
    if (known === undefined) rows.set(row.about, row)
    else if (sameRow(known, row)) found.duplicates += 1
    else reject(line, `${row.about || 'the period'} stands there twice with different numbers; the first counts`)
  })
  if (unclear !== null) return refuse(unclear)
  if (found.read > MOST_ROWS)
    return refuse({ code: 'too-many-rows', message: `more than ${MOST_ROWS} rows, which no report of counts has`, line: null })
  const all = [...rows.values()]
  const told: UsageProblem[] = [
    ...problems,
    ...(found.rejected > LISTED
      ? [problem('rejected-rows', 'error', `${found.rejected} rows rejected, ${LISTED} of them named with their line`, file)]
      : []),
    ...(found.duplicates > 0
      ? [problem('duplicate-rows', 'warning', `${found.duplicates} rows repeated word for word and counted once`, file)]
      : []),
  ]
  const counted = { read: found.read, rejected: found.rejected, deleted: 0, duplicates: found.duplicates }
  const unfit = all.length === 0 ? noRows(layout, file) : mixed(all, file)
  if (unfit) return { ...nothing(layout), rows: counted, problems: [...told, unfit] }
  const [first] = all
  const period = first?.period ?? null
  return {
    report: layout.shape.report,
    refreshDate: first?.refresh ?? null,
    period,
    rows: counted,
    daily: layout.shape.rowIs === 'day' ? dailyOf(all, layout) : [],
    totals: layout.shape.rowIs === 'period' && first ? totalsOf(first, layout) : [],
    activations: layout.shape.rowIs === 'product' ? activationsOf(all) : [],
    problems: told,
  }
}

const UNCLEAR = 'unclear'

function missingColumn({ shape, names }: CountsLayout): string | null {
  const needed = [...(shape.rowIs === 'period' ? [PERIOD] : []), ...(shape.rowIs === 'product' ? ['shared computer activation'] : [])]
  const services = shape.services.flatMap(each => (has(each, names) ? [...each.active.slice(0, 1), ...(each.assigned ?? [])] : []))
  const first = shape.services.length > 0 && services.length === 0 ? (shape.services[0]?.active ?? []) : []
  return [...needed, ...services, ...first].find(name => !names.includes(name)) ?? null
}

const has = (service: ServiceCounts, names: readonly string[]) => service.active.some(name => names.includes(name))

function rowOf(bytes: Buffer | null, { names, delimiter, shape, given }: CountsLayout): Row | { fault: string } {
  if (bytes === null) return { fault: `the line is longer than ${LONGEST_LINE} bytes` }
  const cells = cellsOf(bytes.toString('utf8'), delimiter)
  if (cells === null) return { fault: 'a quote is opened and not closed on its line' }
  if (cells.length !== names.length) return { fault: `${cells.length} cells, expected ${names.length}` }
  const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim()
  const day = (name: string) => dayAsMeant(cell(name), given.dates ?? null)
  const dayColumns = [REFRESH, ...(shape.rowIs === 'day' ? ['report date'] : [])].filter(name => names.includes(name))
  if (given.dates === undefined && dayColumns.some(name => isOtherDay(cell(name)))) return { fault: UNCLEAR }
  const wrongDay = dayColumns.find(name => day(name) === null)
  if (wrongDay !== undefined) return { fault: `"${wrongDay}" is ${shownCell(cell(wrongDay))}, expected a date, YYYY-MM-DD` }
  const numbers = new Map<string, number>()
  for (const name of numericOf(shape)) {
    if (!names.includes(name)) continue
    if (!/^\d{0,9}$/.test(cell(name))) return { fault: `"${name}" is ${shownCell(cell(name))}, expected a whole number` }
    numbers.set(name, Number(cell(name)))
  }
  const period = cell(PERIOD)
  if (shape.rowIs === 'period' && !/^[1-9]\d{0,3}$/.test(period))
    return { fault: `"${PERIOD}" is ${shownCell(period)}, expected a number of days` }
  const refresh = names.includes(REFRESH) ? day(REFRESH) : given.refreshDate
  const product = shape.rowIs === 'product' ? cell('product type').toUpperCase() : ''
  if (product.length > LONGEST_PRODUCT || /\p{Cc}/u.test(product))
    return { fault: `"product type" is ${shownCell(product)}, expected a product` }
  return {
    refresh: refresh ?? '',
    about: shape.rowIs === 'day' ? (day('report date') ?? '') : product,
    period: /^[1-9]\d{0,3}$/.test(period) ? Number(period) : null,
    numbers,
    product,
  }
}

const numericOf = ({ services, rowIs }: CountsLayout['shape']) =>
  rowIs === 'product'
    ? ['assigned', 'activated', 'shared computer activation']
    : services.flatMap(each => [...each.active, ...(each.assigned ?? [])])

const sameRow = (a: Row, b: Row) => a.refresh === b.refresh && [...a.numbers].every(([name, number]) => b.numbers.get(name) === number)

function dailyOf(rows: readonly Row[], { shape, names }: CountsLayout): DailyCount[] {
  return shape.services
    .filter(service => has(service, names) && (!service.onlyIfUsed || rows.some(row => activeIn(row, service) > 0)))
    .flatMap(service =>
      rows.map(row => ({ service: service.service, day: row.about, active: activeIn(row, service), atLeast: service.active.length > 1 })),
    )
    .sort((a, b) => (a.service === b.service ? order(a.day, b.day) : order(a.service, b.service)))
}

const activeIn = (row: Row, { active }: ServiceCounts) => Math.max(...active.map(name => row.numbers.get(name) ?? 0))

function totalsOf(row: Row, { shape, names }: CountsLayout): PeriodTotal[] {
  return shape.services
    .filter(service => has(service, names) && (!service.onlyIfUsed || activeIn(row, service) > 0))
    .map(service => ({
      service: service.service,
      active: activeIn(row, service),
      assigned: service.assigned ? service.assigned.reduce((sum, name) => sum + (row.numbers.get(name) ?? 0), 0) : null,
      period: row.period ?? 0,
    }))
}

const activationsOf = (rows: readonly Row[]): Activation[] =>
  rows
    .filter(row => APPS_PRODUCTS.some(name => row.product.toLowerCase().includes(name)))
    .map(({ product, numbers }) => ({
      product,
      assigned: numbers.get('assigned') ?? 0,
      activated: numbers.get('activated') ?? 0,
      sharedComputer: numbers.get('shared computer activation') ?? 0,
    }))
    .sort((a, b) => order(a.product, b.product))

const noRows = (layout: CountsLayout, file: string) =>
  problem('no-data', 'warning', `${layout.shape.report} holds no row that can be used: nothing is known, which is not zero`, file)

function mixed(rows: readonly Row[], file: string): UsageProblem | null {
  const dates = [...new Set(rows.map(row => row.refresh))].sort()
  if (dates.length > 1)
    return problem(
      'mixed-refresh-dates',
      'error',
      `holds rows of several refresh dates, ${dates[0]} to ${dates.at(-1)}; a report has one`,
      file,
    )
  const periods = new Set(rows.map(row => row.period))
  return periods.size > 1
    ? problem('mixed-periods', 'error', `holds rows of several periods, ${[...periods].join(' and ')} days`, file)
    : null
}

const problem = (code: string, severity: UsageProblem['severity'], message: string, file: string): UsageProblem => ({
  code,
  severity,
  message,
  file,
  line: null,
})

const nothing = (layout: CountsLayout): CountsReading => ({
  report: layout.shape.report,
  refreshDate: null,
  period: null,
  rows: { read: 0, rejected: 0, deleted: 0, duplicates: 0 },
  daily: [],
  totals: [],
  activations: [],
  problems: [],
})

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
