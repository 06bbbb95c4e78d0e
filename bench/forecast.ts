import { chanceFrom } from '../src/app/demo/chance.ts'
import { activeOn, type Trend } from '../src/app/demo/usage-curve.ts'
import { dayAt, dayNumber } from '../src/forecast/days.ts'
import { forecastOf } from '../src/forecast/milestones.ts'
import { outlookOf } from '../src/forecast/outlook.ts'
import { isAt, type KnownPoint } from '../src/forecast/series.ts'
import { Day } from '../src/model/words.ts'
import { type Bench, compared, interleave, type Measurement, median, round } from './measure.ts'

/** Days of each series; forecasts are made in the middle part and looked up in the rest. */
const DAYS = 900
const FIRST_MADE = 120
const LAST_MADE = 620
const MADE_EVERY = 28
/** Points above the present percent that are forecast. */
const STEPS = [2, 5, 10, 20] as const
const NAIVE_DAYS = 182
const HORIZON_DAYS = 728
const START = dayNumber(Day.parse('2024-01-01'))

type Family = Readonly<{ name: string; series: (seed: number) => readonly KnownPoint[] }>

const FAMILIES: readonly Family[] = [
  { name: 'demo', series: demoSeries },
  { name: 'walk', series: walkSeries },
  { name: 'line', series: lineSeries },
]

/** A curve as the demo draws them, each of another pace, size and end. */
function demoSeries(seed: number): readonly KnownPoint[] {
  const chance = chanceFrom(seed)
  const seats = chance.int(30, 4000)
  const trend: Trend = chance.is(75) ? 'rise' : chance.is(50) ? 'flat' : 'fall'
  const final = Math.round((seats * chance.int(15, 92)) / 100)
  const curve = { seed, trend, from: START, to: START + DAYS, final, most: seats, rampDays: chance.int(60, 400) }
  return Array.from({ length: DAYS }, (_, age) => point(age, activeOn(curve, START + age), seats))
}

/** Use that wanders: a drift and a step of chance every day, and of that the mean of 28 days. */
function walkSeries(seed: number): readonly KnownPoint[] {
  const chance = chanceFrom(seed + 100_000)
  const seats = chance.int(30, 4000)
  const drift = (chance.int(-2, 12) / 100 / 30) * seats * 0.4
  const step = (chance.int(1, 8) / 1000) * seats
  let level = (chance.int(5, 50) / 100) * seats
  const daily = Array.from({ length: DAYS + 28 }, () => {
    level = Math.min(Math.max(level + drift + step * (chance.next() + chance.next() + chance.next() - 1.5) * 2, 0), seats)
    return level
  })
  return rolling(daily, seats)
}

/** A steady pace, with the noise of what each month has of its own. */
function lineSeries(seed: number): readonly KnownPoint[] {
  const chance = chanceFrom(seed + 200_000)
  const seats = chance.int(30, 4000)
  const [from, pace] = [chance.int(2, 30) / 100, chance.int(2, 25) / 1000 / 7]
  const noise = chance.int(0, 40) / 1000
  const daily = Array.from(
    { length: DAYS + 28 },
    (_, age) => seats * Math.min(from + pace * age, 1) * (1 + noise * (chance.next() - 0.5) * 10),
  )
  return rolling(daily, seats)
}

const rolling = (daily: readonly number[], seats: number) =>
  Array.from({ length: DAYS }, (_, age) => {
    const sum = daily.slice(age, age + 28).reduce((total, each) => total + each, 0)
    return point(age, Math.min(Math.max(Math.round(sum / 28), 0), seats), seats)
  })

const point = (age: number, users: number, seats: number): KnownPoint => ({ day: dayAt(START + age), users, seats })

/** The day on which a straight line through the first and the last figure of half a year stands at a percent. */
function naive(points: readonly KnownPoint[], percent: number): number | null {
  const [first, last] = [points.at(-NAIVE_DAYS) ?? points[0], points.at(-1)]
  if (!first || !last) return null
  const days = dayNumber(last.day) - dayNumber(first.day)
  const slope = (last.users - first.users) / days
  const left = (percent / 100) * last.seats - last.users
  const wait = Math.ceil(left / slope)
  return slope > 0 && wait <= HORIZON_DAYS ? dayNumber(last.day) + Math.max(wait, 1) : null
}

/** How forecasts that can be judged came out. `contradicted`: reached outside of the range, or not by its end. */
type Tally = {
  made: number
  inRange: number
  contradicted: number
  /** Nothing says otherwise yet: not reached, and the range has not ended. */
  open: number
  notInSight: number
  notInSightReached: number
  /** Days between expected and reached, where both methods gave a day. */
  errors: number[]
  naiveErrors: number[]
}

export function backtest({ series }: Family, count: number): Tally {
  const tally: Tally = {
    made: 0,
    inRange: 0,
    contradicted: 0,
    open: 0,
    notInSight: 0,
    notInSightReached: 0,
    errors: [],
    naiveErrors: [],
  }
  for (let seed = 1; seed <= count; seed++) {
    const all = series(seed)
    for (let made = FIRST_MADE; made <= LAST_MADE; made += MADE_EVERY) lookUp(tally, all, made)
  }
  return tally
}

function lookUp(tally: Tally, all: readonly KnownPoint[], made: number): void {
  const points = all.slice(0, made + 1)
  // Both within the series.
  const [now, end] = [points.at(-1)!, all.at(-1)!]
  const outlook = outlookOf(points, now.day)
  for (const step of STEPS) {
    const goal = Math.round((now.users / now.seats) * 100) + step
    if (goal > 100) continue
    const forecast = forecastOf(points, outlook, goal, now.day)
    if (forecast.state === 'reached' || forecast.state === 'too-little-data') continue
    const reached = all.find((each, age) => age > made && isAt(each, goal))?.day
    if (forecast.state === 'not-in-sight') {
      tally.notInSight++
      if (reached) tally.notInSightReached++
      continue
    }
    tally.made++
    const { expected, earliest, latest } = forecast
    if (reached) {
      if (reached < earliest || (latest !== null && reached > latest)) tally.contradicted++
      else tally.inRange++
      const other = naive(points, goal)
      if (other === null) continue
      tally.errors.push(Math.abs(dayNumber(reached) - dayNumber(expected)))
      tally.naiveErrors.push(Math.abs(dayNumber(reached) - other))
    } else if (latest !== null && latest < end.day) tally.contradicted++
    else tally.open++
  }
}

/** Series of each family; `FORECAST_SERIES` for a quicker look. */
const COUNT = Number(process.env.FORECAST_SERIES ?? 200)
/** Series forecast for the measure of time. */
const TIMED = 200

export const bench: Bench = async () => [...FAMILIES.flatMap(accuracyOf), await speed()]

/** The share of ranges that held is printed beside: a line of the results compares two numbers of one unit. */
function accuracyOf(family: Family): readonly Measurement[] {
  const { made, inRange, contradicted, open, errors, naiveErrors, notInSight, notInSightReached } = backtest(family, COUNT)
  const percent = (part: number, of: number) => `${round((100 * part) / Math.max(of, 1), 1)} %`
  const size = `${made} forecasts: ${percent(inRange, inRange + contradicted)} of those decided within their range, ${percent(open, made)} open; ${percent(notInSightReached, notInSight)} of ${notInSight} "not in sight" reached`
  return [
    compared({
      name: `forecast-error-${family.name}`,
      ours: median(errors),
      unit: 'days',
      against: 'a straight line through the first and the last figure of half a year',
      kind: 'peer',
      other: median(naiveErrors),
      size,
      runs: 1,
    }),
  ]
}

/** What a night costs per service: all three milestones of series of a year and a half, against the naive line. */
async function speed(): Promise<Measurement> {
  const series = Array.from({ length: TIMED }, (_, seed) => demoSeries(seed + 1).slice(0, 540))
  const goals = [10, 40, 100]
  const run = (each: (points: readonly KnownPoint[]) => void) => () => series.forEach(each)
  const times = await interleave(
    5,
    run(points => {
      // Not empty.
      const { day } = points.at(-1)!
      const outlook = outlookOf(points, day)
      for (const goal of goals) forecastOf(points, outlook, goal, day)
    }),
    run(points => {
      for (const goal of goals) naive(points, goal)
    }),
  )
  return compared({
    name: 'forecast-time',
    ...times,
    unit: 'ms',
    against: 'a straight line through the first and the last figure of half a year',
    kind: 'peer',
    size: `${TIMED} services of 540 days, three milestones each`,
    runs: 5,
  })
}
