import type { CalendarResponse } from '../../graph/types.ts'
import { findAttendees } from '../../store/meetings.ts'
import { changeOutlook, eventsToRead, type ReadableEvent, type Subject, waitingForOutlook } from '../../store/outlook.ts'
import { keepAnswer } from '../meetings/answer.ts'
import { addressOf } from '../meetings/attendees.ts'
import { type Inviting, sendInvitations } from '../meetings/invite.ts'
import { everyPerson } from '../people/every-person.ts'
import type { Directory } from '../people/leads.ts'
import { wayToCalendars } from './connection.ts'
import { GONE } from './tell.ts'

/** Of one run; what is left comes with the next. */
const BATCH = 200

/** Tells Outlook what waits for it, and reads what attendees answered there. Answers how many of each. The system acts. */
export async function followOutlook(
  context: Inviting,
  directory: Directory,
  isStopping: () => boolean = () => false,
): Promise<Readonly<{ told: number; answers: number }>> {
  const way = await wayToCalendars(context)
  if (!way || !('calendars' in way)) return { told: 0, answers: 0 }
  const stop = () => {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
  }
  const waiting = await waitingForOutlook(context.db, context.now().toISOString(), BATCH)
  for (const { customerId, ...subject } of waiting) {
    stop()
    await sendInvitations(context, directory, { customer: customerId, ...subject })
  }
  const people = new Map((await everyPerson(directory)).map(each => [each.id, each]))
  let answers = 0
  for (const event of await eventsToRead(context.db, context.now().toISOString(), BATCH)) {
    stop()
    const mailbox = people.get(event.owner)?.email
    if (mailbox === undefined) continue
    const answer = await way.calendars.responses(mailbox, event.externalId)
    const at = context.now().toISOString()
    const subject = subjectOf(event)
    switch (answer.state) {
      case 'responses':
        answers += await keepResponses(context, event, answer.responses, row => addressOf(row, people)?.email)
        await context.db.transaction().execute(trx => changeOutlook(trx, subject, { external_read_at: at }))
        break
      case 'gone':
        await context.db.transaction().execute(trx => changeOutlook(trx, subject, GONE))
        break
      case 'no-mailbox':
      case 'closed':
        await context.db.transaction().execute(trx => changeOutlook(trx, subject, { external_read_at: at, outlook_problem: answer.state }))
        break
      default:
        // The service is away or asks to wait: the next run goes on.
        return { told: waiting.length, answers }
    }
  }
  return { told: waiting.length, answers }
}

const subjectOf = ({ customerId, cadence, meeting }: ReadableEvent): Subject =>
  // One of the two is there.
  cadence === null ? { customerId, meeting: meeting as string } : { customerId, cadence }

type Attendees = Awaited<ReturnType<typeof findAttendees>>

/** Keeps what is new; answers how many that are. */
function keepResponses(
  context: Inviting,
  event: ReadableEvent,
  responses: readonly CalendarResponse[],
  emailOf: (row: Attendees[number]) => string | undefined,
): Promise<number> {
  const given = new Map(responses.map(each => [each.email.toLowerCase(), each.response]))
  return context.db.transaction().execute(async trx => {
    let count = 0
    for (const attendee of await findAttendees(trx, [event.customerId])) {
      const isAsked = event.cadence === null ? attendee.meeting_id === event.meeting : attendee.cadence_id === event.cadence
      const answer = given.get(emailOf(attendee)?.toLowerCase() ?? '')
      if (!isAsked || answer === undefined || answer === 'none' || answer === attendee.answer) continue
      const name = attendee.contact_name ?? attendee.person_name ?? ''
      const { organizerId, title, meeting } = event
      await keepAnswer(trx, context, { attendee, name, organizerId, title, meeting }, { answer, comment: attendee.comment })
      count++
    }
    return count
  })
}
