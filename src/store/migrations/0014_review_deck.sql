-- The deck of a success review: what it shows, what was typed for it, and the data it is made from.
create table review_deck (
  customer_id text not null,
  engagement_id text not null,
  locale text not null check (locale in ('en', 'pt-BR')),
  -- Kinds of slides in their order.
  slides text[] not null,
  -- Texts by kind of slide.
  narratives jsonb not null default '{}' check (jsonb_typeof(narratives) = 'object'),
  -- Facts, plan and what else was known; null: not taken yet, and the deck is drawn from what is known today. Kept as it was written: the
  -- same data makes the same file.
  snapshot json,
  playbook_hash text references playbook_release,
  taken_at timestamptz,
  taken_by text references person,
  changed_by text not null references person,
  changed_at timestamptz not null,
  version integer not null check (version > 0),
  primary key (customer_id, engagement_id),
  foreign key (customer_id, engagement_id) references engagement,
  check ((snapshot is null) = (taken_at is null) and (taken_at is null) = (taken_by is null) and (taken_at is null) = (playbook_hash is null))
);
call protect_whole_customer_table('review_deck', 'may_tell');

-- Who presents: the name, colour and logo of the installation on every deck.
create table deck_brand (
  is_only boolean primary key default true check (is_only),
  name text check (btrim(name) <> ''),
  colour text check (colour ~ '^#[0-9a-f]{6}$'),
  logo bytea check (octet_length(logo) <= 524288),
  logo_type text check (logo_type in ('image/png', 'image/jpeg')),
  version integer not null default 0,
  -- Words and slides of the installation by language, in place of those that are shipped. Changed apart from who presents.
  templates jsonb not null default '{}' check (jsonb_typeof(templates) = 'object'),
  templates_version integer not null default 0,
  check ((logo is null) = (logo_type is null))
);
insert into deck_brand default values;
create policy seen on deck_brand for select using ((select is_someone()));
create policy changed on deck_brand for update using ((select administers()));
