import type { Playbook } from '../../model/playbook.ts'

/** In the languages of the portal. */
export type Words = Readonly<{ en: string; 'pt-BR': string }>

/** As the playbook names it, else its id. */
export function nameOfService(playbook: Playbook, service: string): Words {
  const name = playbook.services.find(each => each.id === service)?.name
  const en = name?.en ?? service
  return { en, 'pt-BR': name?.['pt-BR'] ?? en }
}

type Parts = Readonly<{ customer: string; service: Words; person: string }>

/** What people are told, one sentence each; `person` is whom the sentence speaks of. */
export const TOLD = {
  offered: ({ customer, service, person }: Parts): Words => ({
    en: `${person} offers you ${service.en} of ${customer}`,
    'pt-BR': `${person} oferece ${service['pt-BR']} de ${customer} a você`,
  }),
  asked: ({ customer, service, person }: Parts): Words => ({
    en: `${person} has a question about ${service.en} of ${customer}`,
    'pt-BR': `${person} tem uma pergunta sobre ${service['pt-BR']} de ${customer}`,
  }),
  replied: ({ customer, service, person }: Parts): Words => ({
    en: `${person} answered about ${service.en} of ${customer}`,
    'pt-BR': `${person} respondeu sobre ${service['pt-BR']} de ${customer}`,
  }),
  accepted: ({ customer, service, person }: Parts): Words => ({
    en: `${person} takes over ${service.en} of ${customer}`,
    'pt-BR': `${person} assume ${service['pt-BR']} de ${customer}`,
  }),
  declined: ({ customer, service, person }: Parts): Words => ({
    en: `${person} declined ${service.en} of ${customer}`,
    'pt-BR': `${person} recusou ${service['pt-BR']} de ${customer}`,
  }),
  'handed-back': ({ customer, service, person }: Parts): Words => ({
    en: `${person} hands ${service.en} of ${customer} back`,
    'pt-BR': `${person} devolve ${service['pt-BR']} de ${customer}`,
  }),
  withdrawn: ({ customer, service, person }: Parts): Words => ({
    en: `${person} withdrew the offer of ${service.en} of ${customer}`,
    'pt-BR': `${person} retirou a oferta de ${service['pt-BR']} de ${customer}`,
  }),
  waiting: ({ customer, service, person }: Parts): Words => ({
    en: `${person} still waits for your answer on ${service.en} of ${customer}`,
    'pt-BR': `${person} ainda espera a sua resposta sobre ${service['pt-BR']} de ${customer}`,
  }),
  escalated: ({ customer, service, person }: Parts): Words => ({
    en: `${person} has not answered on ${service.en} of ${customer}`,
    'pt-BR': `${person} não respondeu sobre ${service['pt-BR']} de ${customer}`,
  }),
} as const satisfies Record<string, (parts: Parts) => Words>
