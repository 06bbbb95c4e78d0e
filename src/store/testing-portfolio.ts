/** What an installation may hold. */
export const CUSTOMERS = 60_000
const PEOPLE = 200
const TEAMS = 20

type Filling = Readonly<{ hash: string; phases: readonly string[]; today: string }>

/**
 * For measurements, past the program: 60,000 customers with what a page of the portfolio is made of, an owner of 200 people and a
 * team of 20. `hash` and `phases` are those of the release; plans are of `today`.
 */
export const fillPortfolio = ({ hash, phases, today }: Filling): string => `${CELL}
insert into person select 'person-' || n, 'Person ' || n from generate_series(0, ${PEOPLE - 1}) n on conflict do nothing;
insert into team (id, name) select 'team-' || n, 'Team ' || n from generate_series(0, ${TEAMS - 1}) n;
insert into customer (id, name, search_key, segment, team_id, is_demo, created_at)
  select 'customer-' || n, name || n, lower(name) || n, (array['enterprise', 'corporate', 'small-business'])[1 + n % 3], 'team-' || n % ${TEAMS},
    true, '2026-01-05'
  from generate_series(1, ${CUSTOMERS}) n, lateral (select (array['Contoso ', 'Fabrikam ', 'Tailspin ', 'Woodgrove '])[1 + n % 4] as name) named;
insert into tenant select id, 'main', name from customer where id like 'customer-%';
insert into engagement (customer_id, id, cycle, playbook_hash, opened_at) select id, '1', 1, '${hash}', '2026-01-05' from customer where id like 'customer-%';
insert into assignment (customer_id, id, person_id, role, is_primary, since)
  select 'customer-' || n, 'owner', 'person-' || (n / 4) % ${PEOPLE}, 'fasttrack-manager', true, '2026-01-01' from generate_series(1, ${CUSTOMERS}) n;
insert into plan (customer_id, engagement_id, date, playbook_hash, content, due_count, unknown_count, warning_count, proposal_count, next_due,
    priority, priority_reason, review, overall, seats, csm, services, percents, is_stale, is_empty, phase, late_count, oldest_figure, signals)
  select 'customer-' || n, '1', '${today}', '${hash}', '{}', n % 7, n % 5, n % 3, n % 2, date '2026-11-01' + n % 60, (n * 7919) % 1000,
    '{"en":"2 tasks are due","pt-BR":"2 tarefas a fazer"}', (array['met', 'not-met', 'unknown'])[1 + n % 3],
    (array['open', 'completable'])[1 + n % 2], n % 5000, case when n % 2 = 0 then 'Manager ' || n % 90 end,
    jsonb_build_array(pg_temp.cell('teams', n % 100), pg_temp.cell('exchange', n % 90)), jsonb_build_object('teams', n % 100, 'exchange', n % 90),
    n % 11 = 0, n % 13 = 0, (array['${phases.join("', '")}'])[1 + n % ${phases.length}], n % 4, date '2026-10-01' + n % 50,
    case when n % 6 = 0 then '[{"service":"teams","kind":"drop"}]' else '[]' end::jsonb
  from generate_series(1, ${CUSTOMERS}) n`

/**
 * Beside `fillPortfolio`, what pages look up: two services with twelve weeks of figures, and for some customers notes, blockers, meetings,
 * items that fell back, and priorities set by hand. More than two million rows.
 */
export const fillWork = ({ today }: Pick<Filling, 'today'>): string => `
insert into usage_current (customer_id, tenant_id, service, active, assigned, as_of, window_days, sources, is_concealed, import_ids)
  select 'customer-' || n, 'main', s, n % 90, 100, date '${today}' - 2, 28, '{report.csv}', false, '{}'
  from generate_series(1, ${CUSTOMERS}) n, unnest(array['teams', 'exchange']) s;
insert into usage_day (customer_id, tenant_id, service, day, active, assigned)
  select 'customer-' || n, 'main', s, date '${today}' - 2 - 7 * w, n % 90, 100
  from generate_series(1, ${CUSTOMERS}) n, unnest(array['teams', 'exchange']) s, generate_series(0, 11) w;
insert into note (customer_id, id, body, search_key, written_by, written_at, changed_at, version)
  select 'customer-' || n, gen_random_uuid(), 'Note', 'note', 'person-1', timestamptz '${today}T06:00Z' - make_interval(days => n % 40 + m * 20), now(), 1
  from generate_series(1, ${CUSTOMERS}, 2) n, generate_series(0, 3) m;
insert into blocker (customer_id, id, title, reason, reason_version, opened_by, opened_at, version)
  select 'customer-' || n, gen_random_uuid(), 'Blocker', 'other', 1, 'person-1', '2026-11-01', 1
  from generate_series(1, ${CUSTOMERS}, 5) n, generate_series(0, n % 3) m;
insert into meeting (customer_id, id, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version)
  select 'customer-' || n, id, 'customer', 'Check-in', at, at + interval '1 hour', 'UTC', 'person-1', id::text, 'person-1', 1
  from generate_series(1, ${CUSTOMERS}, 2) n, generate_series(0, 3) m,
    lateral (select gen_random_uuid() as id, timestamptz '${today}T10:00Z' + make_interval(days => 7 * m - n % 14) as at) made;
insert into item (customer_id, engagement_id, id, process, step, state, regressed_on)
  select 'customer-' || n, '1', 'p/s/' || m, 'p', 's', 'due', case when n % 30 = 0 then date '${today}' end
  from generate_series(1, ${CUSTOMERS}) n, generate_series(0, 9) m;
insert into priority_override select 'customer-' || n, 999 - n % 50, 'Said so', 'person-1', now(), '2026-12-31' from generate_series(1, ${CUSTOMERS}, 300) n`

/** One cell of the grid as the program saves it; made before the rows, gone with the session. */
const CELL = `create function pg_temp.cell(service text, percent int) returns jsonb language sql as $$ select jsonb_build_object(
  'service', service, 'intended', true, 'activated', true, 'percent', percent, 'percentOf', 'assigned', 'target', 10, 'asOf', '2026-11-19',
  'quality', 'fresh', 'concealed', false) $$;`
