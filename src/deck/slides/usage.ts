import type { Block } from '../../model/deck.ts'
import type { Teller } from '../teller.ts'
import { shownUsage, type UsageFigure } from '../usage-figures.ts'
import { bullets, column, words as say, table } from './blocks.ts'

/** Bars and their labels stay readable with so many services; more go on a further chart. */
const MOST_BARS = 8

/** A chart of what is known beside its targets, the reasons of what is not, and the figures. */
export function usageBlocks(teller: Teller, usage: readonly UsageFigure[]): readonly Block[] {
  const { words } = teller
  if (usage.length === 0) return [say(words('usage.none'))]
  const unknown = usage.filter(each => each.percent === null && each.atLeast === null)
  if (unknown.length === usage.length) {
    return [say(words('usage.allUnknown')), ...bullets(unknown.map(each => each.reason)), ...figuresTable(teller, usage)]
  }
  const charts = chunks(usage.some(each => each.percent !== null) ? usage : [], MOST_BARS).map(part => chart(teller, part))
  const reasons = unknown.length === 0 ? [] : [say(words('usage.someUnknown')), ...bullets(unknown.map(each => each.reason))]
  return [...charts, ...reasons, ...figuresTable(teller, usage)]
}

function chart(teller: Teller, usage: readonly UsageFigure[]): Block {
  const { words } = teller
  const values = usage.map(each =>
    words('usage.value', {
      service: each.name,
      value: shownUsage(teller, each) ?? words('unknown'),
      target: teller.formats.percent(each.target),
    }),
  )
  return {
    type: 'chart',
    chart: {
      shape: 'bar',
      description: words('usage.chart', { values: values.join('; ') }),
      categories: usage.map(each => (each.percent === null ? words('usage.unknown', { service: each.name }) : each.name)),
      series: [
        { name: words('usage.series'), values: usage.map(each => each.percent) },
        { name: words('usage.target'), values: usage.map(each => each.target) },
      ],
    },
  }
}

function figuresTable(teller: Teller, usage: readonly UsageFigure[]): readonly Block[] {
  const { words, formats } = teller
  const standing = { yes: words('usage.reached'), no: words('usage.below'), unknown: words('unknown') }
  const count = (value: number | null) => (value === null ? words('unknown') : formats.count(value))
  return table(
    [
      column(words('column.service'), 23),
      column(words('column.active'), 13, 'right'),
      column(words('column.seats'), 11, 'right'),
      column(words('column.usage'), 13, 'right'),
      column(words('column.target'), 9, 'right'),
      column(words('column.asOf'), 17),
      column(words('column.standing'), 14),
    ],
    usage.map(each => [
      each.name,
      count(each.active),
      count(each.seats),
      shownUsage(teller, each) ?? words('unknown'),
      formats.percent(each.target),
      each.asOf === null ? words('unknown') : formats.day(each.asOf),
      standing[each.isReached],
    ]),
  )
}

export function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}
