import { z } from 'zod'
import type { ConnectionState } from '../model/usage-api.ts'
import { type FindingCode, finding, minuteOf } from './findings.ts'
import { againUnlessFinal, askGraph, judgeWaiting } from './report.ts'
import { parseJson, requestIdOf, textOf } from './send.ts'
import { parseServiceError } from './service-errors.ts'
import { openTokens, type Tokens } from './token.ts'
import { type Attempt, end, patienceOf, tryUntilAnswered } from './tries.ts'
import type {
  CalendarAnswer,
  CalendarEntry,
  CalendarResponse,
  Calendars,
  Failure,
  Gone,
  GraphParts,
  GraphTarget,
  Later,
  NoMailbox,
  ResponsesAnswer,
  TestAnswer,
} from './types.ts'

/** Events with some hundred attendees are some ten kilobytes each. */
const ANSWER_BYTES = 4 * 1024 * 1024
const DAY_MS = 24 * 60 * 60_000

/**
 * Ours of an event beside the service's `transactionId`, which is refused with 409 once what is asked for differs: by this one it is found
 * again. A named property of our own set (a GUID).
 */
const OURS = 'String {6f0e3f61-7a1f-4d0c-9b53-0d5ac1f6a0b7} Name ImpulsoTransaction'

/** How the service says that an address has no mailbox it could write to: none, an unknown address, or one kept on premises. */
const NO_MAILBOX = new Set([
  'ErrorNonExistentMailbox',
  'ErrorInvalidUser',
  'ErrorMissingEmailAddress',
  'MailboxNotEnabledForRESTAPI',
  'MailboxNotSupportedForRESTAPI',
  'MailboxNotHostedInExchangeOnline',
  'ResourceNotFound',
  'Request_ResourceNotFound',
])

type Asking = Readonly<{ target: GraphTarget; tokens: Tokens; parts: GraphParts }>
type Request = Readonly<{ method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string; body?: unknown }>
type Json = Readonly<{ state: 'json'; json: unknown }>
type Conflict = Readonly<{ state: 'conflict' }>
type Answer = Json | Conflict | Gone | NoMailbox | Later | Failure

/** The calendars of a tenant. Asks nothing until asked; keeps one token, in memory. `parts.budget` counts by mailbox. */
export function openCalendars(target: GraphTarget, parts: GraphParts): Calendars {
  const asking: Asking = { target, tokens: openTokens(target, parts), parts }
  return {
    create: (mailbox, entry, transactionId) => create(asking, mailbox, entry, transactionId),
    change: async (mailbox, id, entry, hasMoved) => {
      const { recurrence, start, end: until, ...rest } = bodyOf(entry)
      const body = hasMoved ? { ...rest, start, end: until, ...(recurrence ? { recurrence } : {}) } : rest
      return eventOf(await ask(asking, mailbox, { method: 'PATCH', path: `/events/${encodeURIComponent(id)}`, body }), id)
    },
    cancel: (mailbox, id) => cancel(asking, mailbox, id),
    occurrence: (mailbox, seriesId, planned) => findOccurrence(asking, mailbox, seriesId, planned),
    responses: (mailbox, id) => readResponses(asking, mailbox, id),
    test: mailbox => test(asking, mailbox),
  }
}

function bodyOf({ subject, location, start, end: until, attendees, recurrence }: CalendarEntry) {
  return {
    subject,
    location: { displayName: location ?? '' },
    start: { ...start, dateTime: `${start.dateTime}:00` },
    end: { ...until, dateTime: `${until.dateTime}:00` },
    attendees: attendees.map(({ name, email, isOptional }) => ({
      type: isOptional ? 'optional' : 'required',
      emailAddress: { name, address: email },
    })),
    ...(recurrence ? { recurrence } : {}),
  }
}

const Event = z.object({ id: z.string().min(1) })

async function create(asking: Asking, mailbox: string, entry: CalendarEntry, transactionId: string): Promise<CalendarAnswer> {
  const singleValueExtendedProperties = [{ id: OURS, value: transactionId }]
  const body = { ...bodyOf(entry), transactionId, singleValueExtendedProperties }
  const answer = await ask(asking, mailbox, { method: 'POST', path: '/events', body })
  if (answer.state !== 'conflict') return eventOf(answer)
  // It was made before, and what is wanted has changed since.
  const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${OURS}' and ep/value eq '${transactionId}')`
  const path = `/events?$select=id&$top=1&$filter=${encodeURIComponent(filter)}`
  const found = await ask(asking, mailbox, { method: 'GET', path })
  const [first] = found.state === 'json' ? itemsOf(found.json, Event) : []
  if (!first) return found.state === 'json' ? failure('request-refused', { report: 'calendar', status: '409', code: '' }) : eventOf(found)
  const { recurrence, ...rest } = bodyOf(entry)
  const changed = { ...rest, ...(recurrence ? { recurrence } : {}) }
  return eventOf(await ask(asking, mailbox, { method: 'PATCH', path: `/events/${encodeURIComponent(first.id)}`, body: changed }), first.id)
}

async function cancel(asking: Asking, mailbox: string, id: string): Promise<CalendarAnswer> {
  const path = `/events/${encodeURIComponent(id)}`
  const answer = await ask(asking, mailbox, { method: 'POST', path: `${path}/cancel`, body: {} })
  // Without attendees it is no meeting, and there is nobody to tell.
  const isAlone = answer.state === 'refused' && answer.finding.code === 'request-refused'
  return eventOf(isAlone ? await ask(asking, mailbox, { method: 'DELETE', path }) : answer, id)
}

const Occurrence = Event.extend({ originalStart: z.string().nullish(), start: z.object({ dateTime: z.string() }).nullish() })

async function findOccurrence(asking: Asking, mailbox: string, seriesId: string, planned: string): Promise<CalendarAnswer> {
  const at = Date.parse(planned)
  const around = (days: number) => new Date(at + days * DAY_MS).toISOString()
  const query = `startDateTime=${around(-1)}&endDateTime=${around(1)}&$select=id,originalStart,start&$top=50`
  const answer = await ask(asking, mailbox, { method: 'GET', path: `/events/${encodeURIComponent(seriesId)}/instances?${query}` })
  if (answer.state !== 'json') return eventOf(answer)
  const found = itemsOf(answer.json, Occurrence).find(each =>
    // Times without a zone are in UTC, as was preferred.
    [each.originalStart, each.start?.dateTime].some(text => text && Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`) === at),
  )
  return found ? { state: 'event', id: found.id } : { state: 'gone' }
}

const Responses = z.object({
  attendees: z
    .array(
      z.object({
        emailAddress: z.object({ address: z.string() }),
        status: z.object({ response: z.string().nullish(), time: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
})
const RESPONSES: Readonly<Record<string, CalendarResponse['response']>> = {
  accepted: 'accepted',
  declined: 'declined',
  tentativelyAccepted: 'tentative',
}

async function readResponses(asking: Asking, mailbox: string, id: string): Promise<ResponsesAnswer> {
  const answer = await ask(asking, mailbox, { method: 'GET', path: `/events/${encodeURIComponent(id)}?$select=attendees` })
  if (answer.state !== 'json') return answer.state === 'conflict' ? unexpected() : answer
  const read = Responses.safeParse(answer.json)
  if (!read.success) return unexpected()
  const responses = (read.data.attendees ?? []).map(({ emailAddress, status }) => {
    const at = Date.parse(status?.time ?? '')
    // "0001-01-01" stands for no time.
    return {
      email: emailAddress.address,
      response: RESPONSES[status?.response ?? ''] ?? 'none',
      at: at > 0 ? new Date(at).toISOString() : null,
    } as const
  })
  return { state: 'responses', responses }
}

/** An hour of next year that is shown as free, with nobody invited: nobody is disturbed by it, not even where it stays. */
async function test(asking: Asking, mailbox: string): Promise<TestAnswer> {
  const { tokens, parts } = asking
  tokens.drop(null)
  const token = await tokens.take(patienceOf(parts))
  if (token.state !== 'token') return told(stateOf(token), findingOf(token))
  const start = new Date(parts.now() + 365 * DAY_MS).toISOString().slice(0, 13)
  const at = { dateTime: `${start}:00:00`, timeZone: 'UTC' }
  const body = { subject: 'Impulso', showAs: 'free', isReminderOn: false, start: at, end: { ...at, dateTime: `${start}:30:00` } }
  const made = eventOf(await ask(asking, mailbox, { method: 'POST', path: '/events', body }))
  const signedIn = finding('signed-in')
  const limit = finding('calendar-limit-mailboxes')
  if (made.state === 'event') {
    const left = eventOf(await ask(asking, mailbox, { method: 'DELETE', path: `/events/${encodeURIComponent(made.id)}` }), made.id)
    const isLeft = left.state !== 'event' && left.state !== 'gone'
    return told('ok', signedIn, finding('calendar-writable'), ...(isLeft ? [finding('calendar-test-left')] : []), limit)
  }
  if (made.state === 'closed') return told('needs-consent', signedIn, made.finding)
  if (made.state === 'no-mailbox') return told('partly', signedIn, made.finding, limit)
  if (made.state === 'gone') return told('failed', signedIn, unexpected().finding)
  return told(stateOf(made), signedIn, findingOf(made))
}

const told = (state: ConnectionState, ...findings: TestAnswer['findings']): TestAnswer => ({ state, concealed: null, findings })

function stateOf(answer: Later | Failure): ConnectionState {
  if (answer.state === 'later') return 'untested'
  return answer.state === 'refused' || answer.state === 'not-offered' ? 'failed' : answer.state
}

function findingOf(answer: Later | Failure): Failure['finding'] {
  if (answer.state === 'later') return finding(answer.why === 'budget' ? 'budget-used-up' : 'throttled', { time: minuteOf(answer.at) })
  // Its remedy names another permission.
  return answer.finding.code === 'consent-missing' ? finding('calendar-permission-missing') : answer.finding
}

const itemsOf = <T>(json: unknown, item: z.ZodType<T>): readonly T[] => z.object({ value: z.array(item) }).safeParse(json).data?.value ?? []

const failure = (code: FindingCode, particulars: Readonly<Record<string, string>> = {}, requestId?: string): Failure => ({
  state: 'refused',
  finding: finding(code, particulars, requestId),
})
const unexpected = (): Failure => failure('request-refused', { report: 'calendar', status: '200', code: '' })

function eventOf(answer: Answer, id?: string): CalendarAnswer {
  if (answer.state === 'conflict') return failure('request-refused', { report: 'calendar', status: '409', code: '' })
  if (answer.state !== 'json') return answer
  const read = Event.safeParse(answer.json)
  if (read.success) return { state: 'event', id: read.data.id }
  return id === undefined ? unexpected() : { state: 'event', id }
}

/** One request about a mailbox. Ids are asked for that do not change when an event is moved between folders. */
async function ask({ target, tokens, parts }: Asking, mailbox: string, { method, path, body }: Request): Promise<Answer> {
  const patience = patienceOf(parts)
  const url = new URL(`${target.hosts.graph}/v1.0/users/${encodeURIComponent(mailbox)}${path}`)
  let hasNewToken = false
  return tryUntilAnswered<Json | Conflict | Gone | NoMailbox>(parts, patience, async () => {
    const token = await tokens.take(patience)
    if (token.state !== 'token') return end<Json>(token)
    const leave = await parts.budget.take(mailbox.toLowerCase())
    if (!leave.ok) return end<Json>({ state: 'later', at: leave.at, why: 'budget' })
    const reply = await askGraph(parts, url, token.token, 'calendar', {
      method,
      headers: {
        prefer: 'IdType="ImmutableId", outlook.timezone="UTC"',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (reply.kind === 'unreached') return againUnlessFinal(reply)
    const text = await textOf(reply, ANSWER_BYTES)
    if (reply.status >= 200 && reply.status < 300) return end<Json>({ state: 'json', json: parseJson(text) ?? null })
    const waiting = judgeWaiting(parts, reply)
    if (waiting) return waiting
    const requestId = requestIdOf(reply.headers)
    if (reply.status === 401) {
      const refusal: Failure = { state: 'needs-consent', finding: finding('token-not-accepted', {}, requestId) }
      if (hasNewToken) return end<Json>(refusal)
      hasNewToken = true
      tokens.drop(token.token)
      return { kind: 'again', why: 'unavailable', waitMs: 0, otherwise: refusal }
    }
    return judge(reply.status, parseServiceError(text).code, requestId)
  })
}

/** An answer that asking again would not change. */
function judge(status: number, code: string, requestId: string | undefined): Attempt<Conflict | Gone | NoMailbox> {
  // Two programs wrote at once; nothing was kept.
  if (status === 409 && /^(Error)?Concurrent|IrresolvableConflict/.test(code)) {
    const otherwise = failure('request-refused', { report: 'calendar', status: '409', code }, requestId)
    return { kind: 'again', why: 'unavailable', waitMs: null, otherwise }
  }
  if (status === 409) return end<Conflict>({ state: 'conflict' })
  if (status === 403) return end<NoMailbox>({ state: 'closed', finding: finding('calendar-permission-missing', {}, requestId) })
  if (status === 404 && NO_MAILBOX.has(code)) {
    return end<NoMailbox>({ state: 'no-mailbox', finding: finding('calendar-mailbox-missing', {}, requestId) })
  }
  if (status === 404 || status === 410) return end<Gone>({ state: 'gone' })
  return end<never>(failure('request-refused', { report: 'calendar', status: `${status}`, code }, requestId))
}
