import type { ForecastOutcome } from '../../model/usage-api.ts'
import type { Day } from '../../model/words.ts'
import { daysBetween } from '../ui/format.ts'

/** One forecast whose milestone was reached; `off` in days, positive when later than expected. */
export type Miss = Readonly<{ key: string; expected: Day; off: number }>

export const keyOf = ({ customer, service, milestone, goal, madeOn }: ForecastOutcome): string =>
  [customer, service, milestone, goal, madeOn].join(' ')

/** How far off each forecast was that can be told, by the day it was expected on. */
export const missesOf = (rows: readonly ForecastOutcome[]): readonly Miss[] =>
  rows
    .flatMap(row => (row.reachedOn ? [{ key: keyOf(row), expected: row.expected, off: daysBetween(row.expected, row.reachedOn) }] : []))
    .toSorted((a, b) => (a.expected < b.expected ? -1 : 1))

/** Half the height of the chart, in days: a round number that every dot fits in, four weeks at least. */
export function reachOf(misses: readonly Miss[]): number {
  const most = Math.max(28, ...misses.map(({ off }) => Math.abs(off)))
  return Math.ceil(most / 28) * 28
}
