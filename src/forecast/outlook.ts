import type { Day } from '../model/words.ts'
import { dayNumber } from './days.ts'
import { effortOf, shareOf } from './effort.ts'
import { ascending, medianOf, quantileOf } from './quantile.ts'
import { isQuiet } from './quiet-season.ts'
import type { KnownPoint } from './series.ts'
import { type Level, lineThrough } from './theil-sen.ts'
import { type WeekLevel, weeklyLevels } from './weekly-levels.ts'

/** What the forecasts of a series are read from. The method in words and formulas: docs/forecast.md. */
export type Outlook = Readonly<{
  /** The newest figure: forecasts begin the day after. */
  from: KnownPoint
  /** Weeks with figures that were used, and those left out for holidays. */
  weeks: number
  quietWeeks: number
  /** How many of the weeks, counted back, have the pace that was chosen. */
  paceWeeks: number
  /** Growth is clearly slowing, and taken to go on slowing: weeks in which it loses half its pace. Null: steady. */
  halvesIn: number | null
  /** Percentage points a week, at the present level. */
  pointsPerWeek: number
  /** A range of the share on a day after the newest figure, on the scale of `effortOf`. */
  at: (day: number) => Readonly<{ low: number; middle: number; high: number }>
}>

/** Eight of the last ten weeks need a figure: below that a trend is a guess. */
export const NEEDED_WEEKS = 8
const RECENT_WEEKS = 10
/** Half a year: long enough to see through a holiday, short enough to be about the present. */
const TREND_WEEKS = 26
/** Shorter ones whose pace is asked too: a quarter, and the least that makes a trend. */
const SHORTER_WEEKS = [13, 8] as const
/** The present level is the middle of so many: one wrong report does not move a forecast. */
const LEVEL_WEEKS = 3
/** Both halves of what a slowing is read from need so many weeks, and nothing slows faster than by half in so many. */
const SLOWING_WEEKS = 8
/** Windows of 28 days have no day in common after four weeks. */
const LAG_WEEKS = 4
/** A standard deviation is this many median deviations, were they normal. */
const MAD_TO_SD = 1.4826
/** 90 % where the rest has 80 %: a milestone counts from the first day that touches it, and what wanders touches early. */
const WANDER_Z = 1.6449

/** How many of the ten weeks before a day have a figure. */
export function weeksWithFigures(points: readonly KnownPoint[], today: Day): number {
  const end = dayNumber(today)
  const weeks = new Set<number>()
  for (let at = points.length - 1; at >= 0; at--) {
    // Within the list.
    const week = Math.floor((end - dayNumber(points[at]!.day)) / 7)
    if (week >= RECENT_WEEKS) break
    if (week >= 0) weeks.add(week)
  }
  return weeks.size
}

/** Undefined for fewer than eight of the last ten weeks with a figure. Points in the order of their days, none after `today`. */
export function outlookOf(points: readonly KnownPoint[], today: Day): Outlook | undefined {
  const from = points.at(-1)
  if (!from || weeksWithFigures(points, today) < NEEDED_WEEKS) return undefined
  const end = dayNumber(from.day)
  const all = weeklyLevels(points, TREND_WEEKS)
  const calm = all.filter(level => !isQuiet(level.day))
  // Better a trend through holidays than none.
  const used = (calm.length >= NEEDED_WEEKS ? calm : all).map(level => levelOf(level, end, from.seats))
  const pace = paceOf(used)
  const halvesIn = slowingOf(used)
  const height = medianOf(used.slice(-LEVEL_WEEKS).map(({ x, y }) => y - pace.slope * x))
  const every = all.map(level => levelOf(level, end, from.seats))
  return {
    from,
    weeks: used.length,
    quietWeeks: all.length - used.length,
    paceWeeks: pace.weeks,
    halvesIn,
    pointsPerWeek: 100 * (shareOf(height + pace.slope / 2) - shareOf(height - pace.slope / 2)),
    at: rangeOf({ pace, height, halvesIn, weeks: used.length }, every, end),
  }
}

/** Of today's seats, whatever there were then: that seats were bought is no loss of users. `x` in weeks, 0 at the newest figure. */
const levelOf = ({ day, users }: WeekLevel, end: number, seats: number): Level => ({ x: (day - end) / 7, y: effortOf(users / seats) })

type Pace = Readonly<{ slope: number; low: number; high: number; weeks: number }>

/**
 * The middle one of the slopes of half a year, a quarter and eight weeks: a shorter one is taken only when both say that the pace has
 * changed the same way. The range of the slope holds all three.
 */
function paceOf(levels: readonly Level[]): Pace {
  const windows = levels.length < SHORTER_WEEKS[0] ? [levels] : [levels, ...SHORTER_WEEKS.map(weeks => levels.slice(-weeks))]
  const lines = windows.map(window => ({ ...lineThrough(window), weeks: window.length }))
  const slopes = ascending(lines.map(line => line.slope))
  const slope = quantileOf(slopes, 0.5)
  // An odd number of slopes: their middle is one of them.
  const { lowSlope, highSlope, weeks } = lines.find(line => line.slope === slope)!
  return { slope, low: Math.min(lowSlope, ...slopes), high: Math.max(highSlope, ...slopes), weeks }
}

/**
 * In how many weeks growth loses half its pace, when the younger half of the weeks grew clearly less than the older one: each outside of
 * the other's range. Null when it is steady, or nobody can tell.
 */
function slowingOf(levels: readonly Level[]): number | null {
  const half = Math.floor(levels.length / 2)
  if (half < SLOWING_WEEKS) return null
  const [first, second] = [levels.slice(0, half), levels.slice(half)]
  const [older, younger] = [lineThrough(first), lineThrough(second)]
  if (younger.slope <= 0 || older.lowSlope <= younger.slope || older.slope <= younger.highSlope) return null
  const apart = medianOf(second.map(level => level.x)) - medianOf(first.map(level => level.x))
  return Math.max((apart * Math.LN2) / Math.log(older.slope / younger.slope), SLOWING_WEEKS)
}

type Trend = Readonly<{ pace: Pace; height: number; halvesIn: number | null; weeks: number }>

/**
 * Three things that nobody can know: the slope, the present level, and what weeks add of their own, which grows with the root of time. They
 * have nothing to do with each other, so their squares add up. On the low side growth tires: it loses half its pace in half the time that
 * it has been seen for, since few services come to be used by all. Weeks of holidays count here: they come again.
 */
function rangeOf({ pace, height, halvesIn, weeks: seen }: Trend, levels: readonly Level[], end: number): Outlook['at'] {
  const misses = ascending(levels.map(({ x, y }) => y - height - pace.slope * x))
  const above = Math.max(quantileOf(misses, 0.9), 0)
  const below = Math.max(-quantileOf(misses, 0.1), 0)
  const wander = WANDER_Z * weeklyWander(pace.slope, levels)
  // The pace is that of the middle of its weeks; by now it has slowed for half of them.
  const slowed = halvesIn === null ? 1 : 2 ** (-pace.weeks / 2 / halvesIn)
  const tires = Math.min(halvesIn ?? seen / 2, seen / 2)
  return day => {
    const weeks = (day - end) / 7
    const growth = pace.slope * (pace.slope > 0 ? slowed * slowing(weeks, halvesIn) : weeks)
    const least = pace.low * (pace.low > 0 ? slowed * slowing(weeks, tires) : weeks)
    const ofWeeks = wander * Math.sqrt(Math.max(weeks, 0))
    return {
      low: height + growth - Math.hypot(growth - least, below, ofWeeks),
      middle: height + growth,
      high: height + growth + Math.hypot(pace.high * weeks - growth, above, ofWeeks),
    }
  }
}

/** So many weeks of growth that loses half its pace every `half`, in weeks of the present pace. */
const slowing = (weeks: number, half: number | null): number => (half === null ? weeks : (half / Math.LN2) * (1 - 2 ** (-weeks / half)))

/** Standard deviation of what a week adds besides the trend, from steps of four weeks; of all steps where there are hardly any of four. */
function weeklyWander(slope: number, levels: readonly Level[]): number {
  const steps = (isWanted: (weeks: number) => boolean) =>
    levels.flatMap((to, at) =>
      levels.slice(0, at).flatMap(from => {
        const weeks = to.x - from.x
        return isWanted(weeks) ? [Math.abs(to.y - from.y - slope * weeks) / Math.sqrt(weeks)] : []
      }),
    )
  const apart = steps(weeks => Math.abs(weeks - LAG_WEEKS) <= 0.5)
  return MAD_TO_SD * medianOf(apart.length >= LAG_WEEKS ? apart : steps(weeks => weeks > 0))
}
