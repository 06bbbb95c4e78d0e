import { sql } from 'kysely'
import type { MeetingKind, MeetingState } from '../model/success.ts'
import type { Day } from '../model/words.ts'
import { OWNER_ROLE, searchKey } from './customers.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, OccurrenceAnswer, Row } from './tables.ts'

export type CadenceRow = Row<'cadence'> & Readonly<{ organizer: string }>
type Key = Readonly<{ customerId: string; id: string }>

const cadences = (db: Db) =>
  db.selectFrom('cadence').innerJoin('person as o', 'o.id', 'cadence.organizer_id').selectAll('cadence').select('o.name as organizer')

/** Series of a customer: those that go on first, then by title. */
export const findCadences = (db: Db, customerId: string): Promise<CadenceRow[]> =>
  cadences(db)
    .where('customer_id', '=', customerId)
    .orderBy('ended_at', order => order.desc().nullsFirst())
    .orderBy('title')
    .orderBy('cadence.id')
    .execute()

export const findCadence = (db: Db, { customerId, id }: Key): Promise<CadenceRow | undefined> =>
  cadences(db).where('customer_id', '=', customerId).where('cadence.id', '=', id).executeTakeFirst()

export const insertCadence = (trx: Trx, row: NewRow<'cadence'>) => trx.insertInto('cadence').values(row).execute()

export const changeCadence = (trx: Trx, { customerId, id }: Key, change: Partial<NewRow<'cadence'>>) =>
  trx.updateTable('cadence').set(change).where('customer_id', '=', customerId).where('id', '=', id).execute()

/**
 * Series that go on, by customer and id, after a place in that order. Locked: whoever changes or ends one waits until its meetings are set
 * down, and one that is being changed is waited for.
 */
export const openCadences = (trx: Trx, after: Readonly<{ customerId: string; id: string }> | null, limit: number): Promise<CadenceRow[]> =>
  cadences(trx)
    .where('ended_at', 'is', null)
    .where(isOfPresent('cadence.customer_id'))
    .$if(after !== null, query =>
      // Under this condition there is a place.
      query.where(({ eb, refTuple, tuple }) => eb(refTuple('customer_id', 'cadence.id'), '>', tuple(after!.customerId, after!.id))),
    )
    .orderBy('customer_id')
    .orderBy('cadence.id')
    .limit(limit)
    .forShare('cadence')
    .execute()

/** Of a customer that is not archived. */
const isOfPresent = (column: string) =>
  sql<boolean>`exists (select from customer where customer.id = ${sql.ref(column)} and customer.archived_at is null)`

export type MeetingRow = Row<'meeting'> & Readonly<{ organizer: string; customer_name: string }>

const meetings = (db: Db) =>
  db
    .selectFrom('meeting')
    .innerJoin('person as o', 'o.id', 'meeting.organizer_id')
    .innerJoin('customer as c', 'c.id', 'meeting.customer_id')
    .selectAll('meeting')
    .select(['o.name as organizer', 'c.name as customer_name'])

export const findMeeting = (db: Db, { customerId, id }: Key): Promise<MeetingRow | undefined> =>
  meetings(db).where('customer_id', '=', customerId).where('meeting.id', '=', id).executeTakeFirst()

/** Scheduled meetings of a customer, soonest first. */
export const scheduledMeetings = (db: Db, customerId: string, limit: number): Promise<MeetingRow[]> =>
  meetings(db)
    .where('customer_id', '=', customerId)
    .where('state', '=', 'scheduled')
    .orderBy('starts_at')
    .orderBy('meeting.id')
    .limit(limit)
    .execute()

/** The soonest meeting with the customer that is not over; `now` is an instant. */
export const nextMeeting = (db: Db, customerId: string, now: string): Promise<Pick<Row<'meeting'>, 'id' | 'starts_at'> | undefined> =>
  db
    .selectFrom('meeting')
    .select(['id', 'starts_at'])
    .where('customer_id', '=', customerId)
    .where('kind', '=', 'customer')
    .where('state', '=', 'scheduled')
    .where('ends_at', '>=', now)
    .orderBy('starts_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** Meetings of a series, in the order it planned them. */
export const meetingsOfCadence = (db: Db, { customerId, id }: Key): Promise<Row<'meeting'>[]> =>
  db.selectFrom('meeting').selectAll().where('customer_id', '=', customerId).where('cadence_id', '=', id).orderBy('occurrence').execute()

type Page = Readonly<{ at: number; limit: number }>

/** What was held, missed or cancelled, newest first. */
export const pastMeetings = (db: Db, customerId: string, { at, limit }: Page): Promise<MeetingRow[]> =>
  meetings(db)
    .where('customer_id', '=', customerId)
    .where('state', '!=', 'scheduled')
    .orderBy('starts_at', 'desc')
    .orderBy('meeting.id')
    .offset(at)
    .limit(limit)
    .execute()

export type MeetingFilter = Readonly<{
  from?: string | undefined
  before?: string | undefined
  kind?: MeetingKind | undefined
  state?: MeetingState | undefined
  q?: string | undefined
  /** Organizes or attends it. */
  person?: string | undefined
}>

/** Meetings across the customers that whoever asks may see, soonest first. */
export function findMeetings(db: Db, filter: MeetingFilter, { at, limit }: Page): Promise<MeetingRow[]> {
  let query = meetings(db).where('c.archived_at', 'is', null)
  const { from, before, kind, state, q, person } = filter
  if (from !== undefined) query = query.where('starts_at', '>=', from)
  if (before !== undefined) query = query.where('starts_at', '<', before)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (state !== undefined) query = query.where('state', '=', state)
  if (q !== undefined && q.trim() !== '') {
    const part = `%${searchKey(q.trim()).replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(eb => eb.or([eb('c.search_key', 'like', part), eb(sql<string>`lower(meeting.title)`, 'like', part)]))
  }
  if (person !== undefined) query = query.where(concerns(person))
  return query.orderBy('starts_at').orderBy('meeting.customer_id').orderBy('meeting.id').offset(at).limit(limit).execute()
}

const concerns = (person: string) => sql<boolean>`(meeting.organizer_id = ${person} or exists (select from attendee a
  where a.customer_id = meeting.customer_id and a.person_id = ${person}
    and (a.meeting_id = meeting.id or a.cadence_id = meeting.cadence_id)))`

/** Adds meetings; one of the same series and occurrence is there already and stays. */
export async function insertMeetings(trx: Trx, rows: readonly NewRow<'meeting'>[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('meeting')
    .values([...rows])
    .onConflict(conflict => conflict.columns(['customer_id', 'cadence_id', 'occurrence']).doNothing())
    .execute()
}

export const changeMeeting = (trx: Trx, { customerId, id }: Key, change: Partial<NewRow<'meeting'>>) =>
  trx.updateTable('meeting').set(change).where('customer_id', '=', customerId).where('id', '=', id).execute()

/** Takes meetings away that nothing was written to; those asked to them alone go with them. */
export async function removeMeetings(trx: Trx, customerId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await trx.deleteFrom('attendee').where('customer_id', '=', customerId).where('meeting_id', 'in', ids).execute()
  await trx.deleteFrom('meeting').where('customer_id', '=', customerId).where('id', 'in', ids).execute()
}

export type AttendeeRow = Row<'attendee'> &
  Readonly<{
    contact_name: string | null
    contact_email: string | null
    contact_language: string | null
    do_not_contact: string | null
    bounced_at: string | null
    contact_archived_at: string | null
    person_name: string | null
  }>

const attendees = (db: Db) =>
  db
    .selectFrom('attendee')
    .leftJoin('contact', join =>
      join.onRef('contact.customer_id', '=', 'attendee.customer_id').onRef('contact.id', '=', 'attendee.contact_id'),
    )
    .leftJoin('person', 'person.id', 'attendee.person_id')
    .selectAll('attendee')
    .select([
      'contact.name as contact_name',
      'contact.email as contact_email',
      'contact.language as contact_language',
      'contact.do_not_contact',
      'contact.bounced_at',
      'contact.archived_at as contact_archived_at',
      'person.name as person_name',
    ])

/** Everybody asked to meetings and series of these customers, by name. */
export const findAttendees = (db: Db, customerIds: readonly string[]): Promise<AttendeeRow[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : attendees(db)
        .where('attendee.customer_id', 'in', customerIds)
        .orderBy(sql`coalesce(contact.name, person.name)`)
        .orderBy('attendee.id')
        .execute()

/** Whose link this is; undefined for nobody's. */
export const findAttendeeByToken = (db: Db, tokenHash: string): Promise<AttendeeRow | undefined> =>
  attendees(db).where('token_hash', '=', tokenHash).executeTakeFirst()

export async function insertAttendees(trx: Trx, rows: readonly NewRow<'attendee'>[]): Promise<void> {
  if (rows.length > 0)
    await trx
      .insertInto('attendee')
      .values([...rows])
      .execute()
}

export const changeAttendee = (trx: Trx, { customerId, id }: Key, change: Partial<NewRow<'attendee'>>) =>
  trx.updateTable('attendee').set(change).where('customer_id', '=', customerId).where('id', '=', id).execute()

/** Keeps what somebody asked to a series says of one meeting of it, beside what the same person says of others meanwhile. */
export const answerOccurrence = (trx: Trx, { customerId, id }: Key, occurrence: string, answer: OccurrenceAnswer) =>
  trx
    .updateTable('attendee')
    .set({ occurrences: sql`occurrences || jsonb_build_object(${occurrence}::text, ${JSON.stringify(answer)}::jsonb)` })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()

export async function removeAttendees(trx: Trx, customerId: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await trx.deleteFrom('attendee').where('customer_id', '=', customerId).where('id', 'in', ids).execute()
}

/** Scheduled meetings that begin between two instants and of which nobody was reminded, locked: of two that remind, one finds them. */
export const takeToRemind = (
  trx: Trx,
  { from, before }: Readonly<{ from: string; before: string }>,
  limit: number,
): Promise<Row<'meeting'>[]> =>
  trx
    .selectFrom('meeting')
    .selectAll()
    .where('state', '=', 'scheduled')
    .where(isOfPresent('meeting.customer_id'))
    .where('reminded_at', 'is', null)
    .where('starts_at', '>', from)
    .where('starts_at', '<=', before)
    .orderBy('starts_at')
    .limit(limit)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()

export type ContactRow = Readonly<{
  customer_id: string
  name: string
  owner: string | null
  owner_id: string | null
  last: Readonly<{ id: string; at: string }> | null
  next: Readonly<{ id: string; at: string }> | null
  /** Weeks between two meetings of the customer's own series; null without one. */
  series_weeks: number | null
  has_activated: boolean
  /** From when the first contact is counted. */
  begun: Day
  due_by: Day
  is_overdue: boolean
}>

export type ContactQuery = Readonly<{ now: string; usualWeeks: number; firstWeeks: number }>

/**
 * When customers were last met and will be next, and whether that is too late. `only`: these customers, or those overdue, optionally of one
 * person, the longest overdue first. A month counts as five weeks, a week of a series as one.
 */
export async function contactStates(
  db: Db,
  { now, usualWeeks, firstWeeks }: ContactQuery,
  only: Readonly<{ ids: readonly string[] }> | (Readonly<{ person: string | null }> & Page),
): Promise<readonly (ContactRow & Readonly<{ total: number }>)[]> {
  const customers = 'ids' in only ? sql`c.id = any(${[...only.ids]}::text[])` : ofPerson(only.person, now)
  const wanted = 'ids' in only ? sql`true` : sql`is_overdue`
  const page = 'ids' in only ? sql`` : sql`offset ${only.at} limit ${only.limit}`
  const { rows } = await sql<ContactRow & { total: number }>`
    with met as (
      select c.id as customer_id, c.name, p.name as owner, p.id as owner_id, l.value as last, n.value as next, s.weeks as series_weeks,
        exists (select from customer_service v where v.customer_id = c.id and v.activated_on <= (${now}::timestamptz at time zone 'UTC')::date) as has_activated,
        coalesce(c.assigned_on, (c.created_at at time zone 'UTC')::date) as begun
      from customer c
      left join assignment a on a.customer_id = c.id and a.role = ${OWNER_ROLE} and a.is_primary
      left join person p on p.id = a.person_id
      left join lateral (select json_build_object('id', m.id, 'at', to_char(m.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as value
        from meeting m where m.customer_id = c.id and m.kind = 'customer' and m.state = 'held'
        order by m.starts_at desc, m.id limit 1) l on true
      left join lateral (select json_build_object('id', m.id, 'at', to_char(m.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as value
        from meeting m where m.customer_id = c.id and m.kind = 'customer' and m.state = 'scheduled' and m.ends_at >= ${now}::timestamptz
        order by m.starts_at, m.id limit 1) n on true
      left join lateral (select min(case
          when d.rule like 'FREQ=WEEKLY%' then coalesce(substring(d.rule from 'INTERVAL=([0-9]+)')::int, 1)
          when d.rule like 'FREQ=MONTHLY%' then 5 * coalesce(substring(d.rule from 'INTERVAL=([0-9]+)')::int, 1)
          else greatest(1, ceil(coalesce(substring(d.rule from 'INTERVAL=([0-9]+)')::int, 1) / 7.0)::int) end) as weeks
        from cadence d where d.customer_id = c.id and d.kind = 'customer' and d.ended_at is null) s on true
      where c.archived_at is null and ${customers}
    ), counted as (
      select *, coalesce(series_weeks, case when has_activated then ${usualWeeks}::int else ${firstWeeks}::int end) as weeks from met
    ), due as (
      select *, coalesce(((last ->> 'at')::timestamptz at time zone 'UTC')::date, begun) + weeks * 7 as due_by from counted
    ), judged as (
      select *, due_by < (${now}::timestamptz at time zone 'UTC')::date
        and coalesce((next ->> 'at')::timestamptz > ${now}::timestamptz + make_interval(weeks => weeks), true) as is_overdue from due
    )
    select customer_id, name, owner, owner_id, last, next, series_weeks, has_activated, begun::text as begun, due_by::text as due_by, is_overdue,
      count(*) over ()::int as total
    from judged where ${wanted} order by due_by, customer_id ${page}`.execute(db)
  return rows
}

const ofPerson = (person: string | null, now: string) =>
  person === null
    ? sql`true`
    : sql`exists (select from assignment m where m.customer_id = c.id and m.person_id = ${person}
        and m.since <= (${now}::timestamptz at time zone 'UTC')::date and (m.until is null or m.until >= (${now}::timestamptz at time zone 'UTC')::date))`

/** Meetings since an instant that a person organizes or attends, of customers that the acting person may see. */
export const feedMeetings = (db: Db, person: string, from: string): Promise<MeetingRow[]> =>
  meetings(db)
    .where('c.archived_at', 'is', null)
    .where('starts_at', '>=', from)
    .where(concerns(person))
    .orderBy('starts_at')
    .orderBy('meeting.id')
    .limit(FEED_MOST)
    .execute()

/** Series that go on, likewise. */
export const feedCadences = (db: Db, person: string): Promise<(CadenceRow & Readonly<{ customer_name: string }>)[]> =>
  cadences(db)
    .innerJoin('customer as c', 'c.id', 'cadence.customer_id')
    .select('c.name as customer_name')
    .where('c.archived_at', 'is', null)
    .where('ended_at', 'is', null)
    .where(
      sql<boolean>`(cadence.organizer_id = ${person} or exists (select from attendee a
        where a.customer_id = cadence.customer_id and a.cadence_id = cadence.id and a.person_id = ${person}))`,
    )
    .orderBy('cadence.customer_id')
    .orderBy('cadence.id')
    .limit(FEED_MOST)
    .execute()
/** More than anybody can hold. */
const FEED_MOST = 2000

export const findFeed = (db: Db, personId: string) =>
  db.selectFrom('calendar_feed').selectAll().where('person_id', '=', personId).executeTakeFirst()

export const findFeedByToken = (db: Db, tokenHash: string) =>
  db.selectFrom('calendar_feed').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()

/** A feed of a person; a former one is no longer answered. */
export const saveFeed = (trx: Trx, row: Pick<Row<'calendar_feed'>, 'person_id' | 'token_hash' | 'made_at'>) =>
  trx
    .insertInto('calendar_feed')
    .values({ ...row, read_at: null })
    .onConflict(conflict => conflict.column('person_id').doUpdateSet({ token_hash: row.token_hash, made_at: row.made_at, read_at: null }))
    .execute()

export const removeFeed = (trx: Trx, personId: string) => trx.deleteFrom('calendar_feed').where('person_id', '=', personId).execute()

export const markFeedRead = (db: Db, personId: string, at: string) =>
  db.updateTable('calendar_feed').set({ read_at: at }).where('person_id', '=', personId).execute()
