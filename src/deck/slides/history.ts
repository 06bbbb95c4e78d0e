import { shownPercent } from '../../engine/value.ts'
import type { Block } from '../../model/deck.ts'
import type { Day } from '../../model/words.ts'
import type { Teller } from '../teller.ts'
import { words as say } from './blocks.ts'
import { chunks } from './usage.ts'

/** So many lines can be told apart. */
const MOST_LINES = 5
/** So many points a line needs at most to show its way; of more, the first, the last and every so many between are kept. */
const MOST_POINTS = 24

type Point = Readonly<{ day: Day; percent: number; source: string }>

/** Figures of past days by intended service, up to the day of the deck, oldest first. */
export function pastUsage({ input, world, sourceName }: Teller): ReadonlyMap<string, readonly Point[]> {
  const { history = {} } = input.extras
  return new Map(
    world.intended.flatMap(({ id }) => {
      const points = (history[id] ?? [])
        .filter(each => each.day <= input.plan.date)
        .toSorted((one, other) => (one.day < other.day ? -1 : 1))
        .map(each => ({ day: each.day, percent: shownPercent(each.active, each.seats), source: sourceName(each.source) }))
      return points.length === 0 ? [] : [[id, points] as const]
    }),
  )
}

export function historyBlocks(teller: Teller): readonly Block[] {
  const { words } = teller
  const past = pastUsage(teller)
  if (past.size === 0) return [say(words('history.none'))]
  const days = [...new Set([...past.values()].flatMap(points => points.map(each => each.day)))].sort()
  if (days.length < 2) return [say(words('history.one'))]
  return chunks([...past], MOST_LINES).map(part => chart(teller, new Map(part), thinned(days)))
}

function chart(teller: Teller, past: ReadonlyMap<string, readonly Point[]>, days: readonly Day[]): Block {
  const { words, formats, serviceName, figure } = teller
  const told = [...past].flatMap(([id, points]) => {
    const [first, last] = [points[0], points.at(-1)]
    if (!first || !last) return []
    const what = words('sources.history', { service: serviceName(id), count: formats.count(points.length) })
    figure({
      what,
      value: formats.percent(last.percent),
      source: formats.list([...new Set(points.map(each => each.source))]),
      asOf: last.day,
    })
    const parts = { first: formats.percent(first.percent), firstDay: formats.day(first.day), last: formats.percent(last.percent) }
    return [words('history.value', { service: serviceName(id), ...parts, lastDay: formats.day(last.day) })]
  })
  return {
    type: 'chart',
    chart: {
      shape: 'line',
      description: words('history.chart', { values: told.join('; ') }),
      categories: days.map(formats.day),
      series: [...past].map(([id, points]) => {
        const byDay = new Map(points.map(each => [each.day, each.percent]))
        return { name: serviceName(id), values: days.map(day => byDay.get(day) ?? null) }
      }),
    },
  }
}

function thinned(days: readonly Day[]): readonly Day[] {
  const step = Math.ceil((days.length - 1) / (MOST_POINTS - 1))
  return days.filter((_, at) => (days.length - 1 - at) % step === 0 || at === 0)
}
