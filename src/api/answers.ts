import { z } from 'zod'
import {
  AuditPage,
  CoverResult,
  CustomerPeople,
  Erasure,
  Invitation,
  InvitationFor,
  JobsView,
  MadeKey,
  MailPage,
  MailView,
  OwnAccount,
  PeoplePage,
  PersonExport,
  PersonView,
  SettingsView,
  SetUpDone,
  SetupChecks,
  Teams,
  TestMailResult,
  Verification,
} from '../model/admin-api.ts'
import {
  AccessRight,
  AccessScope,
  type CustomerView,
  type EventPage,
  type ExplainView,
  type ImportResult,
  type ItemMark,
  type PageView,
  type PlanView,
  type PlaybookView,
  type PortfolioPage,
  type Problem,
  type SessionView,
  type UsageView,
} from '../model/api.ts'
import { ITEM_STATES } from '../model/choices.ts'
import type { Expression } from '../model/expression.ts'
import { type Because, type FactUsed, type Plan, type Proof, WARNING_CODES } from '../model/plan.ts'
import type { Diagnostic, Rule } from '../model/playbook.ts'
import { CUSTOMER_SIGNALS } from '../model/portfolio-api.ts'
import { PlanFilters } from '../model/preference-api.ts'
import type { UsageProblem } from '../model/usage.ts'
import { Denominator } from '../model/usage-api.ts'
import { Day, Initiative, ItemStatus, Segment, StatusReason } from '../model/words.ts'
import { BLOCKER_ANSWERS } from './blocker-answers.ts'
import { CALENDAR_ANSWERS } from './calendar-answers.ts'
import { CONNECTION_ANSWERS } from './connection-answers.ts'
import { CUSTOMER_ANSWERS } from './customer-answers.ts'
import { DECISION_ANSWERS } from './decision-answers.ts'
import { DECK_ANSWERS } from './deck-answers.ts'
import { DISCUSSION_ANSWERS } from './discussion-answers.ts'
import { EXPERT_REQUEST_ANSWERS } from './expert-request-answers.ts'
import { HANDSHAKE_ANSWERS } from './handshake-answers.ts'
import { ITEM_ANSWERS } from './item-answers.ts'
import { MEETING_ANSWERS } from './meeting-answers.ts'
import { MILESTONE_ANSWERS } from './milestone-answers.ts'
import { NOTE_ANSWERS } from './note-answers.ts'
import { NOTIFICATION_ANSWERS } from './notification-answers.ts'
import { PORTFOLIO_ANSWERS, priorityOverride } from './portfolio-answers.ts'
import { Faults } from './problem.ts'
import { REPORT_ANSWERS } from './report-answers.ts'
import { REVIEW_ANSWERS } from './review-answers.ts'
import { REVIEW_RECORD_ANSWERS } from './review-record-answers.ts'
import { REVIEWS_BOARD_ANSWERS } from './reviews-board-answers.ts'
import { SUCCESS_PLAN_ANSWERS } from './success-plan-answers.ts'
import { SURVEY_ANSWERS } from './survey-answers.ts'
import { TODAY_ANSWERS } from './today-answers.ts'
import { USAGE_ANSWERS } from './usage-answers.ts'

/**
 * The answers of `model/api.ts` as schemas: the description in OpenAPI, and what the tests hold every answer against.
 * The type of each constant keeps it in step with the model.
 */

/** Parts with a name: described once, referred to elsewhere. */
export const NAMED = z.registry<{ id: string }>()

const text = z.record(z.string(), z.string()).meta({ description: 'The same text by language tag' })
const count = z.int().min(0)
const tristate = z.enum(['met', 'not-met', 'unknown'])
const quality = z.enum(['fresh', 'stale', 'empty', 'suspect', 'none'])
const percentOf = Denominator.nullable()
const severity = z.enum(['error', 'warning', 'info'])
const services = z.union([z.literal('all'), z.array(z.string())])
const writeAccess = z.union([
  z.strictObject({ ok: z.literal(true), limit: z.strictObject({ services, reason: text }).nullable() }),
  z.strictObject({ ok: z.literal(false), reason: text }),
])
const scalar = z.union([z.boolean(), z.number(), z.string(), z.null()])

const SessionAnswer: z.ZodType<SessionView> = z
  .strictObject({
    person: z
      .strictObject({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        right: AccessRight,
        scope: AccessScope,
        locale: z.string(),
        chosen: z.strictObject({
          timeZone: z.string().nullable(),
          formats: z.string().nullable(),
          singleKeys: z.boolean().nullable(),
          planFilters: PlanFilters.nullable(),
        }),
        may: z.array(z.string()),
      })
      .nullable(),
    needsSetup: z.boolean(),
    sso: z.strictObject({ name: z.string(), only: z.boolean() }).nullable(),
    mail: z.enum(['smtp', 'captured']),
    demoAccounts: z.array(z.strictObject({ email: z.string(), password: z.string(), name: z.string(), right: AccessRight })),
    demo: z.boolean(),
    today: Day,
    usageAsOf: z.strictObject({ oldest: Day, newest: Day }).nullable(),
    changes: z.string().nullable(),
    version: z.string(),
  })
  .register(NAMED, { id: 'Session' })

const serviceCell = z.strictObject({
  service: z.string(),
  intended: z.boolean(),
  activated: z.boolean().nullable(),
  percent: z.number().nullable(),
  percentOf,
  target: z.number(),
  asOf: Day.nullable(),
  quality,
  concealed: z.boolean(),
  trend: z.array(z.number().nullable()).max(12),
  signal: z.enum(['gain', 'drop']).nullable(),
})

const portfolioRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  segment: Segment.nullable(),
  seats: count.nullable(),
  owner: z.string().nullable(),
  csm: z.string().nullable(),
  review: tristate,
  overall: z.enum(['open', 'completable', 'complete']),
  dueCount: count,
  unknownCount: count,
  warningCount: count,
  proposalCount: count,
  nextDue: Day.nullable(),
  lateCount: count,
  blockerCount: count,
  regressedCount: count,
  lastNote: Day.nullable(),
  silent: z.boolean(),
  nextMeeting: z.string().nullable(),
  phase: z.string().nullable(),
  team: z.string().nullable(),
  oldestFigure: Day.nullable(),
  signals: z.array(z.strictObject({ service: z.string(), kind: z.enum(CUSTOMER_SIGNALS) })),
  priority: z.number(),
  priorityReason: text,
  override: priorityOverride.nullable(),
  services: z.array(serviceCell),
})

const PortfolioAnswer: z.ZodType<PortfolioPage> = z
  .strictObject({
    rows: z.array(portfolioRow),
    total: count,
    at: count,
    next: z.string().nullable(),
    services: z.array(z.string()),
    phases: z.array(z.strictObject({ id: z.string(), name: text })),
    groups: z.array(z.strictObject({ key: z.string().nullable(), name: z.string().nullable(), count })).nullable(),
  })
  .register(NAMED, { id: 'PortfolioPage' })

const CustomerAnswer: z.ZodType<CustomerView> = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    segment: Segment.nullable(),
    seats: count.nullable(),
    owner: z.string().nullable(),
    csm: z.strictObject({ assigned: z.boolean().nullable(), name: z.string().nullable(), since: Day.nullable() }),
    phase: text.nullable(),
    nextMeeting: z.strictObject({ id: z.string(), at: z.string() }).nullable(),
    tenants: z.array(z.strictObject({ id: z.string(), name: z.string(), concealed: z.boolean(), refreshDate: Day.nullable() })),
    team: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    canWrite: writeAccess,
    canSetFacts: writeAccess,
    canImport: writeAccess,
    canConnect: writeAccess,
    canSetTargets: writeAccess,
    ties: z.array(
      z.strictObject({ role: z.string(), service: z.string().nullable(), until: Day.nullable(), covers: z.string().nullable() }),
    ),
    version: count,
  })
  .register(NAMED, { id: 'Customer' })

const factUsed: z.ZodType<FactUsed> = z
  .strictObject({
    name: z.string(),
    path: z.string().nullable(),
    value: scalar,
    why: z.string().nullable(),
    source: z.string().nullable(),
    asOf: Day.nullable(),
  })
  .register(NAMED, { id: 'FactUsed' })

const proof: z.ZodType<Proof> = z
  .strictObject({
    source: z.string(),
    value: z.union([z.enum(['yes', 'no', 'unknown']), z.number(), z.string()]),
    facts: z.array(factUsed),
    parts: z.array(z.lazy(() => proof)),
  })
  .register(NAMED, { id: 'Proof' })

const because: z.ZodType<Because> = z
  .strictObject({
    text,
    rule: z.string().nullable(),
    file: z.string().nullable(),
    line: z.int().nullable(),
    facts: z.array(factUsed),
    proof: proof.nullable(),
  })
  .register(NAMED, { id: 'Because' })

const planItem = z.strictObject({
  id: z.string(),
  task: z.string().nullable(),
  service: z.string().nullable(),
  mandatory: z.boolean().nullable(),
  state: z.enum(ITEM_STATES),
  status: ItemStatus.nullable(),
  due: Day.nullable(),
  because,
})

const planCheck = z.strictObject({
  id: z.string(),
  row: z.string().nullable(),
  text,
  state: z.enum(['met', 'not-met', 'unknown', 'not-applicable']),
  because,
})

const plan: z.ZodType<Plan> = z
  .strictObject({
    date: Day,
    playbook: z.string(),
    gates: z.array(z.strictObject({ id: z.string(), state: tristate, because })),
    processes: z.array(
      z.strictObject({
        id: z.string(),
        state: z.enum(['closed', 'open', 'finished', 'unknown']),
        because,
        steps: z.array(z.strictObject({ id: z.string(), items: z.array(planItem) })),
        checklists: z.strictObject({ inputs: z.array(planCheck), outputs: z.array(planCheck) }),
      }),
    ),
    overall: z.strictObject({ state: z.enum(['open', 'completable', 'complete']), because }),
    transitions: z.array(
      z.strictObject({ to: z.string(), state: z.enum(['available', 'blocked', 'unknown']), taken: z.boolean(), because }),
    ),
    proposals: z.array(z.strictObject({ id: z.string(), state: z.enum(['open', 'decided', 'unknown']), because })),
    warnings: z.array(z.strictObject({ code: z.enum(WARNING_CODES), service: z.string().nullable(), because })),
  })
  .register(NAMED, { id: 'Plan' })

const mark: z.ZodType<ItemMark> = z
  .strictObject({ status: ItemStatus, reason: StatusReason.nullable(), note: z.string().nullable(), by: z.string(), at: z.string() })
  .register(NAMED, { id: 'ItemMark' })

const rule: z.ZodType<Rule> = z
  .strictObject({
    kind: z.enum(['opens', 'when', 'unless', 'needs', 'done', 'due']),
    source: z.string(),
    expression: z.custom<Expression>(value => typeof value === 'object' && value !== null),
    file: z.string(),
    line: z.int(),
    column: z.int(),
  })
  .register(NAMED, { id: 'Rule' })

const link = z.strictObject({ text, href: z.string() })
const listByLocale = z.record(z.string(), z.array(z.string()))
const named = z.array(z.strictObject({ id: z.string(), name: text }))

const task = z.strictObject({
  id: z.string(),
  title: text,
  mandatory: z.boolean().nullable(),
  role: z.string().nullable(),
  services,
  line: z.int(),
  links: z.array(link),
  rules: z.array(rule),
})

const step = z.strictObject({
  id: z.string(),
  title: text,
  text,
  role: z.string().nullable(),
  initiatives: z.array(Initiative),
  services,
  line: z.int(),
  links: z.array(link),
  rules: z.array(rule),
  tasks: z.array(task),
  uncategorised: z.boolean(),
  guidance: z.boolean(),
})

const process = z.strictObject({
  id: z.string(),
  phase: z.string().nullable(),
  title: text,
  file: text,
  meta: z.record(z.string(), z.record(z.string(), z.string())),
  rules: z.array(rule),
  overview: text,
  objectives: text,
  steps: z.array(step),
  keyInputs: listByLocale,
  keyOutputs: listByLocale,
  checks: z.array(
    z.strictObject({
      id: z.string(),
      side: z.enum(['inputs', 'outputs']),
      row: z.string().nullable(),
      text,
      when: rule.nullable(),
      rule: rule.nullable(),
    }),
  ),
  nextSteps: z.array(z.strictObject({ process: z.string().nullable(), href: z.string(), text })),
  changes: z.array(z.strictObject({ locale: z.string(), date: Day.nullable(), raw: z.string(), who: z.string(), what: z.string() })),
})

const PlaybookAnswer: z.ZodType<PlaybookView> = z
  .strictObject({
    hash: z.string(),
    id: z.string().nullable(),
    version: z.string().nullable(),
    locales: z.array(z.string()),
    phases: named,
    services: named,
    roles: named,
    gates: named,
    processes: z.array(process),
  })
  .register(NAMED, { id: 'Playbook' })

const PlanAnswer: z.ZodType<PlanView> = z
  .strictObject({ customer: z.string(), version: count, plan, marks: z.record(z.string(), mark), playbook: PlaybookAnswer })
  .register(NAMED, { id: 'PlanView' })

const usageProblem: z.ZodType<UsageProblem> = z
  .strictObject({ code: z.string(), severity, message: z.string(), file: z.string(), line: z.int().nullable() })
  .register(NAMED, { id: 'UsageProblem' })

const UsageAnswer: z.ZodType<UsageView> = z
  .strictObject({
    customer: z.string(),
    knownOn: Day.nullable(),
    services: z.array(
      z.strictObject({
        service: z.string(),
        intended: z.boolean(),
        activatedOn: Day.nullable(),
        entitled: count.nullable(),
        target: z.number(),
        quality,
        concealed: z.boolean(),
        current: z.strictObject({
          active: count.nullable(),
          assigned: count.nullable(),
          activeUnlicensed: count.nullable(),
          percent: z.number().nullable(),
          percentOf,
          asOf: Day.nullable(),
          source: z.array(z.string()),
        }),
        points: z.array(z.strictObject({ day: Day, active: count, percent: z.number().nullable(), restated: z.boolean() })),
        windowDays: z.int().min(1).nullable(),
        denominator: z.strictObject({ kind: Denominator.nullable(), seats: count.nullable(), chosen: z.boolean() }),
        daily: z.array(z.strictObject({ day: Day, active: count, atLeast: z.boolean() })),
        corrections: z.array(
          z.strictObject({
            day: Day,
            tenant: z.string(),
            measure: z.enum(['rolling', 'daily']),
            before: count,
            after: count.nullable(),
            at: z.string(),
            why: z.enum(['restated', 'withdrawn']),
          }),
        ),
        sources: z.array(
          z.strictObject({
            tenant: z.string(),
            import: z.string().nullable(),
            report: z.string().nullable(),
            file: z.string().nullable(),
            sha256: z.string().nullable(),
            refreshDate: Day.nullable(),
            window: z.strictObject({ from: Day, to: Day, days: z.int().min(1) }).nullable(),
            rows: z.strictObject({ read: count, rejected: count, deleted: count, duplicates: count }).nullable(),
            concealed: z.boolean(),
            importedAt: z.string().nullable(),
            origin: z.enum(['upload', 'command', 'graph', 'demo']).nullable(),
          }),
        ),
        missing: z.array(z.strictObject({ tenant: z.string(), why: z.enum(['no-report', 'no-rows', 'sudden-zero', 'no-seats']) })),
        activations: z.array(
          z.strictObject({ tenant: z.string(), product: z.string(), assigned: count.nullable(), activated: count, asOf: Day }),
        ),
      }),
    ),
    problems: z.array(usageProblem),
  })
  .register(NAMED, { id: 'Usage' })

const ImportAnswer: z.ZodType<ImportResult> = z
  .strictObject({
    file: z.string(),
    import: z.string().nullable(),
    unchanged: z.boolean(),
    preview: z.boolean(),
    report: z.string().nullable(),
    refreshDate: Day.nullable(),
    rows: z.strictObject({ read: count, rejected: count, deleted: count, duplicates: count }),
    services: z.array(
      z.strictObject({
        service: z.string(),
        before: z.number().nullable(),
        after: z.number().nullable(),
        active: count.nullable(),
        assigned: count.nullable(),
        asOf: Day.nullable(),
      }),
    ),
    gates: z.array(z.strictObject({ id: z.string(), before: tristate, after: tristate })),
    domains: z.array(z.string()),
    problems: z.array(usageProblem),
    version: count,
  })
  .register(NAMED, { id: 'ImportResult' })

const ExplainAnswer: z.ZodType<ExplainView> = z
  .strictObject({
    subject: z.strictObject({ kind: z.enum(['item', 'gate']), id: z.string(), state: z.string() }),
    because,
    flip: z.array(z.strictObject({ fact: z.string(), from: scalar, to: scalar })),
  })
  .register(NAMED, { id: 'Explanation' })

const diagnostic: z.ZodType<Diagnostic> = z
  .strictObject({
    code: z.string(),
    severity,
    message: z.string(),
    file: z.string(),
    line: z.int(),
    column: z.int(),
    help: z.string().nullable(),
  })
  .register(NAMED, { id: 'Diagnostic' })

const PageAnswer: z.ZodType<PageView> = z
  .strictObject({
    process: z.string(),
    locale: z.string(),
    title: z.string(),
    html: z.string(),
    file: z.string(),
    diagnostics: z.array(diagnostic),
  })
  .register(NAMED, { id: 'Page' })

const EventsAnswer: z.ZodType<EventPage> = z
  .strictObject({
    events: z.array(
      z.strictObject({
        seq: z.int().min(1),
        at: z.string(),
        who: z.string(),
        kind: z.string(),
        summary: text,
        before: z.unknown(),
        after: z.unknown(),
      }),
    ),
    next: z.int().nullable(),
  })
  .register(NAMED, { id: 'EventPage' })

const ProblemAnswer: z.ZodType<Problem> = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string(),
    faults: z.exactOptional(Faults),
    details: z.unknown(),
  })
  .register(NAMED, { id: 'Problem' })

/** Those of `model/admin-api.ts` are schemas already. */
const ADMIN = {
  Person: PersonView,
  PeoplePage,
  Invitation,
  InvitationFor,
  PersonExport,
  Erasure,
  Teams,
  CustomerPeople,
  CoverResult,
  OwnAccount,
  MadeKey,
  Settings: SettingsView,
  SetUpDone,
  SetupChecks,
  TestMailResult,
  JobsView,
  MailPage,
  MailView,
  AuditPage,
  Verification,
} as const

export const ANSWERS = {
  ...ADMIN,
  ...BLOCKER_ANSWERS,
  ...DECISION_ANSWERS,
  ...DECK_ANSWERS,
  ...DISCUSSION_ANSWERS,
  ...REVIEWS_BOARD_ANSWERS,
  ...CALENDAR_ANSWERS,
  ...CONNECTION_ANSWERS,
  ...CUSTOMER_ANSWERS,
  ...HANDSHAKE_ANSWERS,
  ...SURVEY_ANSWERS,
  ...EXPERT_REQUEST_ANSWERS,
  ...ITEM_ANSWERS,
  ...NOTE_ANSWERS,
  ...MEETING_ANSWERS,
  ...MILESTONE_ANSWERS,
  ...REPORT_ANSWERS,
  ...REVIEW_ANSWERS,
  ...NOTIFICATION_ANSWERS,
  ...PORTFOLIO_ANSWERS,
  ...SUCCESS_PLAN_ANSWERS,
  ...REVIEW_RECORD_ANSWERS,
  ...TODAY_ANSWERS,
  ...USAGE_ANSWERS,
  Session: SessionAnswer,
  PortfolioPage: PortfolioAnswer,
  Customer: CustomerAnswer,
  PlanView: PlanAnswer,
  Usage: UsageAnswer,
  ImportResult: ImportAnswer,
  Explanation: ExplainAnswer,
  Playbook: PlaybookAnswer,
  Page: PageAnswer,
  EventPage: EventsAnswer,
  Problem: ProblemAnswer,
} as const
// Those with a name of their own keep it.
for (const [id, schema] of Object.entries<z.ZodType>(ANSWERS)) if (!NAMED.has(schema)) NAMED.add(schema, { id })

export type AnswerName = keyof typeof ANSWERS
