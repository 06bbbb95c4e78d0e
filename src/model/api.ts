import { z } from 'zod'
import { REASONED_STATUSES } from './choices.ts'
import type { Plan } from './plan.ts'
import type { Diagnostic, Playbook } from './playbook.ts'
import type { PortfolioGroup, PriorityOverride, SavedSignal } from './portfolio-api.ts'
import type { PlanFilters } from './preference-api.ts'
import type { UsageProblem } from './usage.ts'
import type { Denominator, FigureSource, MissingPart, UsageCorrection, UsagePoint } from './usage-api.ts'
import { Day, ItemStatus, type Segment, StatusReason, type Text } from './words.ts'

/** Requests are parsed with these schemas; responses are these types. Paths are under `/api/v1`. */

export const CustomerId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes')
export type CustomerId = z.infer<typeof CustomerId>

/** GET /session — who am I, what may I do, what runs here. */
export type SessionView = {
  person: {
    id: string
    name: string
    email: string
    right: AccessRight
    scope: AccessScope
    locale: string
    /** What the person chose for every device; null follows the browser. */
    chosen: { timeZone: string | null; formats: string | null; singleKeys: boolean | null; planFilters: PlanFilters | null }
    /** What the person may do at all; on a customer, `CustomerView` says how far. */
    may: readonly string[]
  } | null
  /** Nobody can sign in yet: the portal asks for the set-up code and makes the first administrator. */
  needsSetup: boolean
  /** Single sign-on, when there is a provider; `only`: passwords are off. */
  sso: { name: string; only: boolean } | null
  /** Mail can be sent, or captured for the mailbox page: a forgotten password can be helped. */
  mail: 'smtp' | 'captured'
  /** Accounts to sign in with in demo mode; empty otherwise. */
  demoAccounts: readonly { email: string; password: string; name: string; right: AccessRight }[]
  demo: boolean
  today: Day
  /** Refresh date of the oldest and newest usage in the installation; null without any. */
  usageAsOf: { oldest: Day; newest: Day } | null
  /** The newest change when this was read: `GET /changes?after=` tells what came after it. Null where nothing is told live, or to nobody. */
  changes: string | null
  version: string
}

export const ACCESS_RIGHTS = [
  'administrator',
  'lead',
  'fasttrack-manager',
  'engineer',
  'customer-success-manager',
  'subject-matter-expert',
  'author',
  'reader',
] as const
export const AccessRight = z.enum(ACCESS_RIGHTS)
export type AccessRight = z.infer<typeof AccessRight>

/** Over which customers an access right holds: all, those of one's teams, those or those services one is assigned to. */
export const ACCESS_SCOPES = ['all', 'team', 'customers', 'services'] as const
export const AccessScope = z.enum(ACCESS_SCOPES)
export type AccessScope = z.infer<typeof AccessScope>

/**
 * How far a person may change a customer. With a limit: only things of these services (`all`: every service, but nothing of the customer
 * as a whole); `reason` is why the rest is refused.
 */
export type WriteAccess =
  | Readonly<{ ok: true; limit: null | Readonly<{ services: 'all' | readonly string[]; reason: Text }> }>
  | Readonly<{ ok: false; reason: Text }>

/** How far a figure can be trusted: `fresh` numbers count, the rest never open or close a gate. */
export type UsageQuality = 'fresh' | 'stale' | 'empty' | 'suspect' | 'none'

export type ServiceCell = {
  service: string
  intended: boolean
  activated: boolean | null
  percent: number | null
  percentOf: Denominator | null
  target: number
  asOf: Day | null
  quality: UsageQuality
  concealed: boolean
  /** Up to 12 weekly percents, oldest first; null = no data that week. */
  trend: readonly (number | null)[]
  /** A significant change within 30 days (docs/forecast.md); read when it is shown. */
  signal: 'gain' | 'drop' | null
}

export type PortfolioRow = {
  id: string
  name: string
  segment: Segment | null
  seats: number | null
  owner: string | null
  csm: string | null
  review: 'met' | 'not-met' | 'unknown'
  overall: 'open' | 'completable' | 'complete'
  dueCount: number
  unknownCount: number
  warningCount: number
  proposalCount: number
  nextDue: Day | null
  lateCount: number
  /** What stands in the way and is not resolved; finished items that the data no longer bears out. */
  blockerCount: number
  regressedCount: number
  /** The day of the newest note; null without any. `silent`: neither one nor a held meeting within 14 days. */
  lastNote: Day | null
  silent: boolean
  nextMeeting: string | null
  phase: string | null
  team: string | null
  /** The oldest figure of the services the customer means to use. */
  oldestFigure: Day | null
  signals: readonly SavedSignal[]
  /** What the rows are sorted by: computed, or the word of a person. */
  priority: number
  /** Why it has this priority; one clause per language. */
  priorityReason: Readonly<Record<string, string>>
  override: PriorityOverride | null
  services: readonly ServiceCell[]
}

export type PortfolioPage = {
  rows: readonly PortfolioRow[]
  total: number
  at: number
  /** Opaque; null on the last page. */
  next: string | null
  services: readonly string[]
  /** Of the playbook, in its order. */
  phases: readonly { id: string; name: Text }[]
  /** With the first page of a grouped portfolio; else null. */
  groups: readonly PortfolioGroup[] | null
}

/** GET /customers/:id */
export type CustomerView = {
  id: string
  name: string
  segment: Segment | null
  seats: number | null
  owner: string | null
  csm: { assigned: boolean | null; name: string | null; since: Day | null }
  /** Where the work stands, in the words of the playbook; null without a plan. */
  phase: Text | null
  /** The next one with the customer that is not over; `at` is an instant. */
  nextMeeting: { id: string; at: string } | null
  tenants: readonly { id: string; name: string; concealed: boolean; refreshDate: Day | null }[]
  team: { id: string; name: string } | null
  /** How far this person may set items, record facts and import reports here; else why not. */
  canWrite: WriteAccess
  canSetFacts: WriteAccess
  canImport: WriteAccess
  /** Connections of its tenants, and whether people may be named. */
  canConnect: WriteAccess
  /** Milestones, their target dates, and of what usage is a share. */
  canSetTargets: WriteAccess
  /** What ties this person to the customer: assignments and covers that hold today. */
  ties: readonly { role: string; service: string | null; until: Day | null; covers: string | null }[]
  /** Rises with every change; sent back with writes. */
  version: number
}

/** GET /customers/:id/plan — the saved plan plus the playbook parts to show it with. */
export type PlanView = {
  customer: string
  version: number
  plan: Plan
  /** Who set the status of an item, by item id. */
  marks: Readonly<Record<string, ItemMark>>
  playbook: PlaybookView
}

export type ItemMark = {
  status: ItemStatus
  reason: StatusReason | null
  note: string | null
  by: string
  at: string
}

/** PUT /customers/:id/items/:item — the item id is URL-encoded. Answers the new PlanView; 409 with both marks on a lost update. */
export const SetItemStatus = z
  .strictObject({
    status: ItemStatus,
    reason: StatusReason.optional(),
    note: z.string().max(4000).optional(),
    /** The customer version the screen showed. */
    version: z.int().min(0),
  })
  .refine(input => !REASONED_STATUSES.includes(input.status) || input.reason, {
    path: ['reason'],
    message: 'a reason is needed for this status',
  })
export type SetItemStatus = z.infer<typeof SetItemStatus>

/** DELETE /customers/:id/items/:item/status?version=N — back to nothing set (undo). Answers the new PlanView. */

/** PUT /customers/:id/facts — what a person knows of the customer. Absent = leave alone, null = unknown again. Answers PlanView. */
export const SetFact = z.strictObject({
  name: z.string().min(1).max(200),
  service: z.string().nullable().default(null),
  value: z.union([z.boolean(), z.number(), z.string().max(4000), z.null(), z.array(z.string())]),
  asOf: Day.optional(),
  version: z.int().min(0),
})
export type SetFact = z.infer<typeof SetFact>

/** GET /customers/:id/usage?days=540&knownOn=DAY */
export type UsageView = {
  customer: string
  /** The end of this day is when the figures were known; null: now, with every correction. */
  knownOn: Day | null
  services: readonly UsageSeries[]
  /** What the newest import said that a reader should know. */
  problems: readonly UsageProblem[]
}

export type UsageSeries = {
  service: string
  intended: boolean
  activatedOn: Day | null
  entitled: number | null
  target: number
  quality: UsageQuality
  concealed: boolean
  /** Newest first to read out: figure, unit, source and age of each number. */
  current: {
    active: number | null
    assigned: number | null
    activeUnlicensed: number | null
    percent: number | null
    percentOf: Denominator | null
    asOf: Day | null
    source: readonly string[]
  }
  /** Oldest first. A day without data is absent: gaps are drawn as gaps. */
  points: readonly UsagePoint[]
  /** Days that the newest figure counts; 28, unless the report has its own period. */
  windowDays: number | null
  /** Of what the percents are; `chosen` when somebody decided it. */
  denominator: { kind: Denominator | null; seats: number | null; chosen: boolean }
  /** People active on each day, as the tenant's reports of counts tell. Days never add up to a month. Oldest first. */
  daily: readonly { day: Day; active: number; atLeast: boolean }[]
  /** Corrections of the days shown, newest first. */
  corrections: readonly UsageCorrection[]
  sources: readonly FigureSource[]
  /** What keeps the sum from being whole; empty when it is. */
  missing: readonly MissingPart[]
  /** Activated ever, which is not use in a window. */
  activations: readonly { tenant: string; product: string; assigned: number | null; activated: number; asOf: Day }[]
}

/**
 * PUT /customers/:id/reports/:fileName?tenant=ID&preview=true — raw body: one usage-report CSV (gzip accepted), or entitlements
 * CSV `service,entitled`. With `preview` nothing is kept. The same file twice changes nothing (`unchanged: true`).
 */
export type ImportResult = {
  file: string
  /** By which it can be taken back; null in a preview, and for seats. */
  import: string | null
  unchanged: boolean
  preview: boolean
  report: string | null
  refreshDate: Day | null
  rows: { read: number; rejected: number; deleted: number; duplicates: number }
  services: readonly {
    service: string
    before: number | null
    after: number | null
    active: number | null
    assigned: number | null
    asOf: Day | null
  }[]
  gates: readonly { id: string; before: 'met' | 'not-met' | 'unknown'; after: 'met' | 'not-met' | 'unknown' }[]
  /** Mail domains of the people in the file, most users first: a hint which tenant it is of. */
  domains: readonly string[]
  problems: readonly UsageProblem[]
  version: number
}

/** GET /customers/:id/explain?item=ID | gate=ID */
export type ExplainView = {
  subject: { kind: 'item' | 'gate'; id: string; state: string }
  because: Plan['gates'][number]['because']
  flip: readonly { fact: string; from: FlipValue; to: FlipValue }[]
}
export type FlipValue = boolean | number | string | null

/** GET /playbooks/current — everything the library and the plan need; text in every locale. */
export type PlaybookView = {
  hash: string
  id: string | null
  version: string | null
  locales: readonly string[]
  phases: Playbook['phases']
  services: readonly { id: string; name: Readonly<Record<string, string>> }[]
  roles: readonly { id: string; name: Readonly<Record<string, string>> }[]
  gates: readonly { id: string; name: Readonly<Record<string, string>> }[]
  processes: Playbook['processes']
}

/** GET /playbooks/current/pages/:process?locale=pt-BR — the page as sanitised HTML. */
export type PageView = { process: string; locale: string; title: string; html: string; file: string; diagnostics: readonly Diagnostic[] }

/** GET /customers/:id/events?limit=50&before=SEQ */
export type EventView = {
  seq: number
  at: string
  who: string
  kind: string
  summary: Readonly<Record<string, string>>
  before: unknown
  after: unknown
}
export type EventPage = { events: readonly EventView[]; next: number | null }

/** Every error: RFC 9457 problem+json. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  requestId: string
  /** `code`: of a usage file, as in docs/usage-reports.md. */
  faults?: readonly { path: string; message: string; code?: string }[]
  details?: unknown
}
