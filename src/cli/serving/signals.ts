import { say } from '../print.ts'

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
