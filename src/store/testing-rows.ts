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
const NEW_ID = `'00000000-0000-4000-8000-000000000001'`

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
insert into engagement (customer_id, id, cycle, playbook_hash, opened_at) values ($c, '1', 1, 'sha256:a', ${AT});
insert into item (customer_id, engagement_id, id, process, step, state) values ($c, '1', 'planned', 'p', 's', 'due');
insert into item (customer_id, engagement_id, id, process, step, service, status, set_by, set_at)
  select $c, '1', 'marked' || coalesce('@' || service, ''), 'p', 's', service, 'complete', 'rita', ${AT}::timestamptz
  from unnest(array[null, 'teams', 'exchange']) as service;
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
