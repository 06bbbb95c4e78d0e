import type { WriteAccess } from '../../model/api.ts'
import type { HandshakeView, May } from '../../model/handshake-api.ts'
import type { HandshakeState } from '../../model/success.ts'
import type { Text } from '../../model/words.ts'
import type { FoundHandshake } from '../../store/handshakes.ts'
import { type Actor, serviceRefusal } from '../policy.ts'
import type { Words } from './sentences.ts'

/** One handshake as it stands for somebody. */
export type Standing = Readonly<{
  actor: Actor
  row: FoundHandshake
  /** How far the actor may answer, and offer, at this customer. */
  answering: WriteAccess
  offering: WriteAccess
  /** Those who stand in for whom it was offered to, by id. */
  standIns: readonly string[]
  /** The adoption of the service is still led under this handshake. */
  isLeading: boolean
}>
export type HandshakeAction = keyof HandshakeView['may']

/** In which states each is done. An accepted one that is declined is handed back. */
const STATES: Readonly<Record<HandshakeAction, readonly HandshakeState[]>> = {
  accept: ['offered', 'asked'],
  decline: ['offered', 'asked', 'accepted'],
  write: ['offered', 'asked'],
  withdraw: ['offered', 'asked'],
}

/** Undefined when the actor is one who does this here; else why not. Leads and administrators may answer for anybody. */
export function personRefusal(standing: Standing, action: HandshakeAction): Text | undefined {
  const { row, answering, offering } = standing
  const offers = serviceRefusal(offering, row.service)
  if (action === 'withdraw') return offers
  const answers = serviceRefusal(answering, row.service) ?? otherRefusal(standing)
  return action === 'write' && offers === undefined ? undefined : answers
}

function otherRefusal({ actor, row, standIns }: Standing): Text | undefined {
  if (isTaker({ actor, row, standIns }) || actor.right === 'lead' || actor.right === 'administrator') return undefined
  return {
    en: `it is offered to ${row.offered_to_name}, who answers it`,
    'pt-BR': `foi oferecido a ${row.offered_to_name}, a quem cabe responder`,
  }
}

/** Whether the actor is whom it was offered to, or stands in for that person. */
export const isTaker = ({ actor, row, standIns }: Pick<Standing, 'actor' | 'row' | 'standIns'>): boolean =>
  actor.personId === row.offered_to || standIns.includes(actor.personId)

/** Undefined when it is in a state in which this is done; else why not. */
export function stateRefusal({ row, isLeading }: Pick<Standing, 'row' | 'isLeading'>, action: HandshakeAction): Text | undefined {
  if (!STATES[action].includes(row.state)) return OVER[row.state]
  return row.state === 'accepted' && !isLeading ? NOT_LEADING : undefined
}

const OVER: Readonly<Record<HandshakeState, Words>> = {
  offered: { en: 'it waits for an answer', 'pt-BR': 'está esperando resposta' },
  asked: { en: 'it waits for an answer to the question', 'pt-BR': 'está esperando a resposta à pergunta' },
  accepted: { en: 'it was accepted already', 'pt-BR': 'já foi aceito' },
  declined: { en: 'it was declined already; it can be offered again', 'pt-BR': 'já foi recusado; pode ser oferecido de novo' },
  withdrawn: { en: 'it was withdrawn', 'pt-BR': 'foi retirado' },
}
const NOT_LEADING: Words = { en: 'its adoption is no longer led under it', 'pt-BR': 'a adoção já não é conduzida por ele' }

/** What somebody may do with a handshake now. */
export function mayOf(standing: Standing): HandshakeView['may'] {
  const may = (action: HandshakeAction): May => {
    const reason = stateRefusal(standing, action) ?? personRefusal(standing, action)
    return reason ? { ok: false, reason: { ...reason } } : { ok: true }
  }
  return { accept: may('accept'), decline: may('decline'), write: may('write'), withdraw: may('withdraw') }
}
