import { expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { doubtOf } from './doubt.ts'

/** Newest first, a day apart unless told. */
const points = (actives: readonly number[], apart = 1) =>
  actives.map((active, index) => ({
    day: Day.parse(new Date(Date.parse('2026-11-19') - index * apart * 86_400_000).toISOString().slice(0, 10)),
    active,
  }))

test.each([
  ['nobody where ten were', points([0, 10]), 'sudden-zero'],
  ['nobody where nine were', points([0, 9]), null],
  ['nobody, and nothing before', points([0]), null],
  ['somebody', points([1, 500]), null],
  ['a second report that says so', points([0, 0, 500]), 'sudden-zero'],
  ['a third that says so is believed', points([0, 0, 0, 500]), null],
  ['the figure before is 60 days older', points([0, 500], 60), 'sudden-zero'],
  ['the figure before is 61 days older', points([0, 500], 61), null],
  ['no figures', [], null],
] as const)('%s: %s', (_, given, wanted) => {
  expect(doubtOf(given)).toBe(wanted)
})
