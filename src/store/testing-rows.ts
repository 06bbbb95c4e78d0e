import type { AccessRight, AccessScope } from '../model/api.ts'
import type { Day } from '../model/words.ts'

/**
 * For tests of row-level security: a customer for every way of being tied to Ana, a row of each in every table, and who may do what with
 * it, written down apart from the policies.
 */
export const TODAY = '2026-11-21' as Day // a day as text is a day
export const ME = 'ana'

/** Ana is assigned to `own`, in the team of `team`, covers at `cover` until today, is assigned to Teams only at `service`. */
export const TIES = ['own', 'team', 'cover', 'ended', 'later', 'service', 'other'] as const
export type Tie = (typeof TIES)[number]
export type Acting = Readonly<{ right: AccessRight; scope: AccessScope | 'none' }>
type Reach = Readonly<Record<Acting['scope'], readonly Tie[]>>

const SEEN: Reach = {
  all: TIES,
  team: ['own', 'team', 'cover', 'service'],
  customers: ['own', 'cover', 'service'],
  services: ['own', 'cover', 'service'],
  none: [],
}
/** Where she may change things of the customer as a whole, and where things of a service that is not Teams. */
const WHOLE: Reach = { all: TIES, team: ['own', 'team', 'cover'], customers: ['own', 'cover'], services: [], none: [] }
const EXCHANGE: Reach = { ...WHOLE, services: ['own', 'cover'] }

const ADMINISTRATORS = ['administrator'] as const
const MANAGERS = [...ADMINISTRATORS, 'lead'] as const
const ADDERS = [...MANAGERS, 'fasttrack-manager'] as const
const TELLERS = [...ADDERS, 'customer-success-manager'] as const
const IMPORTERS = [...ADDERS, 'engineer'] as const
const WRITERS = [...TELLERS, 'engineer', 'subject-matter-expert'] as const
const AUTHORS = [...ADMINISTRATORS, 'author'] as const

/** At which customers the one who acts may; of a table that belongs to no customer, at all or none. */
export type Where = (acting: Acting) => readonly Tie[]
const within =
  (rights: readonly AccessRight[], reach: Reach): Where =>
  ({ right, scope }) =>
    rights.includes(right) ? reach[scope] : []
const seen: Where = ({ scope }) => SEEN[scope]
const someone: Where = ({ scope }) => (scope === 'none' ? [] : TIES)
const someoneWith =
  (rights: readonly AccessRight[]): Where =>
  acting =>
    rights.includes(acting.right) ? someone(acting) : []
const withAll = (rights: readonly AccessRight[]): Where => within(rights, { all: TIES, team: [], customers: [], services: [], none: [] })
const never: Where = () => []
const administrators = withAll(ADMINISTRATORS)
const managers = withAll(MANAGERS)

export type Spec = Readonly<{
  name: string
  table: string
  /** The rows this is about, where those of a table are not alike. */
  rows: string
  /** The column that names the customer; null where the table belongs to none. */
  key: 'id' | 'customer_id' | null
  see: Where
  /** Values of a new row; null where such a row is not added apart from others of the table. */
  add: Readonly<{ values: (customer: Tie) => string; may: Where }> | null
  change: Readonly<{ set: string; may: Where }>
  remove: Where
}>

type Given = { rows?: string; add?: string | null; set: string; may: Where; adds?: Where; removes?: Where; key?: 'id' }
/** `$c` in what is added stands for the customer. */
const ofCustomers = (table: string, { rows, add, set, may, adds = may, removes = may, key }: Given): Spec => ({
  name: rows === undefined ? table : `${table} where ${rows}`,
  table,
  rows: rows ?? 'true',
  key: key ?? 'customer_id',
  see: seen,
  add: add == null ? null : { values: customer => add.replaceAll('$c', `'${customer}'`), may: adds },
  change: { set, may },
  remove: removes,
})
const ofNobody = (table: string, given: Given & { see: Where }): Spec => ({ ...ofCustomers(table, given), key: null, see: given.see })

const PART = within(WRITERS, SEEN)
const AT = `'2026-11-20T10:00:00Z'`
const PLAN_VALUES = `'2026-11-21', 'sha256:a', '{}', 0, 0, 0, 0, null, 1, '{}', 'unknown', 'open', 10, null, '[]', '{}', false, false`
const marked = (rows: string, columns: string, may: Where): Spec =>
  ofCustomers('item', {
    rows: `id = '${rows}'`,
    add: `(customer_id, engagement_id, id, process, step, service, status, set_by, set_at) values ($c, '1', 'new', 'p', 's', ${columns}, 'complete', '${ME}', ${AT})`,
    set: `note = 'changed'`,
    may,
  })
const told = (service: string, may: Where): Spec =>
  ofCustomers('fact', {
    rows: `service = '${service}'`,
    add: `(customer_id, name, service, value, source, recorded_at) values ($c, 'new', '${service}', '1', 'test', ${AT})`,
    set: `value = '2'`,
    may,
  })
const serviceRow = (service: string, may: Where): Spec =>
  ofCustomers('customer_service', {
    rows: `service = '${service}'`,
    add: `(customer_id, service) values ($c, '${service}')`,
    set: 'intended = false',
    may,
  })
const milestoneRow = (service: string, may: Where): Spec =>
  ofCustomers('milestone', {
    rows: `service = '${service}'`,
    add: `values ($c, '${service}', 'broad', 40, null, 1)`,
    set: 'version = 2',
    may,
  })
const discussion = (service: string, may: Where): Spec =>
  ofCustomers('value_discussion', {
    rows: `service = '${service}'`,
    add: `(customer_id, engagement_id, service, status, changed_by, changed_at, version) values ($c, '1', '${service}', 'proposed', '${ME}', ${AT}, 1)`,
    set: `outcome = 'changed'`,
    may,
  })
const reachedRow = (service: string, may: Where): Spec =>
  ofCustomers('milestone_reached', {
    rows: `service = '${service}'`,
    add: `values ($c, '${service}', 'broad', 40, '2026-11-02', false)`,
    set: 'percent = 11',
    may,
  })
const NEW_ID = `'00000000-0000-4000-8000-000000000001'`
const OTHER_ID = `'00000000-0000-4000-8000-000000000002'`

export const SPECS: readonly Spec[] = [
  ofCustomers('customer', {
    key: 'id',
    add: `(id, name, search_key, created_at) values ('new-' || $c, 'New', 'new', ${AT})`,
    set: 'version = version + 1',
    may: PART,
    adds: withAll(ADDERS),
    removes: administrators,
  }),
  ofCustomers('tenant', { add: `values ($c, 'new', 'New')`, set: `name = 'changed'`, may: within(TELLERS, WHOLE) }),
  serviceRow('teams', within(TELLERS, SEEN)),
  serviceRow('exchange', within(TELLERS, EXCHANGE)),
  ofCustomers('entitlement', {
    add: `values ($c, 't', 'exchange', 1, 'test', '2026-11-01')`,
    set: 'seats = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  told('', within(TELLERS, WHOLE)),
  told('teams', within(TELLERS, SEEN)),
  told('exchange', within(TELLERS, EXCHANGE)),
  ofCustomers('usage_import', {
    add: `values ($c, ${NEW_ID}, 't', 'f', repeat('b', 64), null, null, null, 0, 0, 0, 0, false, false, '[]', ${AT}, null)`,
    set: `file = 'changed'`,
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('usage_report_service', {
    add: `select customer_id, id, 'exchange', 1, 1, 1, null from usage_import where customer_id = $c`,
    set: 'active = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('usage_current', {
    add: `values ($c, 't', 'exchange', 1, 1, 1, '2026-11-01', 30, '{}', false)`,
    set: 'assigned = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('usage_day', {
    add: `values ($c, 't', 'exchange', '2026-11-01', 1, 1, 1)`,
    set: 'active = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('usage_union', {
    add: `values ($c, 't', 'exchange', '2026-11-01', array[${NEW_ID}, ${OTHER_ID}]::uuid[], 1, 1, 1, 28)`,
    set: 'active = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('usage_count', {
    add: `(customer_id, tenant_id, service, day, active, report) values ($c, 't', 'exchange', '2026-11-01', 1, 'r')`,
    set: 'active = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('usage_version', {
    add: `(customer_id, tenant_id, service, measure, day, known_since, known_until, active, why) values ($c, 't', 'exchange', 'rolling', '2026-11-01', ${AT}, ${AT}, 1, 'restated')`,
    set: 'active = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('usage_activation', {
    add: `values ($c, 't', 'new', 1, 1, 0, '2026-11-01', ${NEW_ID})`,
    set: 'activated = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('subscription', {
    add: `(customer_id, tenant_id, sku_id, part_number, enabled, consumed, as_of) values ($c, 't', 'new', 'N', 1, 1, '2026-11-01')`,
    set: 'enabled = 2',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('graph_connection', {
    add: `(customer_id, tenant_id, cloud, directory, client_id, credential, credential_hint, state_since, made_by, made_at) values ($c, 't2', 'global', 'd', 'c', 'secret', '…x', ${AT}, '${ME}', ${AT})`,
    set: 'is_enabled = false',
    may: within(ADDERS, WHOLE),
  }),
  {
    ...ofCustomers('graph_secret', { add: `values ($c, 't', 'x')`, set: `sealed = 'changed'`, may: within(ADDERS, WHOLE) }),
    see: within(ADDERS, WHOLE),
  },
  ofCustomers('sync_run', {
    add: `(customer_id, id, tenant_id, trigger, reaches_back, requested_by, requested_at, state, ended_at) values ($c, ${OTHER_ID}, 't', 'person', false, '${ME}', ${AT}, 'done', ${AT})`,
    set: 'reaches_back = true',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('sync_step', {
    add: `(customer_id, run_id, position, report) values ($c, ${NEW_ID}, 2, 'r')`,
    set: 'tries = 1',
    may: within(IMPORTERS, WHOLE),
  }),
  ofCustomers('graph_request', {
    add: `values ($c, 't', 'r', ${AT})`,
    set: `function = 'changed'`,
    may: within(IMPORTERS, WHOLE),
  }),
  milestoneRow('teams', within(TELLERS, SEEN)),
  milestoneRow('exchange', within(TELLERS, EXCHANGE)),
  // What was aimed at is never rewritten; who added it is who acts.
  ofCustomers('milestone_change', {
    rows: `service = 'teams'`,
    add: `values ($c, 'teams', 'first', 2, 10, null, null, '${ME}', ${AT})`,
    set: 'percent = 20',
    may: never,
    adds: within(TELLERS, SEEN),
    removes: administrators,
  }),
  ofCustomers('milestone_change', {
    rows: `service = 'exchange'`,
    add: `values ($c, 'exchange', 'first', 2, 10, null, null, 'rita', ${AT})`,
    set: 'percent = 20',
    may: never,
    adds: never,
    removes: administrators,
  }),
  reachedRow('teams', within(TELLERS, SEEN)),
  reachedRow('exchange', within(TELLERS, EXCHANGE)),
  ofCustomers('forecast', {
    add: `(customer_id, service, milestone, made_on, goal_percent, percent_then, state, method) values ($c, 'exchange', 'first', '2026-11-01', 10, 5, 'not-in-sight', 'test')`,
    set: 'percent_then = 6',
    may: administrators,
  }),
  ofCustomers('survey_invitation', {
    add: `(customer_id, id, engagement_id, language, services, asked_by, asked_at, remind_at, expires_at, state, ended_at, withdrawn_because)
      values ($c, ${OTHER_ID}, '1', 'en', '{}', '${ME}', ${AT}, '2026-12-04T10:00:00Z', '2026-12-20T10:00:00Z', 'withdrawn', ${AT}, 'by-hand')`,
    set: `mailed_at = ${AT}`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('survey_answer', {
    add: `(customer_id, invitation_id, overall, answered_at, is_low) values ($c, ${OTHER_ID}, 5, ${AT}, false)`,
    set: 'comment = null',
    may: managers,
    adds: administrators,
    removes: administrators,
  }),
  ofCustomers('contact', {
    add: `(customer_id, id, name, version) values ($c, ${OTHER_ID}, 'New', 1)`,
    set: `title = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('note', {
    add: `(customer_id, id, body, search_key, written_by, written_at, changed_at, version) values ($c, ${OTHER_ID}, 'New', 'new', '${ME}', ${AT}, ${AT}, 1)`,
    set: `body = 'changed'`,
    may: PART,
  }),
  ofCustomers('note_version', {
    add: `values ($c, ${NEW_ID}, 2, 'New', '${ME}', ${AT})`,
    set: `body = 'changed'`,
    may: PART,
  }),
  ofCustomers('kickoff_service', {
    add: `(customer_id, service, version) values ($c, 'exchange', 1)`,
    set: `intent = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('objective', {
    add: `(customer_id, id, title, version) values ($c, ${OTHER_ID}, 'New', 1)`,
    set: `title = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('metric', {
    add: `(customer_id, id, name, kind, target, version) values ($c, 'new', 'New', 'own', 1, 1)`,
    set: `name = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('metric_reading', {
    add: `(customer_id, metric_id, day, value, source, recorded_at) values ($c, 'm', '2026-11-02', 1, 'hand', ${AT})`,
    set: `value = 2`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('blocker', {
    add: `(customer_id, id, title, reason, reason_version, opened_by, opened_at, version) values ($c, ${OTHER_ID}, 'New', 'r', 1, '${ME}', ${AT}, 1)`,
    set: `title = 'changed'`,
    may: PART,
  }),
  discussion('teams', within(TELLERS, SEEN)),
  discussion('exchange', within(TELLERS, EXCHANGE)),
  ofCustomers('usage_discussion', {
    add: `(customer_id, id, held_on, recorded_by, recorded_at) values ($c, ${OTHER_ID}, '2026-11-01', '${ME}', ${AT})`,
    set: `note = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('evidence', {
    add: `(customer_id, id, subject, title, href, added_by, added_at) values ($c, ${OTHER_ID}, 'check:x', 'New', 'https://example.com', '${ME}', ${AT})`,
    set: `title = 'changed'`,
    may: PART,
  }),
  ofCustomers('decision', {
    add: `(customer_id, proposal, seq, state, decided_on, because, recorded_by, recorded_at) values ($c, 'p', 2, 'agreed', '2026-11-01', '{}', '${ME}', ${AT})`,
    set: `state = 'changed'`,
    may: PART,
  }),
  ofCustomers('review', {
    add: `values ($c, '2', '2026-11-01', ${AT}, '${ME}', 'met', '{}', null)`,
    set: `opened_at = ${AT}::timestamptz + interval '1 hour'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('review_deck', {
    add: `(customer_id, engagement_id, locale, slides, changed_by, changed_at, version) values ($c, '2', 'en', '{}', '${ME}', ${AT}, 1)`,
    set: `locale = 'pt-BR'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('engagement_fact', {
    add: `values ($c, '1', 'new', '', '1', 'test', null, ${AT})`,
    set: `source = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('expert_request', {
    rows: `expert_id = 'rita'`,
    add: `(customer_id, id, skill, purpose, state, requested_by, requested_at, expert_id, acknowledge_by, decide_by, version) values ($c, gen_random_uuid(), 'x', 'New', 'open', '${ME}', ${AT}, 'rita', '2026-11-23', '2026-11-27', 1)`,
    set: `version = 2`,
    may: PART,
  }),
  // What waits for any expert is seen by all of them, whatever they see of the customer.
  {
    ...ofCustomers('expert_request', { rows: 'expert_id is null', set: `version = 2`, may: PART }),
    see: ({ right, scope }) => (right === 'subject-matter-expert' && scope !== 'none' ? TIES : SEEN[scope]),
  },
  ofCustomers('expert_request_message', {
    rows: `body = 'Of Rita'`,
    add: `select customer_id, id, 2, 'wrote', 'New', null, '${ME}', ${AT}::timestamptz from expert_request where customer_id = $c and expert_id = 'rita'`,
    set: `body = 'changed'`,
    may: PART,
  }),
  {
    ...ofCustomers('expert_request_message', { rows: `body = 'Of the queue'`, set: `body = 'changed'`, may: PART }),
    see: ({ right, scope }) => (right === 'subject-matter-expert' && scope !== 'none' ? TIES : SEEN[scope]),
  },
  ofCustomers('handshake', {
    add: `(customer_id, id, service, state, offered_by, offered_to, offered_at, remind_on, version) values ($c, ${OTHER_ID}, 'exchange', 'offered', '${ME}', 'rita', ${AT}, '2026-11-27', 1)`,
    set: `version = 2`,
    may: PART,
  }),
  ofCustomers('handshake_message', {
    add: `values ($c, ${NEW_ID}, 2, 'New', '${ME}', ${AT})`,
    set: `body = 'changed'`,
    may: PART,
  }),
  ofCustomers('adoption_owner', {
    add: `(customer_id, service, since, person_id) values ($c, 'exchange', '2026-11-01', 'rita')`,
    set: `until = '2026-12-01'`,
    may: PART,
  }),
  ofCustomers('cadence', {
    add: `(customer_id, id, kind, title, rule, starts_local, time_zone, minutes, organizer_id, uid, version) values ($c, ${OTHER_ID}, 'customer', 'New', 'FREQ=WEEKLY', '2026-11-24T10:00', 'UTC', 30, '${ME}', 'new-' || $c, 1)`,
    set: `title = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('meeting', {
    add: `(customer_id, id, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version) values ($c, ${OTHER_ID}, 'customer', 'New', '2026-11-24T10:00:00Z', '2026-11-24T10:30:00Z', 'UTC', '${ME}', 'new', '${ME}', 1)`,
    set: `title = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('attendee', {
    add: `(customer_id, id, meeting_id, person_id, token_hash) values ($c, ${OTHER_ID}, ${NEW_ID}, '${ME}', 'new-' || $c)`,
    set: `comment = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('follow_up', {
    add: `(customer_id, id, engagement_id, title, made_by, made_at, version) values ($c, ${OTHER_ID}, '1', 'New', '${ME}', ${AT}, 1)`,
    set: `title = 'changed'`,
    may: PART,
  }),
  ofCustomers('review_record', { set: `achievements = 'changed'`, may: within(TELLERS, WHOLE) }),
  ofCustomers('review_entry', {
    add: `(customer_id, id, engagement_id, list, what, made_at, version) values ($c, ${OTHER_ID}, '1', 'step', 'New', ${AT}, 1)`,
    set: `what = 'changed'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('review_letter', {
    add: `(customer_id, id, engagement_id, contact_id, asked_by, asked_at) values ($c, ${OTHER_ID}, '1', ${NEW_ID}, '${ME}', ${AT})`,
    set: `written_at = ${AT}`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('plan_change', {
    add: `(customer_id, id, at, kind, subject) values ($c, ${OTHER_ID}, ${AT}, 'gate', 'review')`,
    set: `after = 'changed'`,
    may: PART,
  }),
  ofCustomers('kickoff', { set: `scenarios = 'changed'`, may: within(TELLERS, WHOLE) }),
  ofCustomers('priority_override', { set: 'priority = 2', may: within(TELLERS, WHOLE) }),
  ofCustomers('seat_split', { set: 'version = 2', may: within(TELLERS, WHOLE) }),
  ofCustomers('seat_intent', { set: `note = 'changed'`, may: within(TELLERS, WHOLE), removes: within(TELLERS, WHOLE) }),
  ofCustomers('engagement', {
    add: `(customer_id, id, cycle, playbook_hash, opened_at, closed_at, state, cancel_reason) values ($c, '2', 2, 'sha256:a', ${AT}, ${AT}, 'cancelled', 'x')`,
    set: `playbook_hash = 'sha256:b'`,
    may: PART,
    removes: administrators,
  }),
  ofCustomers('item', {
    rows: `id = 'planned'`,
    add: `(customer_id, engagement_id, id, process, step) values ($c, '1', 'new', 'p', 's')`,
    set: `state = 'done'`,
    may: PART,
  }),
  marked('marked', 'null', within(WRITERS, WHOLE)),
  marked('marked@teams', `'teams'`, within(WRITERS, SEEN)),
  marked('marked@exchange', `'exchange'`, within(WRITERS, EXCHANGE)),
  ofCustomers('gate_state', { add: `values ($c, '1', 'new', 'met', '2026-11-01')`, set: `state = 'met'`, may: PART }),
  ofCustomers('outcome', {
    add: `values ($c, '1', 'transition-to-csm', ${AT}, null)`,
    set: `recorded_by = '${ME}'`,
    may: within(TELLERS, WHOLE),
  }),
  ofCustomers('plan', {
    add: `select $c, '2', ${PLAN_VALUES}`,
    set: 'priority = 2',
    may: PART,
  }),
  // The record: whoever sees a customer may add to it in their own name; a real one's is never changed, which a trigger sees to.
  ofCustomers('event', {
    add: `values ($c, 9, ${AT}, '${ME}', 'exported', '{}', 'x', 'y')`,
    set: `body = 'changed'`,
    may: never,
    adds: seen,
    removes: administrators,
  }),
  ofCustomers('event', {
    rows: `who = 'rita'`,
    add: `values ($c, 9, ${AT}, 'rita', 'exported', '{}', 'x', 'y')`,
    set: `kind = 'changed'`,
    may: never,
    adds: administrators,
    removes: administrators,
  }),
  ofCustomers('assignment', {
    add: `(customer_id, id, person_id, role, since) values ($c, 'new', 'rita', 'engineer', '2026-01-01')`,
    set: `until = '2027-01-01'`,
    may: managers,
  }),

  ofNobody('person', {
    rows: `id = '${ME}'`,
    set: `name = 'Anna'`,
    see: someone,
    may: someone,
    removes: administrators,
  }),
  ofNobody('person', {
    rows: `id = 'rita'`,
    add: `values ('new', 'New')`,
    set: `name = 'changed'`,
    see: someone,
    adds: someoneWith(WRITERS),
    may: administrators,
    removes: administrators,
  }),
  ofNobody('person_key', {
    add: `(person_id, wrapped, made_at) values ('${ME}', 'x', ${AT})`,
    set: `wrapped = 'changed'`,
    see: someone,
    adds: someone,
    may: administrators,
  }),
  ofNobody('team', { add: `values ('new', 'New')`, set: `name = 'changed'`, see: someone, may: managers }),
  ofNobody('team_member', { add: `values ('south', '${ME}')`, set: `team_id = 'south'`, see: someone, may: managers }),
  ofNobody('playbook_release', {
    add: `values ('sha256:new', null, null, '{}', ${AT})`,
    set: `version = '2'`,
    see: someone,
    adds: someoneWith(AUTHORS),
    may: never,
  }),
  ofNobody('playbook_current', {
    add: `values (true, 'sha256:a', ${AT})`,
    set: `hash = 'sha256:b'`,
    see: someone,
    may: someoneWith(AUTHORS),
  }),
  ofNobody('installation', {
    add: '(is_only) values (true)',
    set: `unassigned = 'read-only'`,
    see: someone,
    adds: never,
    may: administrators,
    removes: never,
  }),
  ofNobody('installation_event', {
    add: `values (2, ${AT}, '${ME}', 'signed-in', '{}', 'x', 'y')`,
    set: `body = 'changed'`,
    see: administrators,
    adds: someone,
    may: never,
  }),
  ofNobody('installation_event', {
    rows: `who = 'rita'`,
    add: `values (2, ${AT}, 'rita', 'signed-in', '{}', 'x', 'y')`,
    set: `kind = 'changed'`,
    see: administrators,
    adds: administrators,
    may: never,
  }),
  ofNobody('idempotent_request', {
    rows: `person_id = '${ME}'`,
    add: `values ('${ME}', 'new', 'x', null, null, ${AT})`,
    set: `fingerprint = 'changed'`,
    see: someone,
    may: someone,
  }),
  ofNobody('idempotent_request', {
    rows: `person_id = 'rita'`,
    add: `values ('rita', 'new', 'x', null, null, ${AT})`,
    set: `fingerprint = 'changed'`,
    see: never,
    may: never,
  }),
  ofNobody('mail', {
    add: `(id, key, kind, address, subject, text, message_id, created_at) values (${NEW_ID}, 'new', 'test', 'a@example.com', 's', 't', 'new', ${AT})`,
    set: 'tries = 1',
    see: administrators,
    may: administrators,
  }),
  ofNobody('team_holiday', {
    add: `values ('north', '2026-12-25', 'New')`,
    set: `name = 'changed'`,
    see: someone,
    may: managers,
  }),
  ofNobody('template', {
    add: `(kind, id, title, language, body, changed_at) values ('note', 'new', 'New', 'en', 'x', ${AT})`,
    set: `title = 'changed'`,
    see: someone,
    may: managers,
  }),
  ofNobody('template_version', {
    add: `values ('note', 't', 2, 'T', 'en', 'y', '${ME}', ${AT})`,
    set: `made_by = 'rita'`,
    see: someone,
    may: never,
    adds: managers,
  }),
  ofNobody('reason_list', {
    add: `values (2, '[]', '${ME}', ${AT})`,
    set: `made_by = 'rita'`,
    see: someone,
    may: never,
    adds: managers,
  }),
  ofNobody('notification', {
    rows: `person_id = '${ME}'`,
    add: `(id, person_id, key, kind, path, summary, made_at) values (${OTHER_ID}, '${ME}', 'new', 'x', '/', '{}', ${AT})`,
    set: `kind = 'changed'`,
    see: someone,
    may: someone,
    adds: someone,
  }),
  ofNobody('preference', {
    rows: `person_id = '${ME}'`,
    add: `values ('${ME}', 'new', '1')`,
    set: `value = '2'`,
    see: someone,
    may: someone,
  }),
  ofNobody('saved_view', {
    rows: `person_id = '${ME}'`,
    add: `(id, screen, person_id, name, search) values (${OTHER_ID}, 'today', '${ME}', 'New', '{}')`,
    set: `name = 'changed'`,
    see: someone,
    may: someone,
  }),
  ofNobody('notification', {
    rows: `person_id = 'rita'`,
    add: `(id, person_id, key, kind, path, summary, made_at) values (${OTHER_ID}, 'rita', 'new', 'x', '/', '{}', ${AT})`,
    set: `kind = 'changed'`,
    see: administrators,
    may: administrators,
    adds: someoneWith(WRITERS),
  }),
  ofNobody('preference', {
    rows: `person_id = 'rita'`,
    add: `values ('rita', 'new', '1')`,
    set: `value = '2'`,
    see: administrators,
    may: administrators,
  }),
  ofNobody('saved_view', {
    rows: `person_id = 'rita'`,
    add: `(id, screen, person_id, name, search) values (${OTHER_ID}, 'today', 'rita', 'New', '{}')`,
    set: `name = 'changed'`,
    see: administrators,
    may: administrators,
  }),
  ofNobody('deck_brand', { set: 'version = version + 1', see: someone, may: administrators, removes: never }),
  ofNobody('survey_settings', { set: 'version = version + 1', see: someone, may: administrators, removes: never }),
  ofNobody('survey_opt_out', {
    add: `values (repeat('b', 64), ${AT})`,
    set: `opted_out_at = ${AT}`,
    see: someone,
    may: administrators,
  }),
  ofNobody('calendar_connection', {
    set: 'is_enabled = true',
    see: administrators,
    may: administrators,
  }),
  ofNobody('calendar_feed', {
    set: `token_hash = 'changed'`,
    see: someone,
    may: someone,
    rows: `person_id = '${ME}'`,
  }),
  ofNobody('calendar_feed', {
    set: `token_hash = 'changed'`,
    see: administrators,
    may: administrators,
    rows: `person_id = 'rita'`,
  }),
  ofNobody('expert_profile', {
    rows: `person_id = '${ME}'`,
    set: `at_once = 2`,
    see: someone,
    may: someoneWith(WRITERS),
  }),
  ofNobody('expert_profile', {
    rows: `person_id = 'rita'`,
    set: `at_once = 2`,
    see: someone,
    may: managers,
  }),
  ofNobody('bulk_change', {
    add: `(id, kind, made_by, made_at, content) values (${OTHER_ID}, 'x', '${ME}', ${AT}, '{}')`,
    set: `kind = 'changed'`,
    see: managers,
    may: managers,
  }),
  ofNobody('schema_version', { add: `values (9999, 'new')`, set: `name = 'changed'`, see: someone, may: never }),
]

/** Everything the list above speaks of; `$c` is each customer in turn. */
export const WORLD = `
insert into person values ('${ME}', 'Ana'), ('rita', 'Rita');
insert into person_key (person_id, wrapped, made_at) values ('rita', 'x', ${AT});
insert into team values ('north', 'North'), ('south', 'South');
insert into team_member values ('north', '${ME}');
insert into playbook_release values ('sha256:a', null, null, '{}', ${AT}), ('sha256:b', null, null, '{}', ${AT});
insert into playbook_current values (true, 'sha256:a', ${AT});
insert into installation_event values (1, ${AT}, 'rita', 'signed-in', '{}', null, 'x');
insert into idempotent_request values ('${ME}', 'k', 'x', null, null, ${AT}), ('rita', 'k', 'x', null, null, ${AT});
insert into mail (id, key, kind, address, subject, text, message_id, created_at)
  values ('00000000-0000-4000-8000-000000000009', 'k', 'test', 'a@example.com', 's', 't', 'm', ${AT});
insert into team_holiday values ('north', '2026-12-24', 'H');
insert into template (kind, id, title, language, body, changed_at) values ('note', 't', 'T', 'en', 'x', ${AT});
insert into template_version values ('note', 't', 1, 'T', 'en', 'x', 'rita', ${AT});
insert into reason_list values (1, '[]', 'rita', ${AT});
insert into notification (id, person_id, key, kind, path, summary, made_at)
  select gen_random_uuid(), id, 'k', 'x', '/', '{}', ${AT} from person where id in ('${ME}', 'rita');
insert into preference select id, 'p', '1' from person where id in ('${ME}', 'rita');
insert into saved_view (id, screen, person_id, name, search) select gen_random_uuid(), 'today', id, 'V', '{}' from person where id in ('${ME}', 'rita');
insert into calendar_connection (cloud, directory, client_id, credential, credential_hint, sealed, state_since, made_by, made_at, version)
  values ('global', 'd', 'c', 'secret', 'h', 'x', ${AT}, 'rita', ${AT}, 1);
insert into survey_opt_out values (repeat('a', 64), ${AT});
insert into calendar_feed select id, 'f-' || id, ${AT} from person where id in ('${ME}', 'rita');
insert into expert_profile (person_id, changed_by, changed_at, version) select id, id, ${AT}, 1 from person where id in ('${ME}', 'rita');
insert into bulk_change (id, kind, made_by, made_at, content) values (${NEW_ID}, 'x', 'rita', ${AT}, '{}');
${TIES.map(tie =>
  `
insert into customer (id, name, search_key, team_id, created_at) values ($c, 'Same name', 'same name', ${tie === 'team' ? `'north'` : tie === 'other' ? `'south'` : 'null'}, ${AT});
insert into tenant values ($c, 't', 'T');
insert into customer_service (customer_id, service) values ($c, 'teams'), ($c, 'exchange');
insert into entitlement values ($c, 't', 'teams', 1, 'test', '2026-11-01');
insert into fact (customer_id, name, service, value, source, recorded_at)
  select $c, 'f', service, '1', 'test', ${AT} from unnest(array['', 'teams', 'exchange']) as service;
insert into usage_import values ($c, gen_random_uuid(), 't', 'f', repeat('a', 64), null, null, null, 0, 0, 0, 0, false, true, '[]', ${AT}, null);
insert into usage_report_service select customer_id, id, 'teams', 1, 1, 1, null from usage_import where customer_id = $c;
insert into usage_current values ($c, 't', 'teams', 1, 1, 1, '2026-11-01', 30, '{}', false);
insert into usage_day values ($c, 't', 'teams', '2026-11-01', 1, 1, 1);
insert into usage_union values ($c, 't', 'teams', '2026-11-01', array[${NEW_ID}, ${OTHER_ID}]::uuid[], 1, 1, 1, 28);
insert into usage_count (customer_id, tenant_id, service, day, active, report) values ($c, 't', 'teams', '2026-11-01', 1, 'r');
insert into usage_version (customer_id, tenant_id, service, measure, day, known_since, known_until, active, why)
  values ($c, 't', 'teams', 'rolling', '2026-11-01', ${AT}, ${AT}, 1, 'restated');
insert into usage_activation values ($c, 't', 'p', 1, 1, 0, '2026-11-01', ${NEW_ID});
insert into subscription (customer_id, tenant_id, sku_id, part_number, enabled, consumed, as_of) values ($c, 't', 's', 'S', 1, 1, '2026-11-01');
insert into tenant values ($c, 't2', 'T2');
insert into graph_connection (customer_id, tenant_id, cloud, directory, client_id, credential, credential_hint, state_since, made_by, made_at)
  values ($c, 't', 'global', 'd', 'c', 'secret', '…x', ${AT}, 'rita', ${AT});
insert into graph_secret values ($c, 't', 'x');
insert into sync_run (customer_id, id, tenant_id, trigger, reaches_back, requested_by, requested_at) values ($c, ${NEW_ID}, 't', 'night', false, 'rita', ${AT});
insert into sync_step (customer_id, run_id, position, report) values ($c, ${NEW_ID}, 1, 'r');
insert into graph_request values ($c, 't', 'r', ${AT});
insert into milestone select $c, service, 'first', 10, null, 1 from unnest(array['teams', 'exchange']) as service;
insert into milestone_change select $c, service, 'first', 1, 10, null, null, 'rita', ${AT}::timestamptz from unnest(array['teams', 'exchange']) as service;
insert into milestone_reached select $c, service, 'first', 10, '2026-11-01', false from unnest(array['teams', 'exchange']) as service;
insert into forecast (customer_id, service, milestone, made_on, goal_percent, percent_then, state, method)
  values ($c, 'teams', 'first', '2026-11-01', 10, 5, 'not-in-sight', 'test');
insert into contact (customer_id, id, name, version) values ($c, ${NEW_ID}, 'C', 1);
insert into note (customer_id, id, body, search_key, written_by, written_at, changed_at, version) values ($c, ${NEW_ID}, 'N', 'n', 'rita', ${AT}, ${AT}, 1);
insert into note_version values ($c, ${NEW_ID}, 1, 'N', 'rita', ${AT});
insert into kickoff_service (customer_id, service, version) values ($c, 'teams', 1);
insert into kickoff (customer_id, changed_by, changed_at, version) values ($c, 'rita', ${AT}, 1);
insert into objective (customer_id, id, title, version) values ($c, ${NEW_ID}, 'O', 1);
insert into metric (customer_id, id, name, kind, target, version) values ($c, 'm', 'M', 'own', 1, 1);
insert into metric_reading (customer_id, metric_id, day, value, source, recorded_at) values ($c, 'm', '2026-11-01', 1, 'hand', ${AT});
insert into seat_split (customer_id, service, seats, as_of, changed_by, changed_at, version) values ($c, 'teams', 1, '2026-11-01', 'rita', ${AT}, 1);
insert into seat_intent (customer_id, service, position, intent, seats) values ($c, 'teams', 1, 'unknown', 1);
insert into blocker (customer_id, id, title, reason, reason_version, opened_by, opened_at, version) values ($c, ${NEW_ID}, 'B', 'r', 1, 'rita', ${AT}, 1);
insert into usage_discussion (customer_id, id, held_on, recorded_by, recorded_at) values ($c, ${NEW_ID}, '2026-11-01', 'rita', ${AT});
insert into evidence (customer_id, id, subject, title, href, added_by, added_at) values ($c, ${NEW_ID}, 'check:x', 'E', 'https://example.com', 'rita', ${AT});
insert into decision (customer_id, proposal, seq, state, decided_on, because, recorded_by, recorded_at) values ($c, 'p', 1, 'agreed', '2026-11-01', '{}', 'rita', ${AT});
insert into expert_request (customer_id, id, skill, purpose, state, requested_by, requested_at, expert_id, acknowledge_by, decide_by, version)
  select $c, gen_random_uuid(), 'x', 'X', 'open', 'rita', ${AT}, expert, '2026-11-23', '2026-11-27', 1 from unnest(array['rita', null]) as expert;
insert into expert_request_message select customer_id, id, 1, 'wrote', case when expert_id is null then 'Of the queue' else 'Of Rita' end, null, 'rita', ${AT}
  from expert_request where customer_id = $c;
insert into handshake (customer_id, id, service, state, offered_by, offered_to, offered_at, remind_on, version)
  values ($c, ${NEW_ID}, 'teams', 'offered', 'rita', '${ME}', ${AT}, '2026-11-27', 1);
insert into handshake_message values ($c, ${NEW_ID}, 1, 'M', 'rita', ${AT});
insert into adoption_owner (customer_id, service, since, person_id) values ($c, 'teams', '2026-11-01', 'rita');
insert into cadence (customer_id, id, kind, title, rule, starts_local, time_zone, minutes, organizer_id, uid, version)
  values ($c, ${NEW_ID}, 'customer', 'C', 'FREQ=WEEKLY', '2026-11-24T10:00', 'UTC', 30, 'rita', 'c-' || $c, 1);
insert into meeting (customer_id, id, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version)
  values ($c, ${NEW_ID}, 'customer', 'M', '2026-11-24T10:00:00Z', '2026-11-24T10:30:00Z', 'UTC', 'rita', 'm-' || $c, 'rita', 1);
insert into attendee (customer_id, id, meeting_id, person_id, token_hash) values ($c, ${NEW_ID}, ${NEW_ID}, 'rita', 't-' || $c);
insert into plan_change (customer_id, id, at, kind, subject) values ($c, ${NEW_ID}, ${AT}, 'gate', 'review');
insert into priority_override values ($c, 1, 'R', 'rita', ${AT}, '2026-12-01');
insert into engagement (customer_id, id, cycle, playbook_hash, opened_at) values ($c, '1', 1, 'sha256:a', ${AT});
insert into review values ($c, '1', '2026-11-01', ${AT}, 'rita', 'met', '{}', null);
insert into engagement_fact values ($c, '1', 'f', '', '1', 'test', null, ${AT});
insert into review_deck (customer_id, engagement_id, locale, slides, changed_by, changed_at, version) values ($c, '1', 'en', '{}', 'rita', ${AT}, 1);
insert into value_discussion (customer_id, engagement_id, service, status, changed_by, changed_at, version)
  select $c, '1', service, 'proposed', 'rita', ${AT}::timestamptz, 1 from unnest(array['teams', 'exchange']) as service;
insert into survey_invitation (customer_id, id, engagement_id, language, services, asked_by, asked_at, remind_at, expires_at, state, ended_at)
  values ($c, ${NEW_ID}, '1', 'en', '{}', 'rita', ${AT}, '2026-12-04T10:00:00Z', '2026-12-20T10:00:00Z', 'answered', '2026-11-21T10:00:00Z');
insert into survey_answer (customer_id, invitation_id, overall, comment, answered_at, is_low) values ($c, ${NEW_ID}, 5, 'A', '2026-11-21T10:00:00Z', false);
insert into item (customer_id, engagement_id, id, process, step, state) values ($c, '1', 'planned', 'p', 's', 'due');
insert into item (customer_id, engagement_id, id, process, step, service, status, set_by, set_at)
  select $c, '1', 'marked' || coalesce('@' || service, ''), 'p', 's', service, 'complete', 'rita', ${AT}::timestamptz
  from unnest(array[null, 'teams', 'exchange']) as service;
insert into follow_up (customer_id, id, engagement_id, title, made_by, made_at, version) values ($c, ${NEW_ID}, '1', 'F', 'rita', ${AT}, 1);
insert into review_record (customer_id, engagement_id) values ($c, '1');
insert into review_entry (customer_id, id, engagement_id, list, what, made_at, version) values ($c, ${NEW_ID}, '1', 'step', 'S', ${AT}, 1);
insert into review_letter (customer_id, id, engagement_id, contact_id, asked_by, asked_at) values ($c, ${NEW_ID}, '1', ${NEW_ID}, 'rita', ${AT});
insert into gate_state values ($c, '1', 'g', 'not-met', '2026-11-01');
insert into outcome values ($c, '1', 'disengage', ${AT}, null);
insert into plan select $c, '1', ${PLAN_VALUES};
insert into event values ($c, 1, ${AT}, 'rita', 'customer-added', '{}', null, 'x');
insert into assignment (customer_id, id, person_id, role, is_primary, since) values ($c, 'rita', 'rita', 'fasttrack-manager', true, '2026-01-01');
`.replaceAll('$c', `'${tie}'`),
).join('')}
insert into assignment (customer_id, id, person_id, role, service, since, until, covers) values
  ('own', 'ana', '${ME}', 'engineer', null, '2026-01-01', null, null),
  ('cover', 'ana', '${ME}', 'engineer', null, '2026-11-01', '2026-11-21', 'rita'),
  ('ended', 'ana', '${ME}', 'engineer', null, '2026-01-01', '2026-11-20', null),
  ('later', 'ana', '${ME}', 'engineer', null, '2026-11-22', null, null),
  ('service', 'ana', '${ME}', 'engineer', 'teams', '2026-01-01', null, null);
`

/**
 * `probe.changes(statement)`: whether a statement of the one who acts changes rows; it is taken back. Policies are asked before keys and
 * other constraints, so whoever gets as far as those was let through. One message for many statements, which saves most of the time.
 */
export const PROBE = `
create schema probe;
grant usage on schema probe to public;
create function probe.changes(statement text) returns boolean language plpgsql as $$
declare
  rows bigint;
begin
  execute statement;
  get diagnostics rows = row_count;
  raise exception using errcode = 'TB000', message = rows;
exception
  when sqlstate 'TB000' then return sqlerrm::bigint > 0;
  when insufficient_privilege then return false;
  when foreign_key_violation or unique_violation or check_violation or restrict_violation then return true;
end $$;
`
