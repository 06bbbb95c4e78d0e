import type { Day } from '../../model/words.ts'
import { findServices, findTenants } from '../../store/customers.ts'
import type { Row } from '../../store/tables.ts'
import { type CountRow, findUsageCounts, findUsageDays, findVersions } from '../../store/usage-figures.ts'
import { importsBy } from '../../store/usage-imports.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import { shareOf } from '../plans/cells.ts'
import { type Actor, authorize } from '../policy.ts'
import { doubtedDays } from '../usage/doubt.ts'
import { type Columns, csvOf } from './csv.ts'
import { CSV, type Download } from './download.ts'

/** One figure of a tenant: over a window, or of one day. */
type Line = Readonly<{
  day: Day
  service: string
  tenant: string
  measure: 'rolling' | 'daily'
  active: number
  atLeast: boolean
  assigned: number | null
  entitled: number | null
  percent: number | null
  percentOf: string | null
  window: number
  report: string | null
  file: string | null
  knownSince: string
  restated: boolean
}>

/** Lines written at once. */
const BATCH = 1000

/**
 * Every figure of a customer since some days ago, with where it comes from, as CSV; nothing about people. What was corrected says so. The
 * export is on record.
 */
export async function exportUsage(context: Context, actor: Actor, customerId: string, { days }: { days: number }): Promise<Download> {
  await visibleCustomer(context, actor, customerId)
  authorize(actor, 'export-customer')
  const since = daysBefore(todayOf(context), days)
  const range = { customerId, since, knownOn: null }
  const [points, counts] = [await findUsageDays(context.db, range), await findUsageCounts(context.db, range)]
  const versions = await findVersions(context.db, range)
  const ids = [...new Set([...points, ...counts].flatMap(row => row.import_id ?? []))]
  const imports = new Map((await importsBy(context.db, customerId, ids)).map(row => [row.id, row]))
  const names = new Map((await findTenants(context.db, customerId)).map(row => [row.id, row.name]))
  const chosen = new Map((await findServices(context.db, customerId)).map(row => [row.service, row]))
  const doubted = doubtedLines(points)
  const keyOf = (row: { tenant_id: string; service: string; day: Day }, measure: string) =>
    `${row.tenant_id} ${row.service} ${row.day} ${measure}`
  const corrected = new Set(versions.map(row => keyOf(row, row.measure)))
  const shared = (row: Row<'usage_day'> | CountRow, measure: Line['measure']) => {
    const from = row.import_id === null ? undefined : imports.get(row.import_id)
    const restated = corrected.has(keyOf(row, measure))
    const { day, service, active, known_since: knownSince } = row
    const source = { report: from?.report ?? null, file: from?.sha256 ?? null, knownSince, restated }
    return { day, service, tenant: names.get(row.tenant_id) ?? row.tenant_id, measure, active, ...source }
  }
  const lines: Line[] = [
    ...points.map(row => {
      const { assigned, entitled, window_days: window } = row
      return {
        ...shared(row, 'rolling'),
        atLeast: false,
        assigned,
        entitled,
        ...shareIn(row, doubted.has(row) ? null : row.active, chosen.get(row.service), names.size),
        window,
      }
    }),
    ...counts.map(row => {
      const none = { assigned: null, entitled: null, percent: null, percentOf: null }
      return { ...shared(row, 'daily'), atLeast: row.is_at_least, ...none, window: 1 }
    }),
  ]
  await context.db.transaction().execute(trx =>
    recordCustomer(trx, context, actor, {
      customerId,
      kind: 'export-made',
      data: { what: 'usage', format: 'csv', count: lines.length, since },
    }),
  )
  const fileName = `${customerId}-usage-${todayOf(context)}.csv`
  return { fileName, contentType: CSV, body: csvOf(COLUMNS, batches(lines)) }
}

/**
 * The share of one tenant, of what was chosen for the service. Seats agreed by hand are the customer's: of one of several tenants there is no
 * share of them.
 */
function shareIn(
  { entitled, assigned }: Row<'usage_day'>,
  active: number | null,
  service: Row<'customer_service'> | undefined,
  tenants: number,
): Pick<Line, 'percent' | 'percentOf'> {
  const chosen = service?.denominator ?? null
  const agreed = tenants === 1 ? (service?.custom_seats ?? null) : null
  return shareOf(active, { chosen, entitled: chosen === 'custom' ? agreed : entitled, assigned })
}

/** Zeros that are not believed: they stand there as they came, without a share. */
function doubtedLines(points: readonly Row<'usage_day'>[]): ReadonlySet<Row<'usage_day'>> {
  const groups = Map.groupBy(points, row => `${row.tenant_id} ${row.service}`)
  return new Set(
    [...groups.values()].flatMap(rows => {
      const days = doubtedDays(rows)
      return rows.filter(row => days.has(row.day))
    }),
  )
}

async function* batches(lines: readonly Line[]): AsyncGenerator<readonly Line[]> {
  for (let at = 0; at < lines.length; at += BATCH) yield lines.slice(at, at + BATCH)
}

const COLUMNS: Columns<Line> = [
  { name: 'day', of: line => line.day },
  { name: 'service', of: line => line.service },
  { name: 'tenant', of: line => line.tenant },
  { name: 'measure', of: line => line.measure },
  { name: 'active', of: line => line.active },
  { name: 'at_least', of: line => line.atLeast },
  { name: 'assigned', of: line => line.assigned },
  { name: 'entitled', of: line => line.entitled },
  { name: 'percent', of: line => line.percent },
  { name: 'percent_of', of: line => line.percentOf },
  { name: 'window_days', of: line => line.window },
  { name: 'source_report', of: line => line.report },
  { name: 'file_sha256', of: line => line.file },
  { name: 'known_since', of: line => line.knownSince },
  { name: 'restated', of: line => line.restated },
]

// Cut from an ISO date, so a day.
const daysBefore = (day: Day, count: number): Day => new Date(Date.parse(day) - count * 86_400_000).toISOString().slice(0, 10) as Day
