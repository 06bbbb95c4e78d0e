import fc from 'fast-check'
import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { type CalendarEvent, feedText, invitationText } from './ical.ts'
import { occurrences, parseRule, type Rule } from './rule.ts'
import { vtimezone } from './vtimezone.ts'
import { instantOf } from './zone.ts'

const rule = (text: string): Rule => {
  const result = parseRule(text)
  if (!result.ok) throw new Error(result.message)
  return result.rule
}

const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'b5c1@impulso.example',
  sequence: 0,
  stamp: '2026-11-21T10:00:00.000Z',
  start: '2026-11-24T13:00:00.000Z',
  minutes: 30,
  timeZone: 'America/Sao_Paulo',
  rule: null,
  except: [],
  occurrence: null,
  title: 'Check-in',
  description: '',
  location: null,
  organizer: { name: 'Ana Lima', email: 'ana@example.com' },
  attendees: [{ name: 'João', email: 'joao@example.org', answer: 'needs-action', isOptional: false }],
  isCancelled: false,
  ...change,
})

/** As an independent program reads it. */
function read(text: string) {
  const root = new ICAL.Component(ICAL.parse(text))
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone))
  return { root, events: root.getAllSubcomponents('vevent').map(each => new ICAL.Event(each)) }
}
const utc = (time: ICAL.Time) => time.toJSDate().toISOString()

test('an invitation to a meeting is read as it was meant', () => {
  const { root, events } = read(
    invitationText('REQUEST', event({ description: 'Answer here:\nhttps://impulso.example/answer/x', location: 'Room 1' })),
  )
  expect([root.getFirstPropertyValue('method'), events.length]).toEqual(['REQUEST', 1])
  const [found] = events
  expect([found?.uid, found?.sequence, found?.summary, found?.location, found?.description]).toEqual([
    'b5c1@impulso.example',
    0,
    'Check-in',
    'Room 1',
    'Answer here:\nhttps://impulso.example/answer/x',
  ])
  expect([found?.startDate, found?.endDate].map(time => time && utc(time))).toEqual([
    '2026-11-24T13:00:00.000Z',
    '2026-11-24T13:30:00.000Z',
  ])
  expect(found?.organizer?.toLowerCase()).toBe('mailto:ana@example.com')
  expect(
    found?.attendees.map(each => [String(each.getFirstValue()).toLowerCase(), each.getParameter('cn'), each.getParameter('rsvp')]),
  ).toEqual([['mailto:joao@example.org', 'João', 'TRUE']])
})

test('an update and a cancellation reach the same event', () => {
  const first = event({ rule: rule('FREQ=WEEKLY;BYDAY=TU') })
  const texts = [
    invitationText('REQUEST', first),
    invitationText('REQUEST', { ...first, sequence: 1, start: '2026-11-24T14:00:00.000Z' }),
    invitationText('REQUEST', {
      ...first,
      rule: null,
      sequence: 2,
      occurrence: '2026-12-01T14:00:00.000Z',
      start: '2026-12-02T14:00:00.000Z',
    }),
    invitationText('CANCEL', { ...first, sequence: 3, isCancelled: true }),
  ]
  const told = texts.map(text => {
    const { root, events } = read(text)
    const [found] = events
    return [
      root.getFirstPropertyValue('method'),
      found?.uid,
      found?.sequence,
      found?.isRecurring() ? 'series' : found?.recurrenceId ? utc(found.recurrenceId) : null,
      found?.component.getFirstPropertyValue('status'),
    ]
  })
  expect(told).toEqual([
    ['REQUEST', first.uid, 0, 'series', 'CONFIRMED'],
    ['REQUEST', first.uid, 1, 'series', 'CONFIRMED'],
    ['REQUEST', first.uid, 2, '2026-12-01T14:00:00.000Z', 'CONFIRMED'],
    ['CANCEL', first.uid, 3, 'series', 'CANCELLED'],
  ])
})

const ZONES = ['America/New_York', 'Europe/Lisbon', 'America/Sao_Paulo'] as const

test.each([
  ['America/New_York', '2026-02-24'],
  ['America/New_York', '2026-10-20'],
  ['Europe/Lisbon', '2026-03-17'],
  ['Europe/Lisbon', '2026-10-13'],
  ['America/Sao_Paulo', '2018-10-23'],
])(
  'another program, knowing only the file, finds a weekly series in %s over a change of the clocks after %s where all three attendees do',
  (timeZone, day) => {
    const weekly = rule('FREQ=WEEKLY;BYDAY=TU')
    const startsLocal = `${day}T10:00`
    const start = instantOf(startsLocal, timeZone)
    const attendees = ZONES.map(zone => ({
      name: zone,
      email: `${zone.replace('/', '.').toLowerCase()}@example.org`,
      answer: 'needs-action' as const,
      isOptional: false,
    }))
    const { events } = read(invitationText('REQUEST', event({ rule: weekly, start, timeZone, attendees })))
    const iterator = events[0]?.iterator()
    const theirs = Array.from({ length: 8 }, () => {
      const next = iterator?.next()
      if (!next) throw new Error('the series ended')
      return utc(next)
    })
    expect(theirs).toEqual(occurrences({ rule: weekly, startsLocal, timeZone }, { from: start, limit: 8 }))
    expect(events[0]?.attendees.length).toBe(3)
    // At their own clocks: the zone of the series keeps ten o'clock; the hour of the others moves with the difference between the two.
    const clocks = (zone: string) => new Set(theirs.map(at => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString()))
    expect([...clocks(timeZone)]).toEqual(['10:00:00'])
  },
)

test('the blocks of zones give the offsets of the zone, from the first meeting on and for years', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
  const begin = fc.constantFrom('2018-10-23T13:00:00.000Z', '2026-11-24T13:00:00.000Z')
  fc.assert(
    fc.property(zones, begin, fc.array(fc.integer({ min: 1, max: 6 * 365 * 24 }), { minLength: 5, maxLength: 20 }), (zone, from, hours) => {
      const until = new Date(Date.parse(from) + 366 * 86_400_000).toISOString()
      const block = new ICAL.Timezone(new ICAL.Component(ICAL.parse(vtimezone(zone, { from, until }))))
      for (const hour of hours) {
        const at = Temporal.Instant.from(from).add({ hours: hour }).toZonedDateTimeISO(zone)
        // Within two hours of a change the same wall-clock time may mean two instants.
        if (at.add({ hours: 2 }).offset !== at.offset || at.subtract({ hours: 2 }).offset !== at.offset) continue
        const wall = ICAL.Time.fromData({ year: at.year, month: at.month, day: at.day, hour: at.hour, minute: at.minute, second: 0 })
        expect([zone, at.toString(), block.utcOffset(wall)]).toEqual([zone, at.toString(), at.offsetNanoseconds / 1e9])
      }
    }),
    { numRuns: 150 },
  )
})

test('whatever text stands in it, the file has one event with that text, and lines of at most 75 octets', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom(
      'x\r\nATTENDEE:mailto:eve@example.com',
      'a\rb\nc',
      'END:VEVENT\r\nBEGIN:VEVENT',
      '"; CN=x:',
      'ação😀'.repeat(80),
      "\\n;,^n^'",
    ),
  )
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, (title, description, location, name) => {
      const one = event({
        title,
        description,
        location,
        organizer: { name, email: 'ana@example.com' },
        attendees: [{ name, email: 'joao@example.org', answer: 'accepted', isOptional: true }],
      })
      const text = invitationText('REQUEST', one)
      const lines = text.replace(/\r\n$/, '').split('\r\n')
      expect(lines.every(line => !/[\r\n]/.test(line) && Buffer.byteLength(line) <= 75)).toBe(true)
      const { root, events } = read(text)
      expect(
        root
          .getAllSubcomponents()
          .map(each => each.name)
          .sort(),
      ).toEqual(['vevent', 'vtimezone'])
      expect(events[0]?.attendees.length).toBe(1)
      const clean = (given: string) =>
        given.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').replaceAll(' ', '')
      expect(clean(events[0]?.summary ?? '')).toBe(clean(title))
      expect(clean(events[0]?.description ?? '')).toBe(clean(description))
    }),
  )
})

test('a feed holds series, the meetings that were moved, and leaves out those that do not take place', () => {
  const series = event({ rule: rule('FREQ=WEEKLY;BYDAY=TU'), except: ['2026-12-08T13:00:00.000Z'], attendees: [] })
  const moved = event({ occurrence: '2026-12-01T13:00:00.000Z', start: '2026-12-02T13:00:00.000Z', attendees: [] })
  const text = feedText('Impulso', [series, moved, event({ uid: 'own@impulso.example', timeZone: 'Europe/Lisbon' })], 4)
  const { root, events } = read(text)
  expect([root.getFirstPropertyValue('method'), events.length, root.getAllSubcomponents('vtimezone').length]).toEqual([null, 3, 2])
  const [first, exception] = events
  if (!first || !exception) throw new Error('they are there')
  first.relateException(exception)
  const iterator = first.iterator()
  const found = Array.from({ length: 3 }, () => iterator.next()).map(each => utc(first.getOccurrenceDetails(each).startDate))
  expect(found).toEqual(['2026-11-24T13:00:00.000Z', '2026-12-02T13:00:00.000Z', '2026-12-15T13:00:00.000Z'])
})
