import { localOf } from '../../calendar/zone.ts'
import { Day } from '../../model/words.ts'
import type { Trx } from '../../store/database.ts'
import { findFacts, findReviewHeld } from '../../store/discussions.ts'
import { forgetFact, saveFacts } from '../../store/facts.ts'
import type { Context } from '../context.ts'
import type { Told } from '../events/record.ts'
import type { Actor } from '../policy.ts'

const FACT = 'review.meetingHeldOn'
/** Where the fact comes from: it follows the meetings, and is taken back with them. */
const SOURCE = 'meeting'

/**
 * Rules read on which day the review was held (R5): the newest review meeting of the present engagement that was. After a change of one,
 * in its transaction; answers what is to be recorded, and nothing where the fact stays. One that a person told stays while no meeting was held.
 */
export async function settleReviewHeld(
  trx: Trx,
  context: Pick<Context, 'now'>,
  actor: Actor,
  { customerId, version }: Readonly<{ customerId: string; version: number }>,
): Promise<readonly Told[]> {
  const [fact] = await findFacts(trx, customerId, [FACT])
  const held = await findReviewHeld(trx, customerId)
  const before = fact?.value ?? null
  const after = held ? Day.parse(localOf(held.starts_at, held.time_zone).slice(0, 10)) : null
  if (after === null && fact?.source !== SOURCE) return []
  if (after === before) return []
  const row = { customerId, name: FACT, service: '', source: SOURCE, at: context.now().toISOString(), who: actor.personId, version }
  if (after !== null) await saveFacts(trx, [{ ...row, value: after, asOf: after }])
  else await forgetFact(trx, customerId, FACT, '')
  return [{ kind: 'fact-set', data: { fact: FACT, service: null, before, after, asOf: after } }]
}
