import { enqueue, openWorker, type Worker } from '../../store/jobs.ts'
import { type JobParts, jobHandlers } from './queues.ts'

export type WorkerParts = JobParts &
  Readonly<{
    /** As the program's role. */
    databaseUrl: string
    /** For tests: does at once what otherwise happens every now and then. */
    isHurried?: boolean
  }>

/**
 * Carries out jobs until stopped, beside other workers if there are any: each job is given to one. What may have come due while nobody
 * worked is looked at first. Stopping waits for what is under way.
 */
export async function startWorker(parts: WorkerParts): Promise<Worker> {
  const { context, databaseUrl, isHurried = false } = parts
  const worker = await openWorker(databaseUrl, jobHandlers(parts), {
    onError: (queue, error) => context.log('error', `${queue === null ? 'jobs' : `job ${queue}`}: ${error.message}`),
    isHurried,
  })
  await context.db.transaction().execute(async trx => {
    await enqueue(trx, 'keep-plans-current', {})
    await enqueue(trx, 'check-mail', {})
  })
  return worker
}
