import { type DestinationStream, pino } from 'pino'
import type { Log } from '../../app/context.ts'
import { say } from '../print.ts'

/** What a server has to report: one readable line each at a terminal, JSON lines elsewhere. Always on stderr. */
export function createLog(isTerminal: boolean = process.stderr.isTTY === true, to?: DestinationStream): Log {
  if (isTerminal) return (level, message) => say(level === 'info' ? message : `${level}: ${message}`)
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, to ?? pino.destination({ dest: 2, sync: true }))
  return (level, message, details = {}) => logger[level](details, message)
}
