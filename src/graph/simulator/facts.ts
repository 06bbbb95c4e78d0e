import { dayOf } from '../../app/demo/days.ts'
import type { ServiceId } from '../../model/services.ts'
import type { Day } from '../../model/words.ts'
import { counterOf, PARTS } from './counting.ts'
import { crowdOf } from './people.ts'
import { seatsOf } from './seats.ts'
import type { SimulatedTenant } from './tenants.ts'

export type ExpectedService = Readonly<{
  /** Refresh date of the newest report that speaks of the service. */
  day: Day
  /** Days counted: 28, but Outlook Mobile is known by the report's own period only. */
  window: number
  active: number
  assigned: number
  /** Active without a licence. */
  activeUnlicensed: number
  seats: number
}>

/** What who read every report right must end with. */
export type ExpectedFacts = Readonly<{
  services: Readonly<Record<ServiceId, ExpectedService>>
  /** People active on each of the last 180 days. `isAtLeast`: the report tells of parts that share people, the greatest is a lower bound. */
  daily: Readonly<Record<ServiceId, Readonly<{ isAtLeast: boolean; days: Readonly<Record<Day, number>> }>>>
}>

/** Days behind of the report that tells of a service soonest, and the days it counts. */
const SOURCE: Readonly<Record<ServiceId, Readonly<{ lag: number; window: number }>>> = {
  'outlook-mobile': { lag: 3, window: 30 },
  copilot: { lag: 3, window: 28 },
}
const USUAL = { lag: 2, window: 28 }

/**
 * Counted the long way: every person on every day of the window, asking only whether they were active. Shares nothing with the making
 * of report files, nor with src/usage, which reads them.
 */
export async function expectedFacts(tenant: SimulatedTenant, today: number): Promise<ExpectedFacts> {
  const crowd = crowdOf(tenant)
  const counter = counterOf(crowd)
  const seats = seatsOf(tenant)
  const services: Record<ServiceId, ExpectedService> = {}
  const daily: Record<ServiceId, { isAtLeast: boolean; days: Record<Day, number> }> = {}
  for (const service of tenant.services.keys()) {
    const { lag, window } = SOURCE[service] ?? USUAL
    const to = today - lag
    let active = 0
    let assigned = 0
    let activeUnlicensed = 0
    for (const person of crowd.people()) {
      if (person.isGone) continue
      const isLicensed = crowd.hasLicence(person, service)
      if (isLicensed) assigned++
      for (let day = to - window + 1; day <= to; day++) {
        if (!crowd.isActiveOn(person, service, day)) continue
        if (isLicensed) active++
        else activeUnlicensed++
        break
      }
    }
    services[service] = { day: dayOf(to), window, active, assigned, activeUnlicensed, seats: seats[service] ?? 0 }
    const days: Record<Day, number> = {}
    for (let day = to - 179; day <= to; day++) {
      const counts = await counter(day)
      days[dayOf(day)] =
        service === 'office-proplus'
          ? Math.max(...PARTS['office-proplus'].map(app => counts.parts['office-proplus'][app] ?? 0))
          : (counts.services[service] ?? 0)
    }
    daily[service] = { isAtLeast: service === 'office-proplus', days }
  }
  return { services, daily }
}
