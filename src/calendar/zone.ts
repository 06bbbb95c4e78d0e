import { Temporal } from 'temporal-polyfill'
import type { Day } from '../model/words.ts'

/** Wall-clock time of a zone to the minute, `2026-11-24T10:00`. */
export type Local = string
/** An instant in UTC as the program writes it, `2026-11-24T13:00:00.000Z`. */
export type Instant = string

/** Whether it is a time zone of the IANA database, `America/Sao_Paulo`; offsets and abbreviations are not. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  if (name !== 'UTC' && !name.includes('/')) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

/** A local time that clocks show twice is the first one; one that they leave out is taken by the offset before (RFC 5545, 3.3.5). */
export const zoned = (local: Local, zone: string): Temporal.ZonedDateTime =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' })

export const instantOf = (local: Local, zone: string): Instant => textOf(zoned(local, zone).epochMilliseconds)

export const localOf = (instant: Instant, zone: string): Local =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })

/** Whether clocks in the zone ever show this time: put forward, they leave out an hour. */
export const isShown = (local: Local, zone: string): boolean => localOf(instantOf(local, zone), zone) === local

/** The day in the zone. */
// An ISO date always is a day.
export const dayIn = (instant: Instant, zone: string): Day => localOf(instant, zone).slice(0, 10) as Day

export const plusMinutes = (instant: Instant, minutes: number): Instant => textOf(Date.parse(instant) + minutes * 60_000)
export const plusDays = (instant: Instant, days: number): Instant => plusMinutes(instant, days * 24 * 60)

export const textOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString()
