import { becauseOf } from '../../forecast/because.ts'
import { bandOf, forecastOf, reachedOn } from '../../forecast/milestones.ts'
import { outlookOf } from '../../forecast/outlook.ts'
import { knownPoints } from '../../forecast/series.ts'
import { signalsOf } from '../../forecast/signals.ts'
import type { Forecast, MilestoneView, TargetsView } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import { findMilestoneChanges, type MilestoneChange } from '../../store/milestones.ts'
import { type Context, todayOf } from '../context.ts'
import { boughtSeats } from '../customers/sheet.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { figureOf } from '../plans/cells.ts'
import type { Actor } from '../policy.ts'
import { type KnownService, loadServices, type Milestone } from './known.ts'

/** Milestones of each service with their forecasts, the days to come, and what changed of late; services in the playbook's order. */
export async function getTargets(context: Context, actor: Actor, customerId: string): Promise<TargetsView> {
  await visibleCustomer(context, actor, customerId)
  const today = todayOf(context)
  const services = await loadServices(context.db, [customerId], today)
  const changes = await findMilestoneChanges(context.db, customerId)
  const [known] = await loadKnown(context.db, [customerId])
  const order = new Map(context.playbook.services.map((service, index) => [service.id, index]))
  const place = ({ service }: KnownService) => order.get(service) ?? order.size
  return {
    customer: customerId,
    services: [...services]
      .sort((a, b) => place(a) - place(b) || (a.service < b.service ? -1 : 1))
      .map(service => viewOf(service, changes, known, today)),
  }
}

function viewOf(
  { service, points, milestones }: KnownService,
  changes: readonly MilestoneChange[],
  known: Known | undefined,
  today: Day,
): TargetsView['services'][number] {
  const withSeats = knownPoints(points)
  const outlook = outlookOf(withSeats, today)
  const entitled = known ? (boughtSeats(known, service)?.seats ?? null) : null
  const figure = known ? figureOf(known, service) : null
  return {
    service,
    milestones: milestones.map((milestone): MilestoneView => {
      const { id, percent, targetDate } = milestone
      const forecast = forecastOf(withSeats, outlook, percent, today)
      const own = changes.filter(change => change.service === service && change.milestone === id)
      return {
        id,
        percent,
        targetDate,
        reachedOn: reachedOn(withSeats, percent),
        forecast,
        because: becauseOf(forecast, percent, withSeats, outlook),
        late: isLate(milestone, forecast, today),
        version: own[0]?.seq ?? 0,
        changes: own.map(change => ({
          percent: change.percent,
          targetDate: change.target_date,
          reason: change.reason,
          by: change.name,
          at: change.changed_at,
        })),
      }
    }),
    band: outlook ? bandOf(outlook) : [],
    signals: signalsOf(points, { entitled, assigned: figure?.assigned ?? null, asOf: figure?.asOf ?? null }, today),
  }
}

/** Not reached by its day, or not expected to be. Of what nobody can tell it is not said before the day has passed. */
export function isLate({ targetDate }: Pick<Milestone, 'targetDate'>, forecast: Forecast, today: Day): boolean {
  if (targetDate === null || forecast.state === 'reached') return false
  if (targetDate < today) return true
  if (forecast.state === 'expected') return forecast.expected > targetDate
  return forecast.state === 'not-in-sight'
}
