import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { AppError } from '../model/errors.ts'
import { prepareJobs } from './jobs.ts'
import { PROTECT } from './protect.ts'

const FOLDER = new URL('./migrations/', import.meta.url)
/** Several programs may start at once: one migrates, the others wait. */
const MIGRATING = 4102
const OLDEST_SERVER = 150_000

export type Migration = Readonly<{ version: number; name: string; sql: string }>

/** The migrations of this program, oldest first. */
export function readMigrations(): readonly Migration[] {
  return readdirSync(FOLDER)
    .filter(name => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map(name => ({ version: Number(name.slice(0, 4)), name, sql: readFileSync(new URL(name, FOLDER), 'utf8') }))
}

/**
 * Brings a database up to this program's schema, each migration in a transaction of its own, and puts every table under row-level
 * security; answers the names of those applied. The roles must have been made (`prepareRoles`).
 * Throws `unavailable` when the database is newer than the program, or the server older than PostgreSQL 15.
 */
export async function migrate(url: string, migrations: readonly Migration[] = readMigrations()): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'impulso migrate' })
  await client.connect()
  try {
    await checkServer(client)
    await client.query('select pg_advisory_lock($1)', [MIGRATING])
    await client.query(
      'create table if not exists schema_version (version integer primary key, name text not null, applied_at timestamptz not null default now())',
    )
    const current = await versionOf(client)
    refuseNewer(current, migrations)
    const missing = migrations.filter(each => each.version > current)
    for (const each of missing) await apply(client, each)
    await client.query(PROTECT)
    await prepareJobs(client)
    return missing.map(each => each.name)
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, { version, name, sql }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into schema_version (version, name) values ($1, $2)', [version, name])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed: ${(cause as Error).message}`, { cause })
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; text: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
  )
  const server = rows[0]
  if (server && server.number < OLDEST_SERVER) {
    throw new AppError('unavailable', `the database server is PostgreSQL ${server.text}; Impulso needs 15 or newer`)
  }
}

async function versionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number | null }>('select max(version) as version from schema_version')
  return rows[0]?.version ?? 0
}

function refuseNewer(current: number, migrations: readonly Migration[]): void {
  const known = migrations.at(-1)?.version ?? 0
  if (current <= known) return
  throw new AppError(
    'unavailable',
    `the database has schema ${current}, made by a newer Impulso; this one knows up to ${known}. Start the newer program: a schema never goes back.`,
  )
}
