-- What a success review found and agreed, per engagement: intent, gaps, next steps, the momentum plan, expectations.

create table review_record (
  customer_id text not null,
  engagement_id text not null,
  -- What the customer means to do after the review; null: not yet established.
  intent text check (intent in ('new-workloads', 'sustaining')),
  -- Markdown.
  achievements text check (btrim(achievements) <> ''),
  -- Business scenarios that are new to the customer.
  scenarios text[] not null default '{}',
  -- What the customer was told to expect afterwards.
  experience text check (btrim(experience) <> ''),
  reduced_support text check (btrim(reduced_support) <> ''),
  reduced_support_why text check (btrim(reduced_support_why) <> ''),
  -- The customer's version that changed the review itself, and the expectations, last.
  talk_version integer not null default 0,
  expectations_version integer not null default 0,
  primary key (customer_id, engagement_id),
  foreign key (customer_id, engagement_id) references engagement
);

-- Lines of the review's lists. What a line may say depends on its list.
create table review_entry (
  customer_id text not null references customer,
  id uuid not null,
  engagement_id text not null,
  list text not null check (list in ('gap', 'prerequisite', 'step', 'momentum', 'alignment')),
  -- Of a gap or a part of the momentum plan.
  kind text,
  -- Null: a part of the momentum plan as it is usually called.
  what text check (btrim(what) <> ''),
  service text check (service ~ '^[a-z0-9][a-z0-9-]*$'),
  approach text check (btrim(approach) <> ''),
  state text,
  -- Why a part of the momentum plan is not needed.
  reason text check (btrim(reason) <> ''),
  -- `[{title, url}]`.
  resources jsonb not null default '[]' check (jsonb_typeof(resources) = 'array'),
  -- Who sees to it: a person of the installation, or a contact of the customer.
  owner_id text references person,
  contact_id uuid,
  due date,
  -- The day a gap was closed, a step done, or a team had understood the plan.
  closed_on date,
  made_at timestamptz not null,
  removed_at timestamptz,
  version integer not null,
  primary key (customer_id, id),
  foreign key (customer_id, engagement_id) references engagement,
  -- Checked at the end: customers that are merged move their contacts first.
  foreign key (customer_id, contact_id) references contact deferrable initially deferred,
  check (owner_id is null or contact_id is null),
  check (what is not null or list = 'momentum'),
  check (case list
    when 'gap' then kind is not null and kind in ('benefits', 'driving-usage', 'prerequisites')
    when 'momentum' then kind is not null and kind in ('best-practices', 'self-service-support', 'champions-community', 'track-progress',
      'training-sources', 'new-training', 'wider-community', 'other') and (kind = 'other') = (what is not null)
    else kind is null end),
  check (case list
    when 'prerequisite' then state is not null and state in ('open', 'met', 'not-needed')
    when 'momentum' then state is not null and state in ('planned', 'in-place', 'done', 'not-needed')
    when 'alignment' then state in ('in-place', 'missing') or state is null
    else state is null end),
  check ((reason is not null) = (list = 'momentum' and state is not distinct from 'not-needed')),
  check (service is null or list in ('gap', 'prerequisite')),
  check (approach is null or list = 'gap'),
  check (due is null or list <> 'alignment'),
  check (closed_on is null or list in ('gap', 'step', 'alignment')),
  check (list = 'momentum' or resources = '[]')
);
create index review_entry_engagement on review_entry (customer_id, engagement_id);
-- Each of the usual parts once.
create unique index review_entry_momentum on review_entry (customer_id, engagement_id, kind)
  where list = 'momentum' and kind <> 'other' and removed_at is null;
-- What is due to a person.
create index review_entry_due on review_entry (due) where list in ('gap', 'step') and closed_on is null and removed_at is null
  and owner_id is not null;

-- To whom the summary was written, and when; never taken back.
create table review_letter (
  customer_id text not null references customer,
  id uuid not null,
  engagement_id text not null,
  contact_id uuid not null,
  asked_by text not null references person,
  asked_at timestamptz not null,
  -- When it went to the outbox; null: it waits, or `refused` says why it did not go.
  written_at timestamptz,
  refused text check (refused in ('do-not-contact', 'archived', 'no-address', 'bounced')),
  primary key (customer_id, id),
  foreign key (customer_id, engagement_id) references engagement,
  foreign key (customer_id, contact_id) references contact deferrable initially deferred,
  check (written_at is null or refused is null)
);
create index review_letter_engagement on review_letter (customer_id, engagement_id);

call protect_whole_customer_table('review_record', 'may_tell');
call protect_whole_customer_table('review_entry', 'may_tell');
call protect_whole_customer_table('review_letter', 'may_tell');
