import { METHOD } from '../../forecast/because.ts'
import { forecastOf, reachedOn } from '../../forecast/milestones.ts'
import { outlookOf } from '../../forecast/outlook.ts'
import { knownPoints, percentOf } from '../../forecast/series.ts'
import type { Day } from '../../model/words.ts'
import type { Trx } from '../../store/database.ts'
import { findForecastCustomers, findGoals, keepMilestonesReached, saveForecasts, saveReached } from '../../store/forecasts.ts'
import type { NewRow } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { type KnownService, loadServices, milestonesReached } from './known.ts'

/** Customers at once: each brings a row per tenant, service and day of its whole history. */
const BATCH = 40

type Made = Readonly<{ added: number; reached: number }>

/**
 * Keeps what is expected this week of each milestone that is not reached, for every customer with enough figures, and writes down which
 * goals of earlier forecasts and which milestones have been reached since. Run twice, nothing is added. `onProgress` after each batch; it may throw to stop.
 */
export const makeForecasts = (context: Context, options: { onProgress?: () => void } = {}): Promise<Made> =>
  inBatches(context, [todayOf(context)], options.onProgress)

/** Makes the forecasts of past Mondays, each from the figures up to that day, as if the job had run then. */
export const backfillForecasts = (context: Context, weeks: number): Promise<Made> =>
  inBatches(context, mondaysBefore(todayOf(context), weeks))

async function inBatches(context: Context, days: readonly Day[], onProgress: () => void = () => {}): Promise<Made> {
  let [added, reached, after] = [0, 0, '']
  for (;;) {
    const ids = await findForecastCustomers(context.db, after, BATCH)
    if (ids.length === 0) return { added, reached }
    const made = await context.db.transaction().execute(trx => forecastBatch(trx, ids, days, todayOf(context)))
    added += made.added
    reached += made.reached
    after = ids.at(-1) ?? after
    onProgress()
  }
}

async function forecastBatch(trx: Trx, ids: readonly string[], days: readonly Day[], today: Day): Promise<Made> {
  const services = await loadServices(trx, ids, today)
  const added = await saveForecasts(
    trx,
    services.filter(service => service.intended).flatMap(service => days.flatMap(day => rowsOf(service, day))),
  )
  const byKey = new Map(services.map(each => [`${each.customer} ${each.service}`, knownPoints(each.points)]))
  const goals = await findGoals(trx, ids)
  const reached = goals.map(goal => ({
    ...goal,
    on: reachedOn(byKey.get(`${goal.customer_id} ${goal.service}`) ?? [], goal.goal_percent),
  }))
  await keepMilestonesReached(trx, { customerIds: ids }, services.flatMap(milestonesReached))
  return { added, reached: await saveReached(trx, reached) }
}

/** What is expected on a day, from the figures up to it, of the milestones not reached by then. */
function rowsOf({ customer, service, points, milestones }: KnownService, day: Day): NewRow<'forecast'>[] {
  const upTo = knownPoints(points).filter(point => point.day <= day)
  const last = upTo.at(-1)
  const outlook = outlookOf(upTo, day)
  if (!last || !outlook) return []
  return milestones.flatMap(({ id, percent, targetDate }): NewRow<'forecast'>[] => {
    const forecast = forecastOf(upTo, outlook, percent, day)
    if (forecast.state !== 'expected' && forecast.state !== 'not-in-sight') return []
    const { expected, earliest, latest } = forecast.state === 'expected' ? forecast : NO_DAYS
    return [
      {
        customer_id: customer,
        service,
        milestone: id,
        made_on: day,
        goal_percent: percent,
        percent_then: percentOf(last),
        target_date: targetDate,
        state: forecast.state,
        expected,
        earliest,
        latest,
        reached_on: null,
        method: METHOD,
      },
    ]
  })
}

const NO_DAYS = { expected: null, earliest: null, latest: null }

const DAY_MS = 86_400_000
/** Oldest first; the Monday of this week is not among them. */
function mondaysBefore(today: Day, weeks: number): readonly Day[] {
  const at = Date.parse(today)
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS
  return Array.from({ length: weeks }, (_, index) => {
    // Cut from an ISO date, so a day.
    return new Date(monday - (weeks - index) * 7 * DAY_MS).toISOString().slice(0, 10) as Day
  })
}
