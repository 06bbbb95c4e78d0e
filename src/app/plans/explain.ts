import { explain as explainIn } from '../../engine/flip.ts'
import type { ExplainView } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import { loadKnown } from '../../store/known.ts'
import { type Context, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { visibleCustomer } from '../customers/visible.ts'
import type { Actor } from '../policy.ts'

export type ExplainSubject = Readonly<{ kind: 'item' | 'gate'; id: string }>

/** Why an item or a gate is as it is, with the proof, and what would change it. */
export async function explain(context: Context, actor: Actor, customerId: string, subject: ExplainSubject): Promise<ExplainView> {
  await visibleCustomer(context, actor, customerId)
  const [known] = await loadKnown(context.db, [customerId])
  const { facts, history } = known ? factsOf(known, todayOf(context)) : {}
  const found = facts && history && explainIn(context.playbook, facts, history, todayOf(context), subject)
  if (!found) throw new AppError('not-found', `customer ${customerId} has no ${subject.kind} ${subject.id}`)
  return found
}
