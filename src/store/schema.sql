-- What the migrations make. Written by the test of this file: vitest run src/store/schema.test.ts -u

function public.acting_day
CREATE OR REPLACE FUNCTION public.acting_day()
 RETURNS date
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(current_setting('impulso.today', true), '')::date, (now() at time zone 'utc')::date) $function$

function public.acting_person
CREATE OR REPLACE FUNCTION public.acting_person()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('impulso.person', true), '') $function$

function public.acting_right
CREATE OR REPLACE FUNCTION public.acting_right()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('impulso.right', true), '') $function$

function public.acting_scope
CREATE OR REPLACE FUNCTION public.acting_scope()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('impulso.scope', true), '') $function$

function public.administers
CREATE OR REPLACE FUNCTION public.administers()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() = 'administrator' and acting_scope() = 'all' $function$

function public.check_customer_writer
CREATE OR REPLACE FUNCTION public.check_customer_writer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if not is_policed(tg_relid) then
    return new;
  end if;
  if not (may_tell() and writes_service(old.id, null))
    or (old.team_id, old.archived_at) is distinct from (new.team_id, new.archived_at) and not manages()
    or (old.id, old.is_demo, old.created_at) is distinct from (new.id, new.is_demo, new.created_at) then
    raise exception '% may not change this of customer %', acting_person(), old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$

function public.check_engagement_complete
CREATE OR REPLACE FUNCTION public.check_engagement_complete()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
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

function public.check_engagement_writer
CREATE OR REPLACE FUNCTION public.check_engagement_writer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if is_policed(tg_relid) and not writes_service(old.customer_id, null) then
    raise exception '% may not change things of the whole customer %', acting_person(), old.customer_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$

function public.check_item_writer
CREATE OR REPLACE FUNCTION public.check_item_writer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  touched item;
begin
  if is_policed(tg_relid) then
    -- An item that changes its service needs both: else it would be taken over first and changed then.
    for touched in select old.* where tg_op <> 'INSERT' union all select new.* where tg_op <> 'DELETE' loop
      if not writes_service(touched.customer_id, touched.service) then
        raise exception '% may not change % of customer %', acting_person(), coalesce(touched.service, 'things of the whole customer'),
          touched.customer_id using errcode = 'insufficient_privilege';
      end if;
    end loop;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $function$

function public.is_policed
CREATE OR REPLACE FUNCTION public.is_policed(target oid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select row_security_active(target) and (select pg_get_userbyid(relowner) from pg_class where oid = target) <> current_user $function$

function public.is_someone
CREATE OR REPLACE FUNCTION public.is_someone()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_person() <> '' and acting_scope() in ('all', 'team', 'customers', 'services') $function$

function public.last_installation_event
CREATE OR REPLACE FUNCTION public.last_installation_event()
 RETURNS TABLE(seq integer, hash text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ begin
    perform pg_advisory_xact_lock(4104);
    return query select e.seq, e.hash from installation_event e order by e.seq desc limit 1;
  end $function$

function public.manages
CREATE OR REPLACE FUNCTION public.manages()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead') and acting_scope() = 'all' $function$

function public.may_import
CREATE OR REPLACE FUNCTION public.may_import()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'engineer') $function$

function public.may_tell
CREATE OR REPLACE FUNCTION public.may_tell()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'customer-success-manager') $function$

function public.may_write
CREATE OR REPLACE FUNCTION public.may_write()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert') $function$

function public.own_assignments
CREATE OR REPLACE FUNCTION public.own_assignments()
 RETURNS TABLE(customer_id text, service text)
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select a.customer_id, a.service from assignment a
    where is_someone() and a.person_id = acting_person() and a.since <= acting_day() and (a.until is null or a.until >= acting_day()) $function$

function public.own_customers
CREATE OR REPLACE FUNCTION public.own_customers()
 RETURNS SETOF text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ begin return query select a.customer_id from assignment a
      where is_someone() and a.person_id = acting_person() and a.since <= acting_day() and (a.until is null or a.until >= acting_day())
    union all select c.id from team_member m join customer c on c.team_id = m.team_id
      where m.person_id = acting_person() and acting_scope() = 'team'; end $function$

function public.protect_customer_table
CREATE OR REPLACE PROCEDURE public.protect_customer_table(IN target regclass, IN key text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('create policy seen on %s for select using ((select nullif(sees_all(), false)) is not null or %I in (select own_customers()))', target, key);
  execute format('create policy added on %s for insert with check ((select writes_all()) or %I in (select writable_customers()))', target, key);
  execute format('create policy changed on %s for update using ((select writes_all()) or %I in (select writable_customers()))', target, key);
  execute format('create policy removed on %s for delete using ((select writes_all()) or %I in (select writable_customers()))', target, key);
end $procedure$

function public.protect_whole_customer_table
CREATE OR REPLACE PROCEDURE public.protect_whole_customer_table(IN target regclass, IN may text)
 LANGUAGE plpgsql
AS $procedure$
declare
  writable text := format('(select %I()) and ((select writes_all()) or customer_id in (select whole_customers()))', may);
begin
  execute format('create policy seen on %s for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()))', target);
  execute format('create policy added on %s for insert with check (%s)', target, writable);
  execute format('create policy changed on %s for update using (%s)', target, writable);
  execute format('create policy removed on %s for delete using (%s)', target, writable);
end $procedure$

function public.refuse_change
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  if tg_op = 'DELETE' and tg_table_name = 'event' then
    if exists (select from customer c where c.id = old.customer_id and c.is_demo) then
      return old;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $function$

function public.sees_all
CREATE OR REPLACE FUNCTION public.sees_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select is_someone() and (acting_scope() = 'all' or (select unassigned from installation) = 'read-only') $function$

function public.team_customers
CREATE OR REPLACE FUNCTION public.team_customers()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select c.id from team_member m join customer c on c.team_id = m.team_id
    where m.person_id = acting_person() and acting_scope() = 'team' $function$

function public.whole_customers
CREATE OR REPLACE FUNCTION public.whole_customers()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select customer_id from own_assignments() where service is null and acting_scope() <> 'services' and may_write()
    union select team_customers() where may_write() $function$

function public.writable_customers
CREATE OR REPLACE FUNCTION public.writable_customers()
 RETURNS SETOF text
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER ROWS 300
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select own_customers() where may_write() $function$

function public.writes_all
CREATE OR REPLACE FUNCTION public.writes_all()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select acting_scope() = 'all' and may_write() $function$

function public.writes_service
CREATE OR REPLACE FUNCTION public.writes_service(of_customer text, of_service text)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$ select writes_all() or may_write() and (
      exists (select from own_assignments() a where a.customer_id = of_customer
        and (a.service is null and (of_service is not null or acting_scope() <> 'services') or a.service = of_service))
      or of_customer in (select team_customers())) $function$

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

table auth.api_key
  id text not null
  config_id text not null default 'default'::text
  name text
  start text
  prefix text
  key text not null
  reference_id text not null
  refill_interval bigint
  refill_amount integer
  last_refill_at timestamp with time zone
  enabled boolean not null default true
  rate_limit_enabled boolean not null default true
  rate_limit_time_window bigint
  rate_limit_max integer
  request_count integer not null default 0
  remaining integer
  last_request timestamp with time zone
  expires_at timestamp with time zone
  permissions text
  metadata text
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  FOREIGN KEY (reference_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (key)
  CREATE INDEX api_key_of_person ON auth.api_key USING btree (reference_id)

table auth.passkey
  id text not null
  user_id text not null
  name text
  public_key text not null
  credential_id text not null
  counter bigint not null
  device_type text not null
  backed_up boolean not null
  transports text
  aaguid text
  created_at timestamp with time zone not null default now()
  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  UNIQUE (credential_id)
  CREATE INDEX passkey_of_user ON auth.passkey USING btree (user_id)

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

table auth.sign_in_failure
  key text not null
  points integer not null default 0
  expire bigint
  PRIMARY KEY (key)

table auth.two_factor
  id text not null
  user_id text not null
  secret text not null
  backup_codes text not null
  verified boolean not null default true
  failed_verification_count integer not null default 0
  locked_until timestamp with time zone
  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
  PRIMARY KEY (id)
  CREATE INDEX two_factor_of_user ON auth.two_factor USING btree (user_id)

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
  access_scope text not null default 'all'::text
  two_factor_enabled boolean not null default false
  is_demo boolean not null default false
  invited_at timestamp with time zone
  disabled_at timestamp with time zone
  last_sign_in_at timestamp with time zone
  CHECK ((access_right = ANY (ARRAY['administrator'::text, 'lead'::text, 'fasttrack-manager'::text, 'engineer'::text, 'customer-success-manager'::text, 'subject-matter-expert'::text, 'author'::text, 'reader'::text])))
  CHECK ((access_scope = ANY (ARRAY['all'::text, 'team'::text, 'customers'::text, 'services'::text])))
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

table public.assignment
  customer_id text not null
  id text not null
  person_id text not null
  role text not null
  service text
  is_primary boolean not null default false
  since date not null
  until date
  covers text
  CHECK (((covers IS NULL) OR ((until IS NOT NULL) AND (NOT is_primary) AND (covers <> person_id))))
  CHECK ((role ~ '^[a-z][a-z0-9-]*$'::text))
  CHECK ((service ~ '^[a-z0-9][a-z0-9-]*$'::text))
  CHECK ((until >= since))
  FOREIGN KEY (covers) REFERENCES person(id)
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (customer_id, id)
  CREATE INDEX assignment_person ON public.assignment USING btree (person_id, customer_id)
  CREATE UNIQUE INDEX assignment_once ON public.assignment USING btree (customer_id, person_id, role, COALESCE(service, ''::text), COALESCE(covers, ''::text), since)
  CREATE UNIQUE INDEX assignment_one_primary ON public.assignment USING btree (customer_id, role) WHERE is_primary
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.customer
  id text not null
  name text not null
  search_key text not null
  segment text
  initiatives text[] not null default '{}'::text[]
  assigned_on date
  thresholds jsonb not null default '{}'::jsonb
  version integer not null default 0
  is_demo boolean not null default false
  archived_at timestamp with time zone
  created_at timestamp with time zone not null
  team_id text
  CHECK ((btrim(name) <> ''::text))
  CHECK ((id ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
  CHECK ((initiatives <@ ARRAY['customer-health'::text, 'rfa'::text, 'targeting'::text]))
  CHECK ((jsonb_typeof(thresholds) = 'object'::text))
  CHECK ((segment = ANY (ARRAY['enterprise'::text, 'corporate'::text, 'small-business'::text, 'education'::text, 'public-sector'::text, 'nonprofit'::text])))
  CHECK ((version >= 0))
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE SET NULL
  PRIMARY KEY (id)
  CREATE INDEX customer_search ON public.customer USING btree (search_key)
  CREATE INDEX customer_team ON public.customer USING btree (team_id)
  CREATE TRIGGER customer_writer_update BEFORE UPDATE ON public.customer FOR EACH ROW WHEN ((((((((((((old.id IS DISTINCT FROM new.id) OR (old.name IS DISTINCT FROM new.name)) OR (old.search_key IS DISTINCT FROM new.search_key)) OR (old.segment IS DISTINCT FROM new.segment)) OR (old.initiatives IS DISTINCT FROM new.initiatives)) OR (old.assigned_on IS DISTINCT FROM new.assigned_on)) OR (old.thresholds IS DISTINCT FROM new.thresholds)) OR (old.is_demo IS DISTINCT FROM new.is_demo)) OR (old.archived_at IS DISTINCT FROM new.archived_at)) OR (old.created_at IS DISTINCT FROM new.created_at)) OR (old.team_id IS DISTINCT FROM new.team_id))) EXECUTE FUNCTION check_customer_writer()
  policy added for insert with check ((( SELECT acting_right() AS acting_right) = ANY (ARRAY['administrator'::text, 'lead'::text, 'fasttrack-manager'::text])) AND (( SELECT acting_scope() AS acting_scope) = 'all'::text))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (id IN ( SELECT own_customers() AS own_customers)))

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
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, service)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  CREATE TRIGGER engagement_writer_update BEFORE UPDATE ON public.engagement FOR EACH ROW WHEN (((((((((old.customer_id IS DISTINCT FROM new.customer_id) OR (old.id IS DISTINCT FROM new.id)) OR (old.cycle IS DISTINCT FROM new.cycle)) OR (old.state IS DISTINCT FROM new.state)) OR (old.cancel_reason IS DISTINCT FROM new.cancel_reason)) OR (old.opened_at IS DISTINCT FROM new.opened_at)) OR (old.closed_at IS DISTINCT FROM new.closed_at)) OR (old.overall_task IS DISTINCT FROM new.overall_task))) EXECUTE FUNCTION check_engagement_writer()
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  policy added for insert with check (( SELECT administers() AS administers) OR ((who = ( SELECT acting_person() AS acting_person)) AND (( SELECT sees_all() AS sees_all) OR (customer_id IN ( SELECT own_customers() AS own_customers)))))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, NULLIF(service, ''::text))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, NULLIF(service, ''::text))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR writes_service(customer_id, NULLIF(service, ''::text))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.gate_state
  customer_id text not null
  engagement_id text not null
  gate text not null
  state text not null
  since date not null
  CHECK ((state = ANY (ARRAY['met'::text, 'not-met'::text, 'unknown'::text])))
  FOREIGN KEY (customer_id, engagement_id) REFERENCES engagement(customer_id, id)
  PRIMARY KEY (customer_id, engagement_id, gate)
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  policy own for all using (( SELECT is_someone() AS is_someone) AND ((person_id = ( SELECT acting_person() AS acting_person)) OR (( SELECT administers() AS administers) AND (( SELECT acting_person() AS acting_person) = 'system'::text))))

table public.installation
  is_only boolean not null default true
  unassigned text not null default 'hidden'::text
  retention jsonb not null default '{}'::jsonb
  setup_code_hash text
  version integer not null default 0
  CHECK ((jsonb_typeof(retention) = 'object'::text))
  CHECK ((unassigned = ANY (ARRAY['hidden'::text, 'read-only'::text])))
  CHECK (is_only)
  PRIMARY KEY (is_only)
  policy changed for update using ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.installation_event
  seq integer not null
  at timestamp with time zone not null
  who text not null
  kind text not null
  body text not null
  previous_hash text
  hash text not null
  CHECK (((seq = 1) = (previous_hash IS NULL)))
  CHECK ((seq > 0))
  FOREIGN KEY (who) REFERENCES person(id)
  PRIMARY KEY (seq)
  CREATE INDEX installation_event_who ON public.installation_event USING btree (who, seq)
  CREATE TRIGGER installation_event_is_append_only BEFORE DELETE OR UPDATE ON public.installation_event FOR EACH ROW EXECUTE FUNCTION refuse_change()
  CREATE TRIGGER installation_event_is_not_truncated BEFORE TRUNCATE ON public.installation_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
  policy added for insert with check (( SELECT is_someone() AS is_someone) AND ((who = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))
  policy seen for select using ( SELECT administers() AS administers)

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
  CREATE TRIGGER item_writer_delete BEFORE DELETE ON public.item FOR EACH ROW WHEN ((old.status IS NOT NULL)) EXECUTE FUNCTION check_item_writer()
  CREATE TRIGGER item_writer_insert BEFORE INSERT ON public.item FOR EACH ROW WHEN ((new.status IS NOT NULL)) EXECUTE FUNCTION check_item_writer()
  CREATE TRIGGER item_writer_update BEFORE UPDATE ON public.item FOR EACH ROW WHEN ((((((((old.status IS DISTINCT FROM new.status) OR (old.reason IS DISTINCT FROM new.reason)) OR (old.note IS DISTINCT FROM new.note)) OR (old.set_by IS DISTINCT FROM new.set_by)) OR (old.set_at IS DISTINCT FROM new.set_at)) OR (old.version IS DISTINCT FROM new.version)) OR (((((((old.customer_id IS DISTINCT FROM new.customer_id) OR (old.engagement_id IS DISTINCT FROM new.engagement_id)) OR (old.id IS DISTINCT FROM new.id)) OR (old.process IS DISTINCT FROM new.process)) OR (old.step IS DISTINCT FROM new.step)) OR (old.task IS DISTINCT FROM new.task)) OR (old.service IS DISTINCT FROM new.service)))) EXECUTE FUNCTION check_item_writer()
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.mail
  id uuid not null
  key text not null
  kind text not null
  person_id text
  address text not null
  subject text not null
  text text not null
  html text
  message_id text not null
  state text not null default 'queued'::text
  tries integer not null default 0
  error text
  created_at timestamp with time zone not null
  sent_at timestamp with time zone
  CHECK (((state = ANY (ARRAY['sent'::text, 'captured'::text])) = (sent_at IS NOT NULL)))
  CHECK ((address ~ '^[^[:space:]<>,;:]+@[^[:space:]<>,;:]+$'::text))
  CHECK ((message_id !~ '[[:cntrl:]]'::text))
  CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'captured'::text, 'failed'::text, 'uncertain'::text])))
  CHECK ((subject !~ '[[:cntrl:]]'::text))
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (id)
  UNIQUE (key)
  UNIQUE (message_id)
  CREATE INDEX mail_age ON public.mail USING btree (created_at)
  policy managed for all using ( SELECT administers() AS administers)

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
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.person
  id text not null
  name text not null
  erased_at timestamp with time zone
  CHECK ((name <> ''::text))
  PRIMARY KEY (id)
  policy added for insert with check (( SELECT is_someone() AS is_someone) AND ((id = ( SELECT acting_person() AS acting_person)) OR ( SELECT may_write() AS may_write)))
  policy changed for update using (( SELECT is_someone() AS is_someone) AND ((id = ( SELECT acting_person() AS acting_person)) OR ( SELECT administers() AS administers)))
  policy removed for delete using ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.person_key
  person_id text not null
  period text not null default ''::text
  wrapped text not null
  made_at timestamp with time zone not null
  CHECK ((period ~ '^(\d{4}-\d{2})?$'::text))
  FOREIGN KEY (person_id) REFERENCES person(id)
  PRIMARY KEY (person_id, period)
  policy added for insert with check ( SELECT is_someone() AS is_someone)
  policy managed for all using ( SELECT administers() AS administers)
  policy seen for select using ( SELECT is_someone() AS is_someone)

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
  policy added for insert with check (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy changed for update using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy removed for delete using (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT writable_customers() AS writable_customers)))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

table public.playbook_current
  is_current boolean not null default true
  hash text not null
  since timestamp with time zone not null
  CHECK (is_current)
  FOREIGN KEY (hash) REFERENCES playbook_release(hash)
  PRIMARY KEY (is_current)
  policy managed for all using (( SELECT is_someone() AS is_someone) AND (( SELECT acting_right() AS acting_right) = ANY (ARRAY['administrator'::text, 'author'::text])))
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.playbook_release
  hash text not null
  playbook_id text
  version text
  content json not null
  made_at timestamp with time zone not null
  CHECK ((hash ~ '^sha256:'::text))
  PRIMARY KEY (hash)
  CREATE TRIGGER playbook_release_is_immutable BEFORE UPDATE ON public.playbook_release FOR EACH ROW EXECUTE FUNCTION refuse_change()
  policy added for insert with check (( SELECT is_someone() AS is_someone) AND (( SELECT acting_right() AS acting_right) = ANY (ARRAY['administrator'::text, 'author'::text])))
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.schema_version
  version integer not null
  name text not null
  applied_at timestamp with time zone not null default now()
  PRIMARY KEY (version)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.team
  id text not null
  name text not null
  CHECK ((btrim(name) <> ''::text))
  CHECK ((id ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text))
  PRIMARY KEY (id)
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.team_member
  team_id text not null
  person_id text not null
  FOREIGN KEY (person_id) REFERENCES person(id)
  FOREIGN KEY (team_id) REFERENCES team(id) ON DELETE CASCADE
  PRIMARY KEY (team_id, person_id)
  CREATE INDEX team_member_person ON public.team_member USING btree (person_id)
  policy managed for all using ( SELECT manages() AS manages) with check ( SELECT manages() AS manages)
  policy seen for select using ( SELECT is_someone() AS is_someone)

table public.tenant
  customer_id text not null
  id text not null
  name text not null
  CHECK ((btrim(name) <> ''::text))
  CHECK ((id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'::text))
  FOREIGN KEY (customer_id) REFERENCES customer(id)
  PRIMARY KEY (customer_id, id)
  policy added for insert with check (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_tell() AS may_tell) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))

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
  policy added for insert with check (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy changed for update using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy removed for delete using (( SELECT may_import() AS may_import) AND (( SELECT writes_all() AS writes_all) OR (customer_id IN ( SELECT whole_customers() AS whole_customers))))
  policy seen for select using ((( SELECT NULLIF(sees_all(), false) AS "nullif") IS NOT NULL) OR (customer_id IN ( SELECT own_customers() AS own_customers)))
