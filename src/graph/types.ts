import type { Cloud, ConnectionFinding, ConnectionState } from '../model/usage-api.ts'

/** Where the services of a cloud are; by `hostsOf`. */
export type CloudHosts = Readonly<{
  cloud: Cloud
  /** Origin that gives tokens, without a slash at the end; so is `graph`. */
  authority: string
  graph: string
  /** Under which usage reports are offered; everything else is asked under v1.0. */
  version: 'v1.0' | 'beta'
  /** Hosts that downloads may come from: names, `*.name` for every name below it, with a port where it is not the usual one. */
  downloads: readonly string[]
}>

/** Certificate and private key are PEM; the key is not encrypted. */
export type Credential =
  | Readonly<{ kind: 'secret'; secret: string }>
  | Readonly<{ kind: 'certificate'; certificate: string; privateKey: string }>

/** A tenant and the application registered for it; `directory` is the tenant's id or a verified domain of it. */
export type GraphTarget = Readonly<{ hosts: CloudHosts; directory: string; clientId: string; credential: Credential }>

/** Asks for leave to make one request of a report function; `at` (ms since 1970) is when one is free. */
export type Budget = Readonly<{ take: (fn: string) => Promise<Readonly<{ ok: true }> | Readonly<{ ok: false; at: number }>> }>

/** How much is taken and how long is waited; `USUAL_LIMITS` where absent. */
export type GraphLimits = Readonly<{
  /** Of one report; a longer one is not kept. */
  maxBytes: number
  /** Without a byte, until a request is given up as stalled. */
  stallMs: number
  /** Waited out within one call, in sum; what takes longer goes back to the caller as `later`. */
  maxWaitMs: number
  /** Of one call, the first one counted. */
  maxTries: number
}>

export type GraphParts = Readonly<{
  fetch: typeof fetch
  /** ms since 1970 */
  now: () => number
  wait: (ms: number) => Promise<void>
  /** [0, 1) */
  random: () => number
  budget: Budget
  /** Gets neither tokens nor addresses with a signature nor directory ids. */
  log: (message: string, details?: Record<string, unknown>) => void
  limits?: Partial<GraphLimits>
}>

/** Either a period (`D7`, `D30`, …) or a day (`YYYY-MM-DD`, one of the last 28), or neither where the function knows none. */
export type ReportRequest = Readonly<{ report: string; period?: string; day?: string }>

/** To be asked again by the caller, not before `at` (ms since 1970). */
export type Later = Readonly<{ state: 'later'; at: number; why: 'budget' | 'throttled' }>
/** It did not come, and asking again at once would not change that. */
export type Failure = Readonly<{
  state: 'not-ready' | 'not-offered' | 'needs-consent' | 'bad-credential' | 'unknown-tenant' | 'refused' | 'unreachable' | 'failed'
  finding: ConnectionFinding
}>

export type ReportAnswer = Readonly<{ state: 'file'; bytes: number }> | Later | Failure
export type SeatsAnswer = Readonly<{ state: 'seats'; json: unknown }> | Later | Failure
export type TestAnswer = Readonly<{ state: ConnectionState; concealed: boolean | null; findings: readonly ConnectionFinding[] }>

export type Graph = Readonly<{
  /** Streams the CSV to the path; nothing is there unless the answer is `file`. Throws when the disk fails. */
  report: (request: ReportRequest, toPath: string) => Promise<ReportAnswer>
  subscribedSkus: () => Promise<SeatsAnswer>
  /** Whether names are concealed; null: may not be asked, or could not be. */
  concealment: () => Promise<boolean | null>
  test: () => Promise<TestAnswer>
}>

/** A time on the clocks of a zone, `2026-11-24T10:00`; the zone as Windows names it. */
export type ZonedTime = Readonly<{ dateTime: string; timeZone: string }>

/** A meeting or a series as an organizer's calendar is to have it. */
export type CalendarEntry = Readonly<{
  subject: string
  location: string | null
  start: ZonedTime
  end: ZonedTime
  attendees: readonly Readonly<{ name: string; email: string; isOptional: boolean }>[]
  /** A `patternedRecurrence`; null: once. */
  recurrence: Readonly<Record<string, unknown>> | null
}>

/** What an attendee answered in their own calendar; `none`: nothing yet. */
export type CalendarResponse = Readonly<{ email: string; response: 'none' | 'accepted' | 'declined' | 'tentative'; at: string | null }>

/** There is nothing of this id (any more): somebody deleted it in Outlook. */
export type Gone = Readonly<{ state: 'gone' }>
/** The address has no mailbox in the tenant that could be written to, or the application may not open it. */
export type NoMailbox =
  | Readonly<{ state: 'no-mailbox'; finding: ConnectionFinding }>
  | Readonly<{ state: 'closed'; finding: ConnectionFinding }>
export type CalendarAnswer = Readonly<{ state: 'event'; id: string }> | Gone | NoMailbox | Later | Failure
export type ResponsesAnswer = Readonly<{ state: 'responses'; responses: readonly CalendarResponse[] }> | Gone | NoMailbox | Later | Failure

/** The calendars of a tenant's mailboxes; a mailbox by its address. Attendees are told by the service. */
export type Calendars = Readonly<{
  /** Of the same `transactionId` there is one event, however often this is asked. `gone` cannot be. */
  create: (mailbox: string, entry: CalendarEntry, transactionId: string) => Promise<CalendarAnswer>
  /** `hasMoved` false: time and recurrence are as they were, and exceptions of a series stay. */
  change: (mailbox: string, id: string, entry: CalendarEntry, hasMoved: boolean) => Promise<CalendarAnswer>
  /** Cancels a meeting, a series, or one of a series; takes away what has no attendees. */
  cancel: (mailbox: string, id: string) => Promise<CalendarAnswer>
  /** The one of a series that was planned for this instant. */
  occurrence: (mailbox: string, seriesId: string, planned: string) => Promise<CalendarAnswer>
  responses: (mailbox: string, id: string) => Promise<ResponsesAnswer>
  /** Writes to the calendar of this mailbox and takes it away again. */
  test: (mailbox: string) => Promise<TestAnswer>
}>
