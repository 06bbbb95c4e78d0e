import type { HANDSHAKES } from '../../model/words.ts'
import type { Trx } from '../../store/database.ts'
import { saveFacts } from '../../store/facts.ts'
import { type Context, todayOf } from '../context.ts'
import type { Actor } from '../policy.ts'

const SOURCE = 'portal'

/** What rules read of a handshake; `owner` false: nobody. What is absent stays as it is. */
export type HandshakeFacts = Readonly<{ handshake?: (typeof HANDSHAKES)[number]; owner?: string | false }>

/** Writes them for one service of a locked customer. */
export function saveHandshakeFacts(
  trx: Trx,
  context: Pick<Context, 'now'>,
  actor: Actor,
  { customerId, service, version }: Readonly<{ customerId: string; service: string; version: number }>,
  facts: HandshakeFacts,
): Promise<void> {
  const row = { customerId, service, version, source: SOURCE, asOf: todayOf(context), at: context.now().toISOString(), who: actor.personId }
  return saveFacts(trx, [
    ...(facts.handshake === undefined ? [] : [{ ...row, name: 'service.handshake', value: facts.handshake }]),
    ...(facts.owner === undefined ? [] : [{ ...row, name: 'service.owner', value: facts.owner }]),
  ])
}
