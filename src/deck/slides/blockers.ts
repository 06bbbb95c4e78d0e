import type { Block, DeckExtras } from '../../model/deck.ts'
import { oneLine } from '../clean.ts'
import type { Teller } from '../teller.ts'
import { column, words as say, table } from './blocks.ts'

type Blocker = NonNullable<DeckExtras['blockers']>[number]

/** Open ones first: they are what to talk about. */
export function blockerBlocks(teller: Teller): readonly Block[] {
  const { input, words } = teller
  const { blockers } = input.extras
  if (blockers === undefined) return [say(words('blockers.notLookedAt'))]
  if (blockers.length === 0) return [say(words('blockers.none'))]
  const sorted = [...blockers.filter(each => each.state === 'open'), ...blockers.filter(each => each.state === 'resolved')]
  return table(
    [
      column(words('column.blocker'), 29),
      column(words('column.for'), 16),
      column(words('column.seats'), 14, 'right'),
      column(words('column.state'), 18),
      column(words('column.step'), 23),
    ],
    sorted.map(each => row(teller, each)),
  )
}

function row(teller: Teller, blocker: Blocker): readonly string[] {
  const { words, formats, figure, serviceName } = teller
  const what = oneLine(blocker.what)
  if (blocker.seats !== null) {
    figure({
      what: words('blockers.seats', { what }),
      value: formats.count(blocker.seats),
      source: words('sources.record'),
      asOf: blocker.since,
    })
  }
  return [
    what,
    blocker.service === null ? words('delivered.allServices') : serviceName(blocker.service),
    blocker.seats === null ? words('unknown') : formats.count(blocker.seats),
    state(teller, blocker),
    blocker.step === null ? words('none') : oneLine(blocker.step),
  ]
}

function state({ words, formats }: Teller, { state: now, since, resolvedOn }: Blocker): string {
  if (now === 'resolved')
    return resolvedOn === null ? words('blockers.resolvedUnknown') : words('blockers.resolved', { day: formats.day(resolvedOn) })
  return since === null ? words('blockers.openUnknown') : words('blockers.open', { day: formats.day(since) })
}
