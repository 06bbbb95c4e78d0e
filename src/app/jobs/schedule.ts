import type { Text } from '../../model/words.ts'

/** The cron lines of our queues: a minute and an hour, each a number, `*` or `*∕n`, and every day. In UTC. */
type Schedule = Readonly<{ minutes: readonly number[]; hours: readonly number[] }>

/** Throws for a line that none of our queues has. */
function readSchedule(cron: string): Schedule {
  const [minute = '', hour = '', ...days] = cron.split(' ')
  if (days.join(' ') !== '* * *') throw new Error(`a schedule that is not every day: ${cron}`)
  return { minutes: valuesOf(minute, 60), hours: valuesOf(hour, 24) }
}

function valuesOf(field: string, count: number): readonly number[] {
  const all = [...Array(count).keys()]
  const step = /^\*(?:\/(\d+))?$/.exec(field)
  const values = step ? all.filter(each => each % Number(step[1] ?? 1) === 0) : all.filter(each => String(each) === field)
  if (values.length === 0) throw new Error(`not a minute or an hour of a schedule: ${field}`)
  return values
}

/** A schedule in words. */
export function scheduleText(cron: string): Text {
  const { minutes, hours } = readSchedule(cron)
  const [minute = 0, second] = minutes
  if (hours.length < 24) {
    const times = hours.map(hour => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`).join(', ')
    return { en: `daily at ${times} UTC`, 'pt-BR': `todo dia às ${times} UTC` }
  }
  if (minutes.length === 60) return { en: 'every minute', 'pt-BR': 'a cada minuto' }
  if (second !== undefined) return { en: `every ${second - minute} minutes`, 'pt-BR': `a cada ${second - minute} minutos` }
  return { en: `hourly, at minute ${minute}`, 'pt-BR': `de hora em hora, no minuto ${minute}` }
}

/** The first moment after `now` at which the schedule says so. */
export function nextRun(cron: string, now: Date): Date {
  const { minutes, hours } = readSchedule(cron)
  const MINUTE_MS = 60_000
  // Two days of minutes hold every line that there can be.
  for (let at = Math.floor(now.getTime() / MINUTE_MS) + 1, left = 2 * 24 * 60; left > 0; at++, left--) {
    const moment = new Date(at * MINUTE_MS)
    if (minutes.includes(moment.getUTCMinutes()) && hours.includes(moment.getUTCHours())) return moment
  }
  throw new Error(`a schedule that never comes: ${cron}`)
}
