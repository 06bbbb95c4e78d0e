import { z } from 'zod'
import { AccessRight, AccessScope, CustomerId } from './api.ts'
import { Day } from './words.ts'

/**
 * People, teams, assignments, the own account, and the running of an installation. Requests and answers are both schemas here; the
 * types are inferred. Paths are under `/api/v1`. Moments are ISO 8601 in UTC.
 */

const text = z.record(z.string(), z.string())
const moment = z.string()
const count = z.int().min(0)
const named = z.strictObject({ id: z.string(), name: z.string() })

export const PersonId = z.string().min(1).max(100)
export const TeamId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and dashes')
/** Words with dots between them, letters of any script: what `mailAddress` of the server writes to, but for the rules of ASCII domains. */
export const Email = z
  .string()
  .max(254)
  .regex(
    /^(?=[^@]{1,64}@)[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?)*$/u,
    'an e-mail address',
  )
/** A name as people write it, on one line. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\u2028\u2029]+$/u, 'a name on one line')
export const Password = z.string().min(10).max(256)
const Locale = z.enum(['en', 'pt-BR'])

// ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /people — who may sign in, by name. */
export const PeopleQuery = z.object({
  q: z.string().max(200).optional(),
  after: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})
export const PersonView = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  right: AccessRight,
  scope: AccessScope,
  locale: z.string(),
  teams: z.array(named),
  /** `invited`: asked in and not yet here; `disabled`: cannot sign in. */
  state: z.enum(['active', 'invited', 'disabled']),
  isDemo: z.boolean(),
  ways: z.strictObject({ password: z.boolean(), passkeys: count, twoFactor: z.boolean(), sso: z.boolean() }),
  lastSignInAt: moment.nullable(),
})
export type PersonView = z.infer<typeof PersonView>
export const PeoplePage = z.strictObject({ people: z.array(PersonView), next: z.string().nullable() })
export type PeoplePage = z.infer<typeof PeoplePage>

/** POST /people — asks somebody in. The link is in the mail; `link` shows it only where mail is captured and cannot reach anybody. */
export const InvitePerson = z.strictObject({
  email: Email,
  name: PersonName,
  right: AccessRight,
  scope: AccessScope,
  teams: z.array(TeamId).max(50).default([]),
  locale: Locale.default('en'),
})
export type InvitePerson = z.infer<typeof InvitePerson>
export const Invitation = z.strictObject({ person: PersonView, link: z.string().nullable() })
export type Invitation = z.infer<typeof Invitation>

/** POST /invitation — whom a link is for. The token travels in the body: an address ends up in logs. */
export const InvitationToken = z.strictObject({ token: z.string().min(1).max(200) })
export const InvitationFor = z.strictObject({ name: z.string(), email: z.string() })
export type InvitationFor = z.infer<typeof InvitationFor>
/** POST /invitation/acceptance — sets the password. Nobody is signed in by it. */
export const AcceptInvitation = z.strictObject({ token: z.string().min(1).max(200), password: Password })
export type AcceptInvitation = z.infer<typeof AcceptInvitation>

/** PUT /people/:person — absent = leave alone. POST /people/:person/invitation asks again. DELETE /people/:person/sessions signs out everywhere. */
export const ChangePerson = z.strictObject({
  name: PersonName.optional(),
  right: AccessRight.optional(),
  scope: AccessScope.optional(),
  teams: z.array(TeamId).max(50).optional(),
  disabled: z.boolean().optional(),
})
export type ChangePerson = z.infer<typeof ChangePerson>

/** The name of whoever was erased; screens show it in their language. */
export const ERASED_NAME = 'Erased person'

/** GET /people/:person/export and GET /me/export — everything kept about a person, by kind, without secrets. */
export const PersonExport = z.strictObject({
  person: named.extend({ email: z.string().nullable() }),
  madeAt: moment,
  kinds: z.array(z.strictObject({ kind: z.string(), title: text, rows: z.array(z.record(z.string(), z.unknown())) })),
})
export type PersonExport = z.infer<typeof PersonExport>

/** POST /people/:person/erasure — forgets a person; `email` repeats whom, so that nobody is erased by a slip. */
export const ErasePerson = z.strictObject({ email: Email })
export const Erasure = z.strictObject({
  erased: z.array(z.strictObject({ kind: z.string(), title: text, count })),
  kept: z.array(z.strictObject({ kind: z.string(), title: text, why: text })),
})
export type Erasure = z.infer<typeof Erasure>

// ── Teams, assignments ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /teams */
export const TeamView = z.strictObject({ id: z.string(), name: z.string(), members: z.array(named), customers: count })
export type TeamView = z.infer<typeof TeamView>
export const Teams = z.strictObject({ teams: z.array(TeamView) })
export type Teams = z.infer<typeof Teams>
/** PUT /teams/:team — makes or changes one; the members become exactly these. DELETE /teams/:team — its customers then have none. */
export const SaveTeam = z.strictObject({ name: z.string().trim().min(1).max(100), members: z.array(PersonId).max(1000) })
export type SaveTeam = z.infer<typeof SaveTeam>

/** Roles that people are assigned in. */
export const ASSIGNED_ROLES = [
  'fasttrack-manager',
  'fasttrack-engineer',
  'customer-success-manager',
  'subject-matter-expert',
  'migration-velocity-manager',
  'regional-manager',
] as const

/** GET /customers/:id/people — who works for the customer; ended assignments too, newest first. */
export const AssignmentView = z.strictObject({
  id: z.string(),
  person: named,
  role: z.enum(ASSIGNED_ROLES),
  /** null: all services. */
  service: z.string().nullable(),
  isPrimary: z.boolean(),
  since: Day,
  until: Day.nullable(),
  covers: named.nullable(),
  state: z.enum(['current', 'future', 'ended']),
})
export type AssignmentView = z.infer<typeof AssignmentView>
export const CustomerPeople = z.strictObject({
  team: named.nullable(),
  assignments: z.array(AssignmentView),
  /** May this person change them; else why not. */
  canAssign: z.union([z.strictObject({ ok: z.literal(true) }), z.strictObject({ ok: z.literal(false), reason: text })]),
  /** Whom one may choose; empty for those who may not assign. */
  candidates: z.array(named.extend({ right: AccessRight })),
  teams: z.array(named),
  version: count,
})
export type CustomerPeople = z.infer<typeof CustomerPeople>

/** POST /customers/:id/assignments — answers CustomerPeople. A primary takes the place of the one before, who stays assigned. */
export const AddAssignment = z
  .strictObject({
    person: PersonId,
    role: z.enum(ASSIGNED_ROLES),
    service: z.string().max(100).nullable().default(null),
    isPrimary: z.boolean().default(false),
    since: Day.optional(),
    until: Day.nullable().default(null),
    /** Stands in for this person; needs an end and cannot be primary. */
    covers: PersonId.nullable().default(null),
    version: z.int().min(0),
  })
  .refine(input => input.covers === null || input.until !== null, { path: ['until'], message: 'a cover needs its last day' })
  .refine(input => input.covers === null || !input.isPrimary, { path: ['isPrimary'], message: 'a cover cannot be primary' })
  .refine(input => input.covers !== input.person, { path: ['covers'], message: 'nobody stands in for oneself' })
export type AddAssignment = z.infer<typeof AddAssignment>
/** PUT /customers/:id/assignments/:assignment — change the last day, or who is primary. DELETE …?version=N takes it away. Answer CustomerPeople. */
export const ChangeAssignment = z.strictObject({
  isPrimary: z.boolean().optional(),
  until: Day.nullable().optional(),
  version: z.int().min(0),
})
export type ChangeAssignment = z.infer<typeof ChangeAssignment>
/** PUT /customers/:id/team — answers CustomerPeople. */
export const SetTeam = z.strictObject({ team: TeamId.nullable(), version: z.int().min(0) })
/** POST /people/:person/cover — somebody stands in for all current assignments of a person, or those of some customers. */
export const CoverPerson = z.strictObject({
  by: PersonId,
  since: Day.optional(),
  until: Day,
  customers: z.array(CustomerId).min(1).max(1000).nullable().default(null),
})
export type CoverPerson = z.infer<typeof CoverPerson>
/** `added` counts the assignments that are covered now and were not, or not for so long; of how many customers. */
export const CoverResult = z.strictObject({ added: count, customers: count })
export type CoverResult = z.infer<typeof CoverResult>

// ── The own account ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** GET /me — password, passkeys and codes are changed at `/api/auth`. */
export const OwnAccount = z.strictObject({
  person: PersonView,
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      createdAt: moment,
      lastSeenAt: moment,
      expiresAt: moment,
      address: z.string().nullable(),
      agent: z.string().nullable(),
      isCurrent: z.boolean(),
    }),
  ),
  passkeys: z.array(z.strictObject({ id: z.string(), name: z.string().nullable(), createdAt: moment.nullable() })),
  keys: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** The first characters, to tell keys apart. */
      start: z.string(),
      scopes: z.array(z.enum(['read', 'write'])),
      expiresAt: moment,
      lastUsedAt: moment.nullable(),
    }),
  ),
  /** Assignments that hold today, covers among them: what the person's access rests on. */
  assignments: z.array(
    z.strictObject({
      customer: named,
      role: z.string(),
      service: z.string().nullable(),
      until: Day.nullable(),
      covers: z.string().nullable(),
    }),
  ),
})
export type OwnAccount = z.infer<typeof OwnAccount>
/** DELETE /me/sessions/:session, DELETE /me/sessions (all others), DELETE /me/keys/:key answer OwnAccount. */
/** POST /me/keys — the key is shown once. 403 with `details.code` `sign-in-again` when the sign-in is older than an hour. */
export const MakeKey = z.strictObject({
  name: z.string().trim().min(1).max(32),
  scopes: z.array(z.enum(['read', 'write'])).min(1),
  days: z.int().min(1).max(365).default(90),
})
export type MakeKey = z.infer<typeof MakeKey>
export const MadeKey = z.strictObject({ key: z.string(), account: OwnAccount })
export type MadeKey = z.infer<typeof MadeKey>

// ── The installation ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Personal data that is kept for a time; `docs/personal-data.md` describes each. */
export const RETENTION_KINDS = ['mail', 'notifications', 'sign-in-addresses', 'report-files', 'ended-accounts', 'survey-answers'] as const
export type RetentionKind = (typeof RETENTION_KINDS)[number]

/** GET /settings, PUT /settings */
export const SettingsView = z.strictObject({
  /** What people see of customers they are not assigned to. */
  unassigned: z.enum(['hidden', 'read-only']),
  retention: z.array(z.strictObject({ kind: z.enum(RETENTION_KINDS), title: text, days: count, defaultDays: count })),
  version: count,
})
export type SettingsView = z.infer<typeof SettingsView>
export const ChangeSettings = z.strictObject({
  unassigned: z.enum(['hidden', 'read-only']).optional(),
  /** Days, 1 to 3650; null = the default again. */
  retention: z.partialRecord(z.enum(RETENTION_KINDS), z.int().min(1).max(3650).nullable()).optional(),
  version: z.int().min(0),
})
export type ChangeSettings = z.infer<typeof ChangeSettings>

/** POST /setup — makes the first administrator, with the code that the start printed. Nobody is signed in by it. */
export const SetUp = z.strictObject({ code: z.string().min(1).max(100), email: Email, name: PersonName, password: Password })
export type SetUp = z.infer<typeof SetUp>
/** POST /setup/own-data — in a demo: takes the demo customers and accounts away and makes the first real administrator. */
export const StartOwnData = z.strictObject({ email: Email, name: PersonName, password: Password })
export type StartOwnData = z.infer<typeof StartOwnData>
export const SetUpDone = z.strictObject({ email: z.string(), removedCustomers: count })
export type SetUpDone = z.infer<typeof SetUpDone>

/** GET /checks — is this installation set up well? */
export const CHECKS = [
  'database',
  'migrations',
  'row-level-security',
  'mail',
  'clock',
  'disk',
  'playbook',
  'address',
  'proxy',
  'secret',
  'demo',
  'administrators',
  'jobs',
] as const
export const SetupChecks = z.strictObject({
  at: moment,
  checks: z.array(
    z.strictObject({
      id: z.enum(CHECKS),
      state: z.enum(['fine', 'warning', 'fault', 'unknown']),
      title: text,
      /** What was found. */
      found: text,
      /** What to do; null when there is nothing to do. */
      remedy: text.nullable(),
    }),
  ),
})
export type SetupChecks = z.infer<typeof SetupChecks>
/** POST /checks/mail — sends a test mail now and says what the mail server answered. */
export const TestMail = z.strictObject({ to: Email })
export const TestMailResult = z.strictObject({ ok: z.boolean(), state: z.enum(['sent', 'captured', 'failed']), said: z.string() })
export type TestMailResult = z.infer<typeof TestMailResult>

/** GET /jobs */
export const JobsView = z.strictObject({
  queues: z.array(
    z.strictObject({
      name: z.string(),
      title: text,
      /** Cron in UTC; null = runs when there is something to do. */
      schedule: z.string().nullable(),
      waiting: count,
      active: count,
      failed: count,
      completed: count,
      lastRunAt: moment.nullable(),
      /** The schedule in words; null where there is none. */
      scheduleText: text.nullable(),
      nextRunAt: moment.nullable(),
    }),
  ),
  failed: z.array(z.strictObject({ queue: z.string(), id: z.string(), at: moment, error: z.string() })),
  /** Mails of which nobody knows whether they went out. */
  uncertain: z.array(z.strictObject({ id: z.string(), address: z.string(), subject: z.string(), createdAt: moment })),
})
export type JobsView = z.infer<typeof JobsView>
/** POST /jobs/:queue/:job/retry answers JobsView. POST /jobs/:queue/run starts one now. POST /mail/:mail/send and DELETE /mail/:mail answer MailPage. */

/** GET /mail?before — the outbox, newest first. */
export const MailLine = z.strictObject({
  id: z.string(),
  kind: z.string(),
  address: z.string(),
  subject: z.string(),
  state: z.enum(['queued', 'sending', 'sent', 'captured', 'failed', 'uncertain']),
  tries: count,
  error: z.string().nullable(),
  createdAt: moment,
  sentAt: moment.nullable(),
})
export const MailPage = z.strictObject({ mode: z.enum(['smtp', 'captured']), mails: z.array(MailLine), next: z.string().nullable() })
export type MailPage = z.infer<typeof MailPage>
/** GET /mail/:mail — a captured mail as it would arrive; others without their text, which holds links that sign people in. */
export const MailView = z.strictObject({
  mail: MailLine,
  text: z.string().nullable(),
  html: z.string().nullable(),
  /** Files that go with it, while they are kept. */
  attachments: z.array(z.strictObject({ name: z.string(), bytes: count })),
})
export type MailView = z.infer<typeof MailView>

/** GET /audit?before&kind&person — what belongs to no customer: sign-ins, people, settings, exports. Newest first. */
export const AuditQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  kind: z.string().max(100).optional(),
  person: PersonId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const AuditEvent = z.strictObject({
  seq: count,
  at: moment,
  who: named,
  kind: z.string(),
  summary: text,
  /** Address the request came from; null when it is not known or was erased. */
  from: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
})
export const AuditPage = z.strictObject({ events: z.array(AuditEvent), next: z.int().nullable() })
export type AuditPage = z.infer<typeof AuditPage>
/** GET /audit/verification — recomputes every chain. */
export const Verification = z.strictObject({
  chains: count,
  events: count,
  broken: z.array(z.strictObject({ chain: z.string(), seq: count, fault: z.string() })),
  /** One hash over the last link of every chain: kept outside, it shows later whether a tail was cut off. */
  head: z.string(),
})
export type Verification = z.infer<typeof Verification>
