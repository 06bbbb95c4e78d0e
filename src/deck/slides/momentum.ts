import type { Block } from '../../model/deck.ts'
import { oneLine } from '../clean.ts'
import type { Teller } from '../teller.ts'
import { bullets, column, words as say, table } from './blocks.ts'

/** Programs and accelerators, and the momentum plan: who does what by when, and what is there already (R3). */
export function momentumBlocks(teller: Teller): readonly Block[] {
  const { input, words, formats } = teller
  const { momentum } = input.extras
  const decided = decisions(teller)
  const rows = (momentum ?? []).map(each => [
    words(`momentum.kind.${each.kind}`),
    oneLine(each.what),
    each.owner === null ? words('none') : oneLine(each.owner),
    each.due === null ? words('none') : formats.day(each.due),
    words(`momentum.state.${each.state}`),
  ])
  const columns = [
    column(words('column.kind'), 20),
    column(words('column.what'), 36),
    column(words('column.owner'), 16),
    column(words('column.due'), 14),
    column(words('column.state'), 14),
  ]
  const nothing = momentum === undefined ? words('momentum.notLookedAt') : words('momentum.none')
  return [...bullets(decided), ...(rows.length === 0 ? [say(nothing)] : table(columns, rows))]
}

function decisions({ input, words, serviceName }: Teller): readonly string[] {
  const { programs, accelerators } = input.history
  const program = programs['onedrive-adoption']
  return [
    ...(program === undefined ? [] : [words('momentum.program', { state: words(`program.${program}`) })]),
    ...Object.entries(accelerators)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, state]) => words('momentum.accelerator', { service: serviceName(id), state: words(`accelerator.${state}`) })),
  ]
}
