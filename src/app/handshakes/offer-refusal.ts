import type { Plan } from '../../model/plan.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { Text } from '../../model/words.ts'
import type { FoundHandshake, FoundOwner } from '../../store/handshakes.ts'
import { nameOfService } from './sentences.ts'

/** The playbook's proposal to hand a service over, and the step with the task of each service (E2). */
const HANDSHAKE = 'handshake'
const HANDSHAKE_STEP = 'csm-handshake'

/** Services that the playbook hands over at all, in its order. */
export function handshakeServices(playbook: Playbook): readonly string[] {
  const services = playbook.proposals.find(each => each.id === HANDSHAKE)?.services
  if (services === undefined || services === null) return []
  return playbook.services.map(each => each.id).filter(id => services === 'all' || services.includes(id))
}

/** The task of handing a service over, if the plan has one. */
export const handshakeItem = (plan: Plan, service: string) =>
  plan.processes
    .flatMap(process => process.steps.filter(step => step.id === HANDSHAKE_STEP).flatMap(step => step.items))
    .find(item => item.service === service)

export type OfferAsked = Readonly<{
  plan: Plan
  playbook: Playbook
  service: string
  handshakes: readonly FoundHandshake[]
  owners: readonly FoundOwner[]
  hasManager: boolean
}>

/** Undefined when the service may be offered now, else why not: in the words of the plan where the plan says so. */
export function offerRefusal({ plan, playbook, service, handshakes, owners, hasManager }: OfferAsked): Text | undefined {
  const name = nameOfService(playbook, service)
  if (!handshakeServices(playbook).includes(service)) {
    return {
      en: `the playbook hands no ${name.en} over to the customer success manager`,
      'pt-BR': `o playbook não prevê passar ${name['pt-BR']} ao gerente de sucesso do cliente`,
    }
  }
  const open = handshakes.find(each => each.service === service && (each.state === 'offered' || each.state === 'asked'))
  if (open) {
    return {
      en: `it is offered to ${open.offered_to_name} already`,
      'pt-BR': `já foi oferecido a ${open.offered_to_name}`,
    }
  }
  const owner = owners.find(each => each.service === service && each.until === null)
  if (owner) {
    return {
      en: `${owner.name} leads its adoption since ${owner.since}`,
      'pt-BR': `${owner.name} conduz a adoção desde ${owner.since}`,
    }
  }
  const item = handshakeItem(plan, service)
  const proposal = plan.proposals.find(each => each.id === `${HANDSHAKE}:${service}`)
  if (proposal?.state === 'unknown') return proposal.because.text
  if (!proposal || item?.state === 'not-applicable') return item?.because.text ?? notUsed(name)
  if (!hasManager) {
    return {
      en: 'nobody is assigned as its customer success manager',
      'pt-BR': 'ninguém tem a atribuição de gerente de sucesso do cliente',
    }
  }
  return undefined
}

const notUsed = (name: Readonly<{ en: string; 'pt-BR': string }>): Text => ({
  en: `the customer does not intend to use ${name.en}`,
  'pt-BR': `o cliente não pretende usar ${name['pt-BR']}`,
})
