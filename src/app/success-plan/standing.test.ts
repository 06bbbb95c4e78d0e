import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Standing } from '../../model/success-plan-api.ts'
import type { Day } from '../../model/words.ts'
import { directionOf, type Measured, standingOf, standingOfAll } from './standing.ts'

const TODAY = '2026-11-21' as Day
const dayAfter = (days: number): Day => new Date(Date.parse(TODAY) + days * 86_400_000).toISOString().slice(0, 10) as Day

/** From 0 on 1 January to 100 on 31 December: a hundredth each 3.64 days. */
const metric = (change: Partial<Measured> = {}): Measured => ({
  baseline: 0,
  startsOn: '2026-01-01' as Day,
  target: 100,
  direction: 'up',
  targetDate: '2026-12-31' as Day,
  reading: { value: 95, asOf: TODAY },
  maxAgeDays: 90,
  ...change,
})
const at = (value: number, asOf: Day = TODAY) => ({ reading: { value, asOf } })

test.each<[string, Partial<Measured>, Standing['state'], RegExp]>([
  ['no reading', { reading: null }, 'unknown', /no reading yet/],
  ['a reading of tomorrow', at(100, dayAfter(1)), 'unknown', /in the future/],
  ['a reading that is too old, though it reaches the target', at(100, dayAfter(-91)), 'unknown', /91 days old/],
  ['a reading as old as allowed', at(100, dayAfter(-90)), 'met', /reached/],
  ['the target to the point', at(100), 'met', /reached/],
  ['nearly the target, and time left', at(99.99), 'on-track', /99 % of the way is done/],
  ['less than expected', at(80), 'behind', /80 % of the way is done; by 2026-11-21 it should be 89 %/],
  [
    'less than expected today, as expected on the day of the reading',
    at(70, '2026-09-01' as Day),
    'on-track',
    /66 % expected by 2026-09-01/,
  ],
  ['the target date passed', { ...at(99), targetDate: dayAfter(-1) }, 'behind', /has passed/],
  ['the target date is today', { ...at(100), targetDate: TODAY }, 'met', /reached/],
  ['the target date passed, without baseline', { ...at(99), baseline: null, targetDate: dayAfter(-1) }, 'behind', /has passed/],
  ['no baseline', { ...at(50), baseline: null }, 'unknown', /without a baseline/],
  ['a baseline past the target', { ...at(50), baseline: 120 }, 'unknown', /already past the target/],
  ['no progress and none expected yet', { ...at(0), startsOn: TODAY }, 'not-started', /no progress/],
  ['no progress, without a target date', { ...at(-3), targetDate: null }, 'not-started', /no progress/],
  ['no progress where there should be some', at(0), 'behind', /0 % of the way/],
  ['progress without a target date', { ...at(30), targetDate: null }, 'unknown', /30 % of the way is done; without a target date/],
  ['progress since an unknown day', { ...at(30), startsOn: null }, 'unknown', /not known since when/],
  ['downwards, reached', { ...at(3), baseline: 10, target: 3, direction: 'down' }, 'met', /reached/],
  ['downwards, behind', { ...at(9), baseline: 10, target: 3, direction: 'down' }, 'behind', /14 % of the way/],
])('%s: %s', (_, change, state, because) => {
  const standing = standingOf(metric(change), TODAY)
  expect(standing.state).toBe(state)
  expect(standing.because.en).toMatch(because)
  expect(Object.keys(standing.because)).toEqual(['en', 'pt-BR'])
})

test.each([
  [{ direction: null, baseline: 10, target: 3 }, 'down'],
  [{ direction: null, baseline: 3, target: 10 }, 'up'],
  [{ direction: null, baseline: null, target: 10 }, 'up'],
  [{ direction: 'down' as const, baseline: null, target: 10 }, 'down'],
])('%j goes %s', (given, expected) => {
  expect(directionOf(given)).toBe(expected)
})

const day = fc.integer({ min: -400, max: 400 }).map(dayAfter)
const figure = fc.integer({ min: -1000, max: 1000 })
const anyMetric: fc.Arbitrary<Measured> = fc.record({
  baseline: fc.option(figure),
  startsOn: fc.option(day),
  target: figure,
  direction: fc.constantFrom('up', 'down'),
  targetDate: fc.option(day),
  reading: fc.option(fc.record({ value: figure, asOf: day })),
  maxAgeDays: fc.integer({ min: 0, max: 400 }),
})
const RANK: Readonly<Partial<Record<Standing['state'], number>>> = { behind: 0, 'not-started': 0, 'on-track': 1, met: 2 }

test('a better reading of the same day never stands worse', () => {
  fc.assert(
    fc.property(anyMetric, fc.integer({ min: 0, max: 500 }), (one, better) => {
      fc.pre(one.reading !== null)
      const value = one.reading.value + (one.direction === 'up' ? better : -better)
      const [before, after] = [standingOf(one, TODAY), standingOf({ ...one, reading: { ...one.reading, value } }, TODAY)]
      fc.pre(RANK[before.state] !== undefined && RANK[after.state] !== undefined)
      expect(RANK[after.state]).toBeGreaterThanOrEqual(RANK[before.state] ?? 0)
      expect(after.progress ?? 1).toBeGreaterThanOrEqual(before.progress ?? 0)
    }),
  )
})

test('upwards and downwards are one rule', () => {
  fc.assert(
    fc.property(anyMetric, one => {
      const turned: Measured = {
        ...one,
        baseline: one.baseline === null ? null : -one.baseline,
        target: -one.target,
        direction: one.direction === 'up' ? 'down' : 'up',
        reading: one.reading && { ...one.reading, value: -one.reading.value },
      }
      const [a, b] = [standingOf(one, TODAY), standingOf(turned, TODAY)]
      expect({ ...b, progress: (b.progress ?? -1) + 0 }).toEqual({ ...a, progress: (a.progress ?? -1) + 0 })
    }),
  )
})

test('the unit does not matter', () => {
  fc.assert(
    fc.property(anyMetric, fc.constantFrom(2, 4, 1024), (one, times) => {
      const scaled: Measured = {
        ...one,
        baseline: one.baseline === null ? null : one.baseline * times,
        target: one.target * times,
        reading: one.reading && { ...one.reading, value: one.reading.value * times },
      }
      expect(standingOf(scaled, TODAY)).toEqual(standingOf(one, TODAY))
    }),
  )
})

test('what cannot be told is unknown, and met is what reaches the target', () => {
  fc.assert(
    fc.property(anyMetric, one => {
      const { reading } = one
      const { state } = standingOf(one, TODAY)
      const isUsable = reading !== null && reading.asOf <= TODAY && reading.asOf >= dayAfter(-one.maxAgeDays)
      const isReached = isUsable && (one.direction === 'up' ? reading.value >= one.target : reading.value <= one.target)
      expect(state === 'met').toBe(isReached)
      if (!isUsable) expect(state).toBe('unknown')
    }),
  )
})

test('more time never makes a metric fall behind', () => {
  fc.assert(
    fc.property(anyMetric, fc.integer({ min: 1, max: 400 }), (one, more) => {
      fc.pre(one.targetDate !== null && one.startsOn !== null && one.startsOn < one.targetDate)
      const later = new Date(Date.parse(one.targetDate) + more * 86_400_000).toISOString().slice(0, 10) as Day
      fc.pre(standingOf(one, TODAY).state !== 'behind')
      expect(standingOf({ ...one, targetDate: later }, TODAY).state).not.toBe('behind')
    }),
  )
})

const standing = (state: Standing['state'], progress: number | null = 0.5): Standing => ({ state, progress, expected: null, because: {} })

test.each<[Standing['state'][], Standing['state']]>([
  [[], 'unknown'],
  [['met', 'met'], 'met'],
  [['met', 'behind', 'unknown'], 'behind'],
  [['met', 'unknown'], 'unknown'],
  [['met', 'not-started'], 'on-track'],
  [['not-started', 'not-started'], 'not-started'],
  [['on-track', 'met'], 'on-track'],
])('an objective with %j is %s', (states, expected) => {
  expect(standingOfAll(states.map(each => standing(each))).state).toBe(expected)
})

test('the progress of an objective is the mean, and unknown where one is', () => {
  expect(standingOfAll([standing('met', 1), standing('on-track', 0.5)]).progress).toBe(0.75)
  expect(standingOfAll([standing('met', 1), standing('unknown', null)]).progress).toBeNull()
})
