import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from './tables.ts'

/** Queries take this first; a transaction is one as well. */
export type Db = Kysely<Database>
export type Trx = Transaction<Database>

export type OpenDatabase = Readonly<{
  db: Db
  /** The connections below `db`, for libraries that bring their own SQL. They see PostgreSQL's values as the driver gives them by default. */
  pool: pg.Pool
  /** Statements sent since the start; tests compare it before and after. */
  queryCount: () => number
  close: () => Promise<void>
}>

/** Days stay text, moments become ISO 8601 in UTC, counts become numbers. Only for `db`: a shared pool keeps the driver's own types. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.DATE]: text => text,
  [pg.types.builtins.TIMESTAMPTZ]: text => new Date(text).toISOString(),
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.NUMERIC]: Number,
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    PARSERS[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/** Opens connections to a migrated database. */
export function openDatabase(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): OpenDatabase {
  const settings = { connectionString: url, max: options.max ?? 10, application_name: `impulso ${process.pid}` }
  const queries = new pg.Pool({ ...settings, types })
  const pool = new pg.Pool({ ...settings, max: 5 })
  // An idle connection that breaks (the server restarts) is replaced at the next query.
  for (const each of [queries, pool]) each.on('error', options.onError ?? (() => {}))
  let count = 0
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: queries }),
    log: event => {
      if (event.level === 'query') count++
    },
  })
  return {
    db,
    pool,
    queryCount: () => count,
    close: async () => {
      await db.destroy()
      await pool.end()
    },
  }
}

/** SQLSTATE and constraint of a refused write; undefined for any other error. */
export function violationOf(error: unknown): { code: string; constraint: string | undefined } | undefined {
  return error instanceof pg.DatabaseError && error.code?.startsWith('23') ? { code: error.code, constraint: error.constraint } : undefined
}
