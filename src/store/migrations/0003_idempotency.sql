-- What a write answered, so that the same request sent twice is done once. A row without status is being worked on.
create table idempotent_request (
  person_id text not null,
  key text not null check (length(key) between 1 and 200),
  -- Method, path and body: a key used again for something else is a mistake.
  fingerprint text not null,
  status integer,
  body text,
  at timestamptz not null,
  primary key (person_id, key),
  check ((status is null) = (body is null))
);
create index idempotent_request_age on idempotent_request (at);
