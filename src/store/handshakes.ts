import { sql } from 'kysely'
import type { HandshakeState } from '../model/success.ts'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** Still waits for an answer. */
export const OPEN_HANDSHAKES = ['offered', 'asked'] as const satisfies readonly HandshakeState[]

export type FoundHandshake = Row<'handshake'> &
  Readonly<{
    customer: string
    team_id: string | null
    offered_by_name: string
    offered_to_name: string
    answered_by_name: string | null
    escalated_to_name: string | null
  }>

const handshakes = (db: Db) =>
  db
    .selectFrom('handshake')
    .innerJoin('customer', 'customer.id', 'handshake.customer_id')
    .innerJoin('person as giver', 'giver.id', 'handshake.offered_by')
    .innerJoin('person as taker', 'taker.id', 'handshake.offered_to')
    .leftJoin('person as answerer', 'answerer.id', 'handshake.answered_by')
    .leftJoin('person as lead', 'lead.id', 'handshake.escalated_to')
    .selectAll('handshake')
    .select([
      'customer.name as customer',
      'customer.team_id',
      'giver.name as offered_by_name',
      'taker.name as offered_to_name',
      'answerer.name as answered_by_name',
      'lead.name as escalated_to_name',
    ])
    .where('customer.archived_at', 'is', null)

/** Of one customer, newest first. */
export const findHandshakes = (db: Db, customerId: string): Promise<FoundHandshake[]> =>
  handshakes(db)
    .where('handshake.customer_id', '=', customerId)
    .orderBy('offered_at', 'desc')
    .orderBy('handshake.version', 'desc')
    .orderBy('handshake.service')
    .orderBy('handshake.id')
    .execute()

export type HandshakeSearch = Readonly<{
  /** `inbox`: offered to the person or to somebody they stand in for, or escalated to them; `outbox`: offered by them. */
  box: 'inbox' | 'outbox' | 'all'
  personId: string
  today: Day
  state: 'open' | 'answered' | 'any'
  /** Words of the customer's name, as `searchKey` makes them. */
  q: string | null
  service: string | null
  limit: number
  at: number
}>

/** A page of those whose customers may be seen: open ones first, the longest waiting first; then the newest answers. */
export async function searchHandshakes(db: Db, search: HandshakeSearch): Promise<{ rows: FoundHandshake[]; total: number }> {
  const wanted = (query: ReturnType<typeof handshakes>) => {
    let found = query
    if (search.box === 'outbox') found = found.where('handshake.offered_by', '=', search.personId)
    if (search.box === 'inbox') found = found.where(forPerson(search))
    if (search.state === 'open') found = found.where('handshake.state', 'in', OPEN_HANDSHAKES)
    if (search.state === 'answered') found = found.where('handshake.state', 'not in', OPEN_HANDSHAKES)
    if (search.service !== null) found = found.where('handshake.service', '=', search.service)
    if (search.q !== null) found = found.where('customer.search_key', 'like', `%${search.q.replace(/[\\%_]/g, '\\$&')}%`)
    return found
  }
  const { count } = await db
    .selectFrom(wanted(handshakes(db)).as('found'))
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const rows = await wanted(handshakes(db))
    .orderBy(sql`(handshake.state in ('offered', 'asked')) desc`)
    .orderBy(sql`case when handshake.state in ('offered', 'asked') then handshake.offered_at end`)
    .orderBy(sql`coalesce(handshake.answered_at, handshake.offered_at) desc`)
    .orderBy('handshake.id')
    .limit(search.limit)
    .offset(search.at)
    .execute()
  return { rows, total: count }
}

const forPerson = ({ personId, today }: Pick<HandshakeSearch, 'personId' | 'today'>) =>
  sql<boolean>`(handshake.offered_to = ${personId} or handshake.escalated_to = ${personId} or exists (
    select from assignment a where a.customer_id = handshake.customer_id and a.person_id = ${personId} and a.covers = handshake.offered_to
      and a.role = 'customer-success-manager' and a.since <= ${today} and a.until >= ${today}
      and (a.service is null or a.service = handshake.service)))`

export type FoundMessage = Row<'handshake_message'> & Readonly<{ name: string }>

/** What was asked and said, oldest first. */
export const findMessages = (db: Db, ids: readonly string[]): Promise<FoundMessage[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('handshake_message')
        .innerJoin('person', 'person.id', 'handshake_message.written_by')
        .selectAll('handshake_message')
        .select('person.name')
        .where('handshake_id', 'in', ids)
        .orderBy('handshake_id')
        .orderBy('seq')
        .execute()

export async function addMessage(trx: Trx, row: Omit<Row<'handshake_message'>, 'seq'>): Promise<void> {
  const { last } = await trx
    .selectFrom('handshake_message')
    .select(eb => eb.fn.max('seq').as('last'))
    .where('customer_id', '=', row.customer_id)
    .where('handshake_id', '=', row.handshake_id)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('handshake_message')
    .values({ ...row, seq: (last ?? 0) + 1 })
    .execute()
}

export const insertHandshake = (trx: Trx, row: NewRow<'handshake'>) => trx.insertInto('handshake').values(row).execute()

export const changeHandshake = (
  trx: Trx,
  { customer_id, id }: Pick<Row<'handshake'>, 'customer_id' | 'id'>,
  change: Partial<Omit<Row<'handshake'>, 'customer_id' | 'id' | 'service' | 'offered_by' | 'offered_to' | 'offered_at'>>,
) => trx.updateTable('handshake').set(change).where('customer_id', '=', customer_id).where('id', '=', id).execute()

export type FoundOwner = Row<'adoption_owner'> & Readonly<{ name: string }>

/** Who owned the adoption of which service, newest first. */
export const findAdoptionOwners = (db: Db, customerId: string): Promise<FoundOwner[]> =>
  db
    .selectFrom('adoption_owner')
    .innerJoin('person', 'person.id', 'adoption_owner.person_id')
    .selectAll('adoption_owner')
    .select('person.name')
    .where('customer_id', '=', customerId)
    .orderBy('since', 'desc')
    .orderBy('service')
    .execute()

/** The adoption of a service is this person's from that day; whoever had it until then is on record with the day it ended. */
export async function moveAdoption(
  trx: Trx,
  {
    customerId,
    service,
    since,
    personId,
    handshakeId,
  }: Readonly<Record<'customerId' | 'service' | 'personId' | 'handshakeId', string>> & Readonly<{ since: Day }>,
): Promise<void> {
  await endAdoption(trx, { customerId, service, until: since })
  await trx
    .insertInto('adoption_owner')
    .values({ customer_id: customerId, service, since, person_id: personId, handshake_id: handshakeId })
    // Twice on one day: whoever has it at its end.
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'service', 'since']).doUpdateSet({ until: null, person_id: personId, handshake_id: handshakeId }),
    )
    .execute()
}

export const endAdoption = (trx: Trx, { customerId, service, until }: Readonly<{ customerId: string; service: string; until: Day }>) =>
  trx
    .updateTable('adoption_owner')
    .set({ until })
    .where('customer_id', '=', customerId)
    .where('service', '=', service)
    .where('until', 'is', null)
    .execute()

/** Open handshakes that a reminder may be due for on a day, or whose reminder may have to go on to the lead. */
export const findWaiting = (db: Db, latest: Day): Promise<FoundHandshake[]> =>
  handshakes(db)
    .where('handshake.state', 'in', OPEN_HANDSHAKES)
    .where('handshake.remind_on', '<=', latest)
    .where('handshake.escalated_at', 'is', null)
    .orderBy('handshake.customer_id')
    .orderBy('handshake.id')
    .execute()

/** Customers where somebody owns the adoption of a service without being its customer success manager on that day. */
export async function findLostOwners(db: Db, today: Day): Promise<readonly string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select distinct o.customer_id from adoption_owner o join customer c on c.id = o.customer_id
    where o.until is null and c.archived_at is null and not exists (
      select from assignment a where a.customer_id = o.customer_id and a.person_id = o.person_id and a.role = 'customer-success-manager'
        and a.since <= ${today} and (a.until is null or a.until >= ${today}) and (a.service is null or a.service = o.service))
    order by o.customer_id`.execute(db)
  return rows.map(row => row.customer_id)
}

/** How much each person has of this: open offers, those past their reminder, services whose adoption is theirs. Most first. */
export async function countHandshakes(db: Db): Promise<readonly HandshakeLoad[]> {
  const { rows } = await sql<HandshakeLoad>`
    select p.id, p.name, coalesce(h.waiting, 0)::int as waiting, coalesce(h.overdue, 0)::int as overdue, coalesce(o.owned, 0)::int as owned
    from (select offered_to as person_id, count(*) as waiting, count(reminded_at) as overdue from handshake h
        join customer c on c.id = h.customer_id where c.archived_at is null and state in ('offered', 'asked') group by 1) h
    full join (select person_id, count(*) as owned from adoption_owner a
        join customer c on c.id = a.customer_id where c.archived_at is null and until is null group by 1) o using (person_id)
    join person p on p.id = person_id
    order by waiting desc, owned desc, p.name, p.id`.execute(db)
  return rows
}
export type HandshakeLoad = Readonly<{ id: string; name: string; waiting: number; overdue: number; owned: number }>

type Tied = Readonly<{
  /** Assignments of the person that hold. */
  own: readonly Pick<Row<'assignment'>, 'customer_id' | 'service'>[]
  /** Teams of the person. */
  teams: readonly string[]
  /** Customer success managers and those who stand in for them. */
  managers: readonly (Row<'assignment'> & Readonly<{ person: string }>)[]
  /** Handshakes under which an adoption is led. */
  leading: readonly string[]
}>

/** What ties a person to many customers on a day, and who their customer success managers are. Four queries. */
export async function findTiesToMany(
  db: Db,
  { personId, today, customerIds }: Readonly<{ personId: string; today: Day; customerIds: readonly string[] }>,
): Promise<Tied> {
  if (customerIds.length === 0) return { own: [], teams: [], managers: [], leading: [] }
  const own = await db
    .selectFrom('assignment')
    .select(['customer_id', 'service'])
    .where('person_id', '=', personId)
    .where('customer_id', 'in', customerIds)
    .where('since', '<=', today)
    .where(eb => eb.or([eb('until', 'is', null), eb('until', '>=', today)]))
    .execute()
  const teams = await db.selectFrom('team_member').select('team_id').where('person_id', '=', personId).execute()
  const managers = await db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .selectAll('assignment')
    .select('person.name as person')
    .where('customer_id', 'in', customerIds)
    .where('role', '=', 'customer-success-manager')
    .execute()
  const leading = await db
    .selectFrom('adoption_owner')
    .select('handshake_id')
    .where('customer_id', 'in', customerIds)
    .where('until', 'is', null)
    .where('handshake_id', 'is not', null)
    .execute()
  return { own, teams: teams.map(row => row.team_id), managers, leading: leading.flatMap(row => row.handshake_id ?? []) }
}

/** For the demo: what is open at these customers comes from and goes to people one can sign in as. */
export async function giveHandshakes(
  trx: Trx,
  { customers, manager, csm }: Readonly<{ customers: readonly string[]; manager: string; csm: string }>,
): Promise<void> {
  if (customers.length === 0) return
  const given = await trx
    .updateTable('handshake')
    .set({ offered_by: manager, offered_to: csm })
    .where('customer_id', 'in', customers)
    .where('state', 'in', OPEN_HANDSHAKES)
    .returning('id')
    .execute()
  if (given.length === 0) return
  const ids = given.map(row => row.id)
  await trx.updateTable('handshake_message').set({ written_by: csm }).where('handshake_id', 'in', ids).execute()
}
