import type { ServiceId } from '../model/services.ts'
import type { PeriodTotal, ServiceUsage, UsageProblem, UsageReport } from '../model/usage.ts'
import type { Duck } from './duck.ts'
import type { CountsReading } from './read-counts.ts'
import { firstDay } from './read-report.ts'
import { type Chosen, countOverPeople, isBound } from './sources.ts'

/** A total over a period, and the file it comes from. */
export type Total = PeriodTotal & Readonly<{ file: string; report: UsageReport; refreshDate: string }>

export const totalsOf = (file: string, counts: CountsReading): Total[] =>
  counts.refreshDate === null
    ? []
    : counts.totals.map(total => ({ ...total, file, report: counts.report, refreshDate: counts.refreshDate ?? '' }))

/** What speaks for services that no report about people speaks of: of the newest day, the period nearest the window. */
export function fallbacks(totals: readonly Total[], spoken: ReadonlySet<ServiceId>, window: number): Total[] {
  const best = new Map<ServiceId, Total>()
  for (const total of totals) {
    if (spoken.has(total.service)) continue
    const known = best.get(total.service)
    if (known === undefined || rank(total, window) < rank(known, window)) best.set(total.service, total)
  }
  return [...best.values()]
}

/** Newest first, then nearest the window; days since 1970 leave room for the distance of the periods. */
const rank = (total: Total, window: number) => -Date.parse(total.refreshDate) / 8640 + Math.abs(total.period - window) - total.period / 1e6

/**
 * Compares people counted over the report's period with what Microsoft totals for the same day and period. A
 * difference of more than 2 people and more than 1 % of them is told: rows may be missing, or licences wrong.
 */
export async function crossCheck(duck: Duck, chosen: Chosen, totals: readonly Total[]): Promise<UsageProblem[]> {
  const problems: UsageProblem[] = []
  for (const total of totals) {
    if (total.service !== chosen.service || chosen.from.length === 0 || chosen.from[0]?.refreshDate !== total.refreshDate) continue
    // A flag cannot be counted over another period than its own.
    if (chosen.from[0] && isBound(chosen.from[0], chosen.service) && chosen.from[0].period !== total.period) continue
    const counted = await countOver(duck, chosen, total.period, total.refreshDate)
    if (Math.abs(counted - total.active) <= Math.max(2, total.active / 100)) continue
    problems.push({
      code: 'differs-from-total',
      severity: 'warning',
      message: `${chosen.service}: ${counted} people active in ${total.period} days, ${total.active} by ${total.report} of the same day`,
      file: total.file,
      line: null,
    })
  }
  return problems
}

async function countOver(duck: Duck, chosen: Chosen, period: number, refreshDate: string): Promise<number> {
  const from = chosen.from.map(report => ({
    ...report,
    source: report.source && { ...report.source, since: firstDay(refreshDate, period) },
  }))
  return (await countOverPeople(duck, { ...chosen, from })).active
}

/** A total as the figure of a service. Of those active nobody is without a licence, as far as a total can tell. */
export const usageOfTotal = (
  total: Total,
): Pick<ServiceUsage, 'active' | 'assigned' | 'activeUnlicensed' | 'asOf' | 'source' | 'window'> => ({
  active: total.active,
  assigned: total.assigned,
  activeUnlicensed: null,
  asOf: total.refreshDate,
  source: [total.report],
  window: total.period,
})
