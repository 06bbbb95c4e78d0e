import { createHash } from 'node:crypto'
import { thresholdsFor } from '../../../model/facts.ts'
import type { Playbook } from '../../../model/playbook.ts'
import type { Day } from '../../../model/words.ts'
import { dayNumber, dayOf, daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import type { DemoRows } from '../rows.ts'
import { shareOn } from './blockers.ts'

/** Looked at a week apart, for as long as a change is news (`NEWS_DAYS` of the plans). */
const WEEKS = 12

const OVERRIDES = [
  { priority: 720, reason: 'The sponsor decides about the renewal this month', until: 13 },
  { priority: 40, reason: 'Nobody is there during the stocktaking', until: 20 },
] as const
/** Of so many customers one has a priority of somebody's own. */
const ONE_OF = 20

/** What the figures of the last weeks say: usage that crossed its target, up or down, the newest time of each service. */
export function addPlanNews(
  rows: DemoRows,
  customer: DemoCustomer,
  { playbook, today }: Readonly<{ playbook: Playbook; today: Day }>,
): void {
  const { sheet } = customer
  const { id } = sheet.customer
  const { activeUsagePercent } = thresholdsFor(playbook.playbook.thresholds, sheet.thresholds)
  for (const [service, { intended, threshold = activeUsagePercent }] of Object.entries(sheet.services)) {
    if (!intended) continue
    for (let week = 0; week < WEEKS; week++) {
      const [after, before] = [
        shareOn(customer, service, daysBefore(today, 7 * week)),
        shareOn(customer, service, daysBefore(today, 7 * week + 7)),
      ]
      if (after === null || before === null || after >= threshold === before >= threshold) continue
      rows.plan_change.push({
        customer_id: id,
        id: idOf(`plan-change ${id} ${service}`),
        at: `${daysBefore(today, 7 * week + 1)}T05:00:00.000Z`,
        kind: after >= threshold ? 'usage-reached' : 'usage-fell',
        subject: service,
        service,
        before: String(before),
        after: String(after),
      })
      break
    }
  }
}

/** For every twentieth customer somebody's own word on how urgent it is, higher or lower. */
export function addPriorities(rows: DemoRows, { sheet, manager }: DemoCustomer, today: Day): void {
  const { id } = sheet.customer
  const number = createHash('sha256').update(`priority ${id}`).digest().readUInt32BE(0)
  const override = OVERRIDES[Math.floor(number / ONE_OF) % OVERRIDES.length]
  if (number % ONE_OF !== 0 || !override) return
  rows.priority_override.push({
    customer_id: id,
    priority: override.priority,
    reason: override.reason,
    set_by: manager.id,
    set_at: `${daysBefore(today, 3)}T10:00:00.000Z`,
    until: dayOf(dayNumber(today) + override.until),
  })
}

/** The same for the same text each time. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
