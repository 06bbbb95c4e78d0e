-- Customers, what is known of them, the playbook they run through, and the record of who did what.
-- Every table that belongs to a customer starts its key with customer_id, so that it can be distributed by it.

-- People by id: events and marks hold ids only, so that a person can be forgotten without rewriting history.
create table person (
  id text primary key,
  name text not null check (name <> '')
);

-- `json`, not `jsonb`: a release and a plan are kept exactly as they were made.
create table playbook_release (
  hash text primary key check (hash ~ '^sha256:'),
  playbook_id text,
  version text,
  content json not null,
  made_at timestamptz not null
);

create table playbook_current (
  is_current boolean primary key default true check (is_current),
  hash text not null references playbook_release,
  since timestamptz not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger playbook_release_is_immutable before update on playbook_release
  for each row execute function refuse_change();

create table customer (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null check (btrim(name) <> ''),
  -- The name without case and accents: what a search compares and a list is sorted by.
  search_key text not null,
  segment text check (segment in ('enterprise', 'corporate', 'small-business', 'education', 'public-sector', 'nonprofit')),
  initiatives text[] not null default '{}' check (initiatives <@ array['customer-health', 'rfa', 'targeting']),
  assigned_on date,
  thresholds jsonb not null default '{}' check (jsonb_typeof(thresholds) = 'object'),
  owner_id text references person,
  version integer not null default 0 check (version >= 0),
  is_demo boolean not null default false,
  archived_at timestamptz,
  created_at timestamptz not null
);
create index customer_search on customer (search_key);

create table tenant (
  customer_id text not null references customer,
  id text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  name text not null check (btrim(name) <> ''),
  primary key (customer_id, id)
);

create table customer_service (
  customer_id text not null references customer,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  intended boolean not null default true,
  -- Known and null: not activated.
  is_activation_known boolean not null default false,
  activated_on date,
  primary key (customer_id, service),
  check (is_activation_known or activated_on is null)
);

create table entitlement (
  customer_id text not null,
  tenant_id text not null,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  seats bigint not null check (seats >= 0),
  source text not null,
  as_of date not null,
  primary key (customer_id, tenant_id, service),
  foreign key (customer_id, tenant_id) references tenant
);

create table fact (
  customer_id text not null references customer,
  name text not null,
  -- '' for a fact of the customer as a whole.
  service text not null default '',
  value jsonb not null check (value <> 'null'),
  source text not null,
  as_of date,
  recorded_at timestamptz not null,
  recorded_by text references person,
  -- The customer's version this change made: a writer who saw an older one has not seen it.
  version integer not null default 0,
  primary key (customer_id, name, service)
);

create table usage_import (
  customer_id text not null,
  id uuid not null,
  tenant_id text not null,
  file text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- null: an entitlements file.
  report text,
  refresh_date date,
  period_days integer check (period_days > 0),
  rows_read integer not null check (rows_read >= 0),
  rows_rejected integer not null check (rows_rejected >= 0),
  rows_deleted integer not null check (rows_deleted >= 0),
  rows_duplicate integer not null check (rows_duplicate >= 0),
  is_concealed boolean not null,
  -- Its file is kept, to be read together with the tenant's other reports; a newer one of the same kind replaces it.
  is_kept boolean not null,
  problems jsonb not null default '[]',
  imported_at timestamptz not null,
  imported_by text references person,
  primary key (customer_id, id),
  unique (customer_id, tenant_id, sha256),
  foreign key (customer_id, tenant_id) references tenant
);

-- What one report alone says of a service. `active` null: a report without rows, which is not a zero.
create table usage_report_service (
  customer_id text not null,
  import_id uuid not null,
  service text not null,
  active integer check (active >= 0),
  assigned integer check (assigned >= 0),
  active_unlicensed integer check (active_unlicensed >= 0),
  as_of date,
  primary key (customer_id, import_id, service),
  foreign key (customer_id, import_id) references usage_import
);

-- What the newest reports of a tenant, read together, say of a service.
create table usage_current (
  customer_id text not null,
  tenant_id text not null,
  service text not null,
  active integer check (active >= 0),
  assigned integer check (assigned >= 0),
  active_unlicensed integer check (active_unlicensed >= 0),
  as_of date,
  window_days integer not null check (window_days > 0),
  sources text[] not null,
  is_concealed boolean not null,
  primary key (customer_id, tenant_id, service),
  foreign key (customer_id, tenant_id) references tenant,
  check (active is null or as_of is not null)
);

-- One point per tenant, service and day; a day without a report has no row, and no report makes a zero.
create table usage_day (
  customer_id text not null,
  tenant_id text not null,
  service text not null,
  day date not null,
  active integer not null check (active >= 0),
  assigned integer check (assigned >= 0),
  entitled bigint check (entitled >= 0),
  primary key (customer_id, tenant_id, service, day),
  foreign key (customer_id, tenant_id) references tenant
);

create table engagement (
  customer_id text not null references customer,
  id text not null,
  cycle integer not null check (cycle > 0),
  playbook_hash text not null references playbook_release,
  -- The task that must be complete before the engagement may be; from the release.
  overall_task text,
  state text not null default 'open' check (state in ('open', 'complete', 'cancelled')),
  cancel_reason text,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (customer_id, id),
  unique (customer_id, cycle),
  check ((state = 'open') = (closed_at is null)),
  check (state <> 'cancelled' or cancel_reason is not null),
  check (closed_at >= opened_at)
);
create unique index engagement_one_open on engagement (customer_id) where state = 'open';

create table item (
  customer_id text not null,
  engagement_id text not null,
  id text not null,
  process text not null,
  step text not null,
  task text,
  service text,
  -- null: the plan no longer holds the item, but a person has touched it.
  state text check (state in ('due', 'waiting', 'done', 'not-applicable', 'suppressed', 'unknown')),
  due date,
  status text check (status in ('not-started', 'in-progress', 'complete', 'not-required', 'paused', 'deferred', 'warning', 'blocked', 'cancelled')),
  reason text check (reason in ('customer', 'technical-customer', 'technical-vendor', 'business', 'pending-remediation', 'other')),
  note text,
  set_by text references person,
  set_at timestamptz,
  -- The customer's version that set or cleared the status: a writer who saw an older one has not seen it.
  version integer not null default 0,
  primary key (customer_id, engagement_id, id),
  foreign key (customer_id, engagement_id) references engagement,
  check (status is null or (set_by is not null and set_at is not null)),
  check (status is not null or (reason is null and note is null and set_by is null and set_at is null)),
  check (status not in ('not-required', 'paused', 'deferred', 'warning', 'blocked', 'cancelled') or reason is not null)
);

create table gate_state (
  customer_id text not null,
  engagement_id text not null,
  gate text not null,
  state text not null check (state in ('met', 'not-met', 'unknown')),
  since date not null,
  primary key (customer_id, engagement_id, gate),
  foreign key (customer_id, engagement_id) references engagement
);

create table outcome (
  customer_id text not null,
  engagement_id text not null,
  outcome text not null check (outcome in ('business-value-discussion', 'activate-workloads', 'transition-to-csm', 'disengage')),
  recorded_at timestamptz not null,
  recorded_by text references person,
  primary key (customer_id, engagement_id, outcome),
  foreign key (customer_id, engagement_id) references engagement
);

-- An engagement is complete only with its review task complete and an outcome, whoever writes and in whatever order.
create function check_engagement_complete() returns trigger language plpgsql as $$
declare
  customer text := coalesce(new.customer_id, old.customer_id);
  engagement text;
begin
  if tg_table_name = 'engagement' then
    engagement := new.id;
  else
    engagement := coalesce(new.engagement_id, old.engagement_id);
  end if;
  if exists (
    select from engagement e
    where e.customer_id = customer and e.id = engagement and e.state = 'complete' and not (
      exists (select from item i where i.customer_id = e.customer_id and i.engagement_id = e.id and i.task = e.overall_task and i.status = 'complete')
      and exists (select from outcome o where o.customer_id = e.customer_id and o.engagement_id = e.id)
    )
  ) then
    raise exception 'an engagement is complete only with its review task complete and an outcome'
      using errcode = 'check_violation', constraint = 'engagement_complete';
  end if;
  return null;
end $$;

create constraint trigger engagement_complete after insert or update of state on engagement
  deferrable initially deferred for each row when (new.state = 'complete') execute function check_engagement_complete();
create constraint trigger engagement_complete after update of status or delete on item
  deferrable initially deferred for each row when (old.status = 'complete') execute function check_engagement_complete();
create constraint trigger engagement_complete after delete or update on outcome
  deferrable initially deferred for each row execute function check_engagement_complete();

-- The newest plan of an engagement, and what the portfolio shows and sorts of it.
create table plan (
  customer_id text not null,
  engagement_id text not null,
  date date not null,
  playbook_hash text not null references playbook_release,
  content json not null,
  due_count integer not null check (due_count >= 0),
  unknown_count integer not null check (unknown_count >= 0),
  warning_count integer not null check (warning_count >= 0),
  proposal_count integer not null check (proposal_count >= 0),
  next_due date,
  priority integer not null,
  priority_reason jsonb not null,
  review text not null check (review in ('met', 'not-met', 'unknown')),
  overall text not null check (overall in ('open', 'completable', 'complete')),
  seats bigint check (seats >= 0),
  csm text,
  -- The service cells of the portfolio without their trend; percents again by service, to sort by.
  services json not null,
  percents jsonb not null,
  is_stale boolean not null,
  is_empty boolean not null,
  primary key (customer_id, engagement_id),
  foreign key (customer_id, engagement_id) references engagement
);
create index plan_outdated on plan (date);

create table event (
  customer_id text not null references customer,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  who text not null references person,
  kind text not null,
  -- Canonical text over which the hash was made; personal values are ids.
  body text not null,
  previous_hash text,
  hash text not null,
  primary key (customer_id, seq),
  check ((seq = 1) = (previous_hash is null))
);
create trigger event_is_append_only before update or delete on event
  for each row execute function refuse_change();
create trigger event_is_not_truncated before truncate on event
  for each statement execute function refuse_change();
