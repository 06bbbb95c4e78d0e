import { demoPortfolio } from '../src/app/demo/generate.ts'
import { type FactSheet, type Facts, type History, splitSheet } from '../src/model/facts.ts'
import { Day } from '../src/model/words.ts'

/** Fixed, so that a bench of another day decides the same. */
export const TODAY = Day.parse('2026-11-21')

export type Customer = Readonly<{ facts: Facts; history: History }>

/** Customers of the demo generator with every gap filled in: seats, use and readings known and fresh, so that every gate answers yes or no. */
export function completeCustomers(count: number): readonly Customer[] {
  const customers: Customer[] = []
  for (const { sheet } of demoPortfolio({ customers: count, today: TODAY, newestOnly: true })) customers.push(splitSheet(complete(sheet)))
  return customers
}

const USED: NonNullable<FactSheet['services'][string]['activatedOn']> = Day.parse('2026-01-05')

function complete(sheet: FactSheet): FactSheet {
  const services = Object.entries(sheet.services).map(([id, service]) => {
    const entitled = service.entitled || 120
    // A service without a figure gets one that is now above, now below the usual target.
    const active = service.usage?.active ?? service.usage?.activeAtLeast ?? Math.floor((entitled * (sheet.customer.id.length % 20)) / 100)
    return [id, { ...service, entitled, activatedOn: service.activatedOn ?? USED, usage: { active, asOf: TODAY } }] as const
  })
  return {
    ...sheet,
    csm: sheet.csm ?? { assigned: false },
    services: Object.fromEntries(
      services.length > 0
        ? services
        : [['exchange', { intended: true, entitled: 50, activatedOn: USED, usage: { active: 4, asOf: TODAY } }]],
    ),
    metrics: sheet.metrics.map(metric => ({ ...metric, current: metric.current ?? 0, asOf: TODAY })),
  }
}
