import { createHash } from 'node:crypto'
import type { ServiceId } from '../../model/services.ts'
import type { UsageReport } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import { listText } from '../../store/bulk.ts'
import { mix } from './chance.ts'
import { dayNumber, dayOf } from './days.ts'
import type { DemoCustomer, DemoFeed, DemoPoint, DemoTenant } from './generate.ts'
import { DEMO_RECORDER } from './people.ts'
import type { DemoRows } from './rows.ts'

/** The source that every figure and fact of the demo names. */
export const SOURCE = 'demo'
const WINDOW_DAYS = 28
/** Reports of counts reach back so far. */
const COUNT_DAYS = 180
/** With fewer points than days a portfolio is for load tests, and has no days of its own. */
const DENSE_FROM = 100
/** Reports usually come two days later. */
const LAG_DAYS = 2
/** The customer for whom example reports can be written has a tenant where people may be named. */
const NAMES_PEOPLE = 'reports-to-import'

/** The reports that a tenant's figures would come from: one for most services, and these. */
const REPORT_OF: Readonly<Record<ServiceId, UsageReport>> = {
  'outlook-mobile': 'getEmailAppUsageUserDetail',
  'office-proplus': 'getM365AppUserDetail',
  copilot: 'getMicrosoft365CopilotUsageUserDetail',
}
const BACKBONE: UsageReport = 'getOffice365ActiveUserDetail'

type For = Readonly<{ customer: DemoCustomer; today: Day; at: string }>
type Key = Readonly<{ customer_id: string; tenant_id: string }>

/** Adds a tenant with its seats, figures of every day, corrections, counts, activations and the imports all this would come from. */
export function addTenant(rows: DemoRows, tenant: DemoTenant, { customer, today, at }: For): void {
  const key = { customer_id: customer.sheet.customer.id, tenant_id: tenant.id }
  rows.tenant.push({ customer_id: key.customer_id, id: tenant.id, name: tenant.name, allows_people: customer.story === NAMES_PEOPLE })
  const imports = new Set<string>()
  for (const feed of tenant.feeds) {
    const { service, entitled, points } = feed
    if (entitled !== null) rows.entitlement.push({ ...key, service, seats: entitled, source: SOURCE, as_of: today })
    const source = importOf(rows, imports, key, feed, { tenant, at })
    addDays(rows, key, feed, { at, source })
    addCurrent(rows, key, feed, { tenant, source })
    // One report counts these; of the other services nobody asked for theirs.
    if (points.length >= DENSE_FROM && !(service in REPORT_OF)) addCounts(rows, key, feed, at)
    const last = points.at(-1)
    if (service === 'office-proplus' && last && source) addActivations(rows, key, last, source)
  }
}

/** The import that the newest figure of a feed would come from, one per report and day; null without a figure. */
function importOf(
  rows: DemoRows,
  there: Set<string>,
  key: Key,
  feed: DemoFeed,
  { tenant, at }: { tenant: DemoTenant; at: string },
): string | null {
  const last = feed.points.at(-1)
  if (!last || feed.emptyReport) return null
  const report = REPORT_OF[feed.service] ?? BACKBONE
  const sha256 = createHash('sha256').update(`demo ${key.tenant_id} ${report} ${last.day}`).digest('hex')
  const id = uuidOf(sha256)
  if (!there.has(id)) {
    there.add(id)
    rows.usage_import.push({
      ...key,
      id,
      // Nobody takes it for a file that is somewhere.
      file: `demo-${report}-${last.day}.csv`,
      sha256,
      report,
      refresh_date: last.day,
      // The backbone says in no file which period it was asked for.
      period_days: report === BACKBONE ? null : 30,
      rows_read: last.assigned,
      rows_rejected: 0,
      rows_deleted: 0,
      rows_duplicate: 0,
      is_concealed: tenant.concealed,
      is_kept: false,
      kind: 'people',
      origin: SOURCE,
      imported_at: known(last.day, at),
      imported_by: DEMO_RECORDER.id,
    })
  }
  const { active, assigned, day: as_of } = last
  rows.usage_report_service.push({ customer_id: key.customer_id, import_id: id, service: feed.service, active, assigned, as_of })
  return id
}

const uuidOf = (hex: string) => `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`

function addDays(
  rows: DemoRows,
  key: Key,
  { service, points, emptyReport }: DemoFeed,
  { at, source }: { at: string; source: string | null },
): void {
  for (const [index, point] of points.entries()) {
    const { day, active, assigned, entitled } = point
    const correctedAt = wasCorrected(points, index) ? known(dayOf(dayNumber(day) + CORRECTED_AFTER), at) : null
    const isNewest = index === points.length - 1 && !emptyReport
    const known_since = correctedAt ?? known(day, at)
    rows.usage_day.push({ ...key, service, day, active, assigned, entitled, known_since, import_id: isNewest ? source : null })
    if (correctedAt === null) continue
    rows.usage_version.push({
      ...key,
      service,
      measure: 'rolling',
      day,
      known_since: known(day, at),
      known_until: correctedAt,
      active: Math.floor(active * 0.96),
      assigned,
      entitled,
      why: 'restated',
    })
  }
}

/** Microsoft restates the last days now and then: some days of the last two months came out a little higher later. */
const CORRECTED_AFTER = 6
const wasCorrected = (points: readonly DemoPoint[], index: number) =>
  points.length >= DENSE_FROM && points.length - index > 10 && points.length - index < 60 && index % 17 === 0

function addCurrent(rows: DemoRows, key: Key, feed: DemoFeed, { tenant, source }: { tenant: DemoTenant; source: string | null }): void {
  const last = feed.points.at(-1)
  if (!last && !feed.emptyReport) return
  const figures = feed.emptyReport || !last ? { active: null, assigned: null } : { active: last.active, assigned: last.assigned }
  rows.usage_current.push({
    ...key,
    service: feed.service,
    ...figures,
    active_unlicensed: null,
    as_of: feed.emptyReport ?? last?.day ?? null,
    window_days: WINDOW_DAYS,
    sources: listText([SOURCE]),
    is_concealed: tenant.concealed,
    import_ids: listText(source === null ? [] : [source]),
    doubt: feed.isDoubted ? 'sudden-zero' : null,
  })
}

/** Share of the people of four weeks who are active on a day, Sunday first. */
const WEEKDAYS = [0.06, 0.58, 0.62, 0.63, 0.61, 0.53, 0.08] as const
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4

function addCounts(rows: DemoRows, key: Key, { service, points }: DemoFeed, at: string): void {
  const report: UsageReport = 'getOffice365ActiveUserCounts'
  for (const { day, active } of points.slice(-COUNT_DAYS)) {
    const number = dayNumber(day)
    const share = WEEKDAYS[(number + EPOCH_WEEKDAY) % 7] ?? 0
    const wobble = 0.97 + (0.06 * mix(number, active)) / 2 ** 32
    rows.usage_count.push({ ...key, service, day, active: Math.round(active * share * wobble), report, known_since: known(day, at) })
  }
}

function addActivations(rows: DemoRows, key: Key, { day, active, assigned }: DemoPoint, import_id: string): void {
  const activated = Math.min(assigned, Math.ceil(active * 1.15))
  const product = 'MICROSOFT 365 APPS FOR ENTERPRISE'
  rows.usage_activation.push({ ...key, product, assigned, activated, shared_computer: Math.floor(activated * 0.02), as_of: day, import_id })
}

/** When the figure of a day came: two days later in the night, and not after now. */
function known(day: Day, at: string): string {
  const then = `${dayOf(dayNumber(day) + LAG_DAYS)}T03:00:00.000Z`
  return then < at ? then : at
}
