import { randomUUID } from 'node:crypto'
import type { NotificationKind } from '../../../model/notification-kinds.ts'
import type { Text } from '../../../model/words.ts'
import type { Trx } from '../../../store/database.ts'
import { insertNotifications } from '../../../store/notifications.ts'
import type { Context } from '../../context.ts'

type Told = Readonly<{ kind: NotificationKind; place: string; summary: Text; hoursAgo: number; isSeen: boolean }>

/** One new and one seen of those that a person meets most. They lead to screens of the customer, where more is to be seen. */
const TOLD: readonly Told[] = [
  {
    kind: 'assigned',
    place: 'plan',
    summary: { en: 'this customer was assigned to you', 'pt-BR': 'este cliente foi atribuído a você' },
    hoursAgo: 2,
    isSeen: false,
  },
  {
    kind: 'usage-crossed',
    place: 'usage',
    summary: { en: 'usage crossed a mark', 'pt-BR': 'o uso cruzou uma marca' },
    hoursAgo: 26,
    isSeen: false,
  },
  {
    kind: 'gate-opened',
    place: 'plan',
    summary: { en: 'a gate opened', 'pt-BR': 'uma condição foi atendida' },
    hoursAgo: 75,
    isSeen: true,
  },
]

/** Tells demo accounts about some of their customers. As told by mail already: nobody is written to because a demo was loaded. */
export async function giveNotifications(
  trx: Trx,
  { now }: Pick<Context, 'now'>,
  { people, customers }: Readonly<{ people: readonly string[]; customers: readonly Readonly<{ id: string; name: string }>[] }>,
): Promise<void> {
  const rows = people.flatMap(person =>
    TOLD.flatMap(({ kind, place, summary, hoursAgo, isSeen }, index) => {
      const customer = customers[index % Math.max(1, customers.length)]
      if (!customer) return []
      const at = new Date(now().getTime() - hoursAgo * 3_600_000).toISOString()
      const named = Object.fromEntries(Object.entries(summary).map(([locale, text]) => [locale, `${customer.name}: ${text}`]))
      const path = `/customers/${customer.id}/${place}`
      const seen = isSeen ? { seen_at: at } : {}
      return [
        {
          id: randomUUID(),
          person_id: person,
          key: `demo ${kind}`,
          kind,
          customer_id: customer.id,
          path,
          summary: JSON.stringify(named),
          made_at: at,
          told_at: at,
          ...seen,
        },
      ]
    }),
  )
  await insertNotifications(trx, rows)
}
