import { enqueue, openWorker, type Worker } from '../../store/jobs.ts'
import type { Context } from '../context.ts'
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
  const worker = await openWorker(databaseUrl, jobHandlers(parts), { onError: reporting(context), isHurried })
  try {
    await context.db.transaction().execute(async trx => {
      await enqueue(trx, 'keep-plans-current', {})
      await enqueue(trx, 'check-mail', {})
    })
    return worker
  } catch (error) {
    await worker.stop()
    throw error
  }
}

const SAME_ERROR_MS = 60_000

/** Tells of errors; of the same one once a minute: queues are asked every few seconds, also while the database is away. */
function reporting({ log, now }: Pick<Context, 'log' | 'now'>): (queue: string | null, error: Error) => void {
  const told = new Map<string, number>()
  return (queue, { message }) => {
    const line = `${queue === null ? 'jobs' : `job ${queue}`}: ${message}`
    const at = now().getTime()
    if (at - (told.get(line) ?? Number.NEGATIVE_INFINITY) < SAME_ERROR_MS) return
    for (const [old, then] of told) if (at - then >= SAME_ERROR_MS) told.delete(old)
    told.set(line, at)
    log('error', line)
  }
}
