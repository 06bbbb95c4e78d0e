import { sql } from 'kysely'
import type { Day, ItemStatus, Outcome, StatusReason } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

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
        // A new word on it: what the data said against the one before is answered.
        regressed_on: null,
        data_says: null,
      })),
    )
    .execute()
}

/** Takes a status back; the item itself goes with the next saved plan if nothing holds it. */
export const clearMark = (trx: Trx, { customerId, engagementId, id }: ItemKey, version: number) =>
  trx
    .updateTable('item')
    .set({ status: null, reason: null, note: null, set_by: null, set_at: null, regressed_on: null, data_says: null, version })
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .where('id', '=', id)
    .execute()

/** Several items with what was set on them and whose they are, locked by nobody: the customer is. */
export const findItems = (db: Db, customerId: string, engagementId: string, ids: readonly string[] | null = null) => {
  const query = db
    .selectFrom('item')
    .leftJoin('person', 'person.id', 'item.set_by')
    .leftJoin('person as assigned', 'assigned.id', 'item.assignee')
    .selectAll('item')
    .select(['person.name as by', 'assigned.name as assignee_name'])
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
  return ids === null
    ? query
        .where(eb => eb.or([eb('assignee', 'is not', null), eb('due_set', 'is not', null), eb('regressed_on', 'is not', null)]))
        .execute()
    : query.where('item.id', 'in', [...ids]).execute()
}
export type FoundItem = Awaited<ReturnType<typeof findItems>>[number]

/** Whose an item is, its day, and whether it fell back. */
export const changeItem = (
  trx: Trx,
  { customerId, engagementId, id }: ItemKey,
  change: Partial<Pick<Row<'item'>, 'assignee' | 'due_set' | 'regressed_on'>> & { version: number },
) =>
  trx
    .updateTable('item')
    .set(change)
    .where('customer_id', '=', customerId)
    .where('engagement_id', '=', engagementId)
    .where('id', '=', id)
    .execute()

/** Who changed an item or follow-up last, and when, by the record. */
export const lastChangeOf = (db: Db, customerId: string, item: string) =>
  db
    .selectFrom('event')
    .innerJoin('person', 'person.id', 'event.who')
    .select(['person.name as by', 'event.at'])
    .where('customer_id', '=', customerId)
    .where(eb => eb.or([eb('kind', 'like', 'item-%'), eb('kind', 'like', 'follow-up-%')]))
    .where(sql<string>`body::json #>> '{data,item}'`, '=', item)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

export type Load = Readonly<{
  person: string
  name: string
  customer: string
  customer_name: string
  open: number
  overdue: number
  /** Due today or on the six days after it, as on Today. */
  soon: number
}>

/**
 * Open work by person and customer, of everybody or of some: items that are due or under way, and follow-ups. Counts what the one who asks
 * may see.
 */
export async function findLoads(db: Db, today: Day, people: readonly string[] | null): Promise<readonly Load[]> {
  const only = people === null ? sql`true` : sql`w.assignee = any(${[...people]}::text[])`
  const { rows } = await sql<Load>`
    with work as (
      select i.customer_id, i.assignee, coalesce(i.due_set, i.due) as due from item i
      join engagement e on e.customer_id = i.customer_id and e.id = i.engagement_id and e.state = 'open'
      where i.assignee is not null and i.state in ('due', 'waiting', 'unknown')
        and (i.status is null or i.status not in ('complete', 'not-required', 'cancelled'))
      union all
      select customer_id, assignee, due from follow_up where assignee is not null and closed_at is null)
    select w.assignee as person, p.name, c.id as customer, c.name as customer_name,
      count(*)::int as open, (count(*) filter (where w.due < ${today}))::int as overdue,
      (count(*) filter (where w.due between ${today}::date and ${today}::date + 6))::int as soon
    from work w join person p on p.id = w.assignee join customer c on c.id = w.customer_id and c.archived_at is null
    where ${only}
    group by w.assignee, p.name, c.id, c.name
    order by p.name, w.assignee, open desc, c.name, c.id`.execute(db)
  return rows
}

/** Meetings to come that are arranged, the soonest first. */
export const nextMeetings = (db: Db, customerId: string, from: string, limit: number) =>
  db
    .selectFrom('meeting')
    .select(['id', 'title', 'starts_at', 'time_zone'])
    .where('customer_id', '=', customerId)
    .where('state', '=', 'scheduled')
    .where('starts_at', '>=', from)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(limit)
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
