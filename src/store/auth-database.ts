import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { AuthTables } from './auth-tables.ts'

export type AuthDb = Kysely<AuthTables>
export type AuthDatabase = Readonly<{ pool: pg.Pool; db: AuthDb; close: () => Promise<void> }>

/** Connections for sign-in: few, and they see the schema `auth` only. The library takes the pool, our own queries the typed `db`. */
export function openAuthDatabase(url: string): AuthDatabase {
  const pool = new pg.Pool({ connectionString: inSchemaAuth(url), max: 5, application_name: `impulso auth ${process.pid}` })
  // An idle connection that breaks (the server restarts) is replaced at the next query.
  pool.on('error', () => {})
  return { pool, db: new Kysely<AuthTables>({ dialect: new PostgresDialect({ pool }) }), close: () => pool.end() }
}

/** Options of the address win over those of the pool, so both kinds go into the address: it may name a role already. */
function inSchemaAuth(text: string): string {
  const url = new URL(text)
  url.searchParams.set('options', [url.searchParams.get('options'), '-c search_path=auth'].filter(Boolean).join(' '))
  return url.href
}
