import type { NotificationKind } from '../../model/notification-kinds.ts'
import type { Trx } from '../../store/database.ts'
import type { FoundRequest } from '../../store/expert-requests.ts'
import type { Context } from '../context.ts'
import { notify } from '../notifications/notify.ts'
import { askedFor, TOLD, type ToldOf } from './sentences.ts'

/** Where in the portal a request is for whom it waits. */
export const inboxPath = (id: string): string => `/requests?list=experts&box=inbox&request=${id}`
/** Where whoever asked finds it. */
export const outboxPath = (id: string): string => `/requests?list=experts&box=outbox&request=${id}`
/** Where it is to be found when it is over. */
const anyPath = (id: string): string => `/requests?list=experts&box=all&state=any&request=${id}`

type Telling = Readonly<{
  kind: Extract<NotificationKind, `expert-${string}`>
  sentence: ToldOf
  /** Whom the sentence speaks of. */
  person: string
  /** The same for the same occasion. */
  key: string
}>

/**
 * Tells experts. What they are told belongs to no customer: they may not see it, and are then shown nothing that belongs to it; the request
 * itself says who it is for.
 */
export const tellExperts = (trx: Trx, context: Context, row: Asked, to: readonly string[], telling: Telling) =>
  notify(trx, context, { ...summaryOf(context, row, telling), to, customerId: null, path: inboxPath(row.id) })

/** Tells those who asked, and leads. */
export const tellAskers = (trx: Trx, context: Context, row: Asked, to: readonly string[], telling: Telling & { isOver?: boolean }) =>
  notify(trx, context, {
    ...summaryOf(context, row, telling),
    to,
    customerId: row.customer_id,
    path: telling.isOver ? anyPath(row.id) : outboxPath(row.id),
  })

type Asked = Pick<FoundRequest, 'id' | 'customer_id' | 'customer' | 'skill' | 'service'>

const summaryOf = ({ playbook }: Context, row: Asked, { kind, sentence, person, key }: Telling) => ({
  kind,
  key: `expert-request:${row.id}:${sentence}:${key}`,
  summary: TOLD[sentence]({ customer: row.customer, what: askedFor(playbook, row), person }),
})
