import { expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import type { UsagePart } from '../../store/forecasts.ts'
import { feedsOf, seatPoints } from './seat-points.ts'

const part = (tenant_id: string, day: string, active: number, more: Partial<UsagePart> = {}): UsagePart => ({
  customer_id: 'contoso',
  tenant_id,
  service: 'teams',
  day: Day.parse(day),
  active,
  assigned: 90,
  entitled: 100,
  ...more,
})
const feed = (tenant: string, more = {}) => ({ tenant, seatsNow: null, ...more })
const USUAL = { kind: null, seats: null }
const told = (...given: Parameters<typeof seatPoints>) => seatPoints(...given).map(({ day, users, seats }) => [day, users, seats])

test('tenants add up, each with its last figure of the week before; without one of them the sum is unknown', () => {
  const parts = [
    part('a', '2026-11-01', 10),
    part('b', '2026-11-03', 5),
    part('a', '2026-11-08', 20),
    part('b', '2026-11-15', 7),
    part('a', '2026-11-16', 30),
  ]
  expect(told(parts, [feed('a'), feed('b')], USUAL)).toEqual([
    ['2026-11-03', 15, 200],
    ['2026-11-08', 25, 200],
    ['2026-11-16', 37, 200],
  ])
  // On the 15th the figure of A is seven days old; alone it has all of its own.
  expect(told(parts, [feed('a')], USUAL)).toEqual([
    ['2026-11-01', 10, 100],
    ['2026-11-08', 20, 100],
    ['2026-11-16', 30, 100],
  ])
})

test('the share is of the seats that were chosen, and unknown where those are not known', () => {
  const seats = (more: Partial<UsagePart>, share: Parameters<typeof seatPoints>[2], seatsNow: number | null = null) =>
    seatPoints([part('a', '2026-11-01', 10, more)], [feed('a', { seatsNow })], share)[0]?.seats
  expect([
    seats({}, USUAL),
    seats({ entitled: null }, USUAL),
    seats({ entitled: null }, USUAL, 120),
    seats({}, { kind: 'assigned', seats: null }),
    seats({ entitled: null }, { kind: 'entitled', seats: null }),
    seats({}, { kind: 'custom', seats: 70 }),
  ]).toEqual([100, 90, 120, 90, null, 70])
})

test('zeros that are not believed are left out, the figure before them counts; once believed all of them count', () => {
  const parts = [
    part('a', '2026-11-08', 20),
    part('a', '2026-11-15', 0),
    part('a', '2026-11-16', 0),
    part('a', '2026-11-17', 0),
    part('a', '2026-11-18', 21),
  ]
  const zeros = (count: number) => told(parts.slice(0, 1 + count), [feed('a')], USUAL)
  const before = ['2026-11-08', 20, 100]
  expect([zeros(1), zeros(2)]).toEqual([[before], [before]])
  expect(zeros(3)).toEqual([before, ...['15', '16', '17'].map(day => [`2026-11-${day}`, 0, 100])])
  // Believed or not is settled by the figures themselves: a gap that was never believed stays one.
  expect(told([...parts.slice(0, 3), ...parts.slice(4)], [feed('a')], USUAL)).toEqual([before, ['2026-11-18', 21, 100]])
})

test('a tenant that never reported leaves the sum unknown, unless it has no seats of the service', () => {
  const parts = [part('a', '2026-11-08', 20)]
  const of = (seats: readonly (readonly [string, number])[]) =>
    told(
      parts,
      feedsOf(['a', 'b'], new Map(seats), tenant => tenant === 'a'),
      USUAL,
    )
  expect([of([]), of([['b', 5]]), of([['b', 0]])]).toEqual([[], [], [['2026-11-08', 20, 100]]])
})
