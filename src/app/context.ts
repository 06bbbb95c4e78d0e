import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../model/errors.ts'
import type { Diagnostic, Playbook } from '../model/playbook.ts'
import type { Day } from '../model/words.ts'
import { openCluster } from '../store/cluster.ts'
import { type DatabaseActor, type Db, type OpenDatabase, openDatabase } from '../store/database.ts'
import { type KeptPages, keptPages } from '../store/kept-pages.ts'
import { migrate } from '../store/migrate.ts'
import { type DatabaseUrls, prepareRoles } from '../store/protect.ts'
import { findCurrentRelease } from '../store/releases.ts'
import { sealKeyOf, sessionSecret } from './auth/secret.ts'
import type { Config } from './config.ts'
import { type Actor, SYSTEM } from './policy.ts'
import { type Released, releaseWithDiagnostics } from './releases/release.ts'

export type Log = (level: 'info' | 'warn' | 'error', message: string, details?: Readonly<Record<string, unknown>>) => void

/** What use cases work with; made once per process. */
export type Context = Readonly<{
  /** As the acting person may use it: row-level security holds. */
  db: Db
  /** The same for somebody else. */
  as: (actor: Actor) => Context
  now: () => Date
  log: Log
  /** The current release, and what the compiler said of it when this process made it. */
  playbook: Playbook
  diagnostics?: readonly Diagnostic[]
  /** Encrypts the keys of people: what the record keeps of a person is readable only with both. 32 bytes. */
  sealKey: Uint8Array
  /** Where files of imported reports are kept, and where reading them may leave working files. */
  reports: string
  temp: string
  /** Which customers pages of the portfolio have, until something is written. */
  pages: KeptPages
}>

export type OpenContext = Readonly<{
  context: Context
  database: OpenDatabase
  /** Where the database is, for libraries with connections of their own. */
  urls: DatabaseUrls
  /** Lets go of the database; stops it when we are the last. */
  close: () => Promise<void>
}>

export type ContextOptions = Readonly<{ serve?: boolean; log?: Log; now?: () => Date }>

/**
 * Starts or finds the database, migrates it, releases the playbook folder. The context acts for the system. Throws `unavailable` saying
 * what is in the way.
 */
export async function openContext(config: Config, options: ContextOptions = {}): Promise<OpenContext> {
  const log = options.log ?? (() => {})
  if (options.serve === true || config.databaseUrl === undefined) makeFolder(config.dataFolder)
  const store = await openStore(config, options.serve === true)
  const database = openDatabase(store.urls.app, { onError: error => log('warn', `database: ${error.message}`) })
  let closing: Promise<void> | undefined
  const close = () => {
    // What is under way ends first: the pool waits for its connections.
    closing ??= database.close().then(() => store.close())
    return closing
  }
  try {
    const now = options.now ?? (() => new Date())
    const db = database.as(databaseActor(SYSTEM, now))
    const released = await playbookFor(db, config, options.serve === true, now, log)
    const folders = { reports: join(config.dataFolder, 'reports'), temp: join(config.dataFolder, 'temp') }
    const sealKey = sealKeyOf(sessionSecret(config.dataFolder, config.secret ?? undefined))
    const context = contextFor(database, SYSTEM, { now, log, sealKey, ...released, ...folders })
    return { context, database, urls: store.urls, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Kept report files go there, whatever the database is. Throws `unavailable` before somebody uploads one in vain. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('unavailable', `the data folder cannot be used; choose another one with IMPULSO_DATA (${reason})`, { cause })
  }
}

/** The context of one acting person over shared connections. */
export function contextFor(database: Pick<OpenDatabase, 'as'>, actor: Actor, given: Shared): Context {
  const shared = { ...given, pages: given.pages ?? keptPages() }
  return { ...shared, db: database.as(databaseActor(actor, shared.now)), as: other => contextFor(database, other, shared) }
}
type Shared = Omit<Context, 'db' | 'as' | 'pages'> & Partial<Pick<Context, 'pages'>>

/** What the policies of the database are told of the one who acts. A key that may only read acts as a reader. */
function databaseActor({ personId, right, scope, keyScopes }: Actor, now: () => Date): DatabaseActor {
  const isReading = keyScopes != null && !keyScopes.includes('write')
  return { personId, right: isReading ? 'reader' : right, scope: scope === 'none' ? '' : scope, today: todayOf({ now }) }
}

/** A migrated database. */
export async function openStore(
  config: Config,
  serve: boolean,
): Promise<{ urls: DatabaseUrls; applied: readonly string[]; close: () => Promise<void> }> {
  const { databaseUrl } = config
  const cluster =
    databaseUrl === undefined
      ? await openCluster(config.dataFolder, { serve })
      : { urls: await prepareRoles(databaseUrl), close: async () => {} }
  try {
    return { urls: cluster.urls, applied: await migrate(cluster.urls.owner), close: cluster.close }
  } catch (error) {
    await cluster.close()
    throw error
  }
}

/** Serving releases what the folder holds; a command uses what is current, so that it changes nobody's playbook in passing. */
async function playbookFor(db: Db, config: Config, serve: boolean, now: () => Date, log: Log): Promise<Released> {
  const current = serve ? undefined : await findCurrentRelease(db)
  return current ? { playbook: current, diagnostics: [] } : releaseWithDiagnostics(db, config.playbookFolder, now(), log)
}

/** The UTC date: usage reports and playbooks speak of whole UTC days. */
// An ISO date always is a day.
export const todayOf = (context: Pick<Context, 'now'>): Day => context.now().toISOString().slice(0, 10) as Day
