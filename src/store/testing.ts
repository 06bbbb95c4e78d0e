import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Day } from '../model/words.ts'
import { openCluster, stopCluster } from './cluster.ts'
import { type DatabaseActor, type Db, type OpenDatabase, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import type { DatabaseUrls } from './protect.ts'

/** Real PostgreSQL for tests: one cluster per run, started by the first test file that asks, one database per call. */

const PREFIX = 'impulso-test-'
const TEMPLATE = 'template_impulso'
const MAKING_TEMPLATE = 4103

/** vitest's global setup: names the folder of this run, and takes it away afterwards together with what killed runs left behind. */
export default async function setup(): Promise<() => Promise<void>> {
  await sweep()
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  process.env.IMPULSO_TEST_DATA = folder
  return () => discard(folder)
}

/** Acts for the tests' own doings: sees and changes everything. */
export const TEST_SYSTEM: DatabaseActor = { personId: 'system', right: 'administrator', scope: 'all', today: '2026-11-21' as Day }

export type TestDatabase = OpenDatabase &
  Readonly<{ db: Db; urls: DatabaseUrls /** As the owner, past every policy, for raw SQL. */; owner: pg.Pool }>

/** A database of one's own, with the newest schema and nothing in it; `db` acts for the system. Call `close` when done. */
export async function testDatabase(): Promise<TestDatabase> {
  const folder = process.env.IMPULSO_TEST_DATA
  if (!folder) throw new Error('vitest runs with src/store/testing.ts as global setup')
  cluster ??= openCluster(folder, { unsafeFast: true })
  const { urlsOf } = await cluster
  const name = `test_${randomBytes(8).toString('hex')}`
  const admin = new pg.Client({ connectionString: urlsOf('postgres').owner })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock($1)', [MAKING_TEMPLATE])
    const { rowCount } = await admin.query('select from pg_database where datname = $1 and datistemplate', [TEMPLATE])
    if (rowCount === 0) await makeTemplate(admin, urlsOf(TEMPLATE).owner)
    await admin.query(`create database ${name} template ${TEMPLATE} strategy file_copy`)
  } finally {
    await admin.end()
  }
  const urls = urlsOf(name)
  const database = openDatabase(urls.app)
  const owner = new pg.Pool({ connectionString: urls.owner, max: 3 })
  const close = async () => {
    await database.close()
    await owner.end()
  }
  return { ...database, db: database.as(TEST_SYSTEM), urls, owner, close }
}
let cluster: ReturnType<typeof openCluster> | undefined

async function makeTemplate(admin: pg.Client, url: string): Promise<void> {
  await admin.query(`drop database if exists ${TEMPLATE}`)
  await admin.query(`create database ${TEMPLATE}`)
  await migrate(url)
  await admin.query(`alter database ${TEMPLATE} with is_template true`)
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter(each => each.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0])
    if (pid && !isAlive(pid)) await discard(join(tmpdir(), name)).catch(() => {})
  }
}

async function discard(folder: string): Promise<void> {
  await stopCluster(folder)
  rmSync(folder, { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
