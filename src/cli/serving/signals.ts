import { say } from '../print.ts'

export type UndoLater = (step: () => Promise<void>) => void

/**
 * Starts something that runs until a signal ends it, and answers what `start` answers. What was begun is undone in reverse, also when
 * starting fails half-way.
 */
export async function runUntilSignal<Started>(start: (undoLater: UndoLater) => Promise<Started>): Promise<Started> {
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step()
  }
  const starting = start(step => undo.push(step))
  // A signal while we start waits for the step under way: half a start cannot be undone.
  endOnSignal(() => starting.then(stop, stop))
  try {
    return await starting
  } catch (error) {
    await stop()
    throw error
  }
}

/** A terminal's Ctrl-C reaches us twice when npm passes on what the terminal sent us as well. */
const SAME_SIGNAL_MS = 1000

/**
 * Ends the process in order at the first SIGINT or SIGTERM, and at once at a second one. `stop` is what there is to end by then; it may
 * be called while things are still starting.
 */
export function endOnSignal(stop: () => Promise<void>): void {
  let first: number | undefined
  const end = (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (first === undefined) {
      first = now
      say(`\nImpulso stops (${signal}): what has begun is finished first.`)
      stop().then(
        () => process.exit(0),
        error => {
          say(`impulso: stopping failed: ${error instanceof Error ? error.message : String(error)}`)
          process.exit(3)
        },
      )
    } else if (now - first > SAME_SIGNAL_MS) {
      say('Impulso stops at once.')
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}
