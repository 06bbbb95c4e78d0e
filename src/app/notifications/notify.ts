import { randomUUID } from 'node:crypto'
import type { NotificationKind } from '../../model/notification-kinds.ts'
import type { Text } from '../../model/words.ts'
import type { Trx } from '../../store/database.ts'
import { insertNotifications } from '../../store/notifications.ts'
import type { Context } from '../context.ts'

export type Notification = Readonly<{
  /** People by id; told once each. */
  to: readonly string[]
  /** The same for the same occasion: whoever was told of it is not told again. */
  key: string
  kind: NotificationKind
  customerId: string | null
  /** Where in the portal it is, from `/`. */
  path: string
  /** One sentence, in every language. */
  summary: Text
}>

/**
 * Tells people of something, in the transaction that makes it so: the portal shows it, and within a minute or so `tellPeople` writes to
 * those who chose to be written to. Costs the one who calls one statement, and locks nothing that others wait for.
 */
export async function notify(
  trx: Trx,
  { now }: Pick<Context, 'now'>,
  { to, key, kind, customerId, path, summary }: Notification,
): Promise<void> {
  const rows = [...new Set(to)].map(person => ({
    id: randomUUID(),
    person_id: person,
    key,
    kind,
    customer_id: customerId,
    path,
    summary: JSON.stringify(summary),
    made_at: now().toISOString(),
  }))
  await insertNotifications(trx, rows)
}
