-- What passkeys, one-time codes, personal keys and single sign-on keep; names of columns are mapped in app/auth.
alter table auth.user
  add column access_scope text not null default 'all' check (access_scope in ('all', 'team', 'customers', 'services')),
  add column two_factor_enabled boolean not null default false,
  add column is_demo boolean not null default false,
  -- Asked in by mail and not yet here.
  add column invited_at timestamptz,
  add column disabled_at timestamptz,
  add column last_sign_in_at timestamptz;

create table auth.two_factor (
  id text primary key,
  user_id text not null references auth.user on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);
create index two_factor_of_user on auth.two_factor (user_id);

create table auth.passkey (
  id text primary key,
  user_id text not null references auth.user on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null default now()
);
create index passkey_of_user on auth.passkey (user_id);

-- Personal keys: `key` holds a hash, `start` the first characters to tell them apart.
create table auth.api_key (
  id text primary key,
  config_id text not null default 'default',
  name text,
  start text,
  prefix text,
  key text not null unique,
  reference_id text not null references auth.user on delete cascade,
  refill_interval bigint,
  refill_amount integer,
  last_refill_at timestamptz,
  enabled boolean not null default true,
  rate_limit_enabled boolean not null default true,
  rate_limit_time_window bigint,
  rate_limit_max integer,
  request_count integer not null default 0,
  remaining integer,
  last_request timestamptz,
  expires_at timestamptz,
  permissions text,
  metadata text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index api_key_of_person on auth.api_key (reference_id);

-- Failed sign-ins by account and kind of caller, in the shape the rate limiter keeps them.
create table auth.sign_in_failure (
  key text primary key,
  points integer not null default 0,
  expire bigint
);
