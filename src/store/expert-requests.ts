import { sql } from 'kysely'
import type { ExpertRequestState } from '../model/expert-words.ts'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** An expert has something to do with them. */
export const OPEN_REQUESTS = ['open', 'needs-detail', 'accepted'] as const satisfies readonly ExpertRequestState[]
/** They wait for an answer, of the expert or of whoever asked. */
export const WAITING_REQUESTS = ['open', 'needs-detail'] as const satisfies readonly ExpertRequestState[]

export type FoundRequest = Row<'expert_request'> &
  Readonly<{
    customer: string
    segment: string | null
    /** The team of the customer; null also where the customer may not be seen. */
    customer_team: string | null
    /** Whoever looks sees the customer too, and not only what the request says of it. */
    is_visible: boolean
    requested_by_name: string
    expert_name: string | null
    acknowledged_by_name: string | null
    decided_by_name: string | null
    ended_by_name: string | null
    escalated_to_name: string | null
  }>

/** Row-level security leaves those that may be seen; `asked_customers` says of a customer that may not be what its request says. */
const requests = (db: Db) =>
  db
    .selectFrom('expert_request as r')
    .leftJoin('customer as c', join => join.onRef('c.id', '=', 'r.customer_id').on('c.archived_at', 'is', null))
    .leftJoin(sql<{ id: string; name: string; segment: string | null }>`asked_customers()`.as('asked'), 'asked.id', 'r.customer_id')
    .innerJoin('person as asker', 'asker.id', 'r.requested_by')
    .leftJoin('person as expert', 'expert.id', 'r.expert_id')
    .leftJoin('person as acknowledger', 'acknowledger.id', 'r.acknowledged_by')
    .leftJoin('person as decider', 'decider.id', 'r.decided_by')
    .leftJoin('person as ender', 'ender.id', 'r.ended_by')
    .leftJoin('person as lead', 'lead.id', 'r.escalated_to')
    .selectAll('r')
    .select([
      // One of the two is there, by the condition below.
      sql<string>`coalesce(c.name, asked.name)`.as('customer'),
      sql<string | null>`coalesce(c.segment, asked.segment)`.as('segment'),
      'c.team_id as customer_team',
      sql<boolean>`c.id is not null`.as('is_visible'),
      'asker.name as requested_by_name',
      'expert.name as expert_name',
      'acknowledger.name as acknowledged_by_name',
      'decider.name as decided_by_name',
      'ender.name as ended_by_name',
      'lead.name as escalated_to_name',
    ])
    .where(eb => eb.or([eb('c.id', 'is not', null), eb('asked.id', 'is not', null)]))

/** Of one customer, newest first. */
export const findRequests = (db: Db, customerId: string): Promise<FoundRequest[]> =>
  requests(db)
    .where('r.customer_id', '=', customerId)
    .orderBy('r.requested_at', 'desc')
    .orderBy('r.version', 'desc')
    .orderBy('r.id')
    .execute()

/** One that may be seen. */
export const findRequest = (db: Db, id: string): Promise<FoundRequest | undefined> => requests(db).where('r.id', '=', id).executeTakeFirst()

export type RequestSearch = Readonly<{
  /** `inbox`: of this expert, in the queue that reaches them, or escalated to them; `outbox`: made by them. */
  box: 'inbox' | 'outbox' | 'all'
  personId: string
  /** Who acts is shown the queue. */
  isExpert: boolean
  state: 'open' | 'ended' | 'any'
  /** Words of the customer's name, as `searchKey` makes them. */
  q: string | null
  service: string | null
  skill: string | null
  limit: number
  at: number
}>

/** A page of those that may be seen: open ones first, by the day something is due; then the newest. */
export async function searchRequests(db: Db, search: RequestSearch): Promise<{ rows: FoundRequest[]; total: number }> {
  const wanted = (query: ReturnType<typeof requests>) => {
    let found = query
    if (search.box === 'outbox') found = found.where('r.requested_by', '=', search.personId)
    if (search.box === 'inbox') found = found.where(forPerson(search))
    if (search.state === 'open') found = found.where('r.state', 'in', OPEN_REQUESTS)
    if (search.state === 'ended') found = found.where('r.state', 'not in', OPEN_REQUESTS)
    if (search.service !== null) found = found.where('r.service', '=', search.service)
    if (search.skill !== null) found = found.where('r.skill', '=', search.skill)
    if (search.q !== null) {
      // The name that whoever looks is shown, without case; accents only where the customer may be seen.
      const words = `%${search.q.replace(/[\\%_]/g, '\\$&')}%`
      found = found.where(sql<boolean>`coalesce(c.search_key, lower(asked.name)) like ${words}`)
    }
    return found
  }
  const { count } = await db
    .selectFrom(wanted(requests(db)).as('found'))
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const rows = await wanted(requests(db))
    .orderBy(sql`(r.state in ('open', 'needs-detail')) desc`)
    .orderBy(sql`(r.state = 'accepted') desc`)
    .orderBy(sql`case when r.state in ('open', 'needs-detail') then ${DUE} end`)
    .orderBy(sql`case when r.state = 'accepted' then r.wanted_on end`)
    .orderBy(sql`coalesce(r.ended_at, r.decided_at, r.requested_at) desc`)
    .orderBy('r.id')
    .limit(search.limit)
    .offset(search.at)
    .execute()
  return { rows, total: count }
}

/** The day by which whoever it waits for should act: first to look into it, then to decide. */
const DUE = sql<Day>`case when r.state = 'open' and r.acknowledged_at is null then r.acknowledge_by else r.decide_by end`

const forPerson = ({ personId, isExpert }: Pick<RequestSearch, 'personId' | 'isExpert'>) =>
  sql<boolean>`(r.expert_id = ${personId} or r.escalated_to = ${personId} or r.state = 'needs-detail' and r.requested_by = ${personId}
    or ${isExpert} and r.expert_id is null and r.state in ('open', 'needs-detail')
      and reaches_expert(r.expert_id, r.state, r.skill, r.service, r.language))`

export type FoundRequestMessage = Row<'expert_request_message'> & Readonly<{ name: string; person_name: string | null }>

/** What was said and done, first to last. */
export const findRequestMessages = (db: Db, ids: readonly string[]): Promise<FoundRequestMessage[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('expert_request_message as m')
        .innerJoin('person', 'person.id', 'm.written_by')
        .leftJoin('person as other', 'other.id', 'm.person_id')
        .selectAll('m')
        .select(['person.name', 'other.name as person_name'])
        .where('m.request_id', 'in', ids)
        .orderBy('m.request_id')
        .orderBy('m.seq')
        .execute()

export async function addRequestMessage(trx: Trx, row: Omit<NewRow<'expert_request_message'>, 'seq'>): Promise<void> {
  const { last } = await trx
    .selectFrom('expert_request_message')
    .select(eb => eb.fn.max('seq').as('last'))
    .where('customer_id', '=', row.customer_id)
    .where('request_id', '=', row.request_id)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('expert_request_message')
    .values({ ...row, seq: (last ?? 0) + 1 })
    .execute()
}

export const insertRequest = (trx: Trx, row: NewRow<'expert_request'>) => trx.insertInto('expert_request').values(row).execute()

export const changeRequest = (
  trx: Trx,
  { customer_id, id }: Pick<Row<'expert_request'>, 'customer_id' | 'id'>,
  change: Partial<Omit<Row<'expert_request'>, 'customer_id' | 'id' | 'requested_by' | 'requested_at'>>,
) => trx.updateTable('expert_request').set(change).where('customer_id', '=', customer_id).where('id', '=', id).execute()

/** Those that wait and for which something is due by a day. */
export const findWaitingRequests = (db: Db, latest: Day): Promise<FoundRequest[]> =>
  requests(db)
    .where('r.state', 'in', WAITING_REQUESTS)
    .where(DUE, '<=', latest)
    .where(eb => eb.or([eb('r.escalated_at', 'is', null), eb('r.reminded_due', 'is distinct from', DUE)]))
    .orderBy('r.customer_id')
    .orderBy('r.id')
    .execute()

export type RequestLoad = Readonly<{
  id: string
  name: string
  waiting: number
  accepted: number
  late: number
  done: number
  at_once: number | null
}>

/** How much each expert has, and has done; most first. Of customers that may be seen. */
export async function countRequests(db: Db, today: Day): Promise<readonly RequestLoad[]> {
  const { rows } = await sql<RequestLoad>`
    select p.id, p.name, coalesce(n.waiting, 0)::int as waiting, coalesce(n.accepted, 0)::int as accepted, coalesce(n.late, 0)::int as late,
      coalesce(n.done, 0)::int as done, e.at_once
    from (select r.expert_id, count(*) filter (where r.state in ('open', 'needs-detail')) as waiting,
        count(*) filter (where r.state = 'accepted') as accepted, count(*) filter (where r.state = 'done') as done,
        count(*) filter (where r.state in ('open', 'needs-detail') and ${DUE} < ${today}) as late
      from expert_request r join customer c on c.id = r.customer_id
      where c.archived_at is null and r.expert_id is not null group by r.expert_id) n
    full join expert_profile e on e.person_id = n.expert_id
    join person p on p.id = coalesce(n.expert_id, e.person_id)
    where p.erased_at is null
    order by waiting + accepted desc nulls last, p.name, p.id`.execute(db)
  return rows
}

export type OpenLoad = Readonly<{ open: number; nextWanted: Day | null }>

/** How many requests each person has open, at every customer, and the first day that an accepted one is wanted for. */
export async function findOpenLoads(db: Db): Promise<ReadonlyMap<string, OpenLoad>> {
  const { rows } = await sql<{ person_id: string; open: number; next_wanted: Day | null }>`select * from expert_loads()`.execute(db)
  return new Map(rows.map(row => [row.person_id, { open: row.open, nextWanted: row.next_wanted }]))
}

export const findProfiles = (db: Db): Promise<Row<'expert_profile'>[]> =>
  db.selectFrom('expert_profile').selectAll().orderBy('person_id').execute()

export const findProfile = (db: Db, personId: string): Promise<Row<'expert_profile'> | undefined> =>
  db.selectFrom('expert_profile').selectAll().where('person_id', '=', personId).executeTakeFirst()

/** Keeps a profile in the place of its version before, 0 for a first one; false where somebody else was first. */
export async function saveProfile(trx: Trx, { version, ...row }: Row<'expert_profile'>): Promise<boolean> {
  const next = { ...row, version: version + 1 }
  const saved =
    version === 0
      ? await trx
          .insertInto('expert_profile')
          .values(next)
          .onConflict(conflict => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await trx
          .updateTable('expert_profile')
          .set(next)
          .where('person_id', '=', row.person_id)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst()
  return saved !== undefined
}

/** The teams that somebody is in, by id. */
export const teamsOfPerson = async (db: Db, personId: string): Promise<readonly string[]> => {
  const rows = await db.selectFrom('team_member').select('team_id').where('person_id', '=', personId).orderBy('team_id').execute()
  return rows.map(row => row.team_id)
}

/**
 * For the demo: at customers of a team, what is at work or waits was asked by `manager`, and what was put to anybody was put to `expert`:
 * people one can sign in as. `help` is the assignment that accepting made.
 */
export async function giveRequests(
  trx: Trx,
  { team, manager, expert, help }: Readonly<Record<'team' | 'manager' | 'expert' | 'help', string>>,
): Promise<void> {
  const given = await trx
    .updateTable('expert_request')
    .set({
      requested_by: manager,
      expert_id: sql<string | null>`case when expert_id is not null then ${expert} end`,
      acknowledged_by: sql<string | null>`case when acknowledged_by is not null then ${expert} end`,
      decided_by: sql<string | null>`case when decided_by is not null then ${expert} end`,
    })
    .where('team_id', '=', team)
    .where('state', 'in', OPEN_REQUESTS)
    .returning(['id', 'customer_id'])
    .execute()
  if (given.length === 0) return
  const ids = given.map(row => row.id)
  await trx
    .updateTable('expert_request_message')
    .set({ written_by: sql<string>`case when step = 'requested' then ${manager} else ${expert} end` })
    .where('request_id', 'in', ids)
    .execute()
  const customers = given.map(row => row.customer_id)
  await trx.updateTable('assignment').set({ person_id: expert }).where('customer_id', 'in', customers).where('id', '=', help).execute()
}
