import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Forecast } from '../model/usage-api.ts'
import { Day } from '../model/words.ts'
import { becauseOf } from './because.ts'
import { dayAt, dayNumber } from './days.ts'
import { effortOf, shareOf } from './effort.ts'
import { bandOf, forecastOf, reachedOn } from './milestones.ts'
import { outlookOf } from './outlook.ts'
import { isQuiet } from './quiet-season.ts'
import { anySeries, END, weekly } from './series.arb.ts'
import { isAt, type KnownPoint, knownPoints, percentOf } from './series.ts'
import { weeklyLevels } from './weekly-levels.ts'

const today = END
const inDays = (days: number) => dayAt(dayNumber(today) + days)
const forecast = (points: readonly KnownPoint[], percent: number, on = today) => forecastOf(points, outlookOf(points, on), percent, on)
const line = (weeks: number, from: number, step: number) => Array.from({ length: weeks }, (_, week) => from + step * week)
const expectedIn = (of: Forecast) => (of.state === 'expected' ? dayNumber(of.expected) - dayNumber(today) : of.state)

describe('a steady pace', () => {
  // 1 % of the seats a week, at 39 % now.
  const points = weekly(line(20, 200, 10))

  test('is followed to the day', () => {
    expect([40, 41, 50, 70].map(percent => expectedIn(forecast(points, percent)))).toEqual([7, 14, 77, 217])
  })

  test('has a range of half a week before, and of a pace that halves every ten weeks after', () => {
    // 10 / ln 2 × (1 − 2^(−w / 10)) weeks of growth: one after 1.04 weeks, eleven after 20.7.
    expect(forecast(points, 40)).toEqual({ state: 'expected', earliest: inDays(4), expected: inDays(7), latest: inDays(8 + 3) })
    expect(forecast(points, 50)).toEqual({ state: 'expected', earliest: inDays(74), expected: inDays(77), latest: inDays(146 + 3) })
    // 14.4 weeks of growth are all there ever are.
    expect(forecast(points, 54)).toMatchObject({ state: 'expected', latest: null })
  })

  test('slows in the last fifth and never passes the seats', () => {
    const ninety = Number(expectedIn(forecast(points, 90)))
    expect(ninety).toBeGreaterThan(51 * 7)
    expect([shareOf(effortOf(0.3)), shareOf(effortOf(0.9)), shareOf(1e9)]).toEqual([0.3, expect.closeTo(0.9, 12), 0.999])
    expect(Math.max(...bandOf(outlookOf(weekly(line(20, 500, 25)), today)!).map(each => each.high))).toBeLessThanOrEqual(99.9)
  })

  test('is told in words, in each language', () => {
    const outlook = outlookOf(points, today)
    expect(becauseOf(forecastOf(points, outlook, 50, today), 50, points, outlook)).toEqual({
      en: `20 weeks of figures up to ${END}: +1.00 points a week at 39.0 % (trend by Theil and Sen). The range holds four cases of five, if things go on as they did and seats stay as they are.`,
      'pt-BR': `20 semanas de números até ${END}: +1,00 pontos por semana com 39,0 % (tendência de Theil e Sen). A faixa contém quatro de cada cinco casos, se tudo continuar como antes e o número de licenças não mudar.`,
    })
  })
})

test('what is beyond two years, flat or falling is not in sight', () => {
  expect(forecast(weekly(line(20, 200, 1)), 40).state).toBe('not-in-sight')
  for (const step of [0, -5]) expect(forecast(weekly(line(20, 300, step)), 40).state).toBe('not-in-sight')
})

test('no forecast with fewer than eight of the last ten weeks, nor from a series that stopped', () => {
  const seven = weekly(line(7, 200, 10))
  expect(forecast(seven, 40)).toEqual({ state: 'too-little-data', weeks: 7, needed: 8 })
  const gaps = weekly(line(26, 100, 10)).filter((_, week) => ![17, 19, 21].includes(week))
  expect(forecast(gaps, 40)).toEqual({ state: 'too-little-data', weeks: 7, needed: 8 })
  expect(forecast(weekly(line(8, 200, 10)), 40).state).toBe('expected')
  const stopped = weekly(line(26, 100, 10))
  expect(forecast(stopped, 40, inDays(21))).toMatchObject({ state: 'too-little-data', weeks: 7 })
  expect(forecast([], 40)).toEqual({ state: 'too-little-data', weeks: 0, needed: 8 })
})

test('a milestone is reached on the first day at or above, also when it is below again', () => {
  const points = weekly([399, 400, 300, 300, 300, 300, 300, 300, 300])
  const on = points[1]!.day
  expect(reachedOn(points, 40)).toBe(on)
  const reached = forecast(points, 40)
  expect(reached).toEqual({ state: 'reached', on })
  expect(becauseOf(reached, 40, points, undefined).en).toBe(`At or above it for the first time on ${on}. Below it again: 30.0 % on ${END}.`)
  // It may have been long before the first figure.
  expect(forecast(points, 39)).toEqual({ state: 'reached', on: null })
  expect([isAt({ day: today, users: 29, seats: 100 }, 29), percentOf({ day: today, users: 29, seats: 100 })]).toEqual([true, 29])
})

test('seats bought are no loss of users: the pace stays, the way is longer', () => {
  const before = weekly(line(20, 200, 10))
  const bought = before.map((point, week) => (week < 17 ? point : { ...point, seats: 1300 }))
  // 520 users are 40 % now: 13 weeks of ten.
  expect(expectedIn(forecast(bought, 40))).toBe(13 * 7)
})

test('one wrong report moves no forecast', () => {
  const users = line(20, 200, 10)
  for (const wrong of [0, 5, 380]) {
    for (const at of [10, 18]) {
      const points = weekly(users.map((each, week) => (week === at ? wrong : each)))
      expect(Math.abs(Number(expectedIn(forecast(points, 50))) - 77)).toBeLessThanOrEqual(7)
    }
  }
})

test('a dip at the end of the year does not make the forecast panic', () => {
  // A tenth fewer in the weeks whose window holds the holidays; still so when the forecast is made.
  const end = Day.parse('2027-01-17')
  const calm = weekly(line(26, 200, 10), 1000, end)
  const dipped = calm.map(point => (isQuiet(dayNumber(point.day)) ? { ...point, users: Math.round(point.users * 0.9) } : point))
  const [without, withDip] = [calm, dipped].map(points => forecastOf(points, outlookOf(points, end), 60, end))
  expect(dipped.filter((point, week) => point.users !== calm[week]!.users).length).toBeGreaterThanOrEqual(3)
  expect([withDip!.state, without!.state]).toEqual(['expected', 'expected'])
  if (withDip?.state === 'expected' && without?.state === 'expected') expect(withDip.expected).toBe(without.expected)
})

test('weekdays are taken out of daily figures', () => {
  const days = 70
  // Saturdays and Sundays a third lower.
  const daily = Array.from({ length: days }, (_, index) => {
    const day = dayAt(dayNumber(today) - (days - 1 - index))
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay())
    return { day, users: isWeekend ? 200 : 300, seats: 1000 }
  })
  expect(new Set(weeklyLevels(daily, 26).map(level => level.users))).toEqual(new Set([300]))
  // The same of every second day, where weeks hold other weekdays.
  const sparse = daily.filter((_, index) => index % 2 === 1)
  expect(weeklyLevels(sparse, 26).every(level => Math.abs(level.users - 300) < 1e-9)).toBe(true)
})

test('growth that slows is taken to go on slowing', () => {
  const curve = Array.from({ length: 26 }, (_, week) => 500 * (1 - 2 ** (-(week + 1) / 8)))
  const outlook = outlookOf(weekly(curve), today)!
  expect(outlook.halvesIn).toBeGreaterThanOrEqual(8)
  expect(outlook.halvesIn).toBeLessThan(12)
  // A straight line from the last weeks would pass the 50 % where the curve ends within the year.
  expect(forecast(weekly(curve), 55).state).toBe('not-in-sight')
  expect(outlookOf(weekly(line(26, 100, 10)), today)!.halvesIn).toBeNull()
})

describe('laws', () => {
  test('nothing is thrown whatever comes, and a range holds what is expected', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 60 }), (points, tenths, late) => {
        const on = inDays(late)
        const outlook = outlookOf(points, on)
        const made = forecastOf(points, outlook, tenths / 10, on)
        const said = becauseOf(made, tenths / 10, points, outlook)
        expect([said.en, said['pt-BR']].every(each => each !== undefined && each.length > 10 && !/NaN|undefined|Infinity/.test(each))).toBe(
          true,
        )
        if (made.state === 'expected') {
          expect(made.earliest <= made.expected && (made.latest === null || made.expected <= made.latest)).toBe(true)
          expect(made.earliest > points.at(-1)!.day).toBe(true)
        }
        for (const each of outlook ? bandOf(outlook) : []) {
          expect(each.low <= each.middle && each.middle <= each.high && each.low >= 0 && each.high <= 100).toBe(true)
        }
      }),
    )
  })

  test('fewer than eight weeks never make a forecast', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 7 }), users => {
        expect(forecast(weekly(users), 40).state).toBe('too-little-data')
      }),
    )
  })

  const series = fc.array(fc.integer({ min: 0, max: 390 }), { minLength: 8, maxLength: 40 })

  test('ten times the people in ten times the seats have the same forecast', () => {
    fc.assert(
      fc.property(series, users => {
        const large = weekly(
          users.map(each => each * 8),
          8000,
        )
        expect(forecast(large, 40)).toEqual(forecast(weekly(users), 40))
      }),
    )
  })

  test('a higher milestone is never expected before a lower one', () => {
    fc.assert(
      fc.property(series, users => {
        const days = [40, 55, 80, 99].map(percent => expectedIn(forecast(weekly(users), percent)))
        const told = days.filter(each => typeof each === 'number')
        expect(told).toEqual([...told].sort((a, b) => a - b))
        expect(days.slice(told.length).every(each => each === 'not-in-sight')).toBe(true)
      }),
    )
  })

  test('steady growth is expected to arrive, sooner the faster it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 5 }), (pace, more) => {
        // Both at 30 % now.
        const at = (step: number) => expectedIn(forecast(weekly(line(20, 300 - 19 * step, step)), 40))
        expect(typeof at(pace)).toBe('number')
        expect(Number(at(pace + more))).toBeLessThanOrEqual(Number(at(pace)))
      }),
    )
  })

  test('who is ahead stays ahead when both have the same noise, or neither arrives', () => {
    // Noise that looks like growth that slows: neither is expected to get there.
    const slowing = [0, 0, 0, 0, 0, 0, 1, 1, 6, 3, 8, 7, 7, 0, 2, 0, 0, -2, -3, 0]
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 20, maxLength: 20 }), noise => {
        const at = (from: number) => expectedIn(forecast(weekly(line(20, from, 8).map((each, week) => each + noise[week]!)), 60))
        const [ahead, behind] = [at(150), at(100)]
        if (behind === 'not-in-sight') expect(ahead === 'not-in-sight' || typeof ahead === 'number').toBe(true)
        else expect(Number(ahead)).toBeLessThan(Number(behind))
      }),
      { examples: [[slowing]] },
    )
  })
})

test('a day without seats counts for nothing', () => {
  expect(
    knownPoints([
      { day: today, users: 5, seats: null },
      { day: today, users: 5, seats: 0 },
    ]),
  ).toEqual([])
})
