import { dayNumber } from './days.ts'
import { medianOf } from './quantile.ts'
import type { KnownPoint } from './series.ts'

/** The users of one week: `day` is the middle of the days that had a figure, `week` counts back from the newest point, which is in 0. */
export type WeekLevel = Readonly<{ week: number; day: number; users: number }>

/** A week with fewer days than this says nothing of its weekdays, and weekdays of fewer weeks are not taken out. */
const DAYS_FOR_WEEKDAYS = 4
const WEEKS_FOR_WEEKDAYS = 4

type Dated = Readonly<{ day: number; users: number }>

/**
 * One level per week of seven days, the last ending on the newest point, oldest first: the median of its figures without the effect of
 * their weekdays. Weeks without a figure have none. Points in the order of their days.
 */
export function weeklyLevels(points: readonly KnownPoint[], weeks: number): readonly WeekLevel[] {
  const dated = lastDays(points, weeks * 7)
  const last = dated[0]?.day ?? 0
  const byWeek = new Map<number, Dated[]>()
  for (const point of dated) {
    const week = Math.floor((last - point.day) / 7)
    const group = byWeek.get(week)
    if (group) group.push(point)
    else byWeek.set(week, [point])
  }
  const effects = weekdayEffects([...byWeek.values()])
  return [...byWeek]
    .map(([week, group]) => ({
      week,
      day: medianOf(group.map(point => point.day)),
      users: medianOf(group.map(point => point.users / (effects.get(weekdayOf(point.day)) ?? 1))),
    }))
    .sort((a, b) => b.week - a.week)
}

/** Those of so many days up to the newest, newest first. A series may be years long: the rest is not looked at. */
function lastDays(points: readonly KnownPoint[], days: number): readonly Dated[] {
  const dated: Dated[] = []
  for (let at = points.length - 1; at >= 0; at--) {
    // Within the list.
    const { day, users } = points[at]!
    const number = dayNumber(day)
    if (number <= (dated[0]?.day ?? number) - days) break
    dated.push({ day: number, users })
  }
  return dated
}

const weekdayOf = (day: number) => day % 7

/** By weekday: how its figures stand to the median of their week, the median over the weeks; only those that enough weeks tell of. */
function weekdayEffects(weeks: readonly (readonly Dated[])[]): ReadonlyMap<number, number> {
  const ratios = new Map<number, number[]>()
  for (const week of weeks) {
    const middle = medianOf(week.map(point => point.users))
    if (week.length < DAYS_FOR_WEEKDAYS || middle === 0) continue
    for (const { day, users } of week) {
      const known = ratios.get(weekdayOf(day)) ?? []
      known.push(users / middle)
      ratios.set(weekdayOf(day), known)
    }
  }
  const effects = new Map<number, number>()
  for (const [weekday, of] of ratios) {
    const effect = medianOf(of)
    if (of.length >= WEEKS_FOR_WEEKDAYS && effect > 0) effects.set(weekday, effect)
  }
  return effects
}
