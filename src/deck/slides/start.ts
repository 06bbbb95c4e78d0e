import type { Block } from '../../model/deck.ts'
import type { Day } from '../../model/words.ts'
import { metricFigures } from '../metric-figures.ts'
import type { Teller } from '../teller.ts'
import { column, words as say, table } from './blocks.ts'
import { pastUsage } from './history.ts'

/** Since when, with which services and seats, from which usage and which readings. */
export function startBlocks(teller: Teller): readonly Block[] {
  const { input, words, formats } = teller
  const { assignedOn } = input.facts.customer
  return [
    say(assignedOn === undefined ? words('start.assignedUnknown') : words('start.assigned', { day: formats.longDay(assignedOn) })),
    ...services(teller),
    ...baselines(teller),
  ]
}

function services(teller: Teller): readonly Block[] {
  const { world, words, formats, figure, sourceOf, serviceName } = teller
  const intended = world.services.filter(each => each.facts.intended)
  if (intended.length === 0) return [say(words('start.noServices'))]
  const past = pastUsage(teller)
  const rows = intended.map(({ id, facts }) => {
    const first = past.get(id)?.[0]
    const seats = facts.entitled === undefined ? words('unknown') : formats.count(facts.entitled)
    if (facts.entitled !== undefined)
      figure({ what: words('sources.seats', { service: serviceName(id) }), value: seats, ...sourceOf(`services.${id}.entitled`) })
    const usage = first ? `${formats.percent(first.percent)} (${formats.day(first.day)})` : words('unknown')
    if (first) {
      const what = words('sources.first', { service: serviceName(id) })
      figure({ what, value: formats.percent(first.percent), source: first.source, asOf: first.day })
    }
    return [serviceName(id), activation(teller, facts.activatedOn), seats, usage]
  })
  return table(
    [
      column(words('column.service'), 34),
      column(words('column.activated'), 22),
      column(words('column.seats'), 16, 'right'),
      column(words('column.firstUsage'), 28, 'right'),
    ],
    rows,
  )
}

/** null = not activated, absent = unknown, later than today = not yet. */
function activation({ input, words, formats }: Teller, day: Day | null | undefined): string {
  if (day === undefined) return words('unknown')
  if (day === null) return words('start.notActivated')
  return day > input.plan.date ? words('start.notYet', { day: formats.day(day) }) : formats.day(day)
}

function baselines(teller: Teller): readonly Block[] {
  const { words } = teller
  return table(
    [column(words('column.metric'), 60), column(words('column.baseline'), 20, 'right'), column(words('column.target'), 20, 'right')],
    metricFigures(teller).map(each => [each.name, each.baseline ?? words('unknown'), each.target]),
  )
}
