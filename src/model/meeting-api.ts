import { z } from 'zod'
import { CustomerId } from './api.ts'
import { ATTENDEE_ANSWERS, MEETING_ABOUT, MEETING_KINDS, MEETING_STATES } from './success.ts'
import { Day, ItemStatus } from './words.ts'

/** The API of meetings: series and single ones, invitations, answers, the next contact. Routes in api/meeting-routes.ts. */

const text = z.record(z.string(), z.string())
const count = z.int().min(0)
const version = z.int().min(1)
const instant = z.string().describe('An instant in UTC, ISO 8601')
const named = z.strictObject({ id: z.string(), name: z.string() })
const kind = z.enum(MEETING_KINDS)
const state = z.enum(MEETING_STATES)
/** Null: nothing in particular. */
const about = z.enum(MEETING_ABOUT).nullable()
const answer = z.enum(ATTENDEE_ANSWERS)

/** Wall-clock time of a zone, to the minute. */
export const LocalTime = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/, 'a local time, YYYY-MM-DDTHH:MM')
  .refine(local => Day.safeParse(local.slice(0, 10)).success, 'a day that exists')
  .refine(local => local >= '1970' && local < '2200', 'a year from 1970 to 2199')
export type LocalTime = z.infer<typeof LocalTime>

/** How long before a meeting people are reminded of it, hours. */
export const REMIND_HOURS = 24
/** How far ahead the meetings of a series are set down, days. */
export const PLANNED_DAYS = 70

/** Weeks between two meetings unless somebody says otherwise, by the phase the customer is in: one to two (docs/meetings.md). */
export const USUAL_WEEKS: Readonly<Record<string, number>> = { initiate: 1 }
/** In the other phases, and where the phase is not known. */
export const OTHERWISE_WEEKS = 2

/** How those asked are invited. */
export const InvitationWay = z.strictObject({
  /** Null: nobody has been invited yet. */
  way: z.enum(['mail', 'outlook']).nullable(),
  /** Of Outlook: it waits to be told, was told, or somebody deleted it there. */
  state: z.enum(['waiting', 'sent', 'gone']).nullable(),
  /** Why it waits or is gone, or went by mail although Outlook is set up: a code (docs/meetings.md). */
  problem: z.string().nullable(),
})
export type InvitationWay = z.infer<typeof InvitationWay>

export const AttendeeView = z.strictObject({
  id: z.uuid(),
  /** Either is null. */
  contact: z.uuid().nullable(),
  person: z.string().nullable(),
  name: z.string(),
  /** Of a contact; null where there is none, and of people. */
  email: z.string().nullable(),
  isOptional: z.boolean(),
  answer,
  answeredAt: instant.nullable(),
  comment: z.string().nullable(),
  /** The answer is to this meeting of the series alone. */
  isOnlyThis: z.boolean(),
  /** The newest invitation has been written. */
  isInvited: z.boolean(),
  /** Why no invitation reaches this attendee. */
  problem: z.enum(['no-address', 'do-not-contact', 'bounced']).nullable(),
})
export type AttendeeView = z.infer<typeof AttendeeView>

export const CadenceView = z.strictObject({
  id: z.uuid(),
  kind,
  title: z.string(),
  /** RRULE without its name. */
  rule: z.string(),
  /** The rule in words, by language. */
  ruleText: text,
  startsLocal: LocalTime,
  timeZone: z.string(),
  minutes: count,
  organizer: named,
  location: z.string().nullable(),
  services: z.array(z.string()),
  /** What made it: null a person, else `program:onedrive-adoption`. */
  madeFor: z.string().nullable(),
  /** The next five, as the rule has them. */
  next: z.array(instant),
  attendees: z.array(AttendeeView),
  calendar: InvitationWay,
  endedAt: instant.nullable(),
  version,
})
export type CadenceView = z.infer<typeof CadenceView>

/** A meeting in a list. */
export const MeetingLine = z.strictObject({
  id: z.uuid(),
  customer: CustomerId,
  customerName: z.string(),
  /** Of which series; null: a meeting of its own. */
  cadence: z.uuid().nullable(),
  kind,
  title: z.string(),
  startsAt: instant,
  endsAt: instant,
  timeZone: z.string(),
  organizer: named,
  location: z.string().nullable(),
  services: z.array(z.string()),
  state,
  about,
  /** The deck of the review goes along with invitations, as a PDF. */
  attachesDeck: z.boolean(),
  outcome: z.string().nullable(),
  /** How many attendees said what. */
  answers: z.strictObject({ accepted: count, declined: count, tentative: count, 'needs-action': count }),
})
export type MeetingLine = z.infer<typeof MeetingLine>

export const MeetingFollowUp = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  service: z.string().nullable(),
  assignee: named.nullable(),
  due: Day.nullable(),
  status: ItemStatus,
})
export type MeetingFollowUp = z.infer<typeof MeetingFollowUp>

/** GET /customers/:id/meetings/:meeting */
export const MeetingView = MeetingLine.extend({
  /** Wall-clock time in its zone. */
  startsLocal: LocalTime,
  minutes: count,
  /** As the series planned it; differs from `startsAt` when this one was moved. */
  occurrence: instant.nullable(),
  /** Check-in items that the meeting is to cover. */
  items: z.array(z.strictObject({ id: z.string(), title: text, service: z.string().nullable(), status: ItemStatus })),
  /** Check-in items of its services that it could cover. */
  coverable: z.array(z.strictObject({ id: z.string(), title: text, service: z.string().nullable(), status: ItemStatus })),
  /** Markdown. */
  agenda: z.string(),
  /** Somebody wrote in it: it is not made anew by itself. */
  agendaIsOwn: z.boolean(),
  notes: z.string().nullable(),
  attendees: z.array(AttendeeView),
  calendar: InvitationWay,
  followUps: z.array(MeetingFollowUp),
  version,
})
export type MeetingView = z.infer<typeof MeetingView>

/** When the customer was last met, will be next, and whether that is too late. Only meetings of kind `customer` count. */
export const ContactState = z.strictObject({
  last: z.strictObject({ meeting: z.uuid(), at: instant }).nullable(),
  next: z.strictObject({ meeting: z.uuid(), at: instant }).nullable(),
  /** The cadence: a meeting at least every so many weeks. */
  weeks: count,
  /** Where `weeks` comes from: the customer's own series, or what is usual in its phase. */
  weeksFrom: z.enum(['series', 'usual']),
  /** The last day for the next contact. */
  dueBy: Day,
  isOverdue: z.boolean(),
  /** One sentence by language. */
  because: text,
})
export type ContactState = z.infer<typeof ContactState>

/** GET /customers/:id/meetings — the series, what is to come, and one page of what was. */
export const CustomerMeetings = z.strictObject({
  contact: ContactState,
  cadences: z.array(CadenceView),
  /** Scheduled, soonest first; those that nobody has said were held or missed are among them. */
  upcoming: z.array(MeetingLine),
  /** Held, missed, cancelled; newest first. */
  past: z.array(MeetingLine),
  next: z.string().nullable(),
  /** To begin a new series with. */
  suggested: z.strictObject({ rule: z.string(), minutes: count, timeZone: z.string() }),
  /** Whom one may invite: contacts of the customer, and people. */
  invitees: z.array(
    z.strictObject({
      contact: z.uuid().nullable(),
      person: z.string().nullable(),
      name: z.string(),
      email: z.string().nullable(),
      /** Why this contact may not be invited. */
      doNotContact: z.string().nullable(),
    }),
  ),
  /** Why the deck of the review cannot go along with an invitation; null: it can. */
  whyNoDeck: text.nullable(),
})
export type CustomerMeetings = z.infer<typeof CustomerMeetings>

/** GET /meetings — across customers, soonest first. */
export const MeetingsQuery = z.object({
  from: Day.optional(),
  /** Inclusive. */
  to: Day.optional(),
  kind: kind.optional(),
  state: state.optional(),
  /** Only those that the person who asks organizes or attends. */
  mine: z.stringbool().optional(),
  /** Words in the title or the customer's name. */
  q: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export type MeetingsQuery = z.infer<typeof MeetingsQuery>
export const MeetingPage = z.strictObject({ meetings: z.array(MeetingLine), next: z.string().nullable() })
export type MeetingPage = z.infer<typeof MeetingPage>

/** GET /meetings/overdue — customers whose next contact is overdue, the longest first. */
export const OverdueQuery = z.object({ mine: z.stringbool().optional(), limit: z.coerce.number().int().min(1).max(200).default(100) })
export type OverdueQuery = z.infer<typeof OverdueQuery>
export const OverduePage = z.strictObject({
  customers: z.array(z.strictObject({ id: CustomerId, name: z.string(), owner: z.string().nullable(), contact: ContactState })),
  total: count,
  next: z.string().nullable(),
})
export type OverduePage = z.infer<typeof OverduePage>

const title = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'one line')
const place = z
  .string()
  .trim()
  .max(500)
  .regex(/^\P{Cc}*$/u, 'one line')
const serviceIds = z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service')).max(50)
const timeZone = z.string().min(1).max(64)
const minutes = z.int().min(5).max(1440)
const markdown = z.string().max(50_000)

/** Whom to invite: a contact of the customer or a person. */
export const NewAttendee = z
  .strictObject({
    contact: z.uuid().nullable().default(null),
    person: z.string().max(100).nullable().default(null),
    isOptional: z.boolean().default(false),
  })
  .refine(({ contact, person }) => (contact === null) !== (person === null), 'either a contact or a person')
export type NewAttendee = z.infer<typeof NewAttendee>
const attendees = z.array(NewAttendee).max(100)

/** POST /customers/:id/cadences */
export const NewCadence = z.strictObject({
  kind,
  title,
  rule: z.string().min(1).max(200),
  startsLocal: LocalTime,
  timeZone,
  minutes,
  /** Null: who asks. */
  organizer: z.string().max(100).nullable().default(null),
  location: place.nullable().default(null),
  services: serviceIds.default([]),
  attendees: attendees.default([]),
})
export type NewCadence = z.infer<typeof NewCadence>

/** PUT /customers/:id/cadences/:cadence — as a whole; `version` that the screen showed. */
export const SetCadence = NewCadence.extend({ version })
export type SetCadence = z.infer<typeof SetCadence>

/** POST /cadence-preview — what a rule means, before anything is kept. */
export const PreviewCadence = z.strictObject({ rule: z.string().min(1).max(200), startsLocal: LocalTime, timeZone })
export type PreviewCadence = z.infer<typeof PreviewCadence>
export const CadencePreview = z.strictObject({ rule: z.string(), ruleText: text, next: z.array(instant) })
export type CadencePreview = z.infer<typeof CadencePreview>

/** POST /customers/:id/meetings */
export const NewMeeting = z.strictObject({
  kind,
  title,
  startsLocal: LocalTime,
  timeZone,
  minutes,
  organizer: z.string().max(100).nullable().default(null),
  location: place.nullable().default(null),
  services: serviceIds.default([]),
  /** Check-in items that it is to cover. */
  items: z.array(z.string().min(1).max(300)).max(50).default([]),
  attendees: attendees.default([]),
  /** `review`: the success review, held with the customer. Left out: nothing in particular, or as it was. */
  about: about.optional(),
  /** The deck of the review, once its data is kept, goes along with invitations to it, as a PDF. Left out: not, or as it was. */
  attachDeck: z.boolean().optional(),
  /** Null or left out: made from the data. */
  agenda: markdown.nullable().default(null),
})
export type NewMeeting = z.infer<typeof NewMeeting>

/** PUT /customers/:id/meetings/:meeting — of a series: this one only. */
export const SetMeeting = NewMeeting.omit({ agenda: true, kind: true }).extend({ version })
export type SetMeeting = z.infer<typeof SetMeeting>

/** PUT /customers/:id/meetings/:meeting/notes — what is left out stays. */
export const SetMeetingNotes = z.strictObject({
  agenda: markdown.optional(),
  notes: markdown.nullable().optional(),
  outcome: z.string().trim().max(2000).nullable().optional(),
  version,
})
export type SetMeetingNotes = z.infer<typeof SetMeetingNotes>

/** POST /customers/:id/meetings/:meeting/agenda — made from the data again. What a person wrote goes only with `replace`. */
export const MakeAgenda = z.strictObject({ replace: z.boolean().default(false), version })
export type MakeAgenda = z.infer<typeof MakeAgenda>

/** POST /customers/:id/meetings/:meeting/result */
export const SetMeetingResult = z.strictObject({
  state: z.enum(['held', 'missed']),
  notes: markdown.nullable().optional(),
  outcome: z.string().trim().max(2000).nullable().optional(),
  /** It was the success review after all, or was not; left out: as it was planned. */
  about: about.optional(),
  /** Check-in items that are complete with it. */
  completes: z.array(z.string().min(1).max(300)).max(50).default([]),
  version,
})
export type SetMeetingResult = z.infer<typeof SetMeetingResult>

/** POST /customers/:id/meetings/:meeting/cancel, POST /customers/:id/cadences/:cadence/end */
export const CancelMeeting = z.strictObject({ version })
export type CancelMeeting = z.infer<typeof CancelMeeting>

/** POST /customers/:id/meetings/:meeting/follow-ups */
export const NewMeetingFollowUp = z.strictObject({
  title,
  service: z.string().max(100).nullable().default(null),
  assignee: z.string().max(100).nullable().default(null),
  due: Day.nullable().default(null),
})
export type NewMeetingFollowUp = z.infer<typeof NewMeetingFollowUp>

/** GET, POST, DELETE /me/calendar-feed. `url` only in the answer to POST: it is shown once. */
export const CalendarFeed = z.strictObject({
  madeAt: instant.nullable(),
  readAt: instant.nullable(),
  url: z.string().nullable(),
})
export type CalendarFeed = z.infer<typeof CalendarFeed>
