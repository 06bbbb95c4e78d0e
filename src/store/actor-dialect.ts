import {
  type AbortableOperationOptions,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type QueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import pg from 'pg'
import type { DatabaseActor } from './database.ts'

/**
 * PostgreSQL for one person: every transaction begins by naming the person to the policies, and a statement outside of one gets a
 * transaction of its own. The names end with the transaction, so that a connection never carries them to somebody else, not even through
 * a pooler that hands connections out by transaction.
 */
export function actorDialect(pool: pg.Pool, actor: DatabaseActor): PostgresDialect {
  const names = naming(actor)
  return new (class extends PostgresDialect {
    override createDriver(): Driver {
      return new ActorDriver(new PostgresDriver({ pool }), names)
    }
  })({ pool })
}

/** One message to the server, whose values are quoted: `set_config` with parameters would take a second one. */
function naming({ personId, right, scope, today }: DatabaseActor): string {
  const set = Object.entries({ person: personId, right, scope, today }).map(
    ([name, value]) => `set_config('impulso.${name}', ${pg.escapeLiteral(value)}, true)`,
  )
  return `select ${set.join(', ')}`
}

/** A connection as the driver below gives it: it keeps its own matters there. */
type Inner = Parameters<PostgresDriver['releaseConnection']>[0]

class ActorConnection implements DatabaseConnection {
  isInTransaction = false
  readonly inner: Inner
  readonly #names: string

  constructor(inner: Inner, names: string) {
    this.inner = inner
    this.#names = names
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.isInTransaction) return this.inner.executeQuery<R>(query)
    try {
      await this.inner.executeQuery(CompiledQuery.raw(`begin; ${this.#names}`))
      const result = await this.inner.executeQuery<R>(query)
      await this.inner.executeQuery(CompiledQuery.raw('commit'))
      return result
    } catch (error) {
      await this.inner.executeQuery(CompiledQuery.raw('rollback')).catch(() => {})
      throw error
    }
  }

  // biome-ignore lint/correctness/useYield: nothing here streams; a cursor outside a transaction would see nobody's rows
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('page through rows instead of streaming them')
  }

  /** `start` where a transaction is not of the ordinary kind, whose beginning and names are one message. */
  async begin(start?: () => Promise<void>): Promise<void> {
    await start?.()
    await this.inner.executeQuery(CompiledQuery.raw(start ? this.#names : `begin; ${this.#names}`))
    this.isInTransaction = true
  }
}

class ActorDriver implements Driver {
  readonly #inner: PostgresDriver
  readonly #names: string

  constructor(inner: PostgresDriver, names: string) {
    this.#inner = inner
    this.#names = names
  }

  init(): Promise<void> {
    return this.#inner.init()
  }
  async acquireConnection(options?: AbortableOperationOptions): Promise<DatabaseConnection> {
    // What this driver gives is what it takes back; its types name the two differently.
    return new ActorConnection((await this.#inner.acquireConnection(options)) as Inner, this.#names)
  }
  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const isOrdinary = !settings.isolationLevel && !settings.accessMode
    const start = () => this.#inner.beginTransaction(ours(connection).inner, settings)
    try {
      await ours(connection).begin(isOrdinary ? undefined : start)
    } catch (error) {
      // Nobody rolls back what did not begin: the connection would be handed on in the middle of it.
      await this.#inner.rollbackTransaction(ours(connection).inner).catch(() => {})
      throw error
    }
  }
  commitTransaction(connection: DatabaseConnection): Promise<void> {
    ours(connection).isInTransaction = false
    return this.#inner.commitTransaction(ours(connection).inner)
  }
  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    ours(connection).isInTransaction = false
    return this.#inner.rollbackTransaction(ours(connection).inner)
  }
  savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler['compileQuery']): Promise<void> {
    return this.#inner.savepoint(ours(connection).inner, name, compile)
  }
  rollbackToSavepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler['compileQuery']): Promise<void> {
    return this.#inner.rollbackToSavepoint(ours(connection).inner, name, compile)
  }
  releaseSavepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler['compileQuery']): Promise<void> {
    return this.#inner.releaseSavepoint(ours(connection).inner, name, compile)
  }
  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(ours(connection).inner)
  }
  /** The connections are the pool's, which outlives this. */
  destroy(): Promise<void> {
    return Promise.resolve()
  }
}

// This driver is handed back only the connections it gave out.
const ours = (connection: DatabaseConnection) => connection as ActorConnection
