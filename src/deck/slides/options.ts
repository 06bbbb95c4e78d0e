import type { Block, DeckExtras } from '../../model/deck.ts'
import { shownTransition } from '../../model/plan.ts'
import { oneLine } from '../clean.ts'
import type { Teller } from '../teller.ts'
import { bullets, column, words as say, table } from './blocks.ts'

/** What the customer wants as far as it was asked, the ways on from the review as the playbook sees them, and what was typed for each. */
export function optionBlocks(teller: Teller): readonly Block[] {
  const { input, words } = teller
  const { wantsMore } = input.facts.review
  const wish = wantsMore === undefined ? 'options.wantsMoreUnknown' : wantsMore ? 'options.wantsMore' : 'options.wantsNoMore'
  return [say(words(wish)), ...typed(teller, input.extras.options), ...unused(teller), ...ways(teller)]
}

function typed({ words }: Teller, options: DeckExtras['options'] = []): readonly Block[] {
  return bullets(options.map(({ choice, what }) => `${words(`options.${choice}`)}: ${oneLine(what)}`))
}

function unused({ world, words, formats, serviceName }: Teller): readonly Block[] {
  const services = world.services.filter(each => !each.facts.intended && (each.facts.entitled ?? 0) > 0).map(each => serviceName(each.id))
  return services.length === 0 ? [] : [say(words('options.notIntended', { services: formats.list(services) }))]
}

/** The transitions out of the process that ends with the review. */
function ways({ input, words, say: told, reason }: Teller): readonly Block[] {
  const { playbook, plan } = input
  const states = {
    available: words('options.available'),
    blocked: words('options.blocked'),
    unknown: words('unknown'),
    taken: words('options.taken'),
  }
  const rows = playbook.transitions
    .filter(each => each.from === playbook.overall?.process)
    .flatMap(each => {
      const found = plan.transitions.find(way => way.to === each.to)
      return found ? [[told(each.name), states[shownTransition(found)], reason([found.because.text])]] : []
    })
  return table([column(words('column.choice'), 26), column(words('column.standingToday'), 14), column(words('column.why'), 60)], rows)
}
