-- Requests for a subject-matter expert, and what experts say of themselves.

create table expert_profile (
  person_id text primary key references person,
  -- May be asked although the access right does not say so.
  is_expert boolean not null default false,
  -- Empty: not said, which is no "no".
  skills text[] not null default '{}',
  services text[] not null default '{}',
  languages text[] not null default '{}',
  regions text[] not null default '{}',
  -- Open requests at the same time; null: not said.
  at_once integer check (at_once between 1 and 99),
  changed_by text not null references person,
  changed_at timestamptz not null,
  version integer not null
);

create table expert_request (
  customer_id text not null references customer,
  id uuid not null unique,
  -- Null: no one service.
  service text check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  skill text not null check (skill ~ '^[a-z][a-z0-9-]*$'),
  -- ISO 639, without a region: `pt`.
  language text check (language ~ '^[a-z]{2,3}$'),
  region text check (region ~ '^[a-z][a-z-]*$'),
  seats bigint check (seats >= 0),
  wanted_on date,
  purpose text not null check (btrim(purpose) <> ''),
  state text not null check (state in ('open', 'needs-detail', 'accepted', 'declined', 'done', 'withdrawn')),
  requested_by text not null references person,
  requested_at timestamptz not null,
  -- Whose working days count: a team of whoever asked.
  team_id text references team on delete set null,
  -- Null: in the queue that every matching expert sees.
  expert_id text references person,
  acknowledge_by date not null,
  decide_by date not null,
  acknowledged_by text references person,
  acknowledged_at timestamptz,
  decided_by text references person,
  decided_at timestamptz,
  -- Why it was declined.
  reason text,
  ended_by text references person,
  ended_at timestamptz,
  -- What came of it.
  note text,
  -- The assignment that accepting it made, which ends with it.
  assignment_id text,
  -- The day that the last reminder was about.
  reminded_due date,
  reminded_at timestamptz,
  escalated_at timestamptz,
  escalated_to text references person,
  version integer not null,
  primary key (customer_id, id),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((ended_at is null) = (ended_by is null)),
  check ((reminded_at is null) = (reminded_due is null)),
  constraint expert_request_is_decided check ((state in ('accepted', 'declined', 'done')) <= (decided_at is not null)),
  constraint expert_request_waits check ((state in ('open', 'needs-detail')) <= (decided_at is null)),
  constraint expert_request_is_ended check ((state in ('done', 'withdrawn')) = (ended_at is not null)),
  constraint expert_request_has_expert check (expert_id is not null or state not in ('accepted', 'done')),
  constraint expert_request_has_reason check (state <> 'declined' or btrim(reason) <> ''),
  constraint expert_request_has_note check (state <> 'done' or btrim(note) <> ''),
  check (decided_at >= requested_at and ended_at >= requested_at and acknowledged_at >= requested_at)
);
create index expert_request_open on expert_request (expert_id) where state in ('open', 'needs-detail', 'accepted');

-- Everything that was said and done, first to last.
create table expert_request_message (
  customer_id text not null,
  request_id uuid not null,
  seq integer not null check (seq > 0),
  step text not null check (step in ('requested', 'acknowledged', 'asked', 'replied', 'wrote', 'accepted', 'declined', 'handed-on', 'done', 'withdrawn')),
  body text check (btrim(body) <> ''),
  -- To whom it was handed on; null there: to the queue.
  person_id text references person,
  written_by text not null references person,
  written_at timestamptz not null,
  primary key (customer_id, request_id, seq),
  foreign key (customer_id, request_id) references expert_request,
  check (body is not null or step not in ('asked', 'replied', 'wrote', 'declined', 'done')),
  check (person_id is null or step = 'handed-on')
);

call protect_customer_table('expert_request', 'customer_id');
call protect_customer_table('expert_request_message', 'customer_id');
create policy seen on expert_profile for select using ((select is_someone()));
create policy own on expert_profile for all using ((select may_write()) and (select is_someone()) and person_id = (select acting_person()));
create policy managed on expert_profile for all using ((select manages())) with check ((select manages()));

-- Whether a request is the business of the one who acts although its customer may not be: asked of them, or in the queue, where their
-- profile says nothing against it. Only the access right makes an expert here: what people say of themselves opens no queue.
create function reaches_expert(expert text, state text, skill text, service text, language text) returns boolean
  language sql stable parallel safe security definer set search_path = pg_catalog, public, pg_temp
  as $$ select is_someone() and may_write() and (expert = acting_person()
    or expert is null and state in ('open', 'needs-detail') and acting_right() = 'subject-matter-expert'
      and not exists (select from expert_profile p where p.person_id = acting_person() and (
        cardinality(p.skills) > 0 and skill <> all (p.skills)
        or cardinality(p.services) > 0 and service <> all (p.services)
        or cardinality(p.languages) > 0 and language <> all (p.languages)))) $$;
create policy reached on expert_request for select using (reaches_expert(expert_id, state, skill, service, language));
create policy reached on expert_request_message for select using (exists (select from expert_request r
  where r.customer_id = expert_request_message.customer_id and r.id = request_id
    and reaches_expert(r.expert_id, r.state, r.skill, r.service, r.language)));
-- What a request says of its customer to who may not see it.
create function asked_customers() returns table (id text, name text, segment text) language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ select distinct c.id, c.name, c.segment from expert_request r join customer c on c.id = r.customer_id
    where c.archived_at is null and reaches_expert(r.expert_id, r.state, r.skill, r.service, r.language) $$;
-- How much each expert has, whoever asks: counts of every customer, and the first day that something of it is wanted for.
create function expert_loads() returns table (person_id text, open integer, next_wanted date) language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ select r.expert_id, count(*)::integer, min(r.wanted_on) filter (where r.state = 'accepted')
    from expert_request r join customer c on c.id = r.customer_id
    where is_someone() and c.archived_at is null and r.expert_id is not null and r.state in ('open', 'needs-detail', 'accepted')
    group by r.expert_id $$;
revoke execute on function reaches_expert, asked_customers, expert_loads from public;
