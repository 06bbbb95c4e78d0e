import { z } from 'zod'
import type { ConnectionFinding } from '../../model/usage-api.ts'
import type { JobRun } from '../../store/jobs.ts'
import type { ConnectingContext } from '../connections/connecting.ts'
import { enqueueRun } from './request-run.ts'
import { carryOut, giveUp } from './run.ts'

const Data = z.object({ customer: z.string(), run: z.uuid() })

/** A run that somebody else carries out is looked after again this much later: they may have been cut off. */
const HELD_MS = 5 * 60_000

/** A part of a run, as a job. Throws when it is to be tried again; the last try gives the run up. */
export async function syncUsage(context: ConnectingContext, { data, isLastTry, isStopping }: JobRun): Promise<void> {
  const { customer, run } = Data.parse(data)
  const key = { customerId: customer, runId: run }
  let end: Awaited<ReturnType<typeof carryOut>>
  try {
    end = await carryOut(context, key, { isStopping })
  } catch (error) {
    if (isLastTry) await giveUp(context, key, GAVE_UP)
    throw error
  }
  if (end === 'stopped') throw new Error('stopped; goes on at the next start')
  if (end !== 'held') return
  const later = new Date(context.now().getTime() + HELD_MS)
  await context.db.transaction().execute(trx => enqueueRun(trx, context, { customer_id: customer, id: run }, later))
}

/** What is said of a run that Impulso itself failed at, however often it tried. */
export const GAVE_UP: ConnectionFinding = {
  code: 'gave-up',
  severity: 'error',
  text: {
    en: 'Impulso could not finish this run; the trouble was on its own side, not at Microsoft.',
    'pt-BR': 'O Impulso não conseguiu concluir esta execução; o problema foi do próprio Impulso, não da Microsoft.',
  },
  remedy: {
    en: 'The log and the jobs page say what it was. The next night tries again.',
    'pt-BR': 'O log e a página de tarefas do sistema dizem o que foi. A próxima noite tenta de novo.',
  },
}
