import type { Block } from '../../model/deck.ts'
import { oneLine } from '../clean.ts'
import type { Teller } from '../teller.ts'
import { bullets, column, words as say, table } from './blocks.ts'

/** The outcomes of the review, once there are some, and who does what by when. Only what was agreed: what is merely due is not shown. */
export function nextStepBlocks({ input, words, formats }: Teller): readonly Block[] {
  const { outcomes } = input.facts.review
  const { nextSteps } = input.extras
  const rows = (nextSteps ?? []).map(each => [
    oneLine(each.what),
    each.owner === null ? words('none') : oneLine(each.owner),
    each.due === null ? words('none') : formats.day(each.due),
  ])
  const agreed =
    outcomes.length === 0 ? [] : [say(words('next-steps.outcomes')), ...bullets(outcomes.map(each => words(`outcome.${each}`)))]
  const nothing = words(nextSteps === undefined && outcomes.length === 0 ? 'next-steps.notLookedAt' : 'next-steps.none')
  return [
    ...agreed,
    ...(rows.length === 0
      ? outcomes.length === 0
        ? [say(nothing)]
        : []
      : table([column(words('column.what'), 56), column(words('column.owner'), 26), column(words('column.due'), 18)], rows)),
  ]
}
