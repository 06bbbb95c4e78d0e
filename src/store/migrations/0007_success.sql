-- The daily work of Support Success Execution: contacts, notes, kick-off, success plan, blockers, meetings, handshakes, notifications.

alter table customer
  -- In which the customer is written to: mails, invitations, the review deck.
  add column language text not null default 'en' check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  -- Where the customer went when it was merged; archived then.
  add column merged_into text references customer,
  add constraint customer_merged_is_archived check (merged_into is null or (archived_at is not null and merged_into <> id));
create index customer_merged_into on customer (merged_into) where merged_into is not null;

-- When a team works, for deadlines counted in working days.
alter table team
  add column time_zone text not null default 'UTC',
  -- ISO days: 1 Monday … 7 Sunday.
  add column work_days integer[] not null default '{1,2,3,4,5}'
    check (work_days <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(work_days) > 0),
  add column work_from time not null default '09:00',
  add column work_until time not null default '18:00',
  add constraint team_works_forwards check (work_until > work_from);
create table team_holiday (
  team_id text not null references team on delete cascade,
  day date not null,
  name text not null check (btrim(name) <> ''),
  primary key (team_id, day)
);

create table contact (
  customer_id text not null references customer,
  id uuid not null,
  name text not null check (btrim(name) <> ''),
  email text check (email ~ '^[^[:space:]<>,;:"]+@[^[:space:]<>,;:"]+$'),
  title text,
  phone text,
  roles text[] not null default '{}',
  -- Those the contact answers for; empty: the customer as a whole.
  services text[] not null default '{}',
  language text check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
  country text check (country ~ '^[A-Z]{2}$'),
  time_zone text,
  -- Why the contact is not to be written to; null: may be.
  do_not_contact text check (btrim(do_not_contact) <> ''),
  survey_eligible boolean not null default false,
  -- Mail came back, and what the server said.
  bounced_at timestamptz,
  bounce text,
  archived_at timestamptz,
  version integer not null,
  primary key (customer_id, id),
  check ((bounced_at is null) = (bounce is null)),
  constraint contact_survey_needs check (not survey_eligible
    or (email is not null and country is not null and language is not null and cardinality(services) > 0))
);
create unique index contact_email on contact (customer_id, lower(email)) where archived_at is null;

-- What was talked about. Every change is a version; the newest stands in the note itself, to be searched.
create table note (
  customer_id text not null references customer,
  id uuid not null,
  -- What it belongs to: an item, a meeting, a blocker; null: the customer.
  subject text,
  body text not null check (btrim(body) <> ''),
  -- Without case and accents.
  search_key text not null,
  mentions text[] not null default '{}',
  written_by text not null references person,
  written_at timestamptz not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  version integer not null,
  primary key (customer_id, id)
);
create index note_newest on note (customer_id, written_at) include (removed_at);
-- Who was written about lately, of all customers.
create index note_recent on note (written_at) include (customer_id) where removed_at is null;
create index note_words on note using gin (to_tsvector('simple', search_key));
create table note_version (
  customer_id text not null,
  note_id uuid not null,
  seq integer not null check (seq > 0),
  body text not null,
  written_by text not null references person,
  written_at timestamptz not null,
  primary key (customer_id, note_id, seq),
  foreign key (customer_id, note_id) references note
);

-- Texts to begin with: notes and success plans. Using one copies it; changing it changes nothing that was begun with it.
create table template (
  kind text not null check (kind in ('note', 'success-plan', 'agenda')),
  id text not null check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  title text not null check (btrim(title) <> ''),
  language text not null,
  body text not null,
  changed_by text references person,
  changed_at timestamptz not null,
  version integer not null default 1,
  primary key (kind, id)
);

-- Lists of reasons as they were; the newest counts, a row elsewhere says by which version it was given.
create table reason_list (
  version integer primary key check (version > 0),
  reasons jsonb not null check (jsonb_typeof(reasons) = 'array'),
  made_by text not null references person,
  made_at timestamptz not null
);
create trigger reason_list_is_append_only before update or delete on reason_list
  for each row execute function refuse_change();

-- Templates as they were, first to last; one without a body was removed then.
create table template_version (
  kind text not null,
  id text not null,
  seq integer not null check (seq > 0),
  title text,
  language text,
  body text,
  made_by text not null references person,
  made_at timestamptz not null,
  primary key (kind, id, seq),
  check ((title is null) = (body is null) and (language is null) = (body is null))
);
create trigger template_version_is_append_only before update or delete on template_version
  for each row execute function refuse_change();

-- DIBS per service: date, intent, business reason, success owner.
create table kickoff_service (
  customer_id text not null references customer,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  planned_on date,
  intent text,
  business_reason text,
  success_owner text,
  version integer not null,
  primary key (customer_id, service)
);
-- SSAT: stakeholders, scenarios, awareness and training plans, as available.
create table kickoff (
  customer_id text not null references customer,
  stakeholders text,
  scenarios text,
  awareness_plan text,
  training_plan text,
  changed_by text not null references person,
  changed_at timestamptz not null,
  version integer not null,
  primary key (customer_id)
);

create table objective (
  customer_id text not null references customer,
  id uuid not null,
  title text not null check (btrim(title) <> ''),
  description text,
  service text,
  owner_id text references person,
  target_date date,
  position integer not null default 0,
  removed_at timestamptz,
  version integer not null,
  primary key (customer_id, id)
);
create table metric (
  customer_id text not null references customer,
  id text not null check (id <> ''),
  objective_id uuid,
  name text not null check (btrim(name) <> ''),
  -- `usage`: active usage of the service in percent, read from its reports; `own`: readings by hand, CSV or API.
  kind text not null check (kind in ('usage', 'own')),
  service text,
  unit text,
  baseline numeric,
  -- The day the baseline was true, from which progress is expected; null: the day of the first reading.
  baseline_on date,
  target numeric not null,
  direction text check (direction in ('up', 'down')),
  target_date date,
  removed_at timestamptz,
  version integer not null,
  primary key (customer_id, id),
  foreign key (customer_id, objective_id) references objective,
  check (kind <> 'usage' or service is not null),
  check (baseline is null or direction is not null or baseline <> target)
);
create table metric_reading (
  customer_id text not null,
  metric_id text not null,
  day date not null,
  value numeric not null,
  source text not null check (source in ('hand', 'csv', 'api', 'demo')),
  note text,
  recorded_by text references person,
  recorded_at timestamptz not null,
  primary key (customer_id, metric_id, day),
  foreign key (customer_id, metric_id) references metric
);
-- Metrics were facts until now. A value without a day could never count and is not kept.
insert into metric (customer_id, id, name, kind, baseline, target, direction, version)
  select customer_id, substr(name, 8), coalesce(nullif(btrim(value ->> 'name'), ''), substr(name, 8)), 'own', (value ->> 'baseline')::numeric,
    (value ->> 'target')::numeric,
    coalesce(value ->> 'direction', case when (value ->> 'baseline')::numeric = (value ->> 'target')::numeric then 'up' end), version
  from fact where name like 'metric._%' and service = '' and value ->> 'target' is not null;
insert into metric_reading (customer_id, metric_id, day, value, source, recorded_by, recorded_at)
  select f.customer_id, substr(f.name, 8), f.as_of, (f.value ->> 'current')::numeric, 'hand', f.recorded_by, f.recorded_at
  from fact f join metric m on m.customer_id = f.customer_id and m.id = substr(f.name, 8)
  where f.name like 'metric._%' and f.service = '' and f.value ->> 'current' is not null and f.as_of is not null;
delete from fact f using metric m where m.customer_id = f.customer_id and f.service = '' and f.name = 'metric.' || m.id;

-- What the customer means to do with the seats of a service. The rows of a split sum to the seats it splits.
create table seat_split (
  customer_id text not null references customer,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  seats bigint not null check (seats >= 0),
  as_of date not null,
  changed_by text not null references person,
  changed_at timestamptz not null,
  version integer not null,
  primary key (customer_id, service)
);
create table seat_intent (
  customer_id text not null,
  service text not null,
  position integer not null check (position > 0),
  intent text not null check (intent in ('unknown', 'in-progress', 'blocked', 'no-intent', 'duplicate')),
  seats bigint not null check (seats > 0),
  reason text,
  reason_version integer,
  note text,
  primary key (customer_id, service, position),
  foreign key (customer_id, service) references seat_split on delete cascade,
  check ((reason is null) = (reason_version is null)),
  check (intent not in ('blocked', 'no-intent') or reason is not null)
);
create function check_seat_split() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  customer text := coalesce(new.customer_id, old.customer_id);
  of_service text := coalesce(new.service, old.service);
begin
  if exists (select from seat_split s where s.customer_id = customer and s.service = of_service
    and s.seats <> (select coalesce(sum(i.seats), 0) from seat_intent i where i.customer_id = customer and i.service = of_service)) then
    raise exception 'the seats of % do not sum to those that are split', of_service
      using errcode = 'check_violation', constraint = 'seat_split_sums';
  end if;
  return null;
end $$;
create constraint trigger seat_split_sums after insert or update on seat_split
  deferrable initially deferred for each row execute function check_seat_split();
create constraint trigger seat_split_sums after insert or update or delete on seat_intent
  deferrable initially deferred for each row execute function check_seat_split();

-- What stands in the way of usage.
create table blocker (
  customer_id text not null references customer,
  id uuid not null,
  title text not null check (btrim(title) <> ''),
  -- Empty: the customer as a whole.
  services text[] not null default '{}',
  items text[] not null default '{}',
  reason text not null,
  reason_version integer not null check (reason_version >= 0),
  seats bigint check (seats >= 0),
  owner_id text references person,
  next_action text,
  next_action_on date,
  opened_by text not null references person,
  opened_at timestamptz not null,
  -- Figures of its services on the day it was opened and resolved: what the resolution did to usage.
  usage_opened jsonb not null default '[]',
  reminded_on date,
  escalated_at timestamptz,
  escalated_to text references person,
  resolved_by text references person,
  resolved_at timestamptz,
  resolution text,
  usage_resolved jsonb,
  version integer not null,
  primary key (customer_id, id),
  check ((resolved_at is null) = (resolved_by is null) and (resolved_at is null) = (resolution is null)),
  check (next_action_on is null or next_action is not null),
  check (resolved_at >= opened_at)
);
create index blocker_open on blocker (next_action_on) where resolved_at is null;

-- Links and small files that show what a checklist line, an item or a transition rests on.
create table evidence (
  customer_id text not null references customer,
  id uuid not null,
  -- `check:…`, `item:…`, `transition:…`, `blocker:…`.
  subject text not null,
  title text not null check (btrim(title) <> ''),
  href text,
  media_type text,
  content bytea,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  added_by text not null references person,
  added_at timestamptz not null,
  primary key (customer_id, id),
  check ((href is null) <> (content is null)),
  check ((content is null) = (media_type is null) and (content is null) = (sha256 is null)),
  check (octet_length(content) between 1 and 2097152)
);
create index evidence_subject on evidence (customer_id, subject);

-- What a person decided on a proposal, with what the rule had to show then. Never rewritten: another decision is another row.
create table decision (
  customer_id text not null references customer,
  proposal text not null,
  seq integer not null check (seq > 0),
  -- `offered`, `agreed`, `declined`; of accelerators `proposed`, `accepted`, `rejected`.
  state text not null,
  -- Who of the customer said so.
  contact_id uuid,
  reason text,
  decided_on date not null,
  because jsonb not null,
  recorded_by text not null references person,
  recorded_at timestamptz not null,
  primary key (customer_id, proposal, seq),
  foreign key (customer_id, contact_id) references contact
);

create table handshake (
  customer_id text not null references customer,
  id uuid not null,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  state text not null check (state in ('offered', 'asked', 'accepted', 'declined', 'withdrawn')),
  offered_by text not null references person,
  offered_to text not null references person,
  offered_at timestamptz not null,
  -- The day a reminder is due, in working days of the team.
  remind_on date not null,
  reminded_at timestamptz,
  escalated_at timestamptz,
  escalated_to text references person,
  answered_by text references person,
  answered_at timestamptz,
  reason text,
  version integer not null,
  primary key (customer_id, id),
  check ((state in ('accepted', 'declined')) = (answered_at is not null) and (answered_at is null) = (answered_by is null)),
  check (state <> 'declined' or btrim(reason) <> ''),
  check (answered_at >= offered_at)
);
create unique index handshake_one_open on handshake (customer_id, service) where state in ('offered', 'asked');
create index handshake_waiting on handshake (offered_to) where state in ('offered', 'asked');
create table handshake_message (
  customer_id text not null,
  handshake_id uuid not null,
  seq integer not null check (seq > 0),
  body text not null check (btrim(body) <> ''),
  written_by text not null references person,
  written_at timestamptz not null,
  primary key (customer_id, handshake_id, seq),
  foreign key (customer_id, handshake_id) references handshake
);
-- Who owns the adoption of a service, from which day.
create table adoption_owner (
  customer_id text not null references customer,
  service text not null check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  since date not null,
  until date,
  person_id text not null references person,
  handshake_id uuid,
  primary key (customer_id, service, since),
  foreign key (customer_id, handshake_id) references handshake,
  check (until >= since)
);
create unique index adoption_owner_one on adoption_owner (customer_id, service) where until is null;

-- A series of meetings with one customer: an iCalendar rule in local time of its zone.
create table cadence (
  customer_id text not null references customer,
  id uuid not null,
  kind text not null check (kind in ('internal', 'customer', 'vendor')),
  title text not null check (btrim(title) <> ''),
  -- RRULE without its name: `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`.
  rule text not null,
  -- Local wall-clock time of the first meeting, `2026-11-24T10:00`.
  starts_local text not null check (starts_local ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$'),
  time_zone text not null,
  minutes integer not null check (minutes between 5 and 1440),
  organizer_id text not null references person,
  location text,
  services text[] not null default '{}',
  uid text not null unique,
  sequence integer not null default 0 check (sequence >= 0),
  -- What made it: null a person, else `program:onedrive-adoption`.
  made_for text,
  -- By which way those asked are invited, fixed by the first invitation; null: nobody has been told yet.
  invited_by text check (invited_by in ('mail', 'outlook')),
  -- Of Outlook: waits to be told, was told, or was taken away there by hand.
  outlook_state text check (outlook_state in ('waiting', 'sent', 'gone')),
  -- Why it waits or is gone, or went by mail although Outlook was on.
  outlook_problem text,
  -- The service asked to wait until then.
  outlook_after timestamptz,
  external_id text,
  -- In whose mailbox the event is; null: in none (any more).
  external_owner text references person,
  -- Digest of what Outlook was told last.
  external_told text,
  external_read_at timestamptz,
  ended_at timestamptz,
  version integer not null,
  primary key (customer_id, id)
);
create table meeting (
  customer_id text not null references customer,
  id uuid not null,
  cadence_id uuid,
  -- Which of the series, as it was planned (RECURRENCE-ID); null: a meeting of its own.
  occurrence timestamptz,
  kind text not null check (kind in ('internal', 'customer', 'vendor')),
  title text not null check (btrim(title) <> ''),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  time_zone text not null,
  organizer_id text not null references person,
  location text,
  services text[] not null default '{}',
  items text[] not null default '{}',
  state text not null default 'scheduled' check (state in ('scheduled', 'held', 'missed', 'cancelled')),
  agenda text not null default '',
  -- Null: the agenda is still the one made from the data.
  agenda_changed_at timestamptz,
  notes text,
  outcome text,
  uid text not null,
  sequence integer not null default 0 check (sequence >= 0),
  -- By which way those asked are invited, fixed by the first invitation; null: nobody has been told yet.
  invited_by text check (invited_by in ('mail', 'outlook')),
  -- Of Outlook: waits to be told, was told, or was taken away there by hand.
  outlook_state text check (outlook_state in ('waiting', 'sent', 'gone')),
  -- Why it waits or is gone, or went by mail although Outlook was on.
  outlook_problem text,
  -- The service asked to wait until then.
  outlook_after timestamptz,
  external_id text,
  -- In whose mailbox the event is; null: in none (any more).
  external_owner text references person,
  -- Digest of what Outlook was told last.
  external_told text,
  external_read_at timestamptz,
  reminded_at timestamptz,
  made_by text not null references person,
  version integer not null,
  primary key (customer_id, id),
  unique (customer_id, cadence_id, occurrence),
  foreign key (customer_id, cadence_id) references cadence,
  constraint meeting_ends_after_start check (ends_at > starts_at),
  check ((cadence_id is null) = (occurrence is null))
);
create index meeting_when on meeting (starts_at) include (customer_id, state);
-- Who is asked to a meeting or to a series, and the answer.
create table attendee (
  customer_id text not null,
  id uuid not null,
  cadence_id uuid,
  meeting_id uuid,
  contact_id uuid,
  person_id text references person,
  is_optional boolean not null default false,
  answer text not null default 'needs-action' check (answer in ('needs-action', 'accepted', 'declined', 'tentative')),
  answered_at timestamptz,
  comment text,
  -- Of a series: answers to single occurrences (RECURRENCE-ID), by their instant: `{"answer", "answered_at", "comment"}`.
  occurrences jsonb not null default '{}' check (jsonb_typeof(occurrences) = 'object'),
  -- Of the link to answer by; the link itself stands in the invitation only.
  token_hash text not null unique,
  -- The sequence of the newest invitation written to this attendee; null: none yet.
  invited_sequence integer,
  primary key (customer_id, id),
  foreign key (customer_id, cadence_id) references cadence,
  foreign key (customer_id, meeting_id) references meeting,
  foreign key (customer_id, contact_id) references contact,
  check ((cadence_id is null) <> (meeting_id is null)),
  check ((contact_id is null) <> (person_id is null)),
  check ((answer = 'needs-action') = (answered_at is null)),
  check (occurrences = '{}' or cadence_id is not null)
);
create unique index attendee_once on attendee
  (customer_id, coalesce(meeting_id, cadence_id), coalesce(contact_id::text, person_id));
create index attendee_meeting on attendee (customer_id, meeting_id);
-- How meetings come into the Outlook calendars of the organization's own people. One row, or none.
create table calendar_connection (
  id boolean primary key default true check (id),
  cloud text not null check (cloud in ('global', 'gcc-high', 'dod', 'china', 'simulator')),
  directory text not null check (directory ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,253}$'),
  client_id text not null check (client_id <> ''),
  credential text not null check (credential in ('secret', 'certificate')),
  credential_hint text not null,
  credential_ends date,
  -- The credential, encrypted with the installation's secret.
  sealed text not null,
  is_enabled boolean not null default false,
  state text not null default 'untested',
  state_since timestamptz not null,
  findings jsonb not null default '[]',
  made_by text not null references person,
  made_at timestamptz not null,
  version integer not null
);
create table calendar_feed (
  person_id text primary key references person,
  token_hash text not null unique,
  made_at timestamptz not null,
  read_at timestamptz
);

-- A task of one customer that no playbook holds: agreed at a meeting, for a blocker, of an accelerator, or by hand.
create table follow_up (
  customer_id text not null references customer,
  id uuid not null,
  engagement_id text not null,
  title text not null check (btrim(title) <> ''),
  service text,
  -- `meeting:…`, `blocker:…`, `accelerator:…`; null: by hand.
  made_for text,
  assignee text references person,
  due date,
  status text not null default 'not-started' check (status in ('not-started', 'in-progress', 'complete', 'not-required', 'paused', 'deferred', 'warning', 'blocked', 'cancelled')),
  reason text check (reason in ('customer', 'technical-customer', 'technical-vendor', 'business', 'pending-remediation', 'other')),
  note text,
  made_by text not null references person,
  made_at timestamptz not null,
  closed_at timestamptz,
  version integer not null,
  primary key (customer_id, id),
  foreign key (customer_id, engagement_id) references engagement,
  check ((status in ('complete', 'not-required', 'cancelled')) = (closed_at is not null)),
  check (status not in ('not-required', 'paused', 'deferred', 'warning', 'blocked', 'cancelled') or reason is not null)
);
create index follow_up_open on follow_up (assignee, due) where closed_at is null;

alter table item
  add column assignee text references person,
  -- A date a person set instead of the playbook's.
  add column due_set date,
  -- The data says since this day that what was done is no longer true; null: it holds.
  add column regressed_on date,
  -- What the data said last of an item that a person set complete; a later *unknown* leaves what it said before. Null: nobody did.
  add column data_says text check (data_says in ('yes', 'no', 'unknown'));
create index item_assignee on item (assignee) where assignee is not null;

-- What a plan says differently from the one before: a gate that opened, usage that crossed its target, an item that fell back.
create table plan_change (
  customer_id text not null references customer,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  subject text not null,
  service text,
  before text,
  after text,
  primary key (customer_id, id)
);
create index plan_change_newest on plan_change (customer_id, at);
create index plan_change_age on plan_change (at);

-- A person's own word on how urgent a customer is, until a day.
create table priority_override (
  customer_id text not null references customer,
  priority integer not null check (priority between 0 and 999),
  reason text not null check (btrim(reason) <> ''),
  set_by text not null references person,
  set_at timestamptz not null,
  until date not null,
  primary key (customer_id)
);

-- What the portfolio sorts and groups by besides; the parts of the priority with their points, and what is new in the figures.
alter table plan
  add column phase text,
  add column late_count integer not null default 0 check (late_count >= 0),
  -- The oldest figure of the services the customer means to use.
  add column oldest_figure date,
  add column priority_parts jsonb not null default '[]' check (jsonb_typeof(priority_parts) = 'array'),
  add column signals jsonb not null default '[]' check (jsonb_typeof(signals) = 'array'),
  -- What the portfolio finds customers by besides, so that no page has to join all of them; the triggers below keep it.
  add column search_key text,
  add column segment text,
  add column team_id text,
  -- Of a customer that is not archived, the plan of the newest engagement.
  add column is_listed boolean not null default false;
create index engagement_later on engagement (customer_id, cycle) where cycle > 1;
create function listing_of(of_customer text, of_engagement text) returns table (search_key text, segment text, team_id text, is_listed boolean)
  language sql stable
  as $$ select c.search_key, c.segment, c.team_id, c.archived_at is null and not exists (select from engagement own join engagement later using (customer_id)
      where own.customer_id = of_customer and own.id = of_engagement and later.cycle > own.cycle)
    from customer c where c.id = of_customer $$;
update plan p set (search_key, segment, team_id, is_listed) = (select * from listing_of(p.customer_id, p.engagement_id));
create function list_plan() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  select l.* into new.search_key, new.segment, new.team_id, new.is_listed from listing_of(new.customer_id, new.engagement_id) l;
  -- Of a customer that is not there, which the key to its engagement refuses afterwards.
  new.is_listed := coalesce(new.is_listed, false);
  return new;
end $$;
create trigger plan_is_listed before insert on plan for each row execute function list_plan();
-- Whoever may change the customer, or open an engagement of it, may change its plans. The argument names the column of the customer's id.
create function list_plans_anew() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  update plan p set (search_key, segment, team_id, is_listed) = (select * from listing_of(p.customer_id, p.engagement_id))
    where p.customer_id = coalesce(to_jsonb(new), to_jsonb(old)) ->> tg_argv[0];
  return null;
end $$;
create trigger customer_is_listed after update on customer for each row
  when ((old.search_key, old.segment, old.team_id, old.archived_at) is distinct from (new.search_key, new.segment, new.team_id, new.archived_at))
  execute function list_plans_anew('id');
create trigger engagement_is_newest after insert on engagement for each row when (new.cycle > 1) execute function list_plans_anew('customer_id');
create trigger engagement_was_newest after delete on engagement for each row when (old.cycle > 1) execute function list_plans_anew('customer_id');
-- Plans are wide: what they are sorted and narrowed by is read from here alone. Not `csm`, a text of any length.
create index plan_listed on plan (customer_id) include (search_key, segment, team_id, phase, priority, review, overall, due_count, late_count, next_due,
  unknown_count, warning_count, proposal_count, seats, percents, signals, oldest_figure, is_stale, is_empty) where is_listed;
create index plan_by_name on plan (search_key, customer_id) where is_listed;
create index assignment_owner on assignment (customer_id) include (person_id) where role = 'fasttrack-manager' and is_primary;
-- An index alone answers only for what was vacuumed since it was written.
alter table plan set (autovacuum_vacuum_scale_factor = 0.02);
create index item_regressed on item (customer_id) where regressed_on is not null;
create index item_due on item ((coalesce(due_set, due))) where state = 'due';

-- What concerns a person: shown, and sent as the person chose. `key` is the same for the same occasion.
create table notification (
  id uuid primary key,
  person_id text not null references person,
  key text not null,
  kind text not null,
  customer_id text references customer,
  -- Where in the portal it is: `/customers/contoso/blockers?blocker=…`.
  path text not null check (path ~ '^/'),
  summary jsonb not null,
  made_at timestamptz not null,
  seen_at timestamptz,
  -- Told by mail at once or in a digest; null: not yet, or only shown.
  told_at timestamptz,
  unique (person_id, key)
);
create index notification_unseen on notification (person_id, made_at) where seen_at is null;
create index notification_age on notification (made_at);

-- What a person chose: ways to be told, quiet hours, time zone, formats, filters and columns. Names are the program's.
create table preference (
  person_id text not null references person,
  name text not null check (name ~ '^[a-z][a-zA-Z0-9.-]{0,99}$'),
  value jsonb not null,
  primary key (person_id, name)
);
create table saved_view (
  id uuid primary key,
  screen text not null check (screen in ('portfolio', 'today', 'meetings', 'requests')),
  person_id text not null references person,
  name text not null check (btrim(name) <> ''),
  is_shared boolean not null default false,
  search jsonb not null check (jsonb_typeof(search) = 'object'),
  version integer not null default 1,
  unique (screen, person_id, name)
);

-- What was changed at many customers at once, so that it can be undone as one.
create table bulk_change (
  id uuid primary key,
  kind text not null,
  made_by text not null references person,
  made_at timestamptz not null,
  content jsonb not null,
  undone_by text references person,
  undone_at timestamptz,
  check ((undone_by is null) = (undone_at is null))
);

-- Files that go with a mail: invitations.
alter table mail
  add column customer_id text references customer,
  add column contact_id uuid,
  -- On whose behalf: told when it comes back. Null: the program's own.
  add column sent_by text references person,
  add column attachments jsonb not null default '[]' check (jsonb_typeof(attachments) = 'array'),
  -- What the server said of an address it refused for good.
  add column bounce text;

call protect_whole_customer_table('contact', 'may_tell');
call protect_customer_table('note', 'customer_id');
call protect_customer_table('note_version', 'customer_id');
call protect_whole_customer_table('kickoff_service', 'may_tell');
call protect_whole_customer_table('kickoff', 'may_tell');
call protect_whole_customer_table('objective', 'may_tell');
call protect_whole_customer_table('metric', 'may_tell');
call protect_whole_customer_table('metric_reading', 'may_tell');
call protect_whole_customer_table('seat_split', 'may_tell');
call protect_whole_customer_table('seat_intent', 'may_tell');
call protect_customer_table('blocker', 'customer_id');
call protect_customer_table('evidence', 'customer_id');
call protect_customer_table('decision', 'customer_id');
call protect_customer_table('handshake', 'customer_id');
call protect_customer_table('handshake_message', 'customer_id');
call protect_customer_table('adoption_owner', 'customer_id');
call protect_whole_customer_table('cadence', 'may_tell');
call protect_whole_customer_table('meeting', 'may_tell');
call protect_whole_customer_table('attendee', 'may_tell');
call protect_customer_table('follow_up', 'customer_id');
call protect_customer_table('plan_change', 'customer_id');
call protect_whole_customer_table('priority_override', 'may_tell');
create policy seen on team_holiday for select using ((select is_someone()));
create policy managed on team_holiday for all using ((select manages())) with check ((select manages()));
create policy seen on template for select using ((select is_someone()));
create policy managed on template for all using ((select manages())) with check ((select manages()));
create policy seen on template_version for select using ((select is_someone()));
create policy added on template_version for insert with check ((select manages()) and made_by = (select acting_person()));
create policy seen on reason_list for select using ((select is_someone()));
create policy added on reason_list for insert with check ((select manages()) and made_by = (select acting_person()));
create policy administered on calendar_connection for all using ((select administers())) with check ((select administers()));
create policy own on calendar_feed for all using ((select is_someone()) and (person_id = (select acting_person()) or (select administers())));
create policy own on notification for select using ((select is_someone()) and (person_id = (select acting_person()) or (select administers())));
create policy changed on notification for update using ((select is_someone()) and (person_id = (select acting_person()) or (select administers())));
create policy removed on notification for delete using ((select is_someone()) and (person_id = (select acting_person()) or (select administers())));
-- Whoever changes something tells those it concerns.
create policy added on notification for insert with check ((select is_someone()) and (person_id = (select acting_person()) or (select may_write())));
create policy own on preference for all using ((select is_someone()) and (person_id = (select acting_person()) or (select administers())));
create policy seen on saved_view for select using ((select is_someone()) and (is_shared or person_id = (select acting_person()) or (select administers())));
create policy own on saved_view for all using ((select is_someone()) and (person_id = (select acting_person()) or (select administers())));
create policy managed on bulk_change for all using ((select manages())) with check ((select manages()));

-- The customer's language is of the whole; where it went when it was merged is for those who manage.
create or replace function check_customer_writer() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not is_policed(tg_relid) then
    return new;
  end if;
  if not (may_tell() and writes_service(old.id, null))
    or (old.team_id, old.archived_at, old.merged_into) is distinct from (new.team_id, new.archived_at, new.merged_into) and not manages()
    or (old.id, old.is_demo, old.created_at) is distinct from (new.id, new.is_demo, new.created_at) then
    raise exception '% may not change this of customer %', acting_person(), old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
drop trigger customer_writer_update on customer;
create trigger customer_writer_update before update on customer for each row
  when ((old.id, old.name, old.search_key, old.segment, old.initiatives, old.assigned_on, old.thresholds, old.is_demo, old.archived_at,
      old.created_at, old.team_id, old.language, old.merged_into)
    is distinct from (new.id, new.name, new.search_key, new.segment, new.initiatives, new.assigned_on, new.thresholds, new.is_demo,
      new.archived_at, new.created_at, new.team_id, new.language, new.merged_into))
  execute function check_customer_writer();

-- Whoever adds a customer names its first owner. Its first event ends that: afterwards people are assigned by those who manage them.
create function is_being_added(of_customer text) returns boolean language sql stable parallel safe security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ select exists (select from customer c where c.id = of_customer)
    and not exists (select from event e where e.customer_id = of_customer)
    and not exists (select from assignment a where a.customer_id = of_customer) $$;
create policy first_owner on assignment for insert
  with check ((select acting_right()) = 'fasttrack-manager' and (select acting_scope()) = 'all'
    and role = 'fasttrack-manager' and is_primary and service is null and covers is null and is_being_added(customer_id));

-- Erasing a contact reaches what only administrators may touch: the key of what the record keeps of it, mails to it and those that name it,
-- and its name in what people were told. The contact's row still has its name and address then.
create function forget_contact(of_customer text, of_contact uuid) returns void language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  forgotten contact;
  named text;
begin
  if not (may_tell() and (writes_all() or of_customer in (select whole_customers())))
    or not exists (select from contact c where c.customer_id = of_customer and c.id = of_contact) then
    raise exception '% may not erase contacts of customer %', acting_person(), of_customer using errcode = 'insufficient_privilege';
  end if;
  delete from person_key where person_id = 'contact-' || of_contact;
  -- Also those sent while the contact belonged to a customer that was merged into this one.
  delete from mail where contact_id = of_contact;
  select * into forgotten from contact c where c.customer_id = of_customer and c.id = of_contact;
  -- Invitations tell who else is asked. What waits still goes out.
  delete from mail m where m.state in ('sent', 'captured', 'failed') and (
    strpos(concat_ws(' ', m.text, m.attachments::text), forgotten.email) > 0
    or m.customer_id = of_customer and strpos(concat_ws(' ', m.subject, m.text, m.attachments::text), forgotten.name) > 0);
  -- As JSON writes it, and as a whole word.
  named := '(^|[^[:alnum:]])' || regexp_replace(trim(both '"' from to_jsonb(forgotten.name)::text), '([\\^$.*+?()[\]{}|])', '\\\1', 'g')
    || '(?![[:alnum:]])';
  update notification n set summary = regexp_replace(n.summary::text, named, '\1Erased contact', 'g')::jsonb
    where n.summary::text ~ named
      and (n.customer_id = of_customer or n.customer_id in (select c.id from customer c where c.merged_into = of_customer));
end $$;
-- Where a customer is that was merged, also for those who did not see it before. A chain of merges has an end: the last is not archived by one.
create function merged_target(of_customer text) returns text language sql stable parallel safe security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ with recursive gone as (
      select c.merged_into as id, 1 as depth from customer c where c.id = of_customer and is_someone()
      union all select c.merged_into, depth + 1 from gone join customer c on c.id = gone.id where c.merged_into is not null and depth < 100)
    select id from gone order by depth desc limit 1 $$;
revoke execute on function is_being_added, forget_contact, merged_target from public;

-- Notes by their words, of every customer: the index cannot be used below a policy, since matching may say what it saw. Whoever asks joins
-- `note`, whose policy lets through what they may see.
create function notes_with(words tsquery) returns table (customer_id text, id uuid) language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
  as $$ select n.customer_id, n.id from note n
    where is_someone() and to_tsvector('simple', n.search_key) @@ words and n.removed_at is null $$;
revoke execute on function notes_with from public;
