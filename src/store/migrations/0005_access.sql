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

-- One key per person, itself encrypted: what the record keeps of a person is readable only with it, and gone when it is deleted.
create table person_key (
  person_id text primary key references person,
  wrapped text not null,
  made_at timestamptz not null
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

create function sees_all() returns boolean language sql stable security definer set search_path = pg_catalog, public
  as $$ select acting_scope() = 'all' or (acting_scope() in ('team', 'customers', 'services') and (select unassigned from installation) = 'read-only') $$;
create function writes_all() returns boolean language sql stable parallel safe
  as $$ select acting_scope() = 'all' and acting_right() not in ('', 'reader', 'author') $$;
create function manages() returns boolean language sql stable parallel safe
  as $$ select acting_right() in ('administrator', 'lead') and acting_scope() = 'all' $$;
create function administers() returns boolean language sql stable parallel safe
  as $$ select acting_right() = 'administrator' and acting_scope() = 'all' $$;

-- Assignments of the one who acts that hold today. Definer: it reads the table that its own policy protects.
create function own_assignments() returns table (customer_id text, service text) language sql stable security definer rows 300
  set search_path = pg_catalog, public
  as $$ select a.customer_id, a.service from assignment a
    where a.person_id = acting_person() and a.since <= acting_day() and (a.until is null or a.until >= acting_day()) $$;
create function own_customers() returns setof text language sql stable security definer rows 300
  set search_path = pg_catalog, public
  as $$ select customer_id from own_assignments()
    union
    select c.id from team_member m join customer c on c.team_id = m.team_id
    where m.person_id = acting_person() and acting_scope() = 'team' $$;
-- Customers the one who acts may change in whole or in part.
create function writable_customers() returns setof text language sql stable security definer rows 300
  set search_path = pg_catalog, public
  as $$ select own_customers() where acting_right() not in ('', 'reader', 'author') $$;
-- May the one who acts change things of this service (null: of the customer as a whole)?
create function writes_service(of_customer text, of_service text) returns boolean language sql stable security definer
  set search_path = pg_catalog, public
  as $$ select writes_all() or acting_right() not in ('', 'reader', 'author') and (
      exists (select from own_assignments() a where a.customer_id = of_customer
        and (a.service is null and (of_service is not null or acting_scope() <> 'services') or a.service = of_service))
      or acting_scope() = 'team' and exists (
        select from team_member m join customer c on c.team_id = m.team_id where c.id = of_customer and m.person_id = acting_person())) $$;

-- A status is set by whoever may change that service; states and dates follow from the plan, whoever caused it to be made.
create function check_item_writer() returns trigger language plpgsql as $$
begin
  if row_security_active('item') and not writes_service(new.customer_id, new.service) then
    raise exception '% may not change % of customer %', acting_person(), coalesce(new.service, 'things of the whole customer'), new.customer_id
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger item_writer_insert before insert on item for each row when (new.status is not null) execute function check_item_writer();
create trigger item_writer_update before update on item for each row
  when ((old.status, old.reason, old.note, old.set_by) is distinct from (new.status, new.reason, new.note, new.set_by))
  execute function check_item_writer();

-- The newest link of the installation's chain, for one writer at a time. Definer: whoever signs in adds to it, few may read it.
create function last_installation_event() returns table (seq integer, hash text) language plpgsql security definer
  set search_path = pg_catalog, public
  as $$ begin
    perform pg_advisory_xact_lock(4104);
    return query select e.seq, e.hash from installation_event e order by e.seq desc limit 1;
  end $$;

-- The standard policies of a table that belongs to customers: seen by whom its customer is seen, changed by whom it may be changed.
create procedure protect_customer_table(target regclass, key text) language plpgsql as $$
begin
  execute format('create policy seen on %s for select using ((select sees_all()) or %I in (select own_customers()))', target, key);
  execute format('create policy added on %s for insert with check ((select writes_all()) or %I in (select writable_customers()))', target, key);
  execute format('create policy changed on %s for update using ((select writes_all()) or %I in (select writable_customers()))', target, key);
  execute format('create policy removed on %s for delete using ((select writes_all()) or %I in (select writable_customers()))', target, key);
end $$;

create policy seen on customer for select using ((select sees_all()) or id in (select own_customers()));
create policy added on customer for insert with check ((select writes_all()));
create policy changed on customer for update using ((select writes_all()) or id in (select writable_customers()));
create policy removed on customer for delete using ((select administers()));

-- Who works for whom: changed by those who manage people.
create policy seen on assignment for select using ((select sees_all()) or customer_id in (select own_customers()));
create policy managed on assignment for all using ((select manages())) with check ((select manages()));

-- What is known of a service is written by whom the service is assigned to.
create policy seen on fact for select using ((select sees_all()) or customer_id in (select own_customers()));
create policy added on fact for insert with check ((select writes_all()) or writes_service(customer_id, nullif(service, '')));
create policy changed on fact for update using ((select writes_all()) or writes_service(customer_id, nullif(service, '')));
create policy removed on fact for delete using ((select writes_all()) or writes_service(customer_id, nullif(service, '')));
create policy seen on customer_service for select using ((select sees_all()) or customer_id in (select own_customers()));
create policy added on customer_service for insert with check ((select writes_all()) or writes_service(customer_id, service));
create policy changed on customer_service for update using ((select writes_all()) or writes_service(customer_id, service));
create policy removed on customer_service for delete using ((select writes_all()) or writes_service(customer_id, service));

-- The record: who sees a customer may add that it was exported; nobody changes it. A demo's record goes with the demo.
create policy seen on event for select using ((select sees_all()) or customer_id in (select own_customers()));
create policy added on event for insert
  with check ((select administers()) or who = (select acting_person()) and ((select sees_all()) or customer_id in (select own_customers())));
create policy removed on event for delete using ((select administers()));
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name = 'event' then
    if exists (select from customer c where c.id = old.customer_id and c.is_demo) then
      return old;
    end if;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Tables that belong to nobody's customer.
create policy seen on person for select using (true);
create policy added on person for insert with check (id = (select acting_person()) or acting_right() not in ('', 'reader', 'author'));
create policy changed on person for update using (id = (select acting_person()) or (select administers()));
create policy seen on person_key for select using (true);
create policy added on person_key for insert with check (true);
create policy managed on person_key for all using ((select administers()));
create policy seen on team for select using (true);
create policy managed on team for all using ((select manages())) with check ((select manages()));
create policy seen on team_member for select using (true);
create policy managed on team_member for all using ((select manages())) with check ((select manages()));
create policy seen on playbook_release for select using (true);
create policy added on playbook_release for insert with check (acting_right() in ('administrator', 'author'));
create policy seen on playbook_current for select using (true);
create policy managed on playbook_current for all using (acting_right() in ('administrator', 'author'));
create policy seen on installation for select using (true);
create policy changed on installation for update using ((select administers()));
create policy seen on installation_event for select using ((select administers()));
create policy added on installation_event for insert with check (who = (select acting_person()) or (select administers()));
create policy own on idempotent_request for all using (person_id = (select acting_person()) or (select administers()) and acting_person() = 'system');
create policy managed on mail for all using ((select administers()));
create policy seen on schema_version for select using (true);
