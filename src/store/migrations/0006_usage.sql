-- Usage that can be trusted: what each figure comes from and when it was known, connections that bring reports, targets and forecasts.

create function may_connect() returns boolean language sql stable parallel safe
  as $$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager') $$;

-- Of what active users are a share: null = of the entitled seats when known, else of the assigned ones.
alter table customer_service
  add column denominator text check (denominator in ('entitled', 'assigned', 'custom')),
  add column custom_seats bigint check (custom_seats > 0),
  add check ((denominator is not distinct from 'custom') = (custom_seats is not null));

-- Whether people of this tenant may be named (champions, dormant seats), and the mail domains its reports spoke of.
alter table tenant
  add column allows_people boolean not null default false,
  add column mail_domains text[] not null default '{}';

alter table usage_import
  -- What the rows speak of: people, counts per day or period, activations, seats.
  add column kind text not null default 'people' check (kind in ('people', 'counts', 'activations', 'seats')),
  add column origin text not null default 'upload' check (origin in ('upload', 'command', 'graph', 'demo')),
  -- Somebody took the import back: nothing of it counts any more.
  add column withdrawn_at timestamptz,
  add column withdrawn_by text references person,
  add check (withdrawn_by is null or withdrawn_at is not null),
  add check (withdrawn_at is null or not is_kept),
  drop constraint usage_import_customer_id_tenant_id_sha256_key;
create unique index usage_import_once on usage_import (customer_id, tenant_id, sha256) where withdrawn_at is null;
-- Reports without rows are few, and alerts look for them over all customers.
create index usage_import_empty on usage_import (customer_id, tenant_id) where rows_read = 0 and withdrawn_at is null;

-- What several reports of a tenant, read together, said of a service on a day: people are matched across them, so it is more than each alone.
create table usage_union (
  customer_id text not null,
  tenant_id text not null,
  service text not null,
  day date not null,
  import_ids uuid[] not null check (cardinality(import_ids) > 1),
  active integer not null check (active >= 0),
  assigned integer check (assigned >= 0),
  active_unlicensed integer check (active_unlicensed >= 0),
  window_days integer not null check (window_days > 0),
  primary key (customer_id, tenant_id, service, day, import_ids),
  foreign key (customer_id, tenant_id) references tenant
);

alter table usage_current
  add column import_ids uuid[] not null default '{}',
  -- Why the figure is not believed: kept as it came, shown with the doubt, and unknown to every rule.
  add column doubt text check (doubt in ('sudden-zero'));

-- What counts today; what counted before a correction is in usage_version.
alter table usage_day
  add column active_unlicensed integer check (active_unlicensed >= 0),
  add column window_days integer not null default 28 check (window_days > 0),
  add column known_since timestamptz not null default now(),
  add column import_id uuid;

-- Figures that are there already come from imports, and are known since those. The owner of the tables is under their policies as well.
select set_config('impulso.right', 'administrator', true), set_config('impulso.scope', 'all', true), set_config('impulso.person', 'system', true);
update usage_day d set import_id = i.id, known_since = i.imported_at
  from (
    select distinct on (i.customer_id, i.tenant_id, s.service, s.as_of) i.customer_id, i.tenant_id, s.service, s.as_of, i.id, i.imported_at
    from usage_import i join usage_report_service s on s.customer_id = i.customer_id and s.import_id = i.id
    where s.active is not null
    order by i.customer_id, i.tenant_id, s.service, s.as_of, i.imported_at desc
  ) i
  where i.customer_id = d.customer_id and i.tenant_id = d.tenant_id and i.service = d.service and i.as_of = d.day;
update usage_current u set import_ids = array(
  select i.id from usage_import i join usage_report_service s on s.customer_id = i.customer_id and s.import_id = i.id
  where i.customer_id = u.customer_id and i.tenant_id = u.tenant_id and i.is_kept and s.service = u.service and s.as_of is not distinct from u.as_of
  order by i.id);
select set_config('impulso.right', '', true), set_config('impulso.scope', '', true), set_config('impulso.person', '', true);

-- People active on one day, as the reports of counts tell for the last 180 days. Days do not add up to a month.
create table usage_count (
  customer_id text not null,
  tenant_id text not null,
  service text not null,
  day date not null,
  active integer not null check (active >= 0),
  -- The report tells of parts of the service that share people: the greatest part is a lower bound.
  is_at_least boolean not null default false,
  report text not null,
  known_since timestamptz not null default now(),
  import_id uuid,
  primary key (customer_id, tenant_id, service, day),
  foreign key (customer_id, tenant_id) references tenant
);

-- A figure that was corrected or taken back: what was said of a day, from when until when. `active` null: nothing was known in between.
create table usage_version (
  customer_id text not null,
  tenant_id text not null,
  service text not null,
  measure text not null check (measure in ('rolling', 'daily')),
  day date not null,
  known_since timestamptz not null,
  known_until timestamptz not null check (known_until >= known_since),
  active integer not null check (active >= 0),
  assigned integer,
  active_unlicensed integer,
  entitled bigint,
  import_id uuid,
  why text not null check (why in ('restated', 'withdrawn')),
  primary key (customer_id, tenant_id, service, measure, day, known_until),
  foreign key (customer_id, tenant_id) references tenant
);

-- Devices with Microsoft 365 Apps activated: ever, not in a window.
create table usage_activation (
  customer_id text not null,
  tenant_id text not null,
  product text not null,
  assigned integer check (assigned >= 0),
  activated integer not null check (activated >= 0),
  shared_computer integer check (shared_computer >= 0),
  as_of date not null,
  import_id uuid not null,
  primary key (customer_id, tenant_id, product),
  foreign key (customer_id, tenant_id) references tenant
);

-- Subscriptions of a tenant as the directory tells them; seats of services follow from their plans.
create table subscription (
  customer_id text not null,
  tenant_id text not null,
  sku_id text not null,
  part_number text not null,
  enabled bigint not null check (enabled >= 0),
  warning bigint not null default 0,
  suspended bigint not null default 0,
  consumed bigint not null check (consumed >= 0),
  services text[] not null default '{}',
  -- Why its seats are not counted (free, machine accounts); null = they are.
  left_out text,
  as_of date not null,
  primary key (customer_id, tenant_id, sku_id),
  foreign key (customer_id, tenant_id) references tenant
);

-- How Impulso reads the reports of a tenant by itself.
create table graph_connection (
  customer_id text not null,
  tenant_id text not null,
  cloud text not null check (cloud in ('global', 'gcc-high', 'dod', 'china', 'simulator')),
  -- The tenant's directory id or a verified domain of it.
  directory text not null check (directory ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$'),
  client_id text not null check (client_id <> ''),
  credential text not null check (credential in ('secret', 'certificate')),
  -- What tells one credential from another without telling it: last characters, or a thumbprint; and when it ends, where known.
  credential_hint text not null,
  credential_ends date,
  is_enabled boolean not null default true,
  state text not null default 'untested',
  state_since timestamptz not null,
  -- What the last test or run found, for people to read.
  findings jsonb not null default '[]',
  is_concealed boolean,
  -- The first runs reach back 28 days of people and 180 days of counts.
  reached_back_at timestamptz,
  made_by text not null references person,
  made_at timestamptz not null,
  version integer not null default 0,
  primary key (customer_id, tenant_id),
  foreign key (customer_id, tenant_id) references tenant
);
create table graph_secret (
  customer_id text not null,
  tenant_id text not null,
  -- Encrypted with the installation's secret.
  sealed text not null,
  primary key (customer_id, tenant_id),
  foreign key (customer_id, tenant_id) references graph_connection on delete cascade
);

create table sync_run (
  customer_id text not null,
  id uuid not null,
  tenant_id text not null,
  trigger text not null check (trigger in ('night', 'person', 'command')),
  reaches_back boolean not null,
  requested_by text not null references person,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'partly', 'failed', 'stopped')),
  -- When it goes on, if it waits for the service's limits.
  resumes_at timestamptz,
  requested_at timestamptz not null,
  ended_at timestamptz,
  primary key (customer_id, id),
  foreign key (customer_id, tenant_id) references graph_connection on delete cascade,
  check ((ended_at is null) = (state in ('waiting', 'running')))
);
create unique index sync_run_one_open on sync_run (customer_id, tenant_id) where ended_at is null;

-- One request of a run, kept so that a run cut off goes on where it was.
create table sync_step (
  customer_id text not null,
  run_id uuid not null,
  position integer not null,
  report text not null,
  period text,
  day date,
  state text not null default 'waiting' check (state in ('waiting', 'imported', 'unchanged', 'no-data', 'not-ready', 'not-offered', 'needs-consent', 'refused', 'failed')),
  tries integer not null default 0,
  not_before timestamptz,
  refresh_date date,
  row_count integer,
  problem text,
  import_id uuid,
  ended_at timestamptz,
  primary key (customer_id, run_id, position),
  foreign key (customer_id, run_id) references sync_run on delete cascade
);

-- When each report was asked for, so that a restart does not forget the service's limits.
create table graph_request (
  customer_id text not null,
  tenant_id text not null,
  function text not null,
  at timestamptz not null,
  foreign key (customer_id, tenant_id) references graph_connection on delete cascade
);
create index graph_request_recent on graph_request (customer_id, tenant_id, function, at);

-- Targets of a service that differ from the usual ones, and how each came about.
create table milestone (
  customer_id text not null,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  id text not null check (id in ('first', 'broad', 'max')),
  percent numeric(4, 1) not null check (percent > 0 and percent <= 100),
  target_date date,
  version integer not null,
  primary key (customer_id, service, id),
  foreign key (customer_id) references customer
);
create table milestone_change (
  customer_id text not null,
  service text not null,
  milestone text not null,
  seq integer not null check (seq > 0),
  percent numeric(4, 1) not null,
  target_date date,
  reason text,
  changed_by text not null references person,
  changed_at timestamptz not null,
  primary key (customer_id, service, milestone, seq),
  foreign key (customer_id) references customer
);
-- What was expected on a day, kept to be compared with what happened.
create table forecast (
  customer_id text not null,
  service text not null,
  milestone text not null,
  made_on date not null,
  goal_percent numeric(4, 1) not null,
  percent_then numeric(6, 1) not null,
  target_date date,
  state text not null check (state in ('expected', 'not-in-sight')),
  expected date,
  earliest date,
  latest date,
  -- First day at or above the goal, in the series as it stands corrected; looked up each night.
  reached_on date,
  method text not null,
  primary key (customer_id, service, milestone, made_on),
  foreign key (customer_id) references customer,
  check ((state = 'expected') = (expected is not null)),
  check (earliest <= expected and expected <= latest)
);

call protect_whole_customer_table('usage_union', 'may_import');
call protect_whole_customer_table('usage_count', 'may_import');
call protect_whole_customer_table('usage_version', 'may_import');
call protect_whole_customer_table('usage_activation', 'may_import');
call protect_whole_customer_table('subscription', 'may_import');
call protect_whole_customer_table('graph_connection', 'may_connect');
call protect_whole_customer_table('sync_run', 'may_import');
call protect_whole_customer_table('sync_step', 'may_import');
call protect_whole_customer_table('graph_request', 'may_import');
-- Who may connect a tenant may replace its credential, and so must reach the row; what is in it is encrypted.
create policy managed on graph_secret for all
  using ((select may_connect()) and ((select writes_all()) or customer_id in (select whole_customers())));
create policy seen on milestone for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on milestone for insert with check ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy changed on milestone for update using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy removed on milestone for delete using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy seen on milestone_change for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on milestone_change for insert
  with check ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)) and changed_by = (select acting_person()));
create policy removed on milestone_change for delete using ((select administers()));
create policy seen on forecast for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy managed on forecast for all using ((select administers()));
