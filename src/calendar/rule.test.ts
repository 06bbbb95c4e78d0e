import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Day } from '../model/words.ts'
import { firstOf, occurrences, parseRule, printRule, type Rule, WEEKDAYS } from './rule.ts'
import { ruleText } from './rule-words.ts'
import { instantOf, isShown, isTimeZone, localOf } from './zone.ts'

const rule = (text: string): Rule => {
  const result = parseRule(text)
  if (!result.ok) throw new Error(result.message)
  return result.rule
}

test.each([
  ['FREQ=YEARLY', 'FREQ'],
  ['INTERVAL=2', 'FREQ'],
  ['FREQ=WEEKLY;INTERVAL=0', 'INTERVAL'],
  ['FREQ=WEEKLY;INTERVAL=53', 'INTERVAL'],
  ['FREQ=WEEKLY;BYDAY=2TU', 'BYDAY'],
  ['FREQ=MONTHLY;BYDAY=TU', 'BYDAY'],
  ['FREQ=MONTHLY;BYDAY=6TU', 'BYDAY'],
  ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY'],
  ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY'],
  ['FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=1MO', 'BYMONTHDAY'],
  ['FREQ=DAILY;COUNT=0', 'COUNT'],
  ['FREQ=DAILY;UNTIL=20260230', 'UNTIL'],
  ['FREQ=DAILY;UNTIL=20261231;COUNT=3', 'UNTIL'],
  ['FREQ=DAILY;BYSETPOS=1', 'BYSETPOS'],
  ['FREQ=DAILY;FREQ=DAILY', 'FREQ'],
  ['FREQ=DAILY\r\nATTENDEE:mailto:x@example.com', 'FREQ'],
  ['FREQ=WEEKLY;WKST=SU', 'WKST'],
])('%j is refused, naming %s', (text, part) => {
  expect(parseRule(text)).toMatchObject({ ok: false, part })
})

test('time zones are those of the IANA database', () => {
  expect(['America/Sao_Paulo', 'Europe/Lisbon', 'UTC'].map(isTimeZone)).toEqual([true, true, true])
  expect(['', 'Nowhere/City', '+03:00', 'EST', 'Europe/Lisbon\r\nX:1'].map(isTimeZone)).toEqual([false, false, false, false, false])
})

const anyRule: fc.Arbitrary<Rule> = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'),
    interval: fc.integer({ min: 1, max: 5 }),
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { maxLength: 4 }),
    nth: fc.constantFrom(1, 2, 3, 4, 5, -1),
    monthDays: fc.uniqueArray(fc.constantFrom(1, 15, 29, 30, 31, -1), { maxLength: 2 }),
    count: fc.option(fc.integer({ min: 1, max: 30 })),
    until: fc.option(fc.constantFrom('2026-06-30', '2026-11-01', '2027-02-14')),
  } as const)
  .map(({ freq, days, nth, monthDays, until, count, ...rest }) => ({
    ...rest,
    freq,
    byDay: days.map(day => ({ nth: freq === 'MONTHLY' ? nth : null, day })),
    byMonthDay: freq === 'MONTHLY' && days.length === 0 ? monthDays : [],
    count: until === null ? count : null,
    until: until as Day | null,
  }))

test('a printed rule reads as itself, and is said in both languages', () => {
  fc.assert(
    fc.property(anyRule, each => {
      expect(parseRule(printRule(each))).toEqual({ ok: true, rule: each })
      expect(Object.values(ruleText(each)).every(text => text.length > 5 && !/undefined|\{/.test(text))).toBe(true)
    }),
  )
  expect(ruleText(rule('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20261231'))).toEqual({
    en: 'every 2 weeks on Tuesday and Thursday, until 2026-12-31',
    'pt-BR': 'a cada 2 semanas, terça-feira e quinta-feira, até 2026-12-31',
  })
  expect(ruleText(rule('FREQ=MONTHLY;BYDAY=-1FR;COUNT=3'))['pt-BR']).toBe('todo mês, na última sexta-feira, 3 vezes')
})

/** Every day from the first on, asked whether it belongs to the rule: slow, and plainly what the words of the standard say. */
function naive(of: Rule, startsLocal: string, zone: string, days: number): string[] {
  const [first = '', time] = startsLocal.split('T')
  const start = Temporal.PlainDate.from(first)
  const monday = start.subtract({ days: start.dayOfWeek - 1 })
  const found: string[] = []
  for (let n = 0; n < days; n++) {
    const day = start.add({ days: n })
    if (of.until !== null && day.toString() > of.until) break
    const months = (day.year - start.year) * 12 + day.month - start.month
    const steps = { DAILY: n, WEEKLY: Math.floor(monday.until(day).days / 7), MONTHLY: months }[of.freq]
    const isDay = of.byDay.some(({ nth, day: name }) => {
      if (WEEKDAYS[day.dayOfWeek - 1] !== name) return false
      return nth === null || (nth === -1 ? day.day + 7 > day.daysInMonth : Math.ceil(day.day / 7) === nth)
    })
    const isDate = of.byMonthDay.some(each => day.day === (each === -1 ? day.daysInMonth : each))
    const isSame = { DAILY: true, WEEKLY: day.dayOfWeek === start.dayOfWeek, MONTHLY: day.day === start.day }[of.freq]
    const isIt = of.byDay.length > 0 ? isDay : of.byMonthDay.length > 0 ? isDate : isSame
    const exists = isShown(`${day}T${time}`, zone)
    if (steps % of.interval === 0 && isIt && exists) found.push(instantOf(`${day}T${time}`, zone))
    if (found.length === of.count) break
  }
  return found
}

test('the meetings of a series are those that every day of it gives', () => {
  const zone = fc.constantFrom('America/New_York', 'Europe/Lisbon', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'UTC')
  const start = fc.constantFrom('2026-01-31', '2026-02-27', '2026-03-08', '2026-10-25', '2018-10-28')
  const time = fc.constantFrom('00:00', '01:30', '02:30', '09:00', '23:30')
  fc.assert(
    fc.property(anyRule, zone, start, time, (each, timeZone, day, hour) => {
      const startsLocal = `${day}T${hour}`
      fc.pre(isShown(startsLocal, timeZone))
      const from = instantOf(startsLocal, timeZone)
      const before = new Date(Date.parse(from) + 400 * 86_400_000).toISOString()
      const expected = naive(each, startsLocal, timeZone, 402).filter(at => at >= from && at < before)
      expect(occurrences({ rule: each, startsLocal, timeZone }, { from, before, limit: 1000 })).toEqual(expected)
    }),
    { numRuns: 200 },
  )
})

test.each([
  // The change, and what a meeting at ten o'clock in the morning is in UTC before and after.
  ['America/New_York', '2026-03-03', ['15:00', '14:00']],
  ['America/New_York', '2026-10-27', ['14:00', '15:00']],
  ['Europe/Lisbon', '2026-03-24', ['10:00', '09:00']],
  ['Europe/Lisbon', '2026-10-20', ['09:00', '10:00']],
  ['America/Sao_Paulo', '2018-10-30', ['13:00', '12:00']],
])('a weekly series in %s keeps its local time over the change after %s', (timeZone, day, utc) => {
  const series = { rule: rule('FREQ=WEEKLY'), startsLocal: `${day}T10:00`, timeZone }
  const found = occurrences(series, { from: `${day}T00:00:00.000Z`, limit: 2 })
  expect(found.map(at => at.slice(11, 16))).toEqual(utc)
  expect(found.map(at => localOf(at, timeZone).slice(11))).toEqual(['10:00', '10:00'])
})

test('where the clocks leave a time out the series has no meeting, as the standard says; the first midnight of summer in São Paulo is one', () => {
  expect([isShown('2018-11-04T00:00', 'America/Sao_Paulo'), isShown('2018-11-04T01:00', 'America/Sao_Paulo')]).toEqual([false, true])
  const series = { rule: rule('FREQ=WEEKLY'), startsLocal: '2018-10-28T00:00', timeZone: 'America/Sao_Paulo' }
  expect(occurrences(series, { from: '2018-10-28T00:00:00.000Z', limit: 2 })).toEqual([
    '2018-10-28T03:00:00.000Z',
    '2018-11-11T02:00:00.000Z',
  ])
})

test('a rule without any day has no meetings', () => {
  expect(
    firstOf({ rule: rule('FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31'), startsLocal: '2026-06-15T10:00', timeZone: 'UTC' }),
  ).toBeUndefined()
})
