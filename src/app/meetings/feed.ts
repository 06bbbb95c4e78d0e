import { createHash } from 'node:crypto'
import { feedText } from '../../calendar/ical.ts'
import { plusDays } from '../../calendar/zone.ts'
import type { CalendarFeed } from '../../model/meeting-api.ts'
import {
  type AttendeeRow,
  feedCadences,
  feedMeetings,
  findAttendees,
  findFeed,
  findFeedByToken,
  markFeedRead,
  removeFeed,
  saveFeed,
} from '../../store/meetings.ts'
import { addMissingPerson } from '../../store/person-traces.ts'
import type { Auth } from '../auth/auth.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { type Actor, authorize, SYSTEM } from '../policy.ts'
import type { EventParts } from './event.ts'
import { meetingEvent, seriesEvents } from './event.ts'
import { hashOf, newToken, TOKEN } from './token.ts'

/** Whether the person has a feed, and when a calendar last asked for it. */
export async function getFeed(context: Context, actor: Actor): Promise<CalendarFeed> {
  authorize(actor, 'see-own')
  const row = await findFeed(context.db, actor.personId)
  return { madeAt: row?.made_at ?? null, readAt: row?.read_at ?? null, url: null }
}

/** Makes a feed, shown once; a former address is no longer answered. */
export async function makeFeed(context: Context, actor: Actor, publicUrl: string): Promise<CalendarFeed> {
  authorize(actor, 'change-own')
  const token = newToken()
  const madeAt = context.now().toISOString()
  await context.db.transaction().execute(async trx => {
    await addMissingPerson(trx, { id: actor.personId, name: actor.name })
    await saveFeed(trx, { person_id: actor.personId, token_hash: hashOf(token), made_at: madeAt })
    await recordInstallation(trx, context, actor, { kind: 'feed-made', data: { person: actor.personId } })
  })
  return { madeAt, readAt: null, url: new URL(`/calendar/${token}.ics`, publicUrl).href }
}

/** Ends the feed: its address is no longer answered. */
export async function endFeed(context: Context, actor: Actor): Promise<CalendarFeed> {
  authorize(actor, 'change-own')
  await context.db.transaction().execute(async trx => {
    if (!(await findFeed(trx, actor.personId))) return
    await removeFeed(trx, actor.personId)
    await recordInstallation(trx, context, actor, { kind: 'feed-removed', data: { person: actor.personId } })
  })
  return { madeAt: null, readAt: null, url: null }
}

/** What was is in the feed for so many days. */
const PAST_DAYS = 60
/** How often calendars need ask. */
const REFRESH_HOURS = 2

/**
 * The calendar behind a link: meetings and series that its person organizes or attends, of customers that the person may see now, without
 * agenda, notes or addresses. Undefined for a link that is nobody's, or of somebody who cannot sign in any more. The tag changes with what
 * it says.
 */
export async function readFeed(
  context: Context,
  auth: Pick<Auth, 'getPerson'>,
  token: string,
): Promise<Readonly<{ text: string; tag: string }> | undefined> {
  if (!TOKEN.test(token)) return undefined
  const system = context.as(SYSTEM)
  const feed = await findFeedByToken(system.db, hashOf(token))
  if (!feed) return undefined
  const person = await auth.getPerson(feed.person_id).catch(() => undefined)
  if (person?.state !== 'active') return undefined
  const now = context.now().toISOString()
  await markFeedRead(system.db, feed.person_id, now)
  const { db } = context.as({ personId: person.id, name: person.name, right: person.right, scope: person.scope })
  const meetings = await feedMeetings(db, person.id, plusDays(now, -PAST_DAYS))
  const cadences = await feedCadences(db, person.id)
  const ids = [...new Set([...meetings, ...cadences].map(row => row.customer_id))]
  const attendees = await findAttendees(db, ids)
  const inSeries = new Set(cadences.map(row => row.id))
  const events = [
    ...cadences.flatMap(row => {
      const own = meetings.filter(each => each.cadence_id === row.id)
      return seriesEvents(row, own, partsFor(row.customer_name, latest(row.starts_local, row.version), attendees))
    }),
    ...meetings
      .filter(row => row.state !== 'cancelled' && (row.cadence_id === null || !inSeries.has(row.cadence_id)))
      .map(row => ({
        ...meetingEvent(row, partsFor(row.customer_name, latest(row.starts_at, row.version), attendees)),
        occurrence: null,
        uid: `${row.id}@impulso`,
      })),
  ].map(event => ({
    ...event,
    attendees: [],
    title: event.description === '' ? event.title : `${event.title} (${event.description})`,
    description: '',
  }))
  const text = feedText('Impulso', events, REFRESH_HOURS)
  return { text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"` }
}

/** The moment an event was written must not change from one request to the next: what is the same has the same tag. */
const latest = (start: string, version: number): string =>
  new Date(Date.parse(`${start.slice(0, 10)}T00:00:00Z`) + version * 1000).toISOString()

/** The customer's name goes beside the title. */
const partsFor = (customer: string, stamp: string, attendees: readonly AttendeeRow[]): EventParts => ({
  stamp,
  description: customer,
  organizer: null,
  attendees,
  addressOf: () => undefined,
})
