import type { UsageSeries, UsageView } from '../../model/api.ts'
import { thresholdsFor } from '../../model/facts.ts'
import { USAGE_REPORTS } from '../../model/usage.ts'
import type { Day } from '../../model/words.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import type { Row } from '../../store/tables.ts'
import { findImports, findUsageDays } from '../../store/usage.ts'
import { type Context, todayOf } from '../context.ts'
import { entitledOf, factsOf } from '../customers/sheet.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { cellsOf, figureOf, shareOf } from '../plans/cells.ts'
import type { Actor } from '../policy.ts'

/** Usage of each service over the last days, with what the newest import said. */
export async function getUsage(context: Context, actor: Actor, customerId: string, days: number): Promise<UsageView> {
  await visibleCustomer(context, actor, customerId)
  const [known] = await loadKnown(context.db, [customerId])
  if (!known) return { customer: customerId, services: [], problems: [] }
  const points = await findUsageDays(context.db, customerId, daysBefore(todayOf(context), days))
  const [newest] = await findImports(context.db, customerId, 1)
  return { customer: customerId, services: seriesOf(context, known, points), problems: newest?.problems ?? [] }
}

function seriesOf(context: Context, known: Known, points: readonly Row<'usage_day'>[]): UsageSeries[] {
  const { facts } = factsOf(known)
  const thresholds = thresholdsFor(context.playbook.playbook.thresholds, facts.thresholds)
  return cellsOf(known, facts, context.playbook, todayOf(context)).map(cell => {
    const listed = facts.services[cell.service]
    const rows = known.usage.filter(row => row.service === cell.service)
    const entitled = entitledOf(known, cell.service)?.seats ?? null
    const figure = figureOf(known, cell.service, entitled)
    const unlicensed = rows.map(row => row.active_unlicensed)
    const sources = new Set(rows.flatMap(row => row.sources))
    return {
      service: cell.service,
      intended: cell.intended,
      activatedOn: listed?.activatedOn ?? null,
      entitled,
      target: listed?.threshold ?? thresholds.activeUsagePercent,
      quality: cell.quality,
      concealed: cell.concealed,
      current: {
        active: figure.active,
        assigned: figure.assigned,
        activeUnlicensed:
          unlicensed.length > 0 && !unlicensed.includes(null) ? unlicensed.reduce<number>((sum, each) => sum + (each ?? 0), 0) : null,
        percent: figure.percent,
        percentOf: figure.percentOf,
        asOf: cell.asOf,
        source: [...USAGE_REPORTS.filter(report => sources.delete(report)), ...sources],
      },
      points: pointsOf(
        points.filter(point => point.service === cell.service),
        new Set(rows.map(row => row.tenant_id)),
      ),
    }
  })
}

/**
 * One point per day, summed over tenants. Tenants report on different days, so a tenant counts with its last figure of the week before;
 * a day for which one of them has none is left out: a sum with an unknown part is unknown.
 */
function pointsOf(rows: readonly Row<'usage_day'>[], tenants: ReadonlySet<string>): UsageSeries['points'] {
  const last = new Map<string, Row<'usage_day'>>()
  const points: UsageSeries['points'][number][] = []
  for (const [at, row] of rows.entries()) {
    last.set(row.tenant_id, row)
    if (rows[at + 1]?.day === row.day) continue
    const parts = [...last.values()].filter(part => daysBetween(part.day, row.day) < 7)
    if (parts.length < tenants.size) continue
    const sum = (of: (part: Row<'usage_day'>) => number | null) =>
      parts.every(part => of(part) !== null) ? parts.reduce((total, part) => total + (of(part) ?? 0), 0) : null
    const active = sum(part => part.active) ?? 0
    points.push({
      day: row.day,
      active,
      percent: shareOf(
        active,
        sum(part => part.entitled),
        sum(part => part.assigned),
      ).percent,
    })
  }
  return points
}

const DAY_MS = 86_400_000
const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
// Cut from an ISO date, so a day.
const daysBefore = (day: Day, count: number): Day => new Date(Date.parse(day) - count * DAY_MS).toISOString().slice(0, 10) as Day
