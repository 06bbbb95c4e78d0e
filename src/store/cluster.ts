import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { AppError } from '../model/errors.ts'
import { chooseRunner, giveToOwnerOf, type Runner } from './cluster/runner.ts'
import { withStartLock } from './cluster/start-lock.ts'
import { type DatabaseUrls, prepareRoles, urlsOf } from './protect.ts'

/** The PostgreSQL in a data folder, held open by this process. */
export type Cluster = Readonly<{
  /** How to reach the database `impulso`: as its owner, as the program, as the sign-in library. */
  urls: DatabaseUrls
  /** The same for another database of the cluster. */
  urlsOf: (database: string) => DatabaseUrls
  /** Lets go of the cluster; the last process to do so stops it. */
  close: () => Promise<void>
}>

export type ClusterOptions = Readonly<{
  /** This process serves the portal: there may be one per data folder. */
  serve?: boolean
  /** Tests only: gives up safety against power failure. */
  unsafeFast?: boolean
  runAs?: 'namespace' | 'user'
}>

const USER = 'impulso'
const MAJOR = 18
/** Numbers of PostgreSQL advisory locks in the database `postgres`: a lock ends with its process, however that ends. */
const IN_USE = 4100
const SERVING = 4101

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '4',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
}
const UNSAFE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

/**
 * Starts the PostgreSQL of a data folder, or attaches to it when it runs already: for another command, or left behind by one that was killed.
 * Throws `unavailable` when `serve` is asked for and another process serves this folder.
 */
export async function openCluster(folder: string, options: ClusterOptions = {}): Promise<Cluster> {
  const own = join(resolve(folder), 'postgres')
  mkdirSync(own, { recursive: true })
  const runner = chooseRunner(folder, options.runAs)
  const lock = join(own, 'start.lock')
  const password = passwordOf(runner.home)
  return withStartLock(lock, async () => {
    await initialise(runner, options.unsafeFast === true)
    const port = (await attach(runner, password)) ?? (await start(runner, options, password))
    const urlOf = (database: string) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
    const lease = await takeLease(urlOf('postgres'), folder, options.serve === true)
    const urls = await prepareRoles(urlOf('impulso'), password)
    return {
      urls,
      urlsOf: database => urlsOf(urlOf(database), password),
      close: () => withStartLock(lock, () => leave(runner, lease)),
    }
  })
}

/** Stops the cluster of a folder whoever uses it; nothing when none runs. For tests and for taking a folder away. */
export async function stopCluster(folder: string): Promise<void> {
  if (!existsSync(join(resolve(folder), 'postgres'))) return
  const runner = chooseRunner(folder)
  if (existsSync(join(runner.home, 'data', 'postmaster.pid'))) await stop(runner)
}

function passwordOf(home: string): string {
  const file = join(home, 'password')
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
      giveToOwnerOf(home, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8')
}

async function initialise({ home, run }: Runner, unsafeFast: boolean): Promise<void> {
  const data = join(home, 'data')
  const version = join(data, 'PG_VERSION')
  if (existsSync(version)) {
    const made = Number(readFileSync(version, 'utf8'))
    if (made !== MAJOR) throw new AppError('unavailable', `${data} was made by PostgreSQL ${made}; this Impulso brings ${MAJOR}`)
    return
  }
  // Made beside and renamed, so that a cut-off first start leaves nothing half-made.
  const fresh = join(home, 'data.new')
  rmSync(fresh, { recursive: true, force: true })
  const args = [
    '-D',
    fresh,
    '-U',
    USER,
    '-A',
    'scram-sha-256',
    `--pwfile=${join(home, 'password')}`,
    '-E',
    'UTF8',
    '--no-locale',
    '--no-instructions',
  ]
  const failure = await run('initdb', unsafeFast ? [...args, '--no-sync'] : args)
  if (failure !== null) throw new AppError('unavailable', `PostgreSQL could not make its files in ${fresh}: ${failure}`)
  renameSync(fresh, data)
}

/** Longest wait for a server that is coming up, going down or recovering from a crash. */
const PATIENCE_MS = 60_000
const POLL_MS = 50

/** The port of the running server; undefined when none runs. */
async function attach({ home }: Runner, password: string): Promise<number | undefined> {
  const file = join(home, 'data', 'postmaster.pid')
  const until = Date.now() + PATIENCE_MS
  while (existsSync(file) && Date.now() < until) {
    const [pid, , , port] = readFileSync(file, 'utf8').split('\n')
    const found = processOf(Number(pid))
    // The server's own start looks whether anything of a dead one is left; of a stranger's process it would say "already running".
    if (found === 'another') rmSync(file, { force: true })
    if (found !== 'postgres') return undefined
    if (Number(port) && (await answers(Number(port), password))) return Number(port)
    await delay(POLL_MS)
  }
  return undefined
}

/** What runs under this id: after a crash of the machine ids begin again. Where we cannot tell, the server. */
function processOf(pid: number): 'postgres' | 'another' | 'none' {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'none'
  }
  const status = `/proc/${pid}/status`
  if (!existsSync(status)) return 'postgres'
  const text = readFileSync(status, 'utf8')
  // A dead one that nobody has collected yet.
  if (/^State:\s+Z/m.test(text)) return 'none'
  return /^Name:\s+postgres/m.test(text) ? 'postgres' : 'another'
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: USER, password, database: 'postgres', connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Another program may take the port first, and a killed server's memory may still be in use. */
const STARTS = 12
const PAUSE_MS = 300
const LONGEST_PAUSE_MS = 2000

async function start({ home, run }: Runner, options: ClusterOptions, password: string): Promise<number> {
  const log = join(home, 'log')
  let failure = ''
  for (let tries = 0; tries < STARTS; tries++) {
    // Workers of a server that was killed take a moment to notice, on a busy machine several seconds.
    if (tries > 0) await delay(Math.min(tries * PAUSE_MS, LONGEST_PAUSE_MS))
    const port = await freePort()
    const settings = Object.entries({ ...SETTINGS, ...(options.unsafeFast ? UNSAFE : {}) })
    const text = settings.map(([name, value]) => `-c ${name}=${value}`).join(' ')
    failure = (await run('pg_ctl', ['-D', join(home, 'data'), '-l', log, '-w', '-t', '60', '-o', `-p ${port} ${text}`, 'start'])) ?? ''
    if (failure === '') {
      await createDatabase(port, password)
      return port
    }
  }
  throw new AppError('unavailable', `PostgreSQL did not start: ${failure}; see ${log}`)
}

/** A free port of this machine; another program may be faster, so a start is tried again. */
function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function createDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: USER, password, database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query(`select from pg_database where datname = 'impulso'`)
    if (rowCount === 0) await client.query('create database impulso')
  } finally {
    await client.end()
  }
}

async function takeLease(url: string, folder: string, serve: boolean): Promise<pg.Client> {
  const lease = new pg.Client({ connectionString: url, application_name: `impulso ${process.pid}`, keepAlive: true })
  // The server going away ends the lease; whoever then queries learns of it there.
  lease.on('error', () => {})
  await lease.connect()
  await lease.query('select pg_advisory_lock_shared($1)', [IN_USE])
  if (!serve) return lease
  const { rows } = await lease.query<{ ok: boolean }>('select pg_try_advisory_lock($1) as ok', [SERVING])
  if (rows[0]?.ok) return lease
  const other = await lease.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and objid = $1 and granted`,
    [SERVING],
  )
  await lease.end()
  const who = other.rows[0]?.name.replace('impulso ', 'process ') ?? 'another process'
  throw new AppError(
    'unavailable',
    `the data folder ${resolve(folder)} is in use: ${who} serves it. Stop that one first, or give this one another folder with IMPULSO_DATA.`,
  )
}

async function leave(runner: Runner, lease: pg.Client): Promise<void> {
  let isLast = false
  try {
    await lease.query('select pg_advisory_unlock_shared($1)', [IN_USE])
    const { rows } = await lease.query<{ ok: boolean }>('select pg_try_advisory_lock($1) as ok', [IN_USE])
    isLast = rows[0]?.ok === true
  } catch {
    // The server is gone already.
  }
  await lease.end().catch(() => {})
  if (isLast) await stop(runner)
}

async function stop({ home, run }: Runner): Promise<void> {
  const file = join(home, 'data', 'postmaster.pid')
  const isRunning = () => existsSync(file) && processOf(Number(readFileSync(file, 'utf8').split('\n')[0])) === 'postgres'
  if (!isRunning()) return
  const failure = await run('pg_ctl', ['-D', join(home, 'data'), '-m', 'fast', '-w', '-t', '60', 'stop'])
  if (failure !== null && isRunning()) throw new Error(`PostgreSQL did not stop: ${failure}`)
}
