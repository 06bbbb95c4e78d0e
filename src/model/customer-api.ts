import { z } from 'zod'
import { ASSIGNED_ROLES, Email, PersonId, PersonName, TeamId } from './admin-api.ts'
import { CustomerId, type WriteAccess } from './api.ts'
import { Day, Initiative, Segment } from './words.ts'

/** Adding, changing, archiving and merging customers and tenants, their contacts, and changes of many customers at once. */

const text = z.record(z.string(), z.string())
const count = z.int().min(0)
const version = z.int().min(0)
const moment = z.string()
const named = z.strictObject({ id: z.string(), name: z.string() })
const writeAccess: z.ZodType<WriteAccess> = z.custom<WriteAccess>(value => typeof value === 'object' && value !== null)

export const CustomerName = z
  .string()
  .trim()
  .min(1, 'a name')
  .max(200)
  .regex(/^[^\p{Cc}\u2028\u2029]+$/u, 'a name on one line')
/** BCP 47, as the database holds it. */
export const LanguageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or pt-BR')
export const TenantId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'letters, digits, dots and dashes')
export const ServiceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service')
const reason = z.string().trim().min(1, 'a reason').max(1000)

// ── Customers ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Intended or not, and since when activated: a day, false for not activated, null for unknown. */
const service = z.strictObject({
  service: ServiceId,
  intended: z.boolean().default(true),
  activatedOn: z.union([Day, z.literal(false), z.null()]).default(null),
})

/** POST /customers — answers AddedCustomer. */
export const AddCustomer = z.strictObject({
  id: CustomerId,
  name: CustomerName,
  segment: Segment.nullable().default(null),
  initiatives: z.array(Initiative).max(10).default([]),
  language: LanguageTag.default('en'),
  assignedOn: Day.nullable().default(null),
  team: TeamId.nullable().default(null),
  owner: PersonId.nullable().default(null),
  tenants: z
    .array(z.strictObject({ id: TenantId, name: CustomerName }))
    .max(100)
    .default([]),
  services: z.array(service).max(200).default([]),
  /** Another customer has this name already, and this is one more. */
  sameName: z.boolean().default(false),
})
export type AddCustomer = z.infer<typeof AddCustomer>
export const AddedCustomer = z.strictObject({ id: z.string(), name: z.string() })
export type AddedCustomer = z.infer<typeof AddedCustomer>

/** GET /customer-names?name — what a new customer of this name would be called by, and who is called so already. */
export const CustomerNameQuery = z.object({ name: z.string().trim().min(1).max(200) })
export const CustomerNameAnswer = z.strictObject({
  id: z.string(),
  /** Of those one may see. */
  same: z.array(named),
  owners: z.array(named),
  teams: z.array(named),
})
export type CustomerNameAnswer = z.infer<typeof CustomerNameAnswer>

/** GET /customers/:id/details */
export const CustomerDetails = z.strictObject({
  id: z.string(),
  name: z.string(),
  segment: Segment.nullable(),
  initiatives: z.array(Initiative),
  language: z.string(),
  assignedOn: Day.nullable(),
  tenants: z.array(named),
  services: z.array(
    z.strictObject({ service: z.string(), intended: z.boolean(), activatedOn: z.union([Day, z.literal(false), z.null()]) }),
  ),
  /** Customers that were merged into this one; their history is read with `GET /customers/:id/merged/:from/events`. */
  merged: z.array(named.extend({ at: moment })),
  canChange: writeAccess,
  /** May this person archive and merge; else why not. */
  canManage: z.union([z.strictObject({ ok: z.literal(true) }), z.strictObject({ ok: z.literal(false), reason: text })]),
  version: count,
})
export type CustomerDetails = z.infer<typeof CustomerDetails>
/** PUT /customers/:id/details — answers CustomerDetails; 409 with both where another value was saved meanwhile. Absent = leave alone. */
export const ChangeCustomer = z.strictObject({
  name: CustomerName.optional(),
  segment: Segment.nullable().optional(),
  initiatives: z.array(Initiative).max(10).optional(),
  language: LanguageTag.optional(),
  assignedOn: Day.nullable().optional(),
  version,
})
export type ChangeCustomer = z.infer<typeof ChangeCustomer>

/** POST /customers/:id/tenants, PUT /customers/:id/tenants/:tenant/name — answer CustomerDetails. */
export const AddTenant = z.strictObject({ id: TenantId, name: CustomerName, version })
export type AddTenant = z.infer<typeof AddTenant>
export const RenameTenant = z.strictObject({ name: CustomerName, version })
/** POST /customers/:id/tenants/:tenant/merge — `:tenant` goes into another one of the customer's. */
export const MergeTenant = z.strictObject({ into: TenantId, preview: z.boolean().default(false) })
export type MergeTenant = z.infer<typeof MergeTenant>

/** POST /customers/:id/archive */
export const ArchiveCustomer = z.strictObject({ reason, version })
export type ArchiveCustomer = z.infer<typeof ArchiveCustomer>
/** GET /archived-customers?q — the newest first. POST /archived-customers/:id/return brings one back. */
export const ArchivedQuery = z.object({ q: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) })
export const ArchivedCustomers = z.strictObject({
  customers: z.array(
    named.extend({
      archivedAt: moment,
      reason: z.string().nullable(),
      /** The portfolio file that had added it and was undone. */
      undoneFile: z.string().nullable(),
      by: z.string().nullable(),
      mergedInto: named.nullable(),
    }),
  ),
})
export type ArchivedCustomers = z.infer<typeof ArchivedCustomers>

/** POST /customers/:id/merge — the customer `from` goes into `:id`. With `preview` nothing changes. */
export const MergeCustomer = z.strictObject({ from: CustomerId, preview: z.boolean().default(false) })
export type MergeCustomer = z.infer<typeof MergeCustomer>
export const MOVED_KINDS = [
  'tenants',
  'contacts',
  'notes',
  'meetings',
  'services',
  'followUps',
  'blockers',
  'imports',
  'connections',
  'seats',
  'usage',
] as const
export const MergeResult = z.strictObject({
  preview: z.boolean(),
  from: named,
  into: named,
  moves: z.array(z.strictObject({ what: z.enum(MOVED_KINDS), count })),
  /** Why it cannot be done; empty when it can. */
  refusals: z.array(text),
})
export type MergeResult = z.infer<typeof MergeResult>

// ── Contacts ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const CONTACT_ROLES = [
  'sponsor',
  'success-owner',
  'adoption-lead',
  'technical-lead',
  'training',
  'communications',
  'help-desk',
  'security',
  'purchasing',
  'champion',
  'other',
] as const
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]+$/u, 'one line')
const contact = {
  name: PersonName,
  email: Email.nullable(),
  title: line(200).nullable(),
  phone: line(50).nullable(),
  roles: z.array(z.enum(CONTACT_ROLES)).max(CONTACT_ROLES.length),
  services: z.array(ServiceId).max(200),
  language: LanguageTag.nullable(),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country code of two capital letters')
    .nullable(),
  /** IANA, such as `America/Sao_Paulo`. */
  timeZone: z.string().max(100).nullable(),
  /** Why not to write to this person; null: may be written to. */
  doNotContact: reason.nullable(),
  surveyEligible: z.boolean(),
} as const
/** GET /customers/:id/contacts, and the answer of every change of contacts. */
export const ContactView = z.strictObject({
  ...contact,
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  roles: z.array(z.string()),
  services: z.array(z.string()),
  language: z.string().nullable(),
  country: z.string().nullable(),
  timeZone: z.string().nullable(),
  doNotContact: z.string().nullable(),
  /** Mail came back: when, and what the server said. */
  bounced: z.strictObject({ at: moment, said: z.string() }).nullable(),
  isArchived: z.boolean(),
  version: count,
})
export type ContactView = z.infer<typeof ContactView>
export const Contacts = z.strictObject({ contacts: z.array(ContactView), canChange: writeAccess })
export type Contacts = z.infer<typeof Contacts>
/** POST /customers/:id/contacts, PUT /customers/:id/contacts/:contact */
export const AddContact = z.strictObject({
  ...contact,
  email: contact.email.default(null),
  title: contact.title.default(null),
  phone: contact.phone.default(null),
  roles: contact.roles.default([]),
  services: contact.services.default([]),
  language: contact.language.default(null),
  country: contact.country.default(null),
  timeZone: contact.timeZone.default(null),
  doNotContact: contact.doNotContact.default(null),
  surveyEligible: contact.surveyEligible.default(false),
})
export type AddContact = z.infer<typeof AddContact>
/** Everything the form holds; `bounceSeen` takes the mark of a bounced mail away, `archived` puts the contact away or brings it back. */
export const ChangeContact = z.strictObject({
  ...contact,
  archived: z.boolean().default(false),
  bounceSeen: z.boolean().default(false),
  version,
})
export type ChangeContact = z.infer<typeof ChangeContact>
/** POST /customers/:id/contacts/:contact/erasure — `name` repeats whom, so that nobody is erased by a slip. */
export const EraseContact = z.strictObject({ name: z.string().max(200), version })
export type EraseContact = z.infer<typeof EraseContact>

// ── Many customers at once ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Columns of a portfolio file; `docs/customers.md` describes each. */
export const PORTFOLIO_COLUMNS = [
  'id',
  'name',
  'segment',
  'initiatives',
  'language',
  'assigned_on',
  'owner_email',
  'team',
  'tenants',
  'services',
  'activated',
] as const
export type PortfolioColumn = (typeof PORTFOLIO_COLUMNS)[number]
export const IMPORT_STATES = ['added', 'changed', 'returned', 'unchanged'] as const

/** PUT /customer-imports/:fileName?preview=true — raw body: CSV. All or nothing; the same file twice changes nothing. */
export const CustomerImport = z.strictObject({
  file: z.string(),
  preview: z.boolean(),
  rows: z.strictObject({ read: count, added: count, changed: count, returned: count, unchanged: count }),
  /** The first of them; `faultCount` says how many there are. Line 1 is the first of the file. */
  faults: z.array(z.strictObject({ line: count, column: z.string().nullable(), message: z.string() })),
  faultCount: count,
  /** The first rows that are not unchanged. */
  lines: z.array(
    z.strictObject({
      line: count,
      id: z.string(),
      name: z.string(),
      state: z.enum(IMPORT_STATES),
      columns: z.array(z.enum(PORTFOLIO_COLUMNS)),
    }),
  ),
  /** By which it can be undone; null in a preview, with faults, and where nothing changed. */
  bulk: z.string().nullable(),
})
export type CustomerImport = z.infer<typeof CustomerImport>

/** Which customers: all that fit every part that is given. */
export const CustomerChoice = z.strictObject({
  q: z.string().max(200).optional(),
  segment: Segment.optional(),
  owner: PersonId.optional(),
  team: TeamId.optional(),
  ids: z.array(CustomerId).min(1).max(1000).optional(),
})
export type CustomerChoice = z.infer<typeof CustomerChoice>
const role = z.enum(ASSIGNED_ROLES)
/** `since`: the first day of the new; `until`: the last day of the old. */
export const AssignmentChange = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('replace'), role, from: PersonId, to: PersonId, since: Day }),
  z.strictObject({
    is: z.literal('assign'),
    role,
    person: PersonId,
    isPrimary: z.boolean().default(false),
    since: Day,
    until: Day.nullable().default(null),
  }),
  z.strictObject({ is: z.literal('end'), role, person: PersonId, until: Day }),
])
export type AssignmentChange = z.infer<typeof AssignmentChange>
/** POST /bulk-assignments — who works for many customers; with `preview` nothing changes. */
export const BulkAssign = z.strictObject({ customers: CustomerChoice, change: AssignmentChange, preview: z.boolean().default(false) })
export type BulkAssign = z.infer<typeof BulkAssign>
export const BulkAssigned = z.strictObject({
  preview: z.boolean(),
  customers: z.array(
    z.strictObject({ id: z.string(), name: z.string(), outcome: z.enum(['changed', 'unchanged', 'refused']), why: text.nullable() }),
  ),
  bulk: z.string().nullable(),
})
export type BulkAssigned = z.infer<typeof BulkAssigned>

export const BULK_KINDS = ['assignments', 'customer-import'] as const
/** GET /bulk-changes — the newest first. POST /bulk-changes/:bulk/undo */
export const BulkChanges = z.strictObject({
  changes: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(BULK_KINDS),
      what: text,
      customers: count,
      by: z.string(),
      at: moment,
      undone: z.strictObject({ by: z.string(), at: moment }).nullable(),
    }),
  ),
})
export type BulkChanges = z.infer<typeof BulkChanges>
/** What was changed since stays as it is, and is named. */
export const BulkUndone = z.strictObject({
  undone: count,
  refused: z.array(z.strictObject({ id: z.string(), name: z.string(), why: text })),
})
export type BulkUndone = z.infer<typeof BulkUndone>
