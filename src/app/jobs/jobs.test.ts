import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { enqueue, type Worker } from '../../store/jobs.ts'
import { insertMail } from '../../store/mail.ts'
import { QUEUE_NAMES, QUEUES } from '../../store/queues.ts'
import { NO_GRAPH } from '../connections/testing.ts'
import type { Context } from '../context.ts'
import { mailRow } from '../mail/queue-mail.ts'
import type { MailContext } from '../mail/settings.ts'
import { NO_PEOPLE } from '../people/testing.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { listJobs, retryJob, runJob, seenWorker } from './jobs.ts'
import { jobHandlers, type Purge, QUEUE_TITLES } from './queues.ts'
import { startWorker } from './work.ts'

const now = new Date('2026-11-21T08:00:00Z')
let open: TestContext
let context: Context & MailContext
const working: Worker[] = []
beforeAll(async () => {
  open = await testContext(now)
  context = { ...open.context, mail: { smtp: null, publicUrl: 'https://impulso.example.com' } }
})
afterEach(async () => {
  for (const worker of working.splice(0)) await worker.stop()
})
afterAll(() => open.close())

const work = async (purges: readonly Purge[] = [], from: Context = context) =>
  void working.push(
    await startWorker({
      context: from,
      mail: context.mail,
      graph: NO_GRAPH,
      auth: NO_PEOPLE,
      purges,
      databaseUrl: open.urls.app,
      isHurried: true,
    }),
  )
const queueOf = async (name: string) => (await listJobs(context, SYSTEM)).queues.find(queue => queue.name === name)
const patience = { timeout: 30_000, interval: 100 }

test('a worker that starts brings plans up to date, as later hours and days do', async () => {
  await addTestCustomer(context, { customer: { id: 'contoso', name: 'Contoso' } }, 'main')
  const dateOf = async () =>
    (await context.db.selectFrom('plan').select('date').where('customer_id', '=', 'contoso').executeTakeFirst())?.date
  expect(await dateOf()).toBe('2026-11-21')
  const tomorrow = { ...context, now: () => new Date('2026-11-22T00:05:00Z') }
  await work([], tomorrow)
  await vi.waitFor(async () => expect(await dateOf()).toBe('2026-11-22'), patience)
})

test('a queue that goes one at a time does so, however many work', async () => {
  let running = 0
  let most = 0
  let runs = 0
  const slow: Purge = {
    name: 'slow',
    run: async () => {
      most = Math.max(most, ++running)
      // Long enough for the others to ask.
      await delay(1500)
      running--
      return ++runs
    },
  }
  await runJob(context, SYSTEM, 'purge')
  await Promise.all([work([slow]), work([slow]), work([slow])])
  await vi.waitFor(() => expect(running).toBe(1), patience)
  await runJob(context, SYSTEM, 'purge')
  await vi.waitFor(async () => expect(await queueOf('purge')).toMatchObject({ waiting: 0, active: 0, completed: 2, failed: 0 }), patience)
  expect({ most, runs }).toEqual({ most: 1, runs: 2 })
  await context.db.withTables<{ 'pgboss.job': { name: string } }>().deleteFrom('pgboss.job').where('name', '=', 'purge').execute()
})

test('plans follow the release of now, not the one a worker started with', async () => {
  const old = { ...context.playbook, playbook: { ...context.playbook.playbook, hash: 'sha256:old' } }
  const hashes = () => context.db.selectFrom('plan').select('playbook_hash').execute()
  const before = await hashes()
  await jobHandlers({ context: { ...context, playbook: old }, mail: context.mail, graph: NO_GRAPH, auth: NO_PEOPLE, purges: [] })[
    'keep-plans-current'
  ](run({}))
  expect(await hashes()).toEqual(before)
})

const run = (data: unknown, isStopping = () => false) => ({ data, isLastTry: false, isStopping })

test('a purge calls what it is given, tells how much, and stops between two', async () => {
  const said: string[] = []
  const calls: string[] = []
  const purge = (name: string, count: number): Purge => ({
    name,
    run: async () => {
      calls.push(name)
      return count
    },
  })
  const listening = { ...context, log: (_: string, message: string) => void said.push(message) }
  const handlers = jobHandlers({
    context: listening,
    mail: context.mail,
    graph: NO_GRAPH,
    auth: NO_PEOPLE,
    purges: [purge('mail', 3), purge('addresses', 0)],
  })
  await handlers.purge(run(null))
  expect(calls).toEqual(['mail', 'addresses'])
  expect(said).toEqual(['purge: mail: 3'])
  await expect(handlers.purge(run(null, () => calls.length > 2))).rejects.toThrow('goes on at the next start')
  expect(calls).toEqual(['mail', 'addresses', 'mail'])
})

test('the page names every queue in both languages, its schedule and its last run', async () => {
  const page = await listJobs(context, SYSTEM)
  expect(page.queues.map(queue => queue.name)).toEqual([...QUEUE_NAMES])
  for (const name of QUEUE_NAMES) {
    expect(Object.keys(QUEUE_TITLES[name])).toEqual(['en', 'pt-BR'])
    expect(page.queues.find(queue => queue.name === name)).toMatchObject({ title: QUEUE_TITLES[name], schedule: QUEUES[name].schedule })
  }
  expect((await queueOf('keep-plans-current'))?.lastRunAt).toMatch(/^\d{4}-.*Z$/)
  expect((await queueOf('send-mail'))?.lastRunAt).toBeNull()
})

test('a failed job is named, runs again when asked, and is then no longer named', async () => {
  let isBroken = true
  const broken: Purge = {
    name: 'mail',
    run: async () => {
      if (isBroken) throw new Error('disk is full')
      return 0
    },
  }
  await runJob(context, SYSTEM, 'purge')
  // Its further tries would take hours.
  const jobs = context.db.withTables<{ 'pgboss.job': { name: string; retry_limit: number } }>()
  await jobs.updateTable('pgboss.job').set({ retry_limit: 0 }).where('name', '=', 'purge').execute()
  await work([broken])
  await vi.waitFor(
    async () => expect((await listJobs(context, SYSTEM)).failed).toMatchObject([{ queue: 'purge', error: 'disk is full' }]),
    patience,
  )
  const id = (await listJobs(context, SYSTEM)).failed[0]?.id ?? ''

  await expect(retryJob(context, SYSTEM, { queue: 'send-mail', id })).rejects.toMatchObject({ code: 'not-found' })
  isBroken = false
  await retryJob(context, SYSTEM, { queue: 'purge', id })
  await vi.waitFor(async () => expect(await queueOf('purge')).toMatchObject({ failed: 0, completed: 1 }), patience)
  await expect(retryJob(context, SYSTEM, { queue: 'purge', id })).rejects.toMatchObject({ code: 'not-found' })
})

test('uncertain mails are on the page', async () => {
  const mail = {
    kind: 'test',
    key: 'test:page',
    to: 'ana@example.com',
    personId: null,
    locale: 'en',
    values: { url: 'https://impulso.example.com' },
  } as const
  const row = await mailRow(context, mail, 'sending')
  await insertMail(context.db, row)
  await jobHandlers({ context, mail: context.mail, graph: NO_GRAPH, auth: NO_PEOPLE, purges: [] })['check-mail'](run(null))
  const uncertain = { id: row.id, address: 'ana@example.com', subject: 'Test mail from Impulso', createdAt: now.toISOString() }
  expect((await listJobs(context, SYSTEM)).uncertain).toEqual([uncertain])
})

test('what runs when there is something to do is not started by hand; what is not there is not found', async () => {
  await expect(runJob(context, SYSTEM, 'send-mail')).rejects.toMatchObject({ code: 'conflict' })
  await expect(runJob(context, SYSTEM, '__pgboss__send-it')).rejects.toMatchObject({ code: 'not-found' })
  await expect(runJob(context, SYSTEM, 'constructor')).rejects.toMatchObject({ code: 'not-found' })
  await expect(retryJob(context, SYSTEM, { queue: 'purge', id: "x'" })).rejects.toMatchObject({ code: 'not-found' })
  await context.db.transaction().execute(trx => enqueue(trx, 'check-mail', {}))
  await expect(runJob(context, SYSTEM, 'check-mail')).rejects.toMatchObject({ code: 'conflict' })
})

test('only administrators see and run jobs', async () => {
  for (const right of ['lead', 'engineer', 'author', 'reader'] as const) {
    const actor: Actor = { personId: 'ana', name: 'Ana', right, scope: 'all' }
    const theirs = { ...context, ...context.as(actor), mail: context.mail }
    await expect(listJobs(theirs, actor)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(runJob(theirs, actor, 'purge')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(retryJob(theirs, actor, { queue: 'purge', id: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
  }
})

test('what an administrator did with jobs is on record', async () => {
  const rows = await context.db
    .withTables<{ installation_event: { seq: number; kind: string; who: string } }>()
    .selectFrom('installation_event')
    .select(['kind', 'who'])
    .orderBy('seq')
    .execute()
  expect(rows).toEqual(['job-started', 'job-started', 'job-started', 'job-retried'].map(kind => ({ kind, who: SYSTEM.personId })))
})

test('the set-up check learns whether anybody works', async () => {
  await work()
  await vi.waitFor(async () => expect(await seenWorker({ db: context.db, now: () => new Date() })).not.toBeNull(), patience)
  expect(await seenWorker({ db: context.db, now: () => new Date(Date.now() + 3_600_000) })).toBeNull()
})

// A connection that is cut may take a job along: the queue gives it up after a minute without a sign of life, and only then goes on.
const GIVEN_UP = { timeout: 120_000, interval: 100 }

test('while the database is away the log stays short, and work goes on when it is back', { timeout: 150_000 }, async () => {
  const said: string[] = []
  await work([], { ...context, log: (_, message) => void said.push(message) })
  const owner = new pg.Client({ connectionString: open.urls.owner })
  await owner.connect()
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'impulso work ${process.pid}' and datname = current_database()`
  for (let each = 0; each < 10; each++) {
    await owner.query(cut)
    await delay(100)
  }
  const before = (await queueOf('check-mail'))?.completed ?? 0
  await context.db.transaction().execute(trx => enqueue(trx, 'check-mail', {}))
  await vi.waitFor(async () => expect((await queueOf('check-mail'))?.completed).toBeGreaterThan(before), GIVEN_UP)
  await owner.end()
  expect(said).toContain('jobs: terminating connection due to administrator command')
  expect(new Set(said).size).toBe(said.length)
})
