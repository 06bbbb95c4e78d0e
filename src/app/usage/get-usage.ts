import type { UsageView } from '../../model/api.ts'
import type { Day } from '../../model/words.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import type { Row } from '../../store/tables.ts'
import { findActivations, findUsageCounts, findUsageDays, findVersions } from '../../store/usage-figures.ts'
import { findImports, importsBy } from '../../store/usage-imports.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import type { Actor } from '../policy.ts'
import { doubtOf } from './doubt.ts'
import { windowOf } from './newest.ts'
import { seriesOf } from './series.ts'

export type UsageQuery = Readonly<{
  days: number
  /** As known at the end of this UTC day; as corrected when absent. */
  knownOn?: Day | null | undefined
}>

/** Files of one import that are looked through for what they said. */
const MOST_FILES = 50

/** Usage of each service over the last days, with source and age of every figure, and what the newest import said. */
export async function getUsage(context: Context, actor: Actor, customerId: string, query: UsageQuery): Promise<UsageView> {
  await visibleCustomer(context, actor, customerId)
  const knownOn = query.knownOn ?? null
  const [now] = await loadKnown(context.db, [customerId])
  if (!now) return { customer: customerId, knownOn, services: [], problems: [] }
  const { db } = context
  const until = knownOn ?? todayOf(context)
  const range = { customerId, since: daysBefore(until, query.days), knownOn }
  const points = await findUsageDays(db, range)
  const counts = await findUsageCounts(db, range)
  const versions = await findVersions(db, range)
  const activations = knownOn === null ? await findActivations(db, customerId) : []
  const imports = new Map((await importsBy(db, customerId, importIdsIn(now, points, knownOn))).map(row => [row.id, row]))
  const known = knownOn === null ? now : asKnown(now, points, imports)
  const newest = knownOn === null ? await findImports(db, customerId, MOST_FILES) : []
  return {
    customer: customerId,
    knownOn,
    services: seriesOf({ known, today: until, playbook: context.playbook, points, counts, versions, activations, imports }),
    problems: newest.filter(row => row.imported_at === newest[0]?.imported_at).flatMap(row => row.problems),
  }
}

function importIdsIn(known: Known, points: readonly Row<'usage_day'>[], knownOn: Day | null): readonly string[] {
  const ids =
    knownOn === null ? known.usage.flatMap(row => row.import_ids) : [...newestPoints(points).values()].flatMap(row => row.import_id ?? [])
  return [...new Set(ids)]
}

/** The newest point of each tenant and service; they come oldest first. */
const newestPoints = (points: readonly Row<'usage_day'>[]) => new Map(points.map(point => [`${point.tenant_id} ${point.service}`, point]))

/** The customer with the figures of then: what counted is the newest of the points known then, and the seats are those of that point. */
function asKnown(known: Known, points: readonly Row<'usage_day'>[], imports: ReadonlyMap<string, Row<'usage_import'>>): Known {
  const newest = [...newestPoints(points).values()]
  return {
    ...known,
    usage: newest.map(point => {
      const from = point.import_id === null ? undefined : imports.get(point.import_id)
      const own = points.filter(each => each.tenant_id === point.tenant_id && each.service === point.service).reverse()
      return {
        customer_id: point.customer_id,
        tenant_id: point.tenant_id,
        service: point.service,
        active: point.active,
        assigned: point.assigned,
        active_unlicensed: point.active_unlicensed,
        as_of: point.day,
        // A version does not keep its window, its import does.
        window_days: from ? windowOf(from) : point.window_days,
        sources: from?.report ? [from.report] : [],
        is_concealed: from?.is_concealed ?? false,
        import_ids: from ? [from.id] : [],
        doubt: point.active === 0 ? doubtOf(own) : null,
      }
    }),
    entitlements: newest.flatMap(({ customer_id, tenant_id, service, entitled, day }) =>
      entitled === null ? [] : [{ customer_id, tenant_id, service, seats: entitled, source: 'usage_day', as_of: day }],
    ),
  }
}

// Cut from an ISO date, so a day.
const daysBefore = (day: Day, count: number): Day => new Date(Date.parse(day) - count * 86_400_000).toISOString().slice(0, 10) as Day
