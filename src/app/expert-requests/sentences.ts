import { skillName } from '../../model/expert-skills.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { FoundRequest } from '../../store/expert-requests.ts'
import { nameOfService, type Words } from '../handshakes/sentences.ts'

/** The skill, and the service where it is about one: "Security (Teams)". */
export function askedFor(playbook: Playbook, { skill, service }: Pick<FoundRequest, 'skill' | 'service'>): Words {
  const name = skillName(skill)
  if (service === null) return name
  const of = nameOfService(playbook, service)
  return { en: `${name.en} (${of.en})`, 'pt-BR': `${name['pt-BR']} (${of['pt-BR']})` }
}

type Parts = Readonly<{ customer: string; what: Words; person: string }>

/** What people are told, one sentence each; `person` is whom the sentence speaks of. */
export const TOLD = {
  requested: ({ customer, what, person }: Parts): Words => ({
    en: `${person} asks you as an expert: ${what.en} for ${customer}`,
    'pt-BR': `${person} pede a sua ajuda como especialista: ${what['pt-BR']} para ${customer}`,
  }),
  queued: ({ customer, what, person }: Parts): Words => ({
    en: `${person} asks for an expert: ${what.en} for ${customer}`,
    'pt-BR': `${person} pede um especialista: ${what['pt-BR']} para ${customer}`,
  }),
  acknowledged: ({ customer, what, person }: Parts): Words => ({
    en: `${person} looks into your request: ${what.en} for ${customer}`,
    'pt-BR': `${person} está vendo o seu pedido: ${what['pt-BR']} para ${customer}`,
  }),
  asked: ({ customer, what, person }: Parts): Words => ({
    en: `${person} asks for detail: ${what.en} for ${customer}`,
    'pt-BR': `${person} pede detalhes: ${what['pt-BR']} para ${customer}`,
  }),
  replied: ({ customer, what, person }: Parts): Words => ({
    en: `${person} gave the detail: ${what.en} for ${customer}`,
    'pt-BR': `${person} deu os detalhes: ${what['pt-BR']} para ${customer}`,
  }),
  wrote: ({ customer, what, person }: Parts): Words => ({
    en: `${person} wrote about the request: ${what.en} for ${customer}`,
    'pt-BR': `${person} escreveu sobre o pedido: ${what['pt-BR']} para ${customer}`,
  }),
  accepted: ({ customer, what, person }: Parts): Words => ({
    en: `${person} helps as expert: ${what.en} for ${customer}`,
    'pt-BR': `${person} ajuda como especialista: ${what['pt-BR']} para ${customer}`,
  }),
  declined: ({ customer, what, person }: Parts): Words => ({
    en: `${person} declined: ${what.en} for ${customer}`,
    'pt-BR': `${person} recusou: ${what['pt-BR']} para ${customer}`,
  }),
  'handed-on': ({ customer, what, person }: Parts): Words => ({
    en: `${person} handed on the request: ${what.en} for ${customer}`,
    'pt-BR': `${person} repassou o pedido: ${what['pt-BR']} para ${customer}`,
  }),
  done: ({ customer, what, person }: Parts): Words => ({
    en: `${person} is done: ${what.en} for ${customer}`,
    'pt-BR': `${person} concluiu: ${what['pt-BR']} para ${customer}`,
  }),
  withdrawn: ({ customer, what, person }: Parts): Words => ({
    en: `${person} withdrew the request: ${what.en} for ${customer}`,
    'pt-BR': `${person} retirou o pedido: ${what['pt-BR']} para ${customer}`,
  }),
  waiting: ({ customer, what, person }: Parts): Words => ({
    en: `${person} still waits for your answer: ${what.en} for ${customer}`,
    'pt-BR': `${person} ainda espera a sua resposta: ${what['pt-BR']} para ${customer}`,
  }),
  late: ({ customer, what, person }: Parts): Words => ({
    en: `${person} has not answered the request: ${what.en} for ${customer}`,
    'pt-BR': `${person} não respondeu ao pedido: ${what['pt-BR']} para ${customer}`,
  }),
  unclaimed: ({ customer, what }: Parts): Words => ({
    en: `No expert has taken up the request: ${what.en} for ${customer}`,
    'pt-BR': `Nenhum especialista assumiu o pedido: ${what['pt-BR']} para ${customer}`,
  }),
} as const satisfies Record<string, (parts: Parts) => Words>
export type ToldOf = keyof typeof TOLD
