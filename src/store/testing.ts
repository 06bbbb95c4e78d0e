import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openCluster, stopCluster } from './cluster.ts'
import { type OpenDatabase, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'

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

/** A database of one's own, with the newest schema and nothing in it. Call `close` when done. */
export async function testDatabase(): Promise<OpenDatabase & { url: string }> {
  const folder = process.env.IMPULSO_TEST_DATA
  if (!folder) throw new Error('vitest runs with src/store/testing.ts as global setup')
  cluster ??= openCluster(folder, { unsafeFast: true })
  const { urlOf } = await cluster
  const name = `test_${randomBytes(8).toString('hex')}`
  const admin = new pg.Client({ connectionString: urlOf('postgres') })
  await admin.connect()
  try {
    await admin.query('select pg_advisory_lock($1)', [MAKING_TEMPLATE])
    const { rowCount } = await admin.query('select from pg_database where datname = $1 and datistemplate', [TEMPLATE])
    if (rowCount === 0) await makeTemplate(admin, urlOf(TEMPLATE))
    await admin.query(`create database ${name} template ${TEMPLATE} strategy file_copy`)
  } finally {
    await admin.end()
  }
  const url = urlOf(name)
  return { ...openDatabase(url), url }
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
