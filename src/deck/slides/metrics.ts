import type { Block } from '../../model/deck.ts'
import type { MetricFigure } from '../metric-figures.ts'
import type { Teller } from '../teller.ts'
import { bullets, column, words as say, table } from './blocks.ts'

/** The customer's own metrics, each with its reading and how it stands; the reasons of those that cannot be told. */
export function metricBlocks({ words, formats }: Teller, metrics: readonly MetricFigure[]): readonly Block[] {
  if (metrics.length === 0) return [say(words('metrics.none'))]
  const standing = { yes: words('metrics.met'), no: words('metrics.notMet'), unknown: words('unknown') }
  return [
    ...table(
      [
        column(words('column.metric'), 34),
        column(words('column.baseline'), 12, 'right'),
        column(words('column.target'), 12, 'right'),
        column(words('column.current'), 12, 'right'),
        column(words('column.asOf'), 16),
        column(words('column.standing'), 14),
      ],
      metrics.map(each => [
        each.name,
        each.baseline ?? words('unknown'),
        each.target,
        each.current ?? words('unknown'),
        each.asOf === null ? words('unknown') : formats.day(each.asOf),
        standing[each.isMet],
      ]),
    ),
    ...bullets(metrics.filter(each => each.isMet === 'unknown').map(each => each.reason)),
  ]
}
