import { sql } from 'kysely'
import type { Db } from './database.ts'
import { readMigrations } from './migrate.ts'

/** What the set-up check asks of the database. */

export type DatabaseFacts = Readonly<{
  /** As PostgreSQL numbers itself: 150000 is 15.0. */
  versionNumber: number
  version: string
  clock: string
  connections: number
  mostConnections: number
  role: string
  /** The role gets around row-level security. */
  isFree: boolean
  /** Tables without row-level security, or without it for their owner. */
  openTables: readonly string[]
  schemaVersion: number
}>

export async function observeDatabase(db: Db): Promise<DatabaseFacts> {
  const { rows } = await sql<DatabaseFacts>`
    select current_setting('server_version_num')::int as "versionNumber",
      split_part(current_setting('server_version'), ' ', 1) as version,
      clock_timestamp() as clock,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as "mostConnections",
      current_user as role,
      (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as "isFree",
      coalesce((select json_agg(c.relname order by c.relname) from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and not (c.relrowsecurity and c.relforcerowsecurity)), '[]') as "openTables",
      (select max(version) from schema_version) as "schemaVersion"`.execute(db)
  // One row, by its shape.
  return rows[0] as DatabaseFacts
}

/** The newest schema this program knows. */
export const newestSchema = (): number => readMigrations().at(-1)?.version ?? 0

export type MailFacts = Readonly<{ failed: number; uncertain: number; lastFailure: string | null; lastError: string | null }>

/** Mails of the last days that did not go out, and the newest reason. */
export async function observeMail(db: Db, since: string): Promise<MailFacts> {
  const rows = await db
    .selectFrom('mail')
    .select(eb => ['state', eb.fn.countAll<number>().as('count'), eb.fn.max('created_at').as('last')])
    .where('created_at', '>=', since)
    .where('state', 'in', ['failed', 'uncertain'])
    .groupBy('state')
    .execute()
  const last = await db
    .selectFrom('mail')
    .select(['created_at', 'error'])
    .where('created_at', '>=', since)
    .where('error', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const count = (state: string) => rows.find(row => row.state === state)?.count ?? 0
  return { failed: count('failed'), uncertain: count('uncertain'), lastFailure: last?.created_at ?? null, lastError: last?.error ?? null }
}
