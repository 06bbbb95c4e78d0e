import type { Text } from '../../model/words.ts'
import type { JobHandler } from '../../store/jobs.ts'
import type { QueueName } from '../../store/queues.ts'
import { findCurrentRelease } from '../../store/releases.ts'
import type { Context } from '../context.ts'
import { checkMails, sendMail } from '../mail/send-mail.ts'
import type { MailSettings } from '../mail/settings.ts'
import { recomputeAll } from '../plans/recompute.ts'

/** Deletes what was kept long enough; answers how many. May run twice. */
export type Purge = Readonly<{ name: string; run: (context: Context) => Promise<number> }>

export type JobParts = Readonly<{
  /** Acts for the system. */
  context: Context
  mail: MailSettings
  purges: readonly Purge[]
}>

/** What each queue does, for the jobs page. */
export const QUEUE_TITLES: Readonly<Record<QueueName, Text>> = {
  'send-mail': { en: 'Send mail', 'pt-BR': 'Enviar e-mails' },
  'check-mail': { en: 'Find mail nobody is sending', 'pt-BR': 'Encontrar e-mails que ninguém está enviando' },
  'keep-plans-current': { en: 'Bring plans up to date', 'pt-BR': 'Atualizar planos' },
  purge: { en: 'Delete what was kept long enough', 'pt-BR': 'Excluir o que já foi guardado o bastante' },
}

/** What a job of each queue does. Retries and schedules are in store/queues.ts. */
export function jobHandlers({ context, mail, purges }: JobParts): Readonly<Record<QueueName, JobHandler>> {
  const sending = { ...context, mail }
  return {
    'send-mail': ({ data, isLastTry }) => sendMail(sending, mailIdOf(data), isLastTry),
    'check-mail': () => checkMails(sending),
    'keep-plans-current': ({ isStopping }) => keepPlansCurrent(context, isStopping),
    purge: async ({ isStopping }) => {
      for (const { name, run } of purges) {
        if (isStopping()) throw new Error('stopped; goes on at the next start')
        const count = await run(context)
        if (count > 0) context.log('info', `purge: ${name}: ${count}`)
      }
    },
  }
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
