import { expect, test } from 'vitest'
import { QUEUE_NAMES, QUEUES } from '../../store/queues.ts'
import { nextRun, scheduleText } from './schedule.ts'

test.each([
  ['* * * * *', 'every minute', 'a cada minuto', '2026-11-21T08:08:00.000Z'],
  ['*/10 * * * *', 'every 10 minutes', 'a cada 10 minutos', '2026-11-21T08:10:00.000Z'],
  ['5 * * * *', 'hourly, at minute 5', 'de hora em hora, no minuto 5', '2026-11-21T09:05:00.000Z'],
  ['17 2 * * *', 'daily at 02:17 UTC', 'todo dia às 02:17 UTC', '2026-11-22T02:17:00.000Z'],
  ['7 8 * * *', 'daily at 08:07 UTC', 'todo dia às 08:07 UTC', '2026-11-22T08:07:00.000Z'],
  ['30 */12 * * *', 'daily at 00:30, 12:30 UTC', 'todo dia às 00:30, 12:30 UTC', '2026-11-21T12:30:00.000Z'],
])('%s is %s', (cron, en, pt, next) => {
  expect(scheduleText(cron)).toEqual({ en, 'pt-BR': pt })
  expect(nextRun(cron, new Date('2026-11-21T08:07:30Z')).toISOString()).toBe(next)
})

test('every schedule of ours can be said in words', () => {
  for (const name of QUEUE_NAMES) {
    const { schedule } = QUEUES[name]
    if (schedule !== null) expect(Object.keys(scheduleText(schedule))).toEqual(['en', 'pt-BR'])
  }
})

test.each(['0 0 1 * *', '61 * * * *', '0 25 * * *', '1,2 * * * *'])('%s is refused rather than told wrongly', cron => {
  expect(() => scheduleText(cron)).toThrow()
})
