import type { DecisionState } from '../../model/decision-api.ts'
import type { Playbook } from '../../model/playbook.ts'
import { addWorkingDays } from '../../model/working-calendar.ts'
import type { Trx } from '../../store/database.ts'
import { findOpenFollowUpsFor, hasOpenCadenceFor, languageOf, teamOf } from '../../store/decisions.ts'
import { findCalendar } from '../../store/work-calendar.ts'
import { type Context, todayOf } from '../context.ts'
import { addFollowUp } from '../follow-ups/add-follow-up.ts'
import { addCadence } from '../meetings/set-cadence.ts'
import type { Actor } from '../policy.ts'
import type { Subject } from './get-decisions.ts'

export type Started = Readonly<{ customerId: string; subject: Subject; state: DecisionState; contact: string | null }>

/**
 * What a decision sets going, in its transaction: agreement to a program its series of calls, an accepted accelerator the tasks that the
 * playbook itself does not hold.
 */
export async function startWork(trx: Trx, context: Context, actor: Actor, { customerId, subject, state, contact }: Started): Promise<void> {
  if (state === 'agreed' && subject.kind === 'program') await startCalls(trx, context, actor, { customerId, subject, contact })
  if (state === 'accepted' && subject.service !== null && !hasOwnTask(context.playbook, subject.service))
    await startAccelerator(trx, context, actor, customerId, subject.service)
}

/** Our choice: every other week from the next week on, in the morning of the team, half an hour; whoever runs the customer moves it. */
const CALLS = { rule: 'FREQ=WEEKLY;INTERVAL=2', afterWorkingDays: 5, time: '10:00', minutes: 30 } as const

async function startCalls(
  trx: Trx,
  context: Context,
  actor: Actor,
  { customerId, subject, contact }: Pick<Started, 'customerId' | 'subject' | 'contact'>,
): Promise<void> {
  // Agreed once more: the series goes on.
  if (await hasOpenCadenceFor(trx, customerId, subject.id)) return
  const calendar = await findCalendar(trx, await teamOf(trx, customerId))
  const day = addWorkingDays(calendar, todayOf(context), CALLS.afterWorkingDays)
  const locale = (await languageOf(trx, customerId)).startsWith('pt') ? 'pt-BR' : 'en'
  await addCadence(trx, context, actor, {
    customerId,
    madeFor: subject.id,
    kind: 'customer',
    title: CALL_TITLE[locale],
    rule: CALLS.rule,
    startsLocal: `${day}T${CALLS.time}`,
    timeZone: calendar.timeZone,
    minutes: CALLS.minutes,
    organizer: null,
    location: null,
    services: ['onedrive'],
    attendees: contact === null ? [] : [{ contact, person: null, isOptional: false }],
  })
}
const CALL_TITLE = { en: 'OneDrive adoption check-in', 'pt-BR': 'Acompanhamento da adoção do OneDrive' } as const

/** Our choice: what an accelerator comes to for any service. Task titles are texts of the customer and speak its language. */
const ACCELERATOR_TASKS: readonly Readonly<{ en: string; 'pt-BR': string }>[] = [
  {
    en: 'Agree the goal of the {service} accelerator with the customer',
    'pt-BR': 'Combinar com o cliente a meta do acelerador de {service}',
  },
  { en: 'Hold the {service} accelerator sessions', 'pt-BR': 'Realizar as sessões do acelerador de {service}' },
  { en: 'Compare usage of {service} with the goal', 'pt-BR': 'Comparar o uso de {service} com a meta' },
]

async function startAccelerator(trx: Trx, context: Context, actor: Actor, customerId: string, service: string): Promise<void> {
  const madeFor = `accelerator:${service}`
  // Accepted once more: what is under way goes on.
  const open = await findOpenFollowUpsFor(trx, customerId, madeFor)
  if (open.length > 0) return
  const locale = (await languageOf(trx, customerId)).startsWith('pt') ? 'pt-BR' : 'en'
  const name = context.playbook.services.find(each => each.id === service)?.name
  for (const title of ACCELERATOR_TASKS) {
    const text = title[locale].replace('{service}', name?.[locale] ?? name?.en ?? service)
    await addFollowUp(trx, context, actor, { customerId, title: text, service, madeFor, assignee: null, due: null, note: null })
  }
}

/** Does the playbook itself hold a task for the accelerator of this service? Then the plan has it (E10: 3650). */
export const hasOwnTask = ({ processes }: Pick<Playbook, 'processes'>, service: string): boolean =>
  processes.some(process =>
    process.steps.some(
      step => step.id === 'service-accelerators' && step.tasks.some(({ services }) => services !== 'all' && services.includes(service)),
    ),
  )
