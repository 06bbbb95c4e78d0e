import pg from 'pg'
import { getRollbackPlans } from 'pg-boss'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase } from './database.ts'
import {
  countJobs,
  enqueue,
  failedJobs,
  type JobHandler,
  type JobRun,
  openWorker,
  retryFailedJob,
  type Worker,
  workerSeenAt,
} from './jobs.ts'
import { migrate } from './migrate.ts'
import { prepareRoles } from './protect.ts'
import { QUEUE_NAMES, QUEUES, type QueueName } from './queues.ts'
import { TEST_SYSTEM, type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let owner: pg.Client
const working: Worker[] = []
beforeAll(async () => {
  database = await testDatabase()
  owner = new pg.Client({ connectionString: database.urls.owner })
  await owner.connect()
})
afterEach(async () => {
  for (const worker of working.splice(0)) await worker.stop()
  await owner.query('delete from pgboss.job')
})
afterAll(async () => {
  await owner.end()
  await database.close()
})

const add = (queue: QueueName, data: Record<string, string>, key?: string) =>
  database.db.transaction().execute(trx => enqueue(trx, queue, data, key === undefined ? {} : { key }))

/** A worker whose queues do nothing but what is given. */
async function work(handlers: Partial<Record<QueueName, JobHandler>>): Promise<string[]> {
  const errors: string[] = []
  const nothing = QUEUE_NAMES.map(name => [name, async () => {}])
  // One handler per name.
  const all = { ...Object.fromEntries(nothing), ...handlers } as Record<QueueName, JobHandler>
  const onError = (queue: string | null, error: Error) => errors.push(`${queue}: ${error.message}`)
  working.push(await openWorker(database.urls.app, all, { onError, isHurried: true }))
  return errors
}

const settled = (queue: QueueName, wanted: Partial<Record<'waiting' | 'active' | 'completed' | 'failed', number>>) =>
  vi.waitFor(async () => expect((await countJobs(database.db))[queue]).toMatchObject(wanted), { timeout: 30_000, interval: 100 })

test('a job is carried out once, with its data', async () => {
  const runs: JobRun[] = []
  await add('send-mail', { mail: 'one' })
  const handler = async (run: JobRun) => void runs.push(run)
  const errors = [...(await work({ 'send-mail': handler })), ...(await work({ 'send-mail': handler }))]
  await settled('send-mail', { waiting: 0, active: 0, completed: 1 })
  expect(runs.map(run => run.data)).toEqual([{ mail: 'one' }])
  expect(runs[0]?.isLastTry).toBe(false)
  expect(errors).toEqual([])
})

test('a job of a transaction that is taken back never was', async () => {
  const change = database.db.transaction().execute(async trx => {
    await enqueue(trx, 'send-mail', { mail: 'one' })
    throw new Error('second thoughts')
  })
  await expect(change).rejects.toThrow('second thoughts')
  expect((await countJobs(database.db))['send-mail'].waiting).toBe(0)
})

test('jobs of one key are one job as long as it waits', async () => {
  expect(await add('send-mail', { mail: 'one' }, 'one')).toBe(true)
  expect(await add('send-mail', { mail: 'one' }, 'one')).toBe(false)
  expect(await add('send-mail', { mail: 'two' }, 'two')).toBe(true)
  expect((await countJobs(database.db))['send-mail'].waiting).toBe(2)
})

test('of a queue that goes one at a time, one more may wait', async () => {
  expect(await add('purge', {})).toBe(true)
  expect(await add('purge', {})).toBe(false)
})

test('a queue that takes several at once takes no more than that in one process', async () => {
  let running = 0
  let most = 0
  for (const run of ['one', 'two', 'three', 'four', 'five']) await add('sync-usage', { run }, run)
  await work({
    'sync-usage': async () => {
      most = Math.max(most, ++running)
      // Long enough for the others to ask.
      await new Promise(resolve => setTimeout(resolve, 700))
      running--
    },
  })
  await settled('sync-usage', { waiting: 0, active: 0, completed: 5 })
  expect(most).toBe(QUEUES['sync-usage'].atOnce)
})

test('a job for later waits for its moment', async () => {
  const startAfter = new Date(Date.now() + 3_600_000)
  await database.db.transaction().execute(trx => enqueue(trx, 'send-mail', { mail: 'later' }, { key: 'later', startAfter }))
  const ran: unknown[] = []
  await add('send-mail', { mail: 'now' }, 'now')
  await work({ 'send-mail': async run => void ran.push(run.data) })
  await settled('send-mail', { waiting: 1, completed: 1 })
  expect(ran).toEqual([{ mail: 'now' }])
})

test('a failed job waits for its next try and keeps only the sentence of the error', async () => {
  await add('send-mail', { mail: 'one' })
  const errors = await work({
    'send-mail': async () => {
      throw Object.assign(new Error('no answer'), { address: 'ana@example.com' })
    },
  })
  await vi.waitFor(async () => {
    const { rows } = await owner.query(
      `select state, retry_count, start_after > now() as later, output::text from pgboss.job where name = 'send-mail'`,
    )
    expect(rows).toMatchObject([{ state: 'retry', later: true }])
    expect(rows[0].output).toContain('no answer')
    expect(rows[0].output).not.toContain('ana@')
  })
  expect(errors).toEqual(['send-mail: no answer'])
})

test('a job that failed for good is named, and runs again when asked to', async () => {
  await add('purge', { what: 'mail' })
  await owner.query(`update pgboss.job set retry_limit = 0 where name = 'purge'`)
  let isBroken = true
  let wasLast = false
  await work({
    purge: async run => {
      wasLast = run.isLastTry
      if (isBroken) throw new Error('disk is full')
    },
  })
  await settled('purge', { failed: 1 })
  expect(wasLast).toBe(true)
  const [failed] = await failedJobs(database.db, 10)
  expect(failed).toMatchObject({ queue: 'purge', error: 'disk is full', tries: 1 })
  isBroken = false
  const retry = (id: string) => database.db.transaction().execute(trx => retryFailedJob(trx, 'purge', id))
  expect(await retry('00000000-0000-4000-8000-000000000000')).toBe(false)
  expect(await retry(failed?.id ?? '')).toBe(true)
  await settled('purge', { failed: 0, completed: 1 })
  expect(await retry(failed?.id ?? '')).toBe(false)
})

test('a job of a worker that was killed runs again', async () => {
  await add('purge', {})
  await owner.query(
    `update pgboss.job set state = 'active', started_on = now() - interval '5 minutes', heartbeat_on = now() - interval '2 minutes'`,
  )
  const errors = await work({})
  await vi.waitFor(async () => {
    const { rows } = await owner.query(
      `select state, retry_count, output->'value'->>'message' as error from pgboss.job where name = 'purge'`,
    )
    expect(rows).toMatchObject([{ state: 'retry', error: 'job heartbeat timeout' }])
  }, 20_000)
  // It would wait five minutes for its next try.
  await owner.query(`update pgboss.job set start_after = now() where name = 'purge'`)
  await settled('purge', { completed: 1 })
  expect(errors).toEqual([])
})

test('a worker looks after the queues with the rights of the program alone', async () => {
  await owner.query(
    `insert into pgboss.job (name, state, completed_on, deletion_seconds, keep_until) values ('purge', 'completed', now() - interval '1 hour', 60, now())`,
  )
  await owner.query('update pgboss.queue set maintain_on = null, monitor_on = null, monitor_claim_on = null')
  const errors = await work({})
  await settled('purge', { completed: 0 })
  await vi.waitFor(async () => {
    const { rows } = await owner.query('select from pgboss.queue where maintain_on is null or monitor_on is null')
    expect(rows).toEqual([])
  }, 20_000)
  expect(errors).toEqual([])
})

test('stopping waits for the job under way, which is told', async () => {
  let isDone = false
  const begun = Promise.withResolvers<void>()
  await add('purge', {})
  await work({
    purge: async run => {
      begun.resolve()
      await vi.waitFor(() => expect(run.isStopping()).toBe(true))
      isDone = true
    },
  })
  await begun.promise
  await working.splice(0)[0]?.stop()
  expect(isDone).toBe(true)
  expect((await countJobs(database.db)).purge).toMatchObject({ active: 0, completed: 1 })
})

test('a worker keeps the schedules of this program, in UTC', async () => {
  await work({})
  await vi.waitFor(async () => expect(await workerSeenAt(database.db)).not.toBeNull())
  const { rows } = await owner.query('select name, cron, timezone from pgboss.schedule order by name')
  const scheduled = QUEUE_NAMES.flatMap(name =>
    QUEUES[name].schedule === null ? [] : [{ name, cron: QUEUES[name].schedule, timezone: 'UTC' }],
  )
  expect(rows).toEqual(scheduled.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
})

test('what a newer program says of a queue and its schedule takes effect', async () => {
  await owner.query(`update pgboss.queue set retry_limit = 1 where name = 'purge'`)
  await owner.query(`update pgboss.schedule set cron = '0 0 * * *' where name = 'purge'`)
  await migrate(database.urls.owner)
  const { rows } = await owner.query(
    `select retry_limit, cron from pgboss.queue q join pgboss.schedule s using (name) where name = 'purge'`,
  )
  expect(rows).toEqual([{ retry_limit: 5, cron: '17 2 * * *' }])
})

test('an older schema of the queues is brought up to date, jobs and all, however many programs start', async () => {
  await add('send-mail', { mail: 'one' })
  const versionOf = async () => (await owner.query<{ version: number }>('select version from pgboss.version')).rows[0]?.version ?? 0
  const newest = await versionOf()
  await owner.query(getRollbackPlans('pgboss', newest))
  await owner.query(getRollbackPlans('pgboss', newest - 1))
  expect(await versionOf()).toBeLessThan(newest)
  await Promise.all([1, 2, 3].map(() => migrate(database.urls.owner)))
  expect(await versionOf()).toBe(newest)
  const { rows } = await owner.query(`select from pgboss.bam where status <> 'completed'`)
  expect(rows).toEqual([])
  expect((await countJobs(database.db))['send-mail'].waiting).toBe(1)
})

test("the program's role uses the queues and changes no table of them", async () => {
  const app = new pg.Client({ connectionString: database.urls.app })
  await app.connect()
  for (const refused of [
    'create table pgboss.mine ()',
    'drop table pgboss.schedule',
    'alter table pgboss.job add column mine text',
    'truncate pgboss.job',
    'delete from pgboss.queue',
    `insert into pgboss.schedule (name, cron) values ('purge', '* * * * *')`,
    `insert into pgboss.bam (name, version, table_name, command) values ('x', 1, 'x', 'drop table person')`,
  ])
    await expect(app.query(refused), refused).rejects.toMatchObject({ code: '42501' })
  await app.end()
})

test('on a server of your own, an owner without special rights prepares the queues, and the program takes its role', async () => {
  const name = `plain_${process.pid}`
  await owner.query(`create role ${name} login password 'plain' nosuperuser; grant impulso_app, impulso_auth to ${name}`)
  await owner.query(`create database ${name} owner ${name}`)
  const url = new URL(database.urls.owner)
  Object.assign(url, { username: name, password: 'plain', pathname: `/${name}` })
  try {
    const urls = await prepareRoles(url.href)
    await migrate(urls.owner)
    expect(await migrate(urls.owner)).toEqual([])
    const plain = openDatabase(urls.app)
    const db = plain.as(TEST_SYSTEM)
    await db.transaction().execute(trx => enqueue(trx, 'send-mail', { mail: 'one' }))
    const errors: string[] = []
    const ran: unknown[] = []
    const run = async ({ data }: JobRun) => void ran.push(data)
    // One entry per name.
    const handlers = Object.fromEntries(QUEUE_NAMES.map(each => [each, run])) as Record<QueueName, JobHandler>
    const worker = await openWorker(urls.app, handlers, { isHurried: true, onError: (_, error) => errors.push(error.message) })
    await vi.waitFor(async () => expect((await countJobs(db))['send-mail'].completed).toBe(1), { timeout: 30_000, interval: 100 })
    await worker.stop()
    await plain.close()
    expect({ ran, errors }).toEqual({ ran: [{ mail: 'one' }], errors: [] })
  } finally {
    await owner.query(`drop database if exists ${name} with (force)`)
    await owner.query(`drop owned by ${name}`)
    await owner.query(`drop role ${name}`)
  }
})
