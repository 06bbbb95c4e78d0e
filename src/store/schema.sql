-- What the migrations make. Written by the test of this file: vitest run src/store/schema.test.ts -u

function public.check_engagement_complete
CREATE OR REPLACE FUNCTION public.check_engagement_complete()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$

function public.refuse_change
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $function$

table auth.account
  id text not null
  user_id text not null
  account_id text not null
  provider_id text not null
  access_token text
  refresh_token text
  id_token text
  access_token_expires_at timestamp with time zone
  refresh_token_expires_at timestamp with time zone
  scope text
  password text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null
  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (provider_id, account_id)
  CREATE INDEX account_of_user ON auth.account USING btree (user_id)

table auth.rate_limit
  id text not null
  key text not null
  count integer not null
  last_request bigint not null
  PRIMARY KEY (id)
  UNIQUE (key)

table auth.session
  id text not null
  user_id text not null
  token text not null
  expires_at timestamp with time zone not null
  ip_address text
  user_agent text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null
  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (token)
  CREATE INDEX session_of_user ON auth.session USING btree (user_id)

table auth.user
  id text not null
  name text not null
  email text not null
  email_verified boolean not null default false
  image text
  access_right text not null
  locale text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  CHECK ((access_right = ANY (ARRAY['administrator'::text, 'lead'::text, 'fasttrack-manager'::text, 'engineer'::text, 'customer-success-manager'::text, 'subject-matter-expert'::text, 'author'::text, 'reader'::text])))
  CHECK ((btrim(name) <> ''::text))
  CHECK ((email = lower(email)))
  PRIMARY KEY (id)
  UNIQUE (email)

table auth.verification
  id text not null
  identifier text not null
  value text not null
  expires_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  PRIMARY KEY (id)
  CREATE INDEX verification_identifier ON auth.verification USING btree (identifier)

table public.customer
  id text not null
  name text not null
  search_key text not null
  segment text
  initiatives text[] not null default '{}'::text[]
  assigned_on date
  thresholds jsonb not null default '{}'::jsonb
  owner_id text
  version integer not null default 0
  is_demo boolean not null default false
  archived_at timestamp with time zone
  created_at timestamp with time zone not null
  CHECK ((btrim(name) <> ''::text))
  CHECK ((id ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
  CHECK ((initiatives <@ ARRAY['customer-health'::text, 'rfa'::text, 'targeting'::text]))
  CHECK ((jsonb_typeof(thresholds) = 'object'::text))
  CHECK ((segment = ANY (ARRAY['enterprise'::text, 'corporate'::text, 'small-business'::text, 'education'::text, 'public-sector'::text, 'nonprofit'::text])))
  CHECK ((version >= 0))
  FOREIGN KEY (owner_id) REFERENCES person(id)
  PRIMARY KEY (id)
  CREATE INDEX customer_search ON public.customer USING btree (search_key)

table public.customer_service
  customer_id text not null
  service text not null
  intended boolean not null default true
  is_activation_known boolean not null default false
  activated_on date
  CHECK ((is_activation_known OR (activated_on IS NULL)))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, service)

table public.engagement
  customer_id text not null
  id text not null
  cycle integer not null
  playbook_hash text not null
  overall_task text
  state text not null default 'open'::text
  cancel_reason text
  opened_at timestamp with time zone not null
  closed_at timestamp with time zone
  CHECK (((state <> 'cancelled'::text) OR (cancel_reason IS NOT NULL)))
  CHECK (((state = 'open'::text) = (closed_at IS NULL)))
  CHECK ((closed_at >= opened_at))
  CHECK ((cycle > 0))
  CHECK ((state = ANY (ARRAY['open'::text, 'complete'::text, 'cancelled'::text])))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (playbook_hash) REFERENCES playbook_release(hash)
  PRIMARY KEY (customer_id, id)
  UNIQUE (customer_id, cycle)
  CREATE UNIQUE INDEX engagement_one_open ON public.engagement USING btree (customer_id) WHERE (state = 'open'::text)
  CREATE CONSTRAINT TRIGGER engagement_complete AFTER INSERT OR UPDATE OF state ON public.engagement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = 'complete'::text)) EXECUTE FUNCTION check_engagement_complete()

table public.entitlement
  customer_id text not null
  tenant_id text not null
  service text not null
  seats bigint not null
  source text not null
  as_of date not null
  CHECK ((seats >= 0))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service)

table public.event
  customer_id text not null
  seq integer not null
  at timestamp with time zone not null
  who text not null
  kind text not null
  body text not null
  previous_hash text
  hash text not null
  CHECK (((seq = 1) = (previous_hash IS NULL)))
  CHECK ((seq > 0))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (who) REFERENCES person(id)
  PRIMARY KEY (customer_id, seq)
  CREATE TRIGGER event_is_append_only BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION refuse_change()
  CREATE TRIGGER event_is_not_truncated BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

table public.fact
  customer_id text not null
  name text not null
  service text not null default ''::text
  value jsonb not null
  source text not null
  as_of date
  recorded_at timestamp with time zone not null
  recorded_by text
  version integer not null default 0
  CHECK ((value <> 'null'::jsonb))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (recorded_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, name, service)

table public.gate_state
  customer_id text not null
  engagement_id text not null
  gate text not null
  state text not null
  since date not null
  CHECK ((state = ANY (ARRAY['met'::text, 'not-met'::text, 'unknown'::text])))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  PRIMARY KEY (customer_id, engagement_id, gate)

table public.idempotent_request
  person_id text not null
  key text not null
  fingerprint text not null
  status integer
  body text
  at timestamp with time zone not null
  CHECK (((length(key) >= 1) AND (length(key) <= 200)))
  CHECK (((status IS NULL) = (body IS NULL)))
  PRIMARY KEY (person_id, key)
  CREATE INDEX idempotent_request_age ON public.idempotent_request USING btree (at)

table public.item
  customer_id text not null
  engagement_id text not null
  id text not null
  process text not null
  step text not null
  task text
  service text
  state text
  due date
  status text
  reason text
  note text
  set_by text
  set_at timestamp with time zone
  version integer not null default 0
  CHECK (((status <> ALL (ARRAY['not-required'::text, 'paused'::text, 'deferred'::text, 'warning'::text, 'blocked'::text, 'cancelled'::text])) OR (reason IS NOT NULL)))
  CHECK (((status IS NOT NULL) OR ((reason IS NULL) AND (note IS NULL) AND (set_by IS NULL) AND (set_at IS NULL))))
  CHECK (((status IS NULL) OR ((set_by IS NOT NULL) AND (set_at IS NOT NULL))))
  CHECK ((reason = ANY (ARRAY['customer'::text, 'technical-customer'::text, 'technical-vendor'::text, 'business'::text, 'pending-remediation'::text, 'other'::text])))
  CHECK ((state = ANY (ARRAY['due'::text, 'waiting'::text, 'done'::text, 'not-applicable'::text, 'suppressed'::text, 'unknown'::text])))
  CHECK ((status = ANY (ARRAY['not-started'::text, 'in-progress'::text, 'complete'::text, 'not-required'::text, 'paused'::text, 'deferred'::text, 'warning'::text, 'blocked'::text, 'cancelled'::text])))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (set_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, engagement_id, id)
  CREATE CONSTRAINT TRIGGER engagement_complete AFTER DELETE OR UPDATE OF status ON public.item DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.status = 'complete'::text)) EXECUTE FUNCTION check_engagement_complete()

table public.outcome
  customer_id text not null
  engagement_id text not null
  outcome text not null
  recorded_at timestamp with time zone not null
  recorded_by text
  CHECK ((outcome = ANY (ARRAY['business-value-discussion'::text, 'activate-workloads'::text, 'transition-to-csm'::text, 'disengage'::text])))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (recorded_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, engagement_id, outcome)
  CREATE CONSTRAINT TRIGGER engagement_complete AFTER DELETE OR UPDATE ON public.outcome DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_engagement_complete()

table public.person
  id text not null
  name text not null
  CHECK ((name <> ''::text))
  PRIMARY KEY (id)

table public.plan
  customer_id text not null
  engagement_id text not null
  date date not null
  playbook_hash text not null
  content json not null
  due_count integer not null
  unknown_count integer not null
  warning_count integer not null
  proposal_count integer not null
  next_due date
  priority integer not null
  priority_reason jsonb not null
  review text not null
  overall text not null
  seats bigint
  csm text
  services json not null
  percents jsonb not null
  is_stale boolean not null
  is_empty boolean not null
  CHECK ((due_count >= 0))
  CHECK ((overall = ANY (ARRAY['open'::text, 'completable'::text, 'complete'::text])))
  CHECK ((proposal_count >= 0))
  CHECK ((review = ANY (ARRAY['met'::text, 'not-met'::text, 'unknown'::text])))
  CHECK ((seats >= 0))
  CHECK ((unknown_count >= 0))
  CHECK ((warning_count >= 0))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  FOREIGN KEY (playbook_hash) REFERENCES playbook_release(hash)
  PRIMARY KEY (customer_id, engagement_id)
  CREATE INDEX plan_outdated ON public.plan USING btree (date)

table public.playbook_current
  is_current boolean not null default true
  hash text not null
  since timestamp with time zone not null
  CHECK (is_current)
  FOREIGN KEY (hash) REFERENCES playbook_release(hash)
  PRIMARY KEY (is_current)

table public.playbook_release
  hash text not null
  playbook_id text
  version text
  content json not null
  made_at timestamp with time zone not null
  CHECK ((hash ~ '^sha256:'::text))
  PRIMARY KEY (hash)
  CREATE TRIGGER playbook_release_is_immutable BEFORE UPDATE ON public.playbook_release FOR EACH ROW EXECUTE FUNCTION refuse_change()

table public.schema_version
  version integer not null
  name text not null
  applied_at timestamp with time zone not null default now()
  PRIMARY KEY (version)

table public.tenant
  customer_id text not null
  id text not null
  name text not null
  CHECK ((btrim(name) <> ''::text))
  CHECK ((id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, id)

table public.usage_current
  customer_id text not null
  tenant_id text not null
  service text not null
  active integer
  assigned integer
  active_unlicensed integer
  as_of date
  window_days integer not null
  sources text[] not null
  is_concealed boolean not null
  CHECK (((active IS NULL) OR (as_of IS NOT NULL)))
  CHECK ((active >= 0))
  CHECK ((active_unlicensed >= 0))
  CHECK ((assigned >= 0))
  CHECK ((window_days > 0))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service)

table public.usage_day
  customer_id text not null
  tenant_id text not null
  service text not null
  day date not null
  active integer not null
  assigned integer
  entitled bigint
  CHECK ((active >= 0))
  CHECK ((assigned >= 0))
  CHECK ((entitled >= 0))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  PRIMARY KEY (customer_id, tenant_id, service, day)

table public.usage_import
  customer_id text not null
  id uuid not null
  tenant_id text not null
  file text not null
  sha256 text not null
  report text
  refresh_date date
  period_days integer
  rows_read integer not null
  rows_rejected integer not null
  rows_deleted integer not null
  rows_duplicate integer not null
  is_concealed boolean not null
  is_kept boolean not null
  problems jsonb not null default '[]'::jsonb
  imported_at timestamp with time zone not null
  imported_by text
  CHECK ((period_days > 0))
  CHECK ((rows_deleted >= 0))
  CHECK ((rows_duplicate >= 0))
  CHECK ((rows_read >= 0))
  CHECK ((rows_rejected >= 0))
  CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  FOREIGN KEY (customer_id, tenant_id) REFERENCES tenant(customer_id, id)
  FOREIGN KEY (imported_by) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  UNIQUE (customer_id, tenant_id, sha256)

table public.usage_report_service
  customer_id text not null
  import_id uuid not null
  service text not null
  active integer
  assigned integer
  active_unlicensed integer
  as_of date
  CHECK ((active >= 0))
  CHECK ((active_unlicensed >= 0))
  CHECK ((assigned >= 0))
  FOREIGN KEY (customer_id, import_id) REFERENCES usage_import(customer_id, id)
  PRIMARY KEY (customer_id, import_id, service)
