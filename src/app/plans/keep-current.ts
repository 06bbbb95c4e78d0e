import type { Context } from '../context.ts'
import { recomputeAll } from './recompute.ts'

const EVERY_MS = 10 * 60 * 1000

/**
 * Makes plans anew that are of another day or another release: now, and whenever a day has begun since. Answers what stops it, which waits
 * for the batch under way.
 */
export function keepPlansCurrent(context: Context): () => Promise<void> {
  let isStopped = false
  let running: Promise<unknown> = Promise.resolve()
  const refresh = () => {
    running = running
      .then(() => (isStopped ? 0 : recomputeAll(context)))
      .catch((error: unknown) => context.log('error', `plans could not be brought up to date: ${(error as Error).message}`))
  }
  refresh()
  const timer = setInterval(refresh, EVERY_MS)
  return async () => {
    isStopped = true
    clearInterval(timer)
    await running
  }
}
