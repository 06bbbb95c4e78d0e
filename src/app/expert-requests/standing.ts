import type { WriteAccess } from '../../model/api.ts'
import type { ExpertRequestView } from '../../model/expert-request-api.ts'
import type { ExpertRequestState } from '../../model/expert-words.ts'
import type { May } from '../../model/handshake-api.ts'
import type { Text } from '../../model/words.ts'
import type { FoundRequest } from '../../store/expert-requests.ts'
import type { Words } from '../handshakes/sentences.ts'
import { type Actor, refusal, serviceRefusal } from '../policy.ts'
import { fitsOf, isSuited, type Said } from './match.ts'

/** One request as it stands for somebody. */
export type Standing = Readonly<{
  actor: Actor
  row: FoundRequest
  /** How far the actor may ask, and answer, at this customer. */
  asking: WriteAccess
  answering: WriteAccess
  /** What the actor says of themselves, when the queue is for them; undefined when it is not. */
  said: Said | undefined
}>
export type RequestAction = keyof ExpertRequestView['may']

/** In which states each is done. */
const STATES: Readonly<Record<RequestAction, readonly ExpertRequestState[]>> = {
  acknowledge: ['open'],
  accept: ['open', 'needs-detail'],
  decline: ['open', 'needs-detail'],
  write: ['open', 'needs-detail', 'accepted'],
  handOn: ['open', 'needs-detail', 'accepted', 'declined'],
  done: ['accepted'],
  withdraw: ['open', 'needs-detail', 'accepted'],
}

/** Whether it was put to the actor, or waits in a queue that is theirs. */
export const isAddressed = ({ actor, row, said }: Pick<Standing, 'actor' | 'row' | 'said'>): boolean =>
  row.expert_id === null ? said !== undefined && isSuited(fitsOf(row, said)) : row.expert_id === actor.personId

const isLead = ({ actor, answering }: Standing) => (actor.right === 'lead' || actor.right === 'administrator') && answering.ok
const isAsker = ({ asking, row }: Standing) => serviceRefusal(asking, row.service) === undefined

/** Undefined when the actor is one who does this here; else why not. */
export function personRefusal(standing: Standing, action: RequestAction): Text | undefined {
  const { actor, row, asking } = standing
  // An expert who helps by now may write the customer too, and does not take back what others asked.
  if (action === 'withdraw') {
    return row.expert_id === actor.personId && row.requested_by !== actor.personId ? NOT_ASKED : serviceRefusal(asking, row.service)
  }
  if ((action === 'write' || action === 'handOn') && isAsker(standing)) return undefined
  const refused = refusal(actor, 'answer-expert-request')
  if (refused) return refused
  if (isAddressed(standing)) {
    // What waits for all experts is not one expert's to decline.
    return action === 'decline' && row.expert_id === null && !isLead(standing) ? IN_QUEUE : undefined
  }
  if (!isLead(standing)) return row.expert_id === null ? NOT_SUITED : toldTo(row)
  return row.expert_id === null && (action === 'accept' || action === 'acknowledge') ? NOBODY_YET : undefined
}

const toldTo = ({ expert_name }: FoundRequest): Words => ({
  en: `it was put to ${expert_name}, who answers it`,
  'pt-BR': `foi feito a ${expert_name}, a quem cabe responder`,
})
const NOT_SUITED: Words = {
  en: 'it waits for an expert with this skill, service and language',
  'pt-BR': 'espera um especialista com este conhecimento, serviço e idioma',
}
const NOT_ASKED: Words = { en: 'whoever asked withdraws it; hand it on instead', 'pt-BR': 'quem pediu é que retira; repasse-o' }
const IN_QUEUE: Words = {
  en: 'it waits for every matching expert; leave it to the others',
  'pt-BR': 'espera qualquer especialista adequado; deixe-o para os outros',
}
const NOBODY_YET: Words = { en: 'hand it to an expert first', 'pt-BR': 'repasse antes a um especialista' }

/** Undefined when it is in a state in which this is done; else why not. */
export function stateRefusal({ row }: Pick<Standing, 'row'>, action: RequestAction): Text | undefined {
  if (!STATES[action].includes(row.state)) return OVER[row.state]
  return action === 'acknowledge' && row.acknowledged_at !== null ? SEEN : undefined
}

const OVER: Readonly<Record<ExpertRequestState, Words>> = {
  open: { en: 'it was not accepted yet', 'pt-BR': 'ainda não foi aceito' },
  'needs-detail': { en: 'it waits for detail from whoever asked', 'pt-BR': 'espera detalhes de quem pediu' },
  accepted: { en: 'it was accepted already', 'pt-BR': 'já foi aceito' },
  declined: { en: 'it was declined; it can be handed to another expert', 'pt-BR': 'foi recusado; pode ser repassado a outro especialista' },
  done: { en: 'it is done', 'pt-BR': 'está concluído' },
  withdrawn: { en: 'it was withdrawn', 'pt-BR': 'foi retirado' },
}
const SEEN: Words = { en: 'somebody looks into it already', 'pt-BR': 'alguém já está vendo' }

/** What somebody may do with a request now. */
export function mayOf(standing: Standing): ExpertRequestView['may'] {
  const may = (action: RequestAction): May => {
    const reason = stateRefusal(standing, action) ?? personRefusal(standing, action)
    return reason ? { ok: false, reason: { ...reason } } : { ok: true }
  }
  return {
    acknowledge: may('acknowledge'),
    accept: may('accept'),
    decline: may('decline'),
    write: may('write'),
    handOn: may('handOn'),
    done: may('done'),
    withdraw: may('withdraw'),
  }
}
