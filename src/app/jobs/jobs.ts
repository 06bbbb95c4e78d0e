import type { JobsView } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import { countJobs, enqueue, failedJobs, retryFailedJob, workerSeenAt } from '../../store/jobs.ts'
import { uncertainMails } from '../../store/mail.ts'
import { isQueueName, QUEUE_NAMES, QUEUES, type QueueName } from '../../store/queues.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { type Actor, authorize } from '../policy.ts'
import { QUEUE_TITLES } from './queues.ts'
import { nextRun, scheduleText } from './schedule.ts'

/** At most this many failed jobs, and as many uncertain mails, are named. */
const NAMED = 50

/** The queues with what became of their jobs, the newest failures, and mails of which nobody knows whether they went out. */
export async function listJobs(context: Context, actor: Actor): Promise<JobsView> {
  authorize(actor, 'see-jobs')
  const counts = await countJobs(context.db)
  const failed = await failedJobs(context.db, NAMED)
  const uncertain = await uncertainMails(context.db, NAMED)
  return {
    queues: QUEUE_NAMES.map(name => {
      const { schedule } = QUEUES[name]
      const next = schedule === null ? null : nextRun(schedule, context.now()).toISOString()
      const scheduled = { schedule, scheduleText: schedule === null ? null : { ...scheduleText(schedule) }, nextRunAt: next }
      return { name, title: { ...QUEUE_TITLES[name] }, ...scheduled, ...counts[name] }
    }),
    failed: failed.map(({ id, queue, error, failedAt }) => ({ id, queue, error, at: failedAt })),
    uncertain: uncertain.map(({ id, address, subject, created_at }) => ({ id, address, subject, createdAt: created_at })),
  }
}

/** Lets a failed job run again. Throws `not-found` for one that has not failed, or is waiting again already. */
export async function retryJob(context: Context, actor: Actor, { queue, id }: Readonly<{ queue: string; id: string }>): Promise<JobsView> {
  authorize(actor, 'run-jobs')
  const name = queueOf(queue)
  await context.db.transaction().execute(async trx => {
    const isWaiting = UUID.test(id) && (await retryFailedJob(trx, name, id))
    if (!isWaiting) throw new AppError('not-found', `there is no failed job ${id} in ${queue}`)
    await recordInstallation(trx, context, actor, { kind: 'job-retried', data: { queue: name, job: id } })
  })
  return listJobs(context, actor)
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Runs what a schedule runs, now. Throws `conflict` where a job needs to be told what about, and where one waits already. */
export async function runJob(context: Context, actor: Actor, queue: string): Promise<JobsView> {
  authorize(actor, 'run-jobs')
  const name = queueOf(queue)
  if (QUEUES[name].schedule === null) throw new AppError('conflict', `${name} runs when there is something to do`)
  await context.db.transaction().execute(async trx => {
    if (!(await enqueue(trx, name, {}))) throw new AppError('conflict', `a job of ${name} waits already`)
    await recordInstallation(trx, context, actor, { kind: 'job-started', data: { queue: name } })
  })
  return listJobs(context, actor)
}

/** Whether anybody carries out jobs, for the set-up check: null when nobody has for five minutes, else when one was last seen. */
export async function seenWorker({ db, now }: Pick<Context, 'db' | 'now'>): Promise<string | null> {
  const at = await workerSeenAt(db)
  return at !== null && now().getTime() - Date.parse(at) < ABSENT_MS ? at : null
}
const ABSENT_MS = 5 * 60_000

function queueOf(text: string): QueueName {
  if (!isQueueName(text)) throw new AppError('not-found', `there is no queue ${text}`)
  return text
}
