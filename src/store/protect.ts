import { createHmac } from 'node:crypto'
import pg from 'pg'
import { AppError } from '../model/errors.ts'

/** The role that use cases run as, and the one of the sign-in library. Neither owns a table, neither gets around a policy. */
export const APP_ROLE = 'impulso_app'
export const AUTH_ROLE = 'impulso_auth'

/** Connection strings of one database: `owner` migrates, the others run the program. */
export type DatabaseUrls = Readonly<{ owner: string; app: string; auth: string }>

/** Roles are shared by all databases of a server: one program makes them, the others wait. */
const MAKING_ROLES = 4105

/**
 * Makes the two roles when they are missing, and answers how to connect as them. With `seed` (the PostgreSQL we bring) they sign in with
 * passwords of their own; without, the given account takes their place with SET ROLE. Throws `unavailable` saying what to do where
 * neither can be had.
 */
export async function prepareRoles(owner: string, seed?: string): Promise<DatabaseUrls> {
  await withClient(owner, async client => {
    await client.query('select pg_advisory_lock($1)', [MAKING_ROLES])
    for (const role of [APP_ROLE, AUTH_ROLE]) await prepareRole(client, role, seed === undefined ? undefined : passwordOf(role, seed))
  })
  const urls = urlsOf(owner, seed)
  if (seed === undefined) await withClient(urls.app, refuseOtherRole)
  return urls
}

/** For commands of our own to start with: why a server is not to be had is said, without the address's password. */
async function withClient(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'impulso roles' })
  try {
    await client.connect()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || String(cause) : String(cause)
    const at = `${client.host}:${client.port}, database ${client.database}`
    throw new AppError('unavailable', `the database cannot be reached (${at}): ${reason}`, { cause })
  }
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

/** Some connection poolers drop what a connection asks for: the program would then act as the owner, whom no policy holds. */
async function refuseOtherRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string }>('select current_user as role')
  if (rows[0]?.role === APP_ROLE) return
  throw new AppError(
    'unavailable',
    `connections to the database come in as ${rows[0]?.role} and not as ${APP_ROLE}, so row-level security would not hold: something between drops their options. Let DATABASE_URL name the server itself, not a connection pooler.`,
  )
}

/** How to connect as the roles of a server where they have been made. */
export const urlsOf = (owner: string, seed?: string): DatabaseUrls => ({
  owner,
  app: urlFor(owner, APP_ROLE, seed),
  auth: urlFor(owner, AUTH_ROLE, seed),
})

const passwordOf = (role: string, seed: string) => createHmac('sha256', seed).update(role).digest('base64url')

function urlFor(owner: string, role: string, seed: string | undefined): string {
  const url = new URL(owner)
  if (seed === undefined) {
    const options = [url.searchParams.get('options'), `-c role=${role}`].filter(Boolean).join(' ')
    url.searchParams.set('options', options)
    return url.href
  }
  url.username = role
  url.password = passwordOf(role, seed)
  return url.href
}

async function prepareRole(client: pg.Client, role: string, password: string | undefined): Promise<void> {
  const { rows } = await client.query<{ login: boolean; bypasses: boolean }>(
    'select rolcanlogin as login, rolsuper or rolbypassrls as bypasses from pg_roles where rolname = $1',
    [role],
  )
  if (rows[0]?.bypasses)
    throw new AppError('unavailable', `the database role ${role} gets around row-level security; alter it with nosuperuser nobypassrls`)
  const wanted = password === undefined ? 'nologin' : `login password ${client.escapeLiteral(password)}`
  if (!rows[0]) await attempt(client, role, `create role ${role} ${wanted} nosuperuser nobypassrls`)
  else if (password !== undefined && !rows[0].login) await attempt(client, role, `alter role ${role} ${wanted}`)
  if (password !== undefined) return
  const { rows: can } = await client.query<{ ok: boolean }>(
    `select coalesce(bool_or(rolsuper), false) or pg_has_role(current_user, $1, 'usage') as ok from pg_roles where rolname = current_user`,
    [role],
  )
  if (!can[0]?.ok) await attempt(client, role, `grant ${role} to current_user`)
}

async function attempt(client: pg.Client, role: string, statement: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `the database account ${client.user} needs the role ${role}, so that row-level security holds for the program. As an administrator of the database, leaving out what is there: create role ${APP_ROLE} nologin; create role ${AUTH_ROLE} nologin; grant ${APP_ROLE}, ${AUTH_ROLE} to ${client.escapeIdentifier(client.user ?? '')};`,
      { cause },
    )
  }
}

/**
 * Run after the migrations, each time: every table of ours has row-level security, also for its owner, and one that belongs to customers
 * and says nothing of its own gets the standard policies. A table that no migration protected shows nothing to anybody.
 */
export const PROTECT = `do $protect$
declare
  t record;
  needs_owner boolean := (select not (rolsuper or rolbypassrls) from pg_roles where rolname = current_user);
begin
  -- Nothing of ours needs temporary tables, and what is not there cannot stand in for a table of ours.
  if exists (select from pg_database d where d.datname = current_database() and pg_has_role(d.datdba, 'usage')) then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
  for t in
    select c.oid::regclass as name, c.relrowsecurity and c.relforcerowsecurity as is_protected,
      exists (select from pg_policy p where p.polrelid = c.oid and p.polname <> 'owner') as has_policy,
      exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner') as has_owner,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped) as is_customers
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  loop
    if not t.is_protected then
      execute format('alter table %s enable row level security', t.name);
      execute format('alter table %s force row level security', t.name);
    end if;
    if t.is_customers and not t.has_policy then call protect_customer_table(t.name, 'customer_id'); end if;
    -- Definer functions run as the owner, who is no superuser on a server of your own.
    if needs_owner and not t.has_owner then
      execute format('create policy owner on %s to %I using (true) with check (true)', t.name, current_user);
    end if;
  end loop;
end $protect$;
grant usage on schema public to ${APP_ROLE};
grant select, insert, update, delete on all tables in schema public to ${APP_ROLE};
grant execute on all functions in schema public to ${APP_ROLE};
revoke insert, update, delete, truncate on schema_version from ${APP_ROLE};
revoke update, truncate on event, installation_event from ${APP_ROLE};
revoke delete on installation_event from ${APP_ROLE};
grant usage on schema auth to ${AUTH_ROLE};
grant select, insert, update, delete on all tables in schema auth to ${AUTH_ROLE};
revoke all on schema auth from ${APP_ROLE}, public;
revoke create on schema public from public;`
