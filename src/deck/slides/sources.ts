import { daysBetween } from '../../engine/day-numbers.ts'
import type { Block } from '../../model/deck.ts'
import type { Teller } from '../teller.ts'
import { column, quiet, words as say, table } from './blocks.ts'

/** Characters of the hash that tell playbooks apart well enough for a person. */
const HASH_SHOWN = 12

/** Every number that a slide before it has left here, in their order. */
export function sourceBlocks({ input, words, formats, figures }: Teller): readonly Block[] {
  const { plan, playbook } = input
  if (figures.length === 0) return [say(words('sources.none'))]
  const { id, version, hash } = playbook.playbook
  const short = hash.slice(0, hash.indexOf(':') + 1 + HASH_SHOWN)
  const name = [id, version, short].filter(each => each !== null).join(' ')
  return [
    quiet(words('sources.about', { day: formats.longDay(plan.date), playbook: name })),
    ...table(
      [
        column(words('column.number'), 36),
        column(words('column.value'), 13, 'right'),
        column(words('column.source'), 24),
        column(words('column.asOf'), 15),
        column(words('column.age'), 12, 'right'),
      ],
      figures.map(each => [
        each.what,
        each.value,
        each.source,
        each.asOf === null ? words('sources.noDate') : formats.day(each.asOf),
        each.asOf === null ? words('none') : formats.count(daysBetween(each.asOf, plan.date)),
      ]),
    ),
  ]
}
