-- Who may see and change which customer, and the policies that hold it. The program decides by its policy table; these stand behind it,
-- so that a forgotten `where` shows nothing. Each statement runs for one person, named by settings that end with the transaction:
-- impulso.person, impulso.right, impulso.scope, impulso.today.

create table team (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null check (btrim(name) <> '')
);

create table team_member (
  team_id text not null references team on delete cascade,
  person_id text not null references person,
  primary key (team_id, person_id)
);
create index team_member_person on team_member (person_id);

alter table customer add column team_id text references team on delete set null;
create index customer_team on customer (team_id);

create table assignment (
  customer_id text not null references customer,
  id text not null,
  person_id text not null references person,
  role text not null check (role ~ '^[a-z][a-z0-9-]*$'),
  -- null: all services.
  service text check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  is_primary boolean not null default false,
  since date not null,
  -- The last day; null: without end.
  until date,
  -- Whom this person stands in for; a cover has an end.
  covers text references person,
  primary key (customer_id, id),
  check (until >= since),
  check (covers is null or (until is not null and not is_primary and covers <> person_id))
);
create unique index assignment_one_primary on assignment (customer_id, role) where is_primary;
create unique index assignment_once on assignment (customer_id, person_id, role, coalesce(service, ''), coalesce(covers, ''), since);
create index assignment_person on assignment (person_id, customer_id);

insert into assignment (customer_id, id, person_id, role, is_primary, since)
  select id, 'owner', owner_id, 'fasttrack-manager', true, coalesce(assigned_on, (created_at at time zone 'utc')::date)
  from customer where owner_id is not null;
alter table customer drop column owner_id;

-- One row: what this installation chose.
create table installation (
  is_only boolean primary key default true check (is_only),
  -- What people see of customers they are not assigned to.
  unassigned text not null default 'hidden' check (unassigned in ('hidden', 'read-only')),
  -- Days per kind of personal data; a kind that is absent has the program's default.
  retention jsonb not null default '{}' check (jsonb_typeof(retention) = 'object'),
  -- Shown at the start, once, to whoever may make the first administrator.
  setup_code_hash text,
  version integer not null default 0
);
insert into installation default values;

alter table person add column erased_at timestamptz;

-- Keys of people, themselves encrypted: what the record keeps of a person is readable only with them, and gone when they are deleted.
-- `period` is '' for what is kept as long as the person is, and a month for where requests came from, which is kept for a time.
create table person_key (
  person_id text not null references person,
  period text not null default '' check (period ~ '^(\d{4}-\d{2})?$'),
  wrapped text not null,
  made_at timestamptz not null,
  primary key (person_id, period)
);

-- What happened that belongs to no customer: sign-ins, people, settings, exports. One chain.
create table installation_event (
  seq integer primary key check (seq > 0),
  at timestamptz not null,
  who text not null references person,
  kind text not null,
  -- Canonical text over which the hash was made; personal values are ids or encrypted.
  body text not null,
  previous_hash text,
  hash text not null,
  check ((seq = 1) = (previous_hash is null))
);
create index installation_event_who on installation_event (who, seq);
create trigger installation_event_is_append_only before update or delete on installation_event
  for each row execute function refuse_change();
create trigger installation_event_is_not_truncated before truncate on installation_event
  for each statement execute function refuse_change();

-- Mail that waits to be sent, and what became of it. `key` is the same for the same occasion, so that it is sent once.
create table mail (
  id uuid primary key,
  key text not null unique,
  kind text not null,
  person_id text references person,
  address text not null check (address ~ '^[^[:space:]<>,;:]+@[^[:space:]<>,;:]+$'),
  subject text not null check (subject !~ '[[:cntrl:]]'),
  text text not null,
  html text,
  message_id text not null unique check (message_id !~ '[[:cntrl:]]'),
  -- `sending` that outlives its process may or may not have been sent: `uncertain`.
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'captured', 'failed', 'uncertain')),
  tries integer not null default 0,
  error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  check ((state in ('sent', 'captured')) = (sent_at is not null))
);
create index mail_age on mail (created_at);

-- The one who acts, and what of the policy table the database needs to know.
create function acting_person() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('impulso.person', true), '') $$;
create function acting_right() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('impulso.right', true), '') $$;
create function acting_scope() returns text language sql stable parallel safe
  as $$ select coalesce(current_setting('impulso.scope', true), '') $$;
create function acting_day() returns date language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('impulso.today', true), '')::date, (now() at time zone 'utc')::date) $$;

-- Nobody in particular sees and changes nothing, not even what every person may see.
create function is_someone() returns boolean language sql stable parallel safe
  as $$ select acting_person() <> '' and acting_scope() in ('all', 'team', 'customers', 'services') $$;
-- The rights that may change customers at all, and those that may tell facts or import reports, as in the policy table.
create function may_write() returns boolean language sql stable parallel safe
  as $$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'engineer', 'customer-success-manager', 'subject-matter-expert') $$;
create function may_tell() returns boolean language sql stable parallel safe
  as $$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'customer-success-manager') $$;
create function may_import() returns boolean language sql stable parallel safe
  as $$ select acting_right() in ('administrator', 'lead', 'fasttrack-manager', 'engineer') $$;
create function writes_all() returns boolean language sql stable parallel safe
  as $$ select acting_scope() = 'all' and may_write() $$;
create function manages() returns boolean language sql stable parallel safe
  as $$ select acting_right() in ('administrator', 'lead') and acting_scope() = 'all' $$;
create function administers() returns boolean language sql stable parallel safe
  as $$ select acting_right() = 'administrator' and acting_scope() = 'all' $$;

-- Definer functions read tables that their own policies protect. `pg_temp` last, else a temporary table of the same name came first.
create function sees_all() returns boolean language sql stable parallel safe security definer set search_path = pg_catalog, public, pg_temp
  as $$ select is_someone() and (acting_scope() = 'all' or (select unassigned from installation) = 'read-only') $$;
-- Assignments of the one who acts that hold today.
create function own_assignments() returns table (customer_id text, service text) language sql stable parallel safe security definer rows 300
  set search_path = pg_catalog, public, pg_temp
  as $$ select a.customer_id, a.service from assignment a
    where is_someone() and a.person_id = acting_person() and a.since <= acting_day() and (a.until is null or a.until >= acting_day()) $$;
create function team_customers() returns setof text language sql stable parallel safe security definer rows 300
  set search_path = pg_catalog, public, pg_temp
  as $$ select c.id from team_member m join customer c on c.team_id = m.team_id
    where m.person_id = acting_person() and acting_scope() = 'team' $$;
-- plpgsql keeps the plan: every table of a query asks this once.
create function own_customers() returns setof text language plpgsql stable parallel safe security definer rows 300
  set search_path = pg_catalog, public, pg_temp
  as $$ begin return query select a.customer_id from assignment a
      where is_someone() and a.person_id = acting_person() and a.since <= acting_day() and (a.until is null or a.until >= acting_day())
    union all select c.id from team_member m join customer c on c.team_id = m.team_id
      where m.person_id = acting_person() and acting_scope() = 'team'; end $$;
-- Customers the one who acts may change in whole or in part, and those of them that may be changed in whole.
create function writable_customers() returns setof text language sql stable parallel safe security definer rows 300
  set search_path = pg_catalog, public, pg_temp
  as $$ select own_customers() where may_write() $$;
create function whole_customers() returns setof text language sql stable parallel safe security definer rows 300
  set search_path = pg_catalog, public, pg_temp
  as $$ select customer_id from own_assignments() where service is null and acting_scope() <> 'services' and may_write()
    union select team_customers() where may_write() $$;
-- May the one who acts change things of this service (null: of the customer as a whole)?
create function writes_service(of_customer text, of_service text) returns boolean language sql stable parallel safe security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ select writes_all() or may_write() and (
      exists (select from own_assignments() a where a.customer_id = of_customer
        and (a.service is null and (of_service is not null or acting_scope() <> 'services') or a.service = of_service))
      or of_customer in (select team_customers())) $$;
-- Policies and the checks below hold for everyone but the owner of the tables, who migrates.
create function is_policed(target oid) returns boolean language sql stable set search_path = pg_catalog, public, pg_temp
  as $$ select row_security_active(target) and (select pg_get_userbyid(relowner) from pg_class where oid = target) <> current_user $$;

-- A status is set by whoever may change that service; states and dates follow from the plan, whoever caused it to be made.
create function check_item_writer() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
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
end $$;
create trigger item_writer_insert before insert on item for each row when (new.status is not null) execute function check_item_writer();
create trigger item_writer_delete before delete on item for each row when (old.status is not null) execute function check_item_writer();
create trigger item_writer_update before update on item for each row
  when ((old.status, old.reason, old.note, old.set_by, old.set_at, old.version)
      is distinct from (new.status, new.reason, new.note, new.set_by, new.set_at, new.version)
    or (old.customer_id, old.engagement_id, old.id, old.process, old.step, old.task, old.service)
      is distinct from (new.customer_id, new.engagement_id, new.id, new.process, new.step, new.task, new.service))
  execute function check_item_writer();

-- Whoever may change a part of a customer raises its version; the rest of the row is for those who may change the whole, and to whom
-- it belongs is for those who manage people.
create function check_customer_writer() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
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
end $$;
create trigger customer_writer_update before update on customer for each row
  when ((old.id, old.name, old.search_key, old.segment, old.initiatives, old.assigned_on, old.thresholds, old.is_demo, old.archived_at,
      old.created_at, old.team_id)
    is distinct from (new.id, new.name, new.search_key, new.segment, new.initiatives, new.assigned_on, new.thresholds, new.is_demo,
      new.archived_at, new.created_at, new.team_id))
  execute function check_customer_writer();

-- Which release an engagement follows changes with every plan; whether it is open is of the customer as a whole.
create function check_engagement_writer() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if is_policed(tg_relid) and not writes_service(old.customer_id, null) then
    raise exception '% may not change things of the whole customer %', acting_person(), old.customer_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger engagement_writer_update before update on engagement for each row
  when ((old.customer_id, old.id, old.cycle, old.state, old.cancel_reason, old.opened_at, old.closed_at, old.overall_task)
    is distinct from (new.customer_id, new.id, new.cycle, new.state, new.cancel_reason, new.opened_at, new.closed_at, new.overall_task))
  execute function check_engagement_writer();

-- The newest link of the installation's chain, for one writer at a time. Definer: whoever signs in adds to it, few may read it.
create function last_installation_event() returns table (seq integer, hash text) language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ begin
    perform pg_advisory_xact_lock(4104);
    return query select e.seq, e.hash from installation_event e order by e.seq desc limit 1;
  end $$;

-- `is not null` for the planner's sake: it takes a test for null to hold for nearly all rows, a truth value for half of them, and then
-- expects fewer customers than those who see all have.
-- The standard policies of a table that belongs to customers: seen by whom its customer is seen, changed by whom it may be changed in part.
create procedure protect_customer_table(target regclass, key text) language plpgsql as $$
begin
  execute format('create policy seen on %s for select using ((select nullif(sees_all(), false)) is not null or %I in (select own_customers()))', target, key);
  execute format('create policy added on %s for insert with check ((select writes_all()) or %I in (select writable_customers()))', target, key);
  execute format('create policy changed on %s for update using ((select writes_all()) or %I in (select writable_customers()))', target, key);
  execute format('create policy removed on %s for delete using ((select writes_all()) or %I in (select writable_customers()))', target, key);
end $$;
-- Those of a table whose rows speak of the customer as a whole, for rights that `may` names.
create procedure protect_whole_customer_table(target regclass, may text) language plpgsql as $$
declare
  writable text := format('(select %I()) and ((select writes_all()) or customer_id in (select whole_customers()))', may);
begin
  execute format('create policy seen on %s for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()))', target);
  execute format('create policy added on %s for insert with check (%s)', target, writable);
  execute format('create policy changed on %s for update using (%s)', target, writable);
  execute format('create policy removed on %s for delete using (%s)', target, writable);
end $$;
call protect_whole_customer_table('tenant', 'may_tell');
call protect_whole_customer_table('outcome', 'may_tell');
call protect_whole_customer_table('entitlement', 'may_import');
call protect_whole_customer_table('usage_import', 'may_import');
call protect_whole_customer_table('usage_report_service', 'may_import');
call protect_whole_customer_table('usage_current', 'may_import');
call protect_whole_customer_table('usage_day', 'may_import');

create policy seen on customer for select using ((select nullif(sees_all(), false)) is not null or id in (select own_customers()));
create policy added on customer for insert
  with check ((select acting_right()) in ('administrator', 'lead', 'fasttrack-manager') and (select acting_scope()) = 'all');
create policy changed on customer for update using ((select writes_all()) or id in (select writable_customers()));
create policy removed on customer for delete using ((select administers()));

create policy seen on engagement for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on engagement for insert with check ((select writes_all()) or customer_id in (select writable_customers()));
create policy changed on engagement for update using ((select writes_all()) or customer_id in (select writable_customers()));
create policy removed on engagement for delete using ((select administers()));

-- Who works for whom: changed by those who manage people.
create policy seen on assignment for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy managed on assignment for all using ((select manages())) with check ((select manages()));

-- What is known of a service is written by whom the service is assigned to.
create policy seen on fact for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on fact for insert with check ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, nullif(service, ''))));
create policy changed on fact for update using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, nullif(service, ''))));
create policy removed on fact for delete using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, nullif(service, ''))));
create policy seen on customer_service for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on customer_service for insert with check ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy changed on customer_service for update using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));
create policy removed on customer_service for delete using ((select may_tell()) and ((select writes_all()) or writes_service(customer_id, service)));

-- The record: who sees a customer may add that it was exported; nobody changes it. A demo's record goes with the demo.
create policy seen on event for select using ((select nullif(sees_all(), false)) is not null or customer_id in (select own_customers()));
create policy added on event for insert
  with check ((select administers()) or who = (select acting_person()) and ((select sees_all()) or customer_id in (select own_customers())));
create policy removed on event for delete using ((select administers()));
create or replace function refuse_change() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'event' then
    if exists (select from customer c where c.id = old.customer_id and c.is_demo) then
      return old;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
alter function check_engagement_complete() set search_path = pg_catalog, public, pg_temp;

-- Tables that belong to nobody's customer.
create policy seen on person for select using ((select is_someone()));
create policy added on person for insert with check ((select is_someone()) and (id = (select acting_person()) or (select may_write())));
create policy changed on person for update using ((select is_someone()) and (id = (select acting_person()) or (select administers())));
-- Only whom nothing refers to: the invented people of a demo.
create policy removed on person for delete using ((select administers()));
create policy seen on person_key for select using ((select is_someone()));
create policy added on person_key for insert with check ((select is_someone()));
create policy managed on person_key for all using ((select administers()));
create policy seen on team for select using ((select is_someone()));
create policy managed on team for all using ((select manages())) with check ((select manages()));
create policy seen on team_member for select using ((select is_someone()));
create policy managed on team_member for all using ((select manages())) with check ((select manages()));
create policy seen on playbook_release for select using ((select is_someone()));
create policy added on playbook_release for insert with check ((select is_someone()) and (select acting_right()) in ('administrator', 'author'));
create policy seen on playbook_current for select using ((select is_someone()));
create policy managed on playbook_current for all using ((select is_someone()) and (select acting_right()) in ('administrator', 'author'));
create policy seen on installation for select using ((select is_someone()));
create policy changed on installation for update using ((select administers()));
create policy seen on installation_event for select using ((select administers()));
create policy added on installation_event for insert with check ((select is_someone()) and (who = (select acting_person()) or (select administers())));
create policy own on idempotent_request for all 
  using ((select is_someone()) and (person_id = (select acting_person()) or (select administers()) and (select acting_person()) = 'system'));
create policy managed on mail for all using ((select administers()));
create policy seen on schema_version for select using ((select is_someone()));

-- Definer functions are for the program alone; PROTECT grants them to it.
revoke execute on function sees_all, own_assignments, team_customers, own_customers, writable_customers, whole_customers, writes_service,
  last_installation_event from public;
