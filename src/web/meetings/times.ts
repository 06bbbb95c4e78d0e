/** Moments and wall-clock times of time zones, for showing and for fields. */

/** The zone of the browser. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

export const zones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')]

// Intl objects cost milliseconds to make, and a month asks for them a hundred times.
const made = new Map<string, Intl.DateTimeFormat>()
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options)
  made.set(key, format)
  return format
}

/** Day and hours of a meeting in one zone: `Tue, Nov 24, 10:00 – 10:30 AM`. */
export const span = (from: string, to: string, timeZone: string, locale: string): string =>
  formatOf(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZone }).formatRange(
    new Date(from),
    new Date(to),
  )

export const hours = (from: string, to: string, timeZone: string, locale: string): string =>
  formatOf(locale, { hour: 'numeric', minute: '2-digit', timeZone }).formatRange(new Date(from), new Date(to))

export const longDay = (day: string, locale: string): string =>
  formatOf(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

export const moment = (at: string, timeZone: string, locale: string): string =>
  formatOf(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(new Date(at))

/** The local day of a moment, `YYYY-MM-DD`. */
export const dayIn = (at: string, timeZone: string): string =>
  formatOf('sv-SE', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(new Date(at))

/** Every day of a month with those of the weeks that it shares with its neighbours, Monday first. */
export function daysOfMonth(month: string): readonly string[] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const start = new Date(first)
  start.setUTCDate(1 - ((first.getUTCDay() + 6) % 7))
  const next = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1))
  const days: string[] = []
  for (const day = start; day < next || days.length % 7 !== 0; day.setUTCDate(day.getUTCDate() + 1))
    days.push(day.toISOString().slice(0, 10))
  return days
}

/** The month `step` months away. */
export function monthFrom(month: string, step: number): string {
  const day = new Date(`${month}-01T00:00:00Z`)
  day.setUTCMonth(day.getUTCMonth() + step)
  return day.toISOString().slice(0, 7)
}
