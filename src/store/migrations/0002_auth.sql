-- Accounts and sessions, as the sign-in library expects them (names of columns are mapped in app/auth). A schema of their own,
-- so that the role that reads customers need not read these, nor the other way round.
create schema auth;

create table auth.user (
  id text primary key,
  name text not null check (btrim(name) <> ''),
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  access_right text not null check (access_right in ('administrator', 'lead', 'fasttrack-manager', 'engineer',
    'customer-success-manager', 'subject-matter-expert', 'author', 'reader')),
  locale text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth.session (
  id text primary key,
  user_id text not null references auth.user on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index session_of_user on auth.session (user_id);

create table auth.account (
  id text primary key,
  user_id text not null references auth.user on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index account_of_user on auth.account (user_id);

create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);

create table auth.rate_limit (
  id text primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);
