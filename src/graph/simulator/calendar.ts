import { createHash } from 'node:crypto'
import type { SimulatedTenant } from './tenants.ts'

/** Plays the calendars of mailboxes. Its times are worked out with the runtime's zones alone, to be compared with ours. */

export type SeenEvent = Readonly<{
  id: string
  mailbox: string
  subject: string
  state: 'there' | 'cancelled' | 'removed'
  location: string
  recurrence: unknown
  transactionId: string | null
  /** UTC, of the coming year at most; those of a series without the ones that were cancelled. */
  instances: readonly string[]
  attendees: readonly Readonly<{ email: string; type: string; response: Response }>[]
}>
type Response = 'none' | 'accepted' | 'declined' | 'tentativelyAccepted'
export type Notice = Readonly<{ to: string; what: 'invitation' | 'update' | 'cancellation'; event: string; subject: string }>
type Answer = Readonly<{ status: number; json?: unknown }>
type Asked = Readonly<{ method: string; path: string; query: URLSearchParams; body: string }>

export type Calendar = Readonly<{
  answer: (tenant: SimulatedTenant, asked: Asked) => Answer
  events: (directory: string) => readonly SeenEvent[]
  notices: () => readonly Notice[]
  respond: (directory: string, id: string, email: string, response: Response) => boolean
  remove: (directory: string, id: string) => boolean
}>

type Attendee = Readonly<{ type?: string; emailAddress: Readonly<{ address: string; name?: string }> }>
type Body = {
  subject?: string
  location?: { displayName?: string }
  start?: { dateTime: string; timeZone: string }
  end?: { dateTime: string; timeZone: string }
  attendees?: readonly Attendee[]
  recurrence?: Recurrence | null
  transactionId?: string
  singleValueExtendedProperties?: readonly { id: string; value: string }[]
}
type Recurrence = {
  pattern: {
    type: string
    interval: number
    daysOfWeek?: readonly string[]
    dayOfMonth?: number
    index?: string
  }
  range: { type: string; startDate: string; endDate?: string; numberOfOccurrences?: number }
}
type Kept = {
  readonly id: string
  readonly directory: string
  readonly mailbox: string
  readonly posted: string
  body: Body
  state: SeenEvent['state']
  readonly responses: Map<string, Readonly<{ response: Response; time: string }>>
  /** Of a series, by when it was planned. */
  readonly exceptions: Map<number, Body | 'cancelled'>
}

const PATH = /^\/v1\.0\/users\/([^/]+)\/events(?:\/([^/]+))?(?:\/(instances|cancel))?$/
/** Whose mailbox a path is about; undefined when it is about something else. */
export const mailboxOf = (path: string): string | undefined => PATH.exec(path)?.[1]?.toLowerCase()

const error = (status: number, code: string, message: string): Answer => ({ status, json: { code, message } })
const NOT_FOUND = error(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')

export function createCalendar(now: () => number): Calendar {
  const kept: Kept[] = []
  const notices: Notice[] = []
  const tell = (event: Kept, what: Notice['what'], attendees: readonly Attendee[] = event.body.attendees ?? []) => {
    for (const { emailAddress } of attendees) {
      notices.push({ to: emailAddress.address, what, event: event.id, subject: event.body.subject ?? '' })
    }
  }

  function create(directory: string, mailbox: string, text: string): Answer {
    // A test sends what it means to.
    const body = JSON.parse(text) as Body
    const fault = faultOf(body)
    if (fault) return fault
    const known = kept.find(
      each =>
        each.directory === directory &&
        each.mailbox === mailbox &&
        body.transactionId !== undefined &&
        each.body.transactionId === body.transactionId,
    )
    if (known?.posted === text && known.state === 'there') return { status: 201, json: viewOf(known) }
    if (known)
      return error(409, 'ErrorDuplicateTransactionId', 'The TransactionId of the event being created already exists for another event.')
    const id = `AAMk${createHash('md5').update(`${directory} ${mailbox} ${kept.length}`).digest('hex')}=`
    const event: Kept = { id, directory, mailbox, posted: text, body, state: 'there', responses: new Map(), exceptions: new Map() }
    kept.push(event)
    tell(event, 'invitation')
    return { status: 201, json: viewOf(event) }
  }

  function change(event: Kept, planned: number | null, text: string): Answer {
    const body = JSON.parse(text) as Body
    const fault = faultOf({ ...event.body, ...body })
    if (fault) return fault
    const before = new Set((event.body.attendees ?? []).map(each => each.emailAddress.address))
    if (planned === null) {
      event.body = { ...event.body, ...body }
      // Another time or rule makes the series anew.
      if (body.recurrence !== undefined || body.start !== undefined) event.exceptions.clear()
    } else {
      const present = event.exceptions.get(planned)
      event.exceptions.set(planned, { ...(present === 'cancelled' ? {} : present), ...body })
    }
    const attendees = body.attendees ?? event.body.attendees ?? []
    const after = new Set(attendees.map(each => each.emailAddress.address))
    for (const each of attendees) tell(event, before.has(each.emailAddress.address) ? 'update' : 'invitation', [each])
    tell(
      event,
      'cancellation',
      [...before].filter(each => !after.has(each)).map(address => ({ emailAddress: { address } })),
    )
    return { status: 200, json: viewOf(event) }
  }

  function cancel(event: Kept, planned: number | null, isDelete: boolean): Answer {
    const attendees = event.body.attendees ?? []
    if (attendees.length === 0 && !isDelete) return error(400, 'ErrorInvalidRequest', 'The event has no attendees.')
    tell(event, 'cancellation')
    if (planned === null) event.state = 'cancelled'
    else event.exceptions.set(planned, 'cancelled')
    return { status: isDelete ? 204 : 202 }
  }

  function answer(tenant: SimulatedTenant, { method, path, query, body }: Asked): Answer {
    const [, name = '', id, action] = PATH.exec(path) ?? []
    const mailbox = name.toLowerCase()
    if (tenant.consent?.calendars === false || tenant.closedMailboxes?.includes(mailbox))
      return error(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
    if (tenant.withoutMailbox?.includes(mailbox))
      return error(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.')
    const own = kept.filter(each => each.directory === tenant.directory && each.mailbox === mailbox && each.state === 'there')
    if (id === undefined) {
      if (method === 'POST') return create(tenant.directory, mailbox, body)
      const value = /ep\/value eq '([^']+)'/.exec(query.get('$filter') ?? '')?.[1]
      const found = own.filter(each => each.body.singleValueExtendedProperties?.some(property => property.value === value))
      return { status: 200, json: { value: found.map(viewOf) } }
    }
    const [, masterId = id, at] = /^(.+=)\.(\d+)$/.exec(id) ?? []
    const event = own.find(each => each.id === masterId)
    const planned = at === undefined ? null : Number(at)
    if (!event || (planned !== null && event.exceptions.get(planned) === 'cancelled')) return NOT_FOUND
    if (action === 'instances') return { status: 200, json: { value: instancesIn(event, query) } }
    if (action === 'cancel') return cancel(event, planned, false)
    if (method === 'PATCH') return change(event, planned, body)
    if (method === 'DELETE') return cancel(event, planned, true)
    return { status: 200, json: viewOf(event) }
  }

  const find = (directory: string, id: string) =>
    kept.find(each => each.directory === directory && each.id === id && each.state === 'there')
  return {
    answer,
    events: directory => kept.filter(each => each.directory === directory).map(seenOf),
    notices: () => notices,
    respond: (directory, id, email, response) => {
      const event = find(directory, id)
      event?.responses.set(email.toLowerCase(), { response, time: new Date(now()).toISOString() })
      return event !== undefined
    },
    remove: (directory, id) => {
      const event = find(directory, id)
      if (event) event.state = 'removed'
      return event !== undefined
    },
  }
}

function faultOf({ start, end, subject }: Body): Answer | undefined {
  if (!subject || !start || !end) return error(400, 'ErrorInvalidRequest', 'subject, start and end are needed.')
  if (zoneOf(start.timeZone) === undefined || zoneOf(end.timeZone) === undefined)
    return error(400, 'TimeZoneNotSupportedException', 'A valid TimeZone value must be specified.')
  return undefined
}

const viewOf = ({ id, body, responses }: Kept) => ({
  id,
  subject: body.subject,
  start: body.start,
  end: body.end,
  attendees: (body.attendees ?? []).map(each => ({
    ...each,
    status: responses.get(each.emailAddress.address.toLowerCase()) ?? { response: 'none', time: '0001-01-01T00:00:00Z' },
  })),
})

const seenOf = (event: Kept): SeenEvent => ({
  id: event.id,
  mailbox: event.mailbox,
  subject: event.body.subject ?? '',
  state: event.state,
  location: event.body.location?.displayName ?? '',
  recurrence: event.body.recurrence ?? null,
  transactionId: event.body.transactionId ?? null,
  instances: allInstances(event).map(each => each.start),
  attendees: (event.body.attendees ?? []).map(({ type = 'required', emailAddress }) => ({
    email: emailAddress.address,
    type,
    response: event.responses.get(emailAddress.address.toLowerCase())?.response ?? 'none',
  })),
})

function instancesIn(event: Kept, query: URLSearchParams) {
  const [from, to] = ['startDateTime', 'endDateTime'].map(name => Date.parse(query.get(name) ?? ''))
  return allInstances(event)
    .filter(({ start }) => Date.parse(start) >= (from ?? 0) && Date.parse(start) < (to ?? 0))
    .map(({ planned, start }) => ({
      id: `${event.id}.${planned}`,
      type: 'occurrence',
      seriesMasterId: event.id,
      originalStart: new Date(planned).toISOString().replace('.000', ''),
      start: { dateTime: start.replace('.000Z', '.0000000'), timeZone: 'UTC' },
    }))
}

/** Every one of a year and a half, with when it was planned and when it is. */
function allInstances({ body, exceptions }: Kept): readonly Readonly<{ planned: number; start: string }>[] {
  const { start, recurrence } = body
  if (!start) return []
  const time = start.dateTime.slice(11, 16)
  const days = recurrence ? daysOf(recurrence) : [start.dateTime.slice(0, 10)]
  return days.flatMap(day => {
    const planned = instant(`${day}T${time}`, start.timeZone)
    const exception = exceptions.get(planned)
    if (exception === 'cancelled') return []
    const at = exception?.start ? instant(exception.start.dateTime.slice(0, 16), exception.start.timeZone) : planned
    return { planned, start: new Date(at).toISOString() }
  })
}

const DAY_MS = 86_400_000
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const INDEXES = ['first', 'second', 'third', 'fourth']

function daysOf({ pattern, range }: Recurrence): string[] {
  const first = Date.parse(`${range.startDate}T00:00Z`)
  const last = range.endDate ? Date.parse(`${range.endDate}T00:00Z`) : first + 550 * DAY_MS
  // Monday of the first week.
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY_MS
  const months = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth()
  const days: string[] = []
  for (let at = first; at <= last && days.length < (range.numberOfOccurrences ?? 600); at += DAY_MS) {
    const day = new Date(at)
    const isNamed = pattern.daysOfWeek?.includes(WEEKDAYS[day.getUTCDay()] ?? '') ?? false
    const isMonth = (months(day) - months(new Date(first))) % pattern.interval === 0
    const isOne = {
      daily: ((at - first) / DAY_MS) % pattern.interval === 0,
      weekly: isNamed && Math.floor((at - monday) / (7 * DAY_MS)) % pattern.interval === 0,
      absoluteMonthly: isMonth && day.getUTCDate() === pattern.dayOfMonth,
      relativeMonthly: isMonth && isNamed && isAt(day, pattern.index ?? ''),
    }[pattern.type]
    if (isOne) days.push(day.toISOString().slice(0, 10))
  }
  return days
}

function isAt(day: Date, index: string): boolean {
  if (index === 'last') return new Date(day.getTime() + 7 * DAY_MS).getUTCMonth() !== day.getUTCMonth()
  return INDEXES[Math.ceil(day.getUTCDate() / 7) - 1] === index
}

/** Some zones as Windows names them; names of the IANA database are taken as they are. */
const ZONES: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  'GMT Standard Time': 'Europe/Dublin',
  'W. Europe Standard Time': 'Europe/Vienna',
  'Romance Standard Time': 'Europe/Madrid',
  'Central European Standard Time': 'Europe/Warsaw',
  'Central Europe Standard Time': 'Europe/Prague',
  'FLE Standard Time': 'Europe/Helsinki',
  'GTB Standard Time': 'Europe/Athens',
  'Turkey Standard Time': 'Europe/Istanbul',
  'India Standard Time': 'Asia/Kolkata',
  'China Standard Time': 'Asia/Shanghai',
  'Singapore Standard Time': 'Asia/Singapore',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'AUS Eastern Standard Time': 'Australia/Melbourne',
  'E. South America Standard Time': 'America/Sao_Paulo',
  'Argentina Standard Time': 'America/Argentina/Cordoba',
  'SA Pacific Standard Time': 'America/Lima',
  'Central Standard Time (Mexico)': 'America/Mexico_City',
  'Eastern Standard Time': 'America/Detroit',
  'Central Standard Time': 'America/Chicago',
  'Mountain Standard Time': 'America/Denver',
  'Pacific Standard Time': 'America/Los_Angeles',
}
const zoneOf = (name: string): string | undefined => ZONES[name] ?? (name.includes('/') ? name : undefined)

/** ms since 1970 of a time on the clocks of a zone. */
function instant(local: string, timeZone: string): number {
  const wanted = Date.parse(`${local}:00Z`)
  const shown = (at: number) =>
    Date.parse(`${new Date(at).toLocaleString('sv-SE', { timeZone: zoneOf(timeZone) ?? 'UTC' }).replace(' ', 'T')}Z`)
  const guess = wanted - (shown(wanted) - wanted)
  return guess - (shown(guess) - wanted)
}
