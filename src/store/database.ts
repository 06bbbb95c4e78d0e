import { Kysely, type Transaction } from 'kysely'
import pg from 'pg'
import type { Day } from '../model/words.ts'
import { actorDialect } from './actor-dialect.ts'
import type { Database } from './tables.ts'

/** Queries take this first; a transaction is one as well. */
export type Db = Kysely<Database>
export type Trx = Transaction<Database>

/** Whom statements run for. The policies of the database read these; `right` and `scope` are those of the policy table. */
export type DatabaseActor = Readonly<{ personId: string; right: string; scope: string; today: Day }>

export type OpenDatabase = Readonly<{
  /** The database as one person may use it: there is no other way to it. Cheap; shares the connections. */
  as: (actor: DatabaseActor) => Db
  /** Whether the server answers. */
  isReady: () => Promise<boolean>
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

/** Opens connections to a migrated database, as the role of the program (`DatabaseUrls.app`). */
export function openDatabase(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): OpenDatabase {
  const pool = new pg.Pool({ connectionString: url, max: options.max ?? 10, application_name: `impulso ${process.pid}`, types })
  // An idle connection that breaks (the server restarts) is replaced at the next query.
  pool.on('error', options.onError ?? (() => {}))
  let count = 0
  const as = (actor: DatabaseActor) =>
    new Kysely<Database>({
      dialect: actorDialect(pool, actor),
      log: event => {
        if (event.level === 'query') count++
      },
    })
  return {
    as,
    isReady: () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      ),
    queryCount: () => count,
    close: () => pool.end(),
  }
}

/** SQLSTATE and constraint of a refused write; undefined for any other error. */
export function violationOf(error: unknown): { code: string; constraint: string | undefined } | undefined {
  return error instanceof pg.DatabaseError && error.code?.startsWith('23') ? { code: error.code, constraint: error.constraint } : undefined
}
