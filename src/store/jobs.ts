import { sql } from 'kysely'
import type pg from 'pg'
import { fromKysely, type Db as JobsDb, PgBoss, type UpdateQueueOptions } from 'pg-boss'
import type { Db, Trx } from './database.ts'
import { APP_ROLE } from './protect.ts'
import { isQueueName, QUEUE_NAMES, QUEUES, type Queue, type QueueName } from './queues.ts'

/** A worker that stopped answering for this long has let go of its job. */
const HEARTBEAT_SECONDS = 60

const POLICIES = { 'once-per-key': 'exclusive', 'one-at-a-time': 'stately' } as const satisfies Record<Queue['policy'], string>

/**
 * Makes or upgrades the tables of the queues (schema `pgboss`), the queues and their schedules, and lets the program's role use them:
 * rows, no tables. Run by the owner, under the lock of `migrate`. Up to date, it costs a handful of reads.
 */
export async function prepareJobs(client: pg.ClientBase): Promise<void> {
  const db = overClient(client)
  const boss = new PgBoss({ db, migrate: true, supervise: false, schedule: false })
  const errors: Error[] = []
  boss.on('error', error => errors.push(error))
  await boss.start()
  try {
    await prepareQueues(boss)
    await prepareSchedules(boss)
  } finally {
    await boss.stop({ graceful: false })
  }
  if (errors[0]) throw new Error(`the queues could not be prepared: ${errors[0].message}`, { cause: errors[0] })
  await finishUpgrade(boss, db)
  await client.query(GRANTS)
}

const GRANTS = `
grant usage on schema pgboss to ${APP_ROLE};
revoke create on schema pgboss from ${APP_ROLE}, public;
grant select on all tables in schema pgboss to ${APP_ROLE};
grant insert, update, delete on pgboss.job, pgboss.job_common, pgboss.job_dependency, pgboss.warning to ${APP_ROLE};
grant insert, update on pgboss.queue to ${APP_ROLE};
grant update on pgboss.schedule, pgboss.version to ${APP_ROLE};`

/**
 * Indexes are built at once instead of "concurrently": that waits for every other transaction, also for those of programs that wait for
 * our lock, and so for ever.
 */
const overClient = (client: pg.ClientBase): JobsDb => ({
  executeSql: (text, values) => client.query(text.replace(/\bindex concurrently\b/gi, 'index'), values),
})

async function prepareQueues(boss: PgBoss): Promise<void> {
  const found = new Map((await boss.getQueues()).map(queue => [queue.name, queue]))
  for (const name of QUEUE_NAMES) {
    const wanted = optionsOf(QUEUES[name])
    const present = found.get(name)
    if (!present) await boss.createQueue(name, { ...wanted, policy: POLICIES[QUEUES[name].policy] })
    // The names in `wanted` are those of the queue itself.
    else if (Object.entries(wanted).some(([option, value]) => present[option as keyof typeof present] !== value))
      await boss.updateQueue(name, wanted)
  }
}

const optionsOf = (queue: Queue) =>
  ({
    retryLimit: queue.retries,
    retryDelay: queue.pause,
    retryBackoff: true,
    retryDelayMax: queue.longestPause,
    expireInSeconds: queue.longestRun,
    deleteAfterSeconds: queue.keepFor,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  }) satisfies UpdateQueueOptions

async function prepareSchedules(boss: PgBoss): Promise<void> {
  const found = await boss.getSchedules()
  for (const name of QUEUE_NAMES) {
    const { schedule } = QUEUES[name]
    const present = found.find(each => each.name === name)
    if (schedule === null && present) await boss.unschedule(name)
    // What came due while no worker ran is made up for once.
    if (schedule !== null && present?.cron !== schedule) await boss.schedule(name, schedule, null, { tz: 'UTC', missed: 'once' })
  }
}

/** An upgrade leaves the building of indexes to a later moment of a role that may build; ours is this one. */
async function finishUpgrade(boss: PgBoss, db: JobsDb): Promise<void> {
  for (const entry of await boss.getBamEntries()) {
    if (entry.status === 'completed') continue
    await db.executeSql(entry.command)
    await db.executeSql(`update pgboss.bam set status = 'completed', completed_on = now(), error = null where id = $1`, [entry.id])
  }
}

export type EnqueueOptions = Readonly<{
  /** Jobs with the same key are one job as long as it waits or runs. */
  key?: string
  startAfter?: Date
}>

/**
 * Adds a job in the transaction of the change that needs it: both happen or neither. `data` holds ids, nothing personal. Answers false
 * when such a job waits already.
 */
export const enqueue = (
  trx: Trx,
  queue: QueueName,
  data: Readonly<Record<string, string>>,
  options: EnqueueOptions = {},
): Promise<boolean> =>
  withQueues(trx, async boss => {
    const { key, startAfter } = options
    const id = await boss.send(queue, data, { ...(key === undefined ? {} : { singletonKey: key }), ...(startAfter ? { startAfter } : {}) })
    return id !== null
  })

/** Many jobs of a queue, each once under its key, in one statement. */
export const enqueueMany = (
  trx: Trx,
  queue: QueueName,
  jobs: readonly Readonly<{ key: string; data: Readonly<Record<string, string>> }>[],
) =>
  withQueues(trx, async boss => {
    if (jobs.length > 0)
      await boss.insert(
        queue,
        jobs.map(({ key, data }) => ({ singletonKey: key, data })),
      )
  })

/** Lets a failed job run again; false when there is no such failed job, or one of the same key waits already. */
export const retryFailedJob = async (trx: Trx, queue: QueueName, id: string): Promise<boolean> => {
  const job = await jobsOf(trx).select(['singleton_key', 'state']).where('name', '=', queue).where('id', '=', id).executeTakeFirst()
  if (job?.state !== 'failed') return false
  const same = jobsOf(trx).select('id').where('name', '=', queue).where('state', 'in', ['created', 'retry', 'active'])
  const waiting = await same.where('singleton_key', 'is not distinct from', job.singleton_key).executeTakeFirst()
  if (waiting) return false
  await withQueues(trx, boss => boss.retry(queue, id))
  return true
}

/** The library on the connection of one transaction; it keeps nothing afterwards. */
async function withQueues<T>(trx: Trx, use: (boss: PgBoss) => Promise<T>): Promise<T> {
  const boss = new PgBoss({ db: fromKysely(trx), migrate: false, supervise: false, schedule: false })
  await boss.start()
  try {
    return await use(boss)
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** One run of a job. */
export type JobRun = Readonly<{
  data: unknown
  /** When this run fails, no other follows. */
  isLastTry: boolean
  /** The process ends: a long run stops at its next good place and is taken up again later. */
  isStopping: () => boolean
}>

/** Carries out a job; throws when it is to be tried again. May run twice for one job, and must bear it. */
export type JobHandler = (run: JobRun) => Promise<void>

export type WorkOptions = Readonly<{
  onError: (queue: string | null, error: Error) => void
  /** For tests: does at once what otherwise happens every now and then. */
  isHurried?: boolean
}>

export type Worker = Readonly<{
  /** Takes no more jobs and waits for those under way. */
  stop: () => Promise<void>
}>

/** Longest wait for a job under way; what then still runs counts as failed and is tried again. */
const STOP_MS = 60_000

/** Takes jobs from all queues, as the program's role (`DatabaseUrls.app`), on connections of its own. Schedules are kept as well. */
export async function openWorker(url: string, handlers: Readonly<Record<QueueName, JobHandler>>, options: WorkOptions): Promise<Worker> {
  let isStopping = false
  const boss = new PgBoss({
    connectionString: url,
    application_name: `impulso work ${process.pid}`,
    max: 4,
    migrate: false,
    // Both need rights on the tables that this role has not got.
    reindex: false,
    monitorVacuum: false,
    // Which queue is at its one job is known from these alone: a job that waits behind one may begin so much later.
    queueCacheIntervalSeconds: options.isHurried ? 1 : 15,
    ...(options.isHurried ? { superviseIntervalSeconds: 1, monitorIntervalSeconds: 1 } : {}),
  })
  boss.on('error', error => options.onError(null, error))
  await boss.start()
  for (const name of QUEUE_NAMES) {
    const { askEvery, atOnce = 1 }: Queue = QUEUES[name]
    const settings = {
      includeMetadata: true,
      pollingIntervalSeconds: options.isHurried ? 0.5 : askEvery,
      burstWhenReadyExceeds: 1,
      localConcurrency: atOnce,
    } as const
    await boss.work(name, settings, async jobs => {
      for (const job of jobs) {
        try {
          await handlers[name]({ data: job.data, isLastTry: job.retryCount >= job.retryLimit, isStopping: () => isStopping })
        } catch (error) {
          // Whoever stops half-way because we stop is no trouble.
          if (!isStopping) options.onError(name, error as Error)
          // Only the sentence is kept with the job: what else an error carries may be personal.
          throw new Error((error as Error).message)
        }
      }
    })
  }
  return {
    stop: () => {
      isStopping = true
      return boss.stop({ timeout: STOP_MS })
    },
  }
}

type JobState = 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed'
type JobTable = {
  id: string
  name: string
  state: JobState
  singleton_key: string | null
  retry_count: number
  started_on: string | null
  completed_on: string | null
  output: unknown
}
type JobTables = { 'pgboss.job': JobTable; 'pgboss.version': { cron_on: string | null } }

const jobsOf = (db: Db) => db.withTables<JobTables>().selectFrom('pgboss.job')

export type QueueCounts = Readonly<{
  waiting: number
  active: number
  completed: number
  failed: number
  lastRunAt: string | null
}>

/** How many jobs each queue has, by what became of them; ended ones are counted as long as they are kept. */
export async function countJobs(db: Db): Promise<Readonly<Record<QueueName, QueueCounts>>> {
  const rows = await jobsOf(db)
    .select(({ fn }) => ['name', 'state', fn.countAll<number>().as('count'), fn.max('started_on').as('started')])
    .where('name', 'in', QUEUE_NAMES)
    .groupBy(['name', 'state'])
    .execute()
  const count = (name: QueueName, states: readonly JobState[]) =>
    rows.filter(row => row.name === name && states.includes(row.state)).reduce((sum, row) => sum + row.count, 0)
  const counts = QUEUE_NAMES.map(name => {
    const started = rows.flatMap(row => (row.name === name && row.started !== null ? [row.started] : [])).sort()
    const ended = { completed: count(name, ['completed']), failed: count(name, ['failed']), lastRunAt: started.at(-1) ?? null }
    return [name, { waiting: count(name, ['created', 'retry']), active: count(name, ['active']), ...ended }] as const
  })
  // One entry per name.
  return Object.fromEntries(counts) as Record<QueueName, QueueCounts>
}

export type FailedJob = Readonly<{ id: string; queue: QueueName; error: string; tries: number; failedAt: string }>

/** The newest jobs that failed for good. */
export async function failedJobs(db: Db, limit: number): Promise<readonly FailedJob[]> {
  const rows = await jobsOf(db)
    .select([
      'id',
      'name',
      'retry_count',
      'completed_on',
      sql<string | null>`coalesce(output->>'message', output#>>'{value,message}')`.as('error'),
    ])
    .where('state', '=', 'failed')
    .where('name', 'in', QUEUE_NAMES)
    .orderBy('completed_on', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.flatMap(row =>
    isQueueName(row.name) && row.completed_on !== null
      ? [{ id: row.id, queue: row.name, error: row.error ?? '', tries: row.retry_count + 1, failedAt: row.completed_on }]
      : [],
  )
}

/** When a worker last looked at the schedules, which each does every half minute; null when none ever did. */
export async function workerSeenAt(db: Db): Promise<string | null> {
  const row = await db.withTables<JobTables>().selectFrom('pgboss.version').select('cron_on').executeTakeFirst()
  return row?.cron_on ?? null
}
