import type { ItemStatus, Outcome, StatusReason } from '../model/words.ts'
import type { Db, Trx } from './database.ts'

export type ItemKey = Readonly<{ customerId: string; engagementId: string; id: string }>
export type NewMark = ItemKey &
  Readonly<{
    process: string
    step: string
    task: string | null
    service: string | null
    status: ItemStatus
    reason: StatusReason | null
    note: string | null
    setBy: string
    setAt: string
    /** The customer's version that this change makes. */
    version: number
  }>

/** What people set on items of an engagement, with the names of those who did. */
export const findMarks = (db: Db, customerId: string, engagementId: string) =>
  db
    .selectFrom('item')
    .innerJoin('person', 'person.id', 'item.set_by')
    .selectAll('item')
    .select('person.name as by')
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .where('status', 'is not', null)
    .execute()

/** One item with what was set on it, if there is such an item. */
export const findItem = (db: Db, { customerId, engagementId, id }: ItemKey) =>
  db
    .selectFrom('item')
    .leftJoin('person', 'person.id', 'item.set_by')
    .selectAll('item')
    .select('person.name as by')
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .where('item.id', '=', id)
    .executeTakeFirst()

/** Sets statuses, one per item. */
export async function saveMarks(trx: Trx, marks: readonly NewMark[]): Promise<void> {
  if (marks.length === 0) return
  await trx
    .insertInto('item')
    .values(
      marks.map(({ customerId, engagementId, setBy, setAt, ...rest }) => ({
        ...rest,
        customer_id: customerId,
        engagement_id: engagementId,
        state: null,
        due: null,
        set_by: setBy,
        set_at: setAt,
      })),
    )
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'engagement_id', 'id']).doUpdateSet(eb => ({
        status: eb.ref('excluded.status'),
        reason: eb.ref('excluded.reason'),
        note: eb.ref('excluded.note'),
        set_by: eb.ref('excluded.set_by'),
        set_at: eb.ref('excluded.set_at'),
        version: eb.ref('excluded.version'),
      })),
    )
    .execute()
}

/** Takes a status back; the item itself goes with the next saved plan if nothing holds it. */
export const clearMark = (trx: Trx, { customerId, engagementId, id }: ItemKey, version: number) =>
  trx
    .updateTable('item')
    .set({ status: null, reason: null, note: null, set_by: null, set_at: null, version })
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .where('id', '=', id)
    .execute()

/** The outcomes of an engagement become exactly these. */
export async function saveOutcomes(
  trx: Trx,
  of: { customerId: string; engagementId: string },
  outcomes: readonly Outcome[],
  by: { at: string; who: string | null },
): Promise<void> {
  let gone = trx.deleteFrom('outcome').where('customer_id', '=', of.customerId).where('engagement_id', '=', of.engagementId)
  if (outcomes.length > 0) gone = gone.where('outcome', 'not in', outcomes)
  await gone.execute()
  if (outcomes.length === 0) return
  await trx
    .insertInto('outcome')
    .values(
      [...new Set(outcomes)].map(outcome => ({
        customer_id: of.customerId,
        engagement_id: of.engagementId,
        outcome,
        recorded_at: by.at,
        recorded_by: by.who,
      })),
    )
    .onConflict(conflict => conflict.columns(['customer_id', 'engagement_id', 'outcome']).doNothing())
    .execute()
}
