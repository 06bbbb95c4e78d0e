import { sql } from 'kysely'
import type { SurveyState, SurveyWithdrawal } from '../model/survey.ts'
import type { Day } from '../model/words.ts'
import { insertRows, listText } from './bulk.ts'
import { OWNER_ROLE } from './customers.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type SurveySettings = Omit<Row<'survey_settings'>, 'is_only'>
export type SurveyInvitation = Row<'survey_invitation'>
export type SurveyAnswer = Row<'survey_answer'>

const OPEN = ['asked', 'reminded'] as const satisfies readonly SurveyState[]

// The migration made the one row of this table, and nobody may delete it.
export const getSurveySettings = (db: Db): Promise<SurveySettings> => db.selectFrom('survey_settings').selectAll().executeTakeFirstOrThrow()

export const lockSurveySettings = (trx: Trx): Promise<SurveySettings> =>
  trx.selectFrom('survey_settings').selectAll().forUpdate().executeTakeFirstOrThrow()

export const saveSurveySettings = (trx: Trx, { words, ...row }: SurveySettings) =>
  trx
    .updateTable('survey_settings')
    .set({ ...row, words: JSON.stringify(words) })
    .execute()

/** One asks at a time: whoever follows sees whom the one before asked. Ends with the transaction. */
export const lockAsking = (trx: Trx) => sql`select pg_advisory_xact_lock(4112)`.execute(trx)

export type AskedContact = Pick<
  Row<'contact'>,
  'customer_id' | 'id' | 'name' | 'email' | 'language' | 'services' | 'do_not_contact' | 'survey_eligible' | 'bounced_at' | 'archived_at'
>

/** Contacts of these customers by name, those put away last. */
export const findSurveyContacts = (db: Db, customerIds: readonly string[]): Promise<AskedContact[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('contact')
        .select([
          'customer_id',
          'id',
          'name',
          'email',
          'language',
          'services',
          'do_not_contact',
          'survey_eligible',
          'bounced_at',
          'archived_at',
        ])
        .where('customer_id', 'in', customerIds)
        .orderBy('customer_id')
        .orderBy(sql`archived_at is not null`)
        .orderBy(sql`lower(name)`)
        .orderBy('id')
        .execute()

/** Whether a customer is to be asked at all. */
export type SurveyStanding = Readonly<{
  customer_id: string
  /** Its newest engagement; null before the first plan, and of one that was cancelled. */
  engagement_id: string | null
  owner_id: string | null
  /** The first milestone of a service that was reached first, and when; both null: of none. */
  service: string | null
  reached_on: Day | null
  met_on: Day | null
  /** The survey of the engagement is completed: by an answer, or a person said so. */
  is_completed: boolean
}>

/** One query, however many customers. */
export async function findSurveyStandings(db: Db, customerIds: readonly string[]): Promise<readonly SurveyStanding[]> {
  if (customerIds.length === 0) return []
  const { rows } = await sql<SurveyStanding>`
    select c.id as customer_id, e.id as engagement_id, o.person_id as owner_id, m.service, m.reached_on, held.value #>> '{}' as met_on,
      coalesce(done.value = 'true', false) or exists (select from survey_invitation i
        where i.customer_id = c.id and i.engagement_id = e.id and i.state = 'answered') as is_completed
    from customer c
      left join lateral (select e.id from engagement e where e.customer_id = c.id and e.state <> 'cancelled' order by e.cycle desc limit 1) e on true
      left join lateral (select m.service, m.reached_on from milestone_reached m where m.customer_id = c.id and m.milestone = 'first'
        order by m.reached_on, m.service limit 1) m on true
      left join assignment o on o.customer_id = c.id and o.role = ${OWNER_ROLE} and o.is_primary
      left join fact held on held.customer_id = c.id and held.name = 'review.meetingHeldOn' and held.service = ''
      left join fact done on done.customer_id = c.id and done.name = 'survey.completed' and done.service = ''
    where c.id = any(${[...customerIds]}::text[]) and c.archived_at is null order by c.id`.execute(db)
  return rows
}

/**
 * Customers with somebody to ask, in the order of their ids: a service reached its first milestone or the review was held, the survey is
 * not completed, and a contact may be asked who was not since a moment.
 */
export async function findCustomersToAsk(
  db: Db,
  { after, limit, since }: Readonly<{ after: string; limit: number; since: string }>,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from customer c
    where c.id > ${after} and c.archived_at is null
      and exists (select from contact k where k.customer_id = c.id and k.survey_eligible and k.do_not_contact is null and k.archived_at is null
        and k.bounced_at is null and not exists (select from survey_invitation i
          where i.customer_id = k.customer_id and i.contact_id = k.id and (i.ended_at is null or i.asked_at > ${since})))
      and (exists (select from milestone_reached m where m.customer_id = c.id and m.milestone = 'first')
        or exists (select from fact f where f.customer_id = c.id and f.name = 'review.meetingHeldOn' and f.service = ''))
      and not exists (select from fact f where f.customer_id = c.id and f.name = 'survey.completed' and f.service = '' and f.value = 'true')
    order by c.id limit ${limit}`.execute(db)
  return rows.map(row => row.id)
}

/** When people were asked last, and whether an invitation of theirs is open, over the customers one sees. */
export type AskedBefore = Readonly<{ person_key: string; asked_at: string; is_open: boolean }>

export async function findAskedBefore(db: Db, keys: readonly string[]): Promise<readonly AskedBefore[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<AskedBefore>`
    select person_key, max(asked_at) as asked_at, bool_or(ended_at is null) as is_open from survey_invitation
    where person_key = any(${[...keys]}::text[]) group by person_key`.execute(db)
  return rows
}

export async function findOptedOut(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = keys.length === 0 ? [] : await db.selectFrom('survey_opt_out').select('person_key').where('person_key', 'in', keys).execute()
  return new Set(rows.map(row => row.person_key))
}

export const optOut = (trx: Trx, row: Row<'survey_opt_out'>) =>
  trx
    .insertInto('survey_opt_out')
    .values(row)
    .onConflict(conflict => conflict.column('person_key').doNothing())
    .execute()

export type NewInvitation = Pick<
  SurveyInvitation,
  | 'customer_id'
  | 'id'
  | 'engagement_id'
  | 'contact_id'
  | 'person_key'
  | 'token_hash'
  | 'language'
  | 'services'
  | 'owner_id'
  | 'asked_by'
  | 'asked_at'
  | 'remind_at'
  | 'expires_at'
>

/** In one statement. Throws a violation when one of them may not be asked. */
export const insertInvitations = (trx: Trx, rows: readonly NewInvitation[]): Promise<void> =>
  insertRows(
    trx,
    'survey_invitation',
    rows.map(({ services, ...row }) => ({
      ...row,
      services: listText(services),
      state: 'asked' as const,
      mailed_at: null,
      reminded_at: null,
      reminder_mailed_at: null,
      ended_at: null,
      withdrawn_because: null,
    })),
  )

export type ToMail = Readonly<{
  customer_id: string
  id: string
  contact_id: string
  language: SurveyInvitation['language']
  expires_at: string
  isReminder: boolean
  name: string
  email: string
  owner: string | null
  owner_id: string | null
}>

/** Open invitations of which a mail is to be written, oldest first, locked; what another worker has is left to it. */
export async function takeToMail(trx: Trx, limit: number): Promise<readonly ToMail[]> {
  const { rows } = await sql<ToMail>`
    select i.customer_id, i.id, i.contact_id, i.language, i.expires_at, i.state = 'reminded' as "isReminder", k.name, k.email,
      p.name as owner, i.owner_id
    from survey_invitation i join contact k on k.customer_id = i.customer_id and k.id = i.contact_id left join person p on p.id = i.owner_id
    where i.state in ('asked', 'reminded') and (i.mailed_at is null or (i.reminded_at is not null and i.reminder_mailed_at is null))
      and k.email is not null and k.do_not_contact is null and k.archived_at is null
    order by i.asked_at, i.id limit ${limit} for update of i skip locked`.execute(trx)
  return rows
}

type Key = Pick<SurveyInvitation, 'customer_id' | 'id'>
const keyed = (rows: readonly Key[]) =>
  sql`unnest(${rows.map(row => row.customer_id)}::text[], ${rows.map(row => row.id)}::uuid[]) as given (customer_id, id)`

/** Their mails are written; of one that was reminded the reminder too. */
export const setMailed = (trx: Trx, rows: readonly Key[], at: string) =>
  sql`update survey_invitation i set mailed_at = coalesce(i.mailed_at, ${at}), reminder_mailed_at = case when i.state = 'reminded' then ${at}::timestamptz end
    from ${keyed(rows)} where i.customer_id = given.customer_id and i.id = given.id`.execute(trx)

/** Why an open invitation may stay so no longer, as SQL over the invitation `i` and its contact `k`; null: it may. */
const ENDING = sql<SurveyWithdrawal | null>`case when k.archived_at is not null then 'archived' when k.do_not_contact is not null then 'do-not-contact'
  when exists (select from survey_opt_out o where o.person_key = i.person_key) then 'refused'
  when k.bounced_at is not null then 'bounced' when not k.survey_eligible then 'not-eligible' end`

export type Ended = Key & Readonly<{ contact_id: string | null; because: SurveyWithdrawal | null }>

/** Open invitations that have to end: the contact may not be asked any more, or their time is over (`because` null). Oldest first. */
export async function findEnding(db: Db, now: string, limit: number): Promise<readonly Ended[]> {
  const { rows } = await sql<Ended>`
    select i.customer_id, i.id, i.contact_id, ${ENDING} as because
    from survey_invitation i join contact k on k.customer_id = i.customer_id and k.id = i.contact_id
    where i.state in ('asked', 'reminded') and (i.expires_at <= ${now} or ${ENDING} is not null)
    order by i.expires_at, i.id limit ${limit}`.execute(db)
  return rows
}

/** Ends those of them that are still open; answers which. */
export async function endInvitations(trx: Trx, rows: readonly Ended[], at: string): Promise<readonly Ended[]> {
  if (rows.length === 0) return []
  const { rows: ended } = await sql<Ended>`
    update survey_invitation i set state = case when given.because is null then 'expired' else 'withdrawn' end, withdrawn_because = given.because,
      ended_at = ${at}
    from unnest(${rows.map(row => row.customer_id)}::text[], ${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.because)}::text[])
      as given (customer_id, id, because)
    where i.customer_id = given.customer_id and i.id = given.id and i.state in ('asked', 'reminded')
    returning i.customer_id, i.id, i.contact_id, i.withdrawn_because as because`.execute(trx)
  return ended
}

/** Ends the open invitation of one contact, if there is one; answers which. */
export async function endInvitationOf(
  trx: Trx,
  { customerId, contact, because, at }: Readonly<{ customerId: string; contact: string; because: SurveyWithdrawal; at: string }>,
): Promise<string | undefined> {
  const row = await trx
    .updateTable('survey_invitation')
    .set({ state: 'withdrawn', withdrawn_because: because, ended_at: at })
    .where('customer_id', '=', customerId)
    .where('contact_id', '=', contact)
    .where('state', 'in', OPEN)
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Invitations without an answer whose reminder is due and was not sent, oldest first: written to once, and contacts that may be asked. */
export async function findSilent(db: Db, now: string, limit: number): Promise<readonly Key[]> {
  const { rows } = await sql<Key>`
    select i.customer_id, i.id from survey_invitation i join contact k on k.customer_id = i.customer_id and k.id = i.contact_id
    where i.state = 'asked' and i.remind_at <= ${now} and i.expires_at > ${now} and i.mailed_at is not null and ${ENDING} is null
    order by i.remind_at, i.id limit ${limit}`.execute(db)
  return rows
}

/** Marks those of them that are still silent as reminded; answers which. */
export async function setReminded(trx: Trx, rows: readonly Key[], at: string): Promise<readonly (Key & { contact_id: string })[]> {
  if (rows.length === 0) return []
  const { rows: reminded } = await sql<Key & { contact_id: string }>`
    update survey_invitation i set state = 'reminded', reminded_at = ${at} from contact k, ${keyed(rows)}
    where i.customer_id = given.customer_id and i.id = given.id and i.state = 'asked' and i.expires_at > ${at}
      and k.customer_id = i.customer_id and k.id = i.contact_id and ${ENDING} is null
    returning i.customer_id, i.id, i.contact_id`.execute(trx)
  return reminded
}

/** What a link leads to: the invitation with its contact, customer and answer. One query, found by the hash of the token. */
export const findByToken = (db: Db, tokenHash: string) =>
  db
    .selectFrom('survey_invitation as invitation')
    .innerJoin('contact', join =>
      join.onRef('contact.customer_id', '=', 'invitation.customer_id').onRef('contact.id', '=', 'invitation.contact_id'),
    )
    .innerJoin('customer', 'customer.id', 'invitation.customer_id')
    .selectAll('invitation')
    .select(['contact.name', 'contact.do_not_contact', 'contact.archived_at', 'customer.archived_at as customer_archived_at'])
    .where('invitation.token_hash', '=', tokenHash)
    .executeTakeFirst()
export type FoundByToken = NonNullable<Awaited<ReturnType<typeof findByToken>>>

/** Keeps an answer and ends its invitation. Throws a violation when it takes none (any more). */
export async function saveAnswer(trx: Trx, row: NewRow<'survey_answer'>): Promise<void> {
  await trx.insertInto('survey_answer').values(row).execute()
  await trx
    .updateTable('survey_invitation')
    .set({ state: 'answered', ended_at: row.answered_at })
    .where('customer_id', '=', row.customer_id)
    .where('id', '=', row.invitation_id)
    .execute()
}

/** Takes the contact out of what surveys are sent to. */
export const refuseSurveys = (trx: Trx, customerId: string, contact: string) =>
  trx
    .updateTable('contact')
    .set(eb => ({ survey_eligible: false, version: eb('version', '+', 1) }))
    .where('customer_id', '=', customerId)
    .where('id', '=', contact)
    .where('survey_eligible', '=', true)
    .execute()

const withAnswers = (db: Db) =>
  db
    .selectFrom('survey_invitation as invitation')
    .leftJoin('survey_answer as answer', join =>
      join.onRef('answer.customer_id', '=', 'invitation.customer_id').onRef('answer.invitation_id', '=', 'invitation.id'),
    )
    .leftJoin('contact', join =>
      join.onRef('contact.customer_id', '=', 'invitation.customer_id').onRef('contact.id', '=', 'invitation.contact_id'),
    )
    .innerJoin('person as asker', 'asker.id', 'invitation.asked_by')
    .innerJoin('engagement', join =>
      join.onRef('engagement.customer_id', '=', 'invitation.customer_id').onRef('engagement.id', '=', 'invitation.engagement_id'),
    )
    .selectAll('invitation')
    .select([
      'contact.name',
      'asker.name as asker',
      'engagement.cycle',
      'answer.overall',
      'answer.responsiveness',
      'answer.expertise',
      'answer.usefulness',
      'answer.recommend',
      'answer.comment',
      'answer.answered_at',
      'answer.is_low',
    ])

/** Invitations of a customer with their answers, newest first. */
export const findInvitations = (db: Db, customerId: string, limit: number) =>
  withAnswers(db)
    .where('invitation.customer_id', '=', customerId)
    .orderBy('invitation.asked_at', 'desc')
    .orderBy('invitation.id')
    .limit(limit)
    .execute()
export type FoundInvitation = Awaited<ReturnType<typeof findInvitations>>[number]

/** How many invitations of a customer there were, by their state. */
export const countInvitations = (db: Db, customerId: string) =>
  db
    .selectFrom('survey_invitation')
    .select(eb => [
      eb.fn.countAll<number>().as('asked'),
      sql<number>`count(reminded_at)`.as('reminded'),
      sql<number>`count(*) filter (where state = 'answered')`.as('answered'),
      sql<number>`count(*) filter (where ended_at is null)`.as('open'),
    ])
    .where('customer_id', '=', customerId)
    .executeTakeFirstOrThrow()

/** The same of one contact, for the copy it may ask for. */
export const findOfContact = (db: Db, customerId: string, contact: string) =>
  withAnswers(db)
    .where('invitation.customer_id', '=', customerId)
    .where('invitation.contact_id', '=', contact)
    .orderBy('asked_at')
    .execute()

export const findInvitation = (db: Db, customerId: string, id: string): Promise<SurveyInvitation | undefined> =>
  db.selectFrom('survey_invitation').selectAll().where('customer_id', '=', customerId).where('id', '=', id).executeTakeFirst()

/** Forgets who was asked and what they wrote, where both have ended before; scores stay. Answers how many. */
export async function anonymiseSurveys(trx: Trx, before: string): Promise<number> {
  await sql`update survey_answer a set comment = null from survey_invitation i
    where i.customer_id = a.customer_id and i.id = a.invitation_id and i.ended_at < ${before} and i.contact_id is not null and a.comment is not null`.execute(
    trx,
  )
  const { numUpdatedRows } = await trx
    .updateTable('survey_invitation')
    .set({ contact_id: null, person_key: null, token_hash: null })
    .where('ended_at', '<', before)
    .where('contact_id', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export const SURVEY_GROUPS = ['service', 'owner', 'quarter'] as const
export type SurveyGroup = (typeof SURVEY_GROUPS)[number]
export type SurveyFilter = Readonly<{
  service?: string | undefined
  owner?: string | undefined
  from?: Day | undefined
  until?: Day | undefined
}>

/** What was asked and answered, of one group; sums and counts, from which means and the score follow. */
export type SurveySum = Readonly<{
  /** Service, person or first day of a quarter; null: all, and who had no owner. */
  key: string | null
  name: string | null
  asked: number
  reminded: number
  answered: number
  open: number
  overall_sum: number
  responsiveness_sum: number
  responsiveness_count: number
  expertise_sum: number
  expertise_count: number
  usefulness_sum: number
  usefulness_count: number
  promoters: number
  passives: number
  detractors: number
  low: number
}>

/** `by` null: one row over all that match. Of an invitation about two services each counts it. One query. */
export async function sumSurveys(db: Db, by: SurveyGroup | null, filter: SurveyFilter): Promise<readonly SurveySum[]> {
  const { key, name, from } = GROUPS[by ?? 'all']
  const { rows } = await sql<SurveySum>`
    select ${key} as key, ${name} as name, count(*) as asked, count(i.reminded_at) as reminded, count(a.invitation_id) as answered,
      count(*) filter (where i.ended_at is null) as open, coalesce(sum(a.overall), 0) as overall_sum,
      coalesce(sum(a.responsiveness), 0) as responsiveness_sum, count(a.responsiveness) as responsiveness_count,
      coalesce(sum(a.expertise), 0) as expertise_sum, count(a.expertise) as expertise_count,
      coalesce(sum(a.usefulness), 0) as usefulness_sum, count(a.usefulness) as usefulness_count,
      count(*) filter (where a.recommend >= 9) as promoters, count(*) filter (where a.recommend in (7, 8)) as passives,
      count(*) filter (where a.recommend <= 6) as detractors, count(*) filter (where a.is_low) as low
    from survey_invitation i left join survey_answer a on a.customer_id = i.customer_id and a.invitation_id = i.id ${from}
    where i.mailed_at is not null
      and ${filter.service === undefined ? sql`true` : sql`${filter.service} = any(i.services)`}
      and ${filter.owner === undefined ? sql`true` : sql`i.owner_id = ${filter.owner}`}
      and ${filter.from === undefined ? sql`true` : sql`i.asked_at >= ${`${filter.from}T00:00:00Z`}::timestamptz`}
      and ${filter.until === undefined ? sql`true` : sql`i.asked_at < ${`${filter.until}T00:00:00Z`}::timestamptz + interval '1 day'`}
    ${by === null ? sql`` : sql`group by 1, 2 order by 1 nulls last`}`.execute(db)
  return rows
}

const GROUPS = {
  all: { key: sql`null::text`, name: sql`null::text`, from: sql`` },
  service: { key: sql`s.service`, name: sql`null::text`, from: sql`cross join unnest(i.services) as s (service)` },
  owner: { key: sql`i.owner_id`, name: sql`p.name`, from: sql`left join person p on p.id = i.owner_id` },
  quarter: { key: sql`date_trunc('quarter', i.asked_at at time zone 'utc')::date::text`, name: sql`null::text`, from: sql`` },
} as const

/** What results can be narrowed to: services asked about, and whoever owned a customer then. */
export async function findSurveyChoices(db: Db): Promise<{ services: string[]; owners: { id: string; name: string }[] }> {
  const { rows } = await sql<{ services: string[]; owners: { id: string; name: string }[] }>`select
    array(select distinct s from survey_invitation i, unnest(i.services) s order by s) as services,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name, p.id) from person p
      where exists (select from survey_invitation i where i.owner_id = p.id)), '[]') as owners`.execute(db)
  // One row, whatever is there.
  return rows[0]!
}
