import type { Day } from '../model/words.ts'
import type { Trx } from './database.ts'

export type NewFact = Readonly<{
  customerId: string
  name: string
  /** '' for the customer as a whole. */
  service: string
  value: unknown
  source: string
  asOf: Day | null
  at: string
  who: string | null
  /** The customer's version that this change makes. */
  version: number
}>

/** Records facts; one per customer, name and service, the newest replacing. */
export async function saveFacts(trx: Trx, facts: readonly NewFact[]): Promise<void> {
  if (facts.length === 0) return
  await trx
    .insertInto('fact')
    .values(
      facts.map(({ customerId, asOf, at, who, value, ...rest }) => ({
        ...rest,
        customer_id: customerId,
        value: JSON.stringify(value),
        as_of: asOf,
        recorded_at: at,
        recorded_by: who,
      })),
    )
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'name', 'service']).doUpdateSet(eb => ({
        value: eb.ref('excluded.value'),
        source: eb.ref('excluded.source'),
        as_of: eb.ref('excluded.as_of'),
        recorded_at: eb.ref('excluded.recorded_at'),
        recorded_by: eb.ref('excluded.recorded_by'),
        version: eb.ref('excluded.version'),
      })),
    )
    .execute()
}

/** The fact is unknown again. */
export const forgetFact = (trx: Trx, customerId: string, name: string, service: string) =>
  trx.deleteFrom('fact').where('customer_id', '=', customerId).where('name', '=', name).where('service', '=', service).execute()
