import type { Text } from '../../model/words.ts'
import type { JobHandler } from '../../store/jobs.ts'
import type { QueueName } from '../../store/queues.ts'
import { findCurrentRelease } from '../../store/releases.ts'
import { escalateBlockers } from '../blockers/escalate.ts'
import type { Connecting } from '../connections/connecting.ts'
import type { Context } from '../context.ts'
import { remindExpertRequests } from '../expert-requests/remind.ts'
import { releaseEnded } from '../handshakes/owners.ts'
import { remindHandshakes } from '../handshakes/remind.ts'
import { checkMails, sendMail } from '../mail/send-mail.ts'
import type { MailSettings } from '../mail/settings.ts'
import { sendInvitations } from '../meetings/invite.ts'
import { remindOfMeetings, tellOverdue } from '../meetings/remind.ts'
import { planAllMeetings } from '../meetings/series.ts'
import { makeForecasts } from '../milestones/make-forecasts.ts'
import { remindItems } from '../notifications/remind-items.ts'
import { tellPeople } from '../notifications/tell.ts'
import { followOutlook } from '../outlook/follow.ts'
import type { Directory } from '../people/leads.ts'
import { recomputeAll } from '../plans/recompute.ts'
import { writeReviewLetters } from '../review-record/letters.ts'
import { keepSurveys } from '../surveys/keep.ts'
import { writeSurveyMails } from '../surveys/write.ts'
import { syncUsage } from '../sync/job.ts'
import { planSyncs } from '../sync/plan-syncs.ts'

/** Deletes what was kept long enough; answers how many. May run twice. */
export type Purge = Readonly<{ name: string; run: (context: Context) => Promise<number> }>

export type JobParts = Readonly<{
  /** Acts for the system. */
  context: Context
  mail: MailSettings
  graph: Connecting
  /** Who can be told, and at which address. */
  auth: Directory
  purges: readonly Purge[]
}>

/** What each queue does, for the jobs page. */
export const QUEUE_TITLES: Readonly<Record<QueueName, Text>> = {
  'send-mail': { en: 'Send mail', 'pt-BR': 'Enviar e-mails' },
  'check-mail': { en: 'Find mail nobody is sending', 'pt-BR': 'Encontrar e-mails que ninguém está enviando' },
  'tell-people': { en: 'Write to people what concerns them', 'pt-BR': 'Escrever às pessoas o que lhes diz respeito' },
  'send-digests': { en: 'Send the digest of the day', 'pt-BR': 'Enviar o resumo do dia' },
  'remind-items': { en: 'Remind of mandatory tasks', 'pt-BR': 'Lembrar de tarefas obrigatórias' },
  'remind-handshakes': { en: 'Remind of handshakes', 'pt-BR': 'Lembrar de handshakes' },
  'remind-expert-requests': { en: 'Remind of requests for an expert', 'pt-BR': 'Lembrar de pedidos de especialista' },
  'keep-surveys': {
    en: 'End and remind of surveys, ask where that is on',
    'pt-BR': 'Encerrar e lembrar pesquisas, consultar onde isso está ligado',
  },
  'write-surveys': { en: 'Write invitations to surveys', 'pt-BR': 'Escrever convites para pesquisas' },
  invite: { en: 'Write invitations to meetings', 'pt-BR': 'Escrever convites para reuniões' },
  'review-letters': { en: 'Write summaries of reviews to contacts', 'pt-BR': 'Escrever resumos de revisões a contatos' },
  'follow-outlook': { en: 'Tell Outlook what waits, read answers there', 'pt-BR': 'Avisar o Outlook do que espera, ler respostas de lá' },
  'remind-meetings': { en: 'Remind of meetings', 'pt-BR': 'Lembrar de reuniões' },
  'plan-meetings': {
    en: 'Set down coming meetings, find overdue contacts',
    'pt-BR': 'Registrar próximas reuniões, achar contatos atrasados',
  },
  'keep-plans-current': { en: 'Bring plans up to date', 'pt-BR': 'Atualizar planos' },
  'sync-usage': { en: 'Read usage reports of a tenant', 'pt-BR': 'Ler relatórios de uso de um locatário' },
  'plan-syncs': { en: 'Plan the night’s usage reports', 'pt-BR': 'Planejar os relatórios de uso da noite' },
  'escalate-blockers': { en: 'Remind of blockers, escalate late ones', 'pt-BR': 'Lembrar de bloqueios, escalar os atrasados' },
  forecast: { en: 'Keep what is expected of usage', 'pt-BR': 'Guardar o que se espera do uso' },
  purge: { en: 'Delete what was kept long enough', 'pt-BR': 'Excluir o que já foi guardado o bastante' },
}

/** What a job of each queue does. Retries and schedules are in store/queues.ts. */
export function jobHandlers({ context, mail, graph, auth, purges }: JobParts): Readonly<Record<QueueName, JobHandler>> {
  const sending = { ...context, mail }
  const connecting = { ...context, graph }
  const inviting = { ...sending, graph }
  return {
    'send-mail': ({ data, isLastTry }) => sendMail(sending, mailIdOf(data), isLastTry),
    'check-mail': () => checkMails(sending),
    'tell-people': async () => void (await tellPeople(sending, auth, 'at-once')),
    'send-digests': async () => void (await tellPeople(sending, auth, 'digest')),
    'remind-items': async ({ isStopping }) => void (await remindItems(context, isStopping)),
    'remind-handshakes': ({ isStopping }) => keepHandshakes(context, auth, isStopping),
    'remind-expert-requests': async ({ isStopping }) => {
      const { reminded, escalated } = await remindExpertRequests(context, auth, isStopping)
      if (reminded + escalated > 0) context.log('info', `requests for an expert: reminders ${reminded}, told to a lead ${escalated}`)
    },
    'keep-surveys': ({ isStopping }) => keepSurveys(context, isStopping),
    'write-surveys': async ({ isStopping }) => void (await writeSurveyMails(sending, isStopping)),
    invite: async ({ data }) => void (await sendInvitations(inviting, auth, data)),
    'review-letters': async ({ data }) => void (await writeReviewLetters(sending, data)),
    'follow-outlook': async ({ isStopping }) => void (await followOutlook(inviting, auth, isStopping)),
    'remind-meetings': async ({ isStopping }) => void (await remindOfMeetings(context, isStopping)),
    'plan-meetings': async ({ isStopping }) => {
      await planAllMeetings(context, isStopping)
      await tellOverdue(context, isStopping)
    },
    'keep-plans-current': ({ isStopping }) => keepPlansCurrent(context, isStopping),
    'sync-usage': run => syncUsage(connecting, run),
    'plan-syncs': async ({ isStopping }) => {
      const count = await planSyncs(context, isStopping)
      if (count > 0) context.log('info', `usage: tenants to be read this night: ${count}`)
    },
    'escalate-blockers': async ({ isStopping }) => {
      const { reminded, escalated } = await escalateBlockers(context, auth, isStopping)
      if (reminded + escalated > 0) context.log('info', `blockers: reminded of ${reminded}, escalated ${escalated}`)
    },
    forecast: ({ isStopping }) => keepForecasts(context, isStopping),
    purge: async ({ isStopping }) => {
      for (const { name, run } of purges) {
        if (isStopping()) throw new Error('stopped; goes on at the next start')
        const count = await run(context)
        if (count > 0) context.log('info', `purge: ${name}: ${count}`)
      }
    },
  }
}

async function keepForecasts(context: Context, isStopping: () => boolean): Promise<void> {
  const onProgress = () => {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
  }
  const { added, reached } = await makeForecasts(context, { onProgress })
  if (added + reached > 0) context.log('info', `forecasts kept: ${added}; goals that changed: ${reached}`)
}

async function keepHandshakes(context: Context, directory: Directory, isStopping: () => boolean): Promise<void> {
  await releaseEnded(context, isStopping)
  const { reminded, escalated } = await remindHandshakes(context, directory, isStopping)
  if (reminded + escalated > 0) context.log('info', `handshakes: reminders ${reminded}, told to a lead ${escalated}`)
}

function mailIdOf(data: unknown): string {
  const id = typeof data === 'object' && data !== null && 'mail' in data ? data.mail : undefined
  if (typeof id !== 'string') throw new Error('a job of send-mail names a mail')
  return id
}

/** Plans of another day or another release are made anew. The release is that of now: a worker may have started before it. */
async function keepPlansCurrent(context: Context, isStopping: () => boolean): Promise<void> {
  const playbook = (await findCurrentRelease(context.db)) ?? context.playbook
  const onProgress = () => {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
  }
  const done = await recomputeAll({ ...context, playbook }, { onProgress })
  if (done > 0) context.log('info', `plans brought up to date: ${done}`)
}
