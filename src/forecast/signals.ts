import type { UsageSignal } from '../model/usage-api.ts'
import type { Day, Text } from '../model/words.ts'
import { dayNumber } from './days.ts'
import { isQuiet } from './quiet-season.ts'
import type { SeatPoint } from './series.ts'
import { number } from './words.ts'

/** A change in fewer seats than these is one or two people: nothing is said. */
const LEAST_SEATS = 20
/** Two-sided, at most one in a hundred by chance: among thousands of services 1.96 would cry wolf every day. */
const Z = 2.58
/** Colleagues begin and stop together, so a seat is not a case of its own: half of them count. */
const DESIGN_EFFECT = 2
const LEAST_USERS = 5
const LEAST_POINTS = 2
const LEAST_PART = 0.1
/** Four whole weeks: the same weekdays, and no day in both windows. A figure up to a week older stands in for a missing one. */
const APART_DAYS = 28
const SLACK_DAYS = 6
const STALE_DAYS = 21

export type Count = Readonly<{ day: Day; users: number }>

/** Whether users of a service grew or fell more than chance and holidays explain, of the seats there are now; null: no. */
export function changeBetween(before: Count, now: Count, seats: number): 'gain' | 'drop' | null {
  if (seats < LEAST_SEATS) return null
  const change = now.users - before.users
  const least = Math.max(LEAST_USERS, (LEAST_POINTS * seats) / 100, LEAST_PART * before.users)
  if (Math.abs(change) < least || Math.abs(zOf(before.users, now.users, seats)) < Z) return null
  const quiet = { before: isQuiet(dayNumber(before.day)), now: isQuiet(dayNumber(now.day)) }
  if (change > 0) return quiet.before ? null : 'gain'
  return quiet.now ? null : 'drop'
}

/**
 * Difference of two shares in standard errors, pooled, as of two groups of people. They are the same people twice, which makes the true
 * error smaller: the test says yes too seldom rather than too often.
 */
export function zOf(before: number, now: number, seats: number): number {
  const [first, second] = [Math.min(before / seats, 1), Math.min(now / seats, 1)]
  const pooled = (first + second) / 2
  const error = Math.sqrt((2 * pooled * (1 - pooled) * DESIGN_EFFECT) / seats)
  if (error === 0) return second > first ? Number.POSITIVE_INFINITY : second < first ? Number.NEGATIVE_INFINITY : 0
  return (second - first) / error
}

/** Licences of a service, as the newest reports tell; null where not known. */
export type Licences = Readonly<{ entitled: number | null; assigned: number | null; asOf: Day | null }>

export const SEATS_ADDED = { least: 5, part: 0.02 }
const UNASSIGNED = { least: 10, part: 0.05 }

/** What changed of late and is worth a word. Points in the order of their days, none after `today`. */
export function signalsOf(points: readonly SeatPoint[], licences: Licences, today: Day): readonly UsageSignal[] {
  return [...usersChanged(points, today), ...seatsAdded(points, today), ...unassigned(licences, today)]
}

function usersChanged(points: readonly SeatPoint[], today: Day): readonly UsageSignal[] {
  const pair = comparedPoints(points, today)
  if (!pair) return []
  const { before, now } = pair
  const kind = now.seats === null ? null : changeBetween(before, now, now.seats)
  if (kind === null) return []
  const percent = (Math.abs(now.users - before.users) / Math.max(before.users, 1)) * 100
  const text = kind === 'gain' ? GAIN : DROP
  return [{ kind, before: before.users, now: now.users, from: before.day, to: now.day, text: text(before, now, percent) }]
}

function seatsAdded(points: readonly SeatPoint[], today: Day): readonly UsageSignal[] {
  const pair = comparedPoints(points, today)
  if (!pair || pair.before.seats === null || pair.now.seats === null) return []
  const [before, now] = [pair.before.seats, pair.now.seats]
  if (now - before < Math.max(SEATS_ADDED.least, SEATS_ADDED.part * before)) return []
  return [{ kind: 'seats-added', before, now, from: pair.before.day, to: pair.now.day, text: ADDED(now - before, before, now) }]
}

function unassigned({ entitled, assigned, asOf }: Licences, today: Day): readonly UsageSignal[] {
  if (entitled === null || assigned === null || asOf === null || dayNumber(today) - dayNumber(asOf) > STALE_DAYS) return []
  const free = entitled - assigned
  if (free < Math.max(UNASSIGNED.least, UNASSIGNED.part * entitled)) return []
  return [{ kind: 'licences-unassigned', before: entitled, now: assigned, from: null, to: asOf, text: FREE(free, entitled) }]
}

/** The newest figure and that of four weeks before; undefined when either is missing or too old. */
function comparedPoints(points: readonly SeatPoint[], today: Day): Readonly<{ before: SeatPoint; now: SeatPoint }> | undefined {
  const now = points.at(-1)
  if (!now || dayNumber(today) - dayNumber(now.day) > STALE_DAYS) return undefined
  const wanted = dayNumber(now.day) - APART_DAYS
  const before = points.findLast(({ day }) => dayNumber(day) <= wanted)
  return before && dayNumber(before.day) >= wanted - SLACK_DAYS ? { before, now } : undefined
}

const both = (say: (locale: 'en' | 'pt-BR') => string): Text => ({ en: say('en'), 'pt-BR': say('pt-BR') })

const GAIN = (before: SeatPoint, now: SeatPoint, percent: number) =>
  both(locale =>
    locale === 'en'
      ? `${number(now.users, locale)} active users, ${number(percent, locale, 0)} % more than the ${number(before.users, locale)} of ${before.day}.`
      : `${number(now.users, locale)} usuários ativos, ${number(percent, locale, 0)} % a mais que os ${number(before.users, locale)} de ${before.day}.`,
  )
const DROP = (before: SeatPoint, now: SeatPoint, percent: number) =>
  both(locale =>
    locale === 'en'
      ? `${number(now.users, locale)} active users, ${number(percent, locale, 0)} % fewer than the ${number(before.users, locale)} of ${before.day}.`
      : `${number(now.users, locale)} usuários ativos, ${number(percent, locale, 0)} % a menos que os ${number(before.users, locale)} de ${before.day}.`,
  )
const ADDED = (added: number, before: number, now: number) =>
  both(locale =>
    locale === 'en'
      ? `${number(added, locale)} seats added, from ${number(before, locale)} to ${number(now, locale)}: the percent falls without anybody leaving.`
      : `${number(added, locale)} licenças adicionadas, de ${number(before, locale)} para ${number(now, locale)}: o percentual cai sem que ninguém saia.`,
  )
const FREE = (free: number, entitled: number) =>
  both(locale =>
    locale === 'en'
      ? `${number(free, locale)} of ${number(entitled, locale)} licences are assigned to nobody.`
      : `${number(free, locale)} de ${number(entitled, locale)} licenças não estão atribuídas a ninguém.`,
  )
