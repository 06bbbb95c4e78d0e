import { sql } from 'kysely'
import type { Db, Trx } from './database.ts'
import { changeCadence, changeMeeting } from './meetings.ts'
import type { NewRow } from './tables.ts'

/** A series, or a meeting. */
export type Subject = Readonly<{ customerId: string }> & (Readonly<{ cadence: string }> | Readonly<{ meeting: string }>)

/** What is kept of how a series or meeting stands in Outlook. */
export type OutlookChange = Partial<
  Pick<
    NewRow<'cadence'>,
    | 'invited_by'
    | 'outlook_state'
    | 'outlook_problem'
    | 'outlook_after'
    | 'external_id'
    | 'external_owner'
    | 'external_told'
    | 'external_read_at'
  >
>

export const changeOutlook = async (trx: Trx, subject: Subject, change: OutlookChange): Promise<void> => {
  const { customerId } = subject
  if ('cadence' in subject) await changeCadence(trx, { customerId, id: subject.cadence }, change)
  else await changeMeeting(trx, { customerId, id: subject.meeting }, change)
}

/** Told; false where somebody has changed it since `version`, so that what was told is old. */
export async function markTold(trx: Trx, subject: Subject, version: number): Promise<boolean> {
  const table = 'cadence' in subject ? 'cadence' : 'meeting'
  const { numUpdatedRows } = await trx
    .updateTable(table)
    .set({ outlook_state: 'sent', outlook_problem: null, outlook_after: null })
    .where('customer_id', '=', subject.customerId)
    .where('id', '=', 'cadence' in subject ? subject.cadence : subject.meeting)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Outlook is to be told of a change, where it is Outlook that invites. */
export async function awaitOutlook(trx: Trx, subject: Subject): Promise<void> {
  const { customerId } = subject
  if ('cadence' in subject) {
    await sql`update cadence set outlook_state = 'waiting'
      where customer_id = ${customerId} and id = ${subject.cadence} and invited_by = 'outlook'`.execute(trx)
    return
  }
  await sql`update meeting m set outlook_state = 'waiting' where m.customer_id = ${customerId} and m.id = ${subject.meeting}
    and (m.invited_by = 'outlook' or exists (select from cadence c
      where c.customer_id = m.customer_id and c.id = m.cadence_id and c.invited_by = 'outlook'))`.execute(trx)
}

/** From now on mails invite to it, unless that is decided already; to one of a series as to the series. */
export async function settleOnMail(trx: Trx, subject: Subject): Promise<void> {
  const { customerId } = subject
  if ('meeting' in subject)
    await sql`update meeting set invited_by = 'mail'
      where customer_id = ${customerId} and id = ${subject.meeting} and invited_by is null and cadence_id is null`.execute(trx)
  const cadence =
    'cadence' in subject
      ? sql`${subject.cadence}::uuid`
      : sql`(select cadence_id from meeting where customer_id = ${customerId} and id = ${subject.meeting})`
  await sql`update cadence set invited_by = 'mail'
    where customer_id = ${customerId} and id = ${cadence} and invited_by is null`.execute(trx)
}

/** Mails invite to it instead of Outlook, as if nobody had heard of it; what Outlook had of it is forgotten. */
export async function fallToMail(trx: Trx, subject: Subject, problem: string): Promise<void> {
  const nothing = { external_id: null, external_owner: null, external_told: null, outlook_state: null, outlook_after: null } as const
  await changeOutlook(trx, subject, { ...nothing, invited_by: 'mail', outlook_problem: problem })
  const { customerId } = subject
  if ('cadence' in subject) await forgetOccurrences(trx, customerId, subject.cadence, true)
  const asked =
    'cadence' in subject
      ? sql`a.cadence_id = ${subject.cadence}
      or a.meeting_id in (select id from meeting where customer_id = ${customerId} and cadence_id = ${subject.cadence})`
      : sql`a.meeting_id = ${subject.meeting}`
  await sql`update attendee a set invited_sequence = null where a.customer_id = ${customerId} and (${asked})`.execute(trx)
}

/** What Outlook had of single meetings of a series is no more: the series is another one there now. */
export async function forgetOccurrences(trx: Trx, customerId: string, cadence: string, isForGood = false): Promise<void> {
  await trx
    .updateTable('meeting')
    .set({
      external_id: null,
      external_owner: null,
      external_told: null,
      ...(isForGood ? { outlook_state: null, outlook_after: null } : {}),
    })
    .where('customer_id', '=', customerId)
    .where('cadence_id', '=', cadence)
    .execute()
}

/** Those asked to it have heard of it as it is. */
export const markInvited = (trx: Trx, customerId: string, ids: readonly string[], sequence: number) =>
  ids.length === 0
    ? Promise.resolve()
    : trx.updateTable('attendee').set({ invited_sequence: sequence }).where('customer_id', '=', customerId).where('id', 'in', ids).execute()

/** Series and meetings that Outlook is to be told of and may be asked about at `now`, series first. */
export async function waitingForOutlook(db: Db, now: string, limit: number): Promise<readonly Subject[]> {
  const { rows } = await sql<{ customer_id: string; cadence: string | null; meeting: string | null }>`
    select customer_id, id as cadence, null as meeting, 1 as place from cadence
      where outlook_state = 'waiting' and (outlook_after is null or outlook_after <= ${now}::timestamptz)
    union all
    select customer_id, null, id, 2 from meeting
      where outlook_state = 'waiting' and (outlook_after is null or outlook_after <= ${now}::timestamptz)
    order by place, customer_id, cadence, meeting limit ${limit}`.execute(db)
  return rows.map(({ customer_id: customerId, cadence, meeting }) =>
    // One of the two is there.
    cadence === null ? { customerId, meeting: meeting as string } : { customerId, cadence },
  )
}

/** An event in somebody's calendar whose attendees may still answer. */
export type ReadableEvent = Readonly<{
  customerId: string
  cadence: string | null
  meeting: string | null
  title: string
  organizerId: string
  owner: string
  externalId: string
}>

/** Events in calendars that are not over, those first that were not looked at for the longest. */
export async function eventsToRead(db: Db, now: string, limit: number): Promise<readonly ReadableEvent[]> {
  const { rows } = await sql<ReadableEvent>`
    select * from (
      select customer_id as "customerId", id as cadence, null as meeting, title, organizer_id as "organizerId",
        external_owner as owner, external_id as "externalId", external_read_at from cadence
        where external_owner is not null and external_id is not null and ended_at is null
      union all
      select customer_id, null, id, title, organizer_id, external_owner, external_id, external_read_at from meeting
        where external_owner is not null and external_id is not null and state = 'scheduled' and ends_at > ${now}::timestamptz
    ) e where exists (select from customer c where c.id = e."customerId" and c.archived_at is null)
    order by external_read_at nulls first, "externalId" limit ${limit}`.execute(db)
  return rows
}
