import { AppError } from '../../model/errors.ts'
import type { MarkSeen, NotificationPage, NotificationQuery, UnseenCount } from '../../model/notification-api.ts'
import { NOTIFICATION_KINDS, type NotificationKind } from '../../model/notification-kinds.ts'
import { Moment } from '../../model/words.ts'
import {
  countUnseen,
  markAllNotifications,
  markNotifications,
  type NotificationCursor,
  notificationsOf,
  type ShownNotification,
} from '../../store/notifications.ts'
import type { Context } from '../context.ts'
import { type Actor, authorize } from '../policy.ts'
import { KINDS } from './kinds.ts'

const PAGE = 50

/** What one was told, newest first; nothing of customers that one may not see any more. */
export async function listNotifications(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { before, unseen = false }: NotificationQuery = {},
): Promise<NotificationPage> {
  authorize(actor, 'see-own')
  const after = before === undefined ? undefined : readCursor(before)
  const rows = await notificationsOf(db, actor.personId, { limit: PAGE + 1, after, isUnseen: unseen })
  const page = rows.slice(0, PAGE)
  const last = page.at(-1)
  return {
    notifications: page.map(lineOf),
    unseen: await countUnseen(db, actor.personId),
    next: rows.length > PAGE && last ? `${last.made_at}_${last.id}` : null,
  }
}

/** What the bell shows. */
export async function countOwnUnseen({ db }: Pick<Context, 'db'>, actor: Actor): Promise<UnseenCount> {
  authorize(actor, 'see-own')
  return { unseen: await countUnseen(db, actor.personId) }
}

/** Marks some of one's own, or all that one can have looked at. Others' are left alone without a word. */
export async function markSeen(context: Context, actor: Actor, input: MarkSeen): Promise<NotificationPage> {
  authorize(actor, 'change-own')
  const at = context.now().toISOString()
  if ('until' in input) await markAllNotifications(context.db, actor.personId, { until: input.until, at })
  else await markNotifications(context.db, actor.personId, input.ids, input.seen ? at : null)
  return listNotifications(context, actor)
}

function readCursor(text: string): NotificationCursor {
  const [at = '', id = ''] = text.split('_')
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  if (!Moment.safeParse(at).success || !isUuid) throw new AppError('invalid-input', 'before: the `next` of a page')
  return { at, id }
}

const lineOf = (row: ShownNotification): NotificationPage['notifications'][number] => {
  const kind = kindOf(row.kind)
  return {
    id: row.id,
    kind,
    title: { ...KINDS[kind].title },
    summary: { ...row.summary },
    customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer ?? row.customer_id },
    path: row.path,
    at: row.made_at,
    seenAt: row.seen_at,
  }
}

function kindOf(text: string): NotificationKind {
  const kind = NOTIFICATION_KINDS.find(each => each === text)
  if (kind === undefined) throw new Error(`a notification of the kind ${text} was kept`)
  return kind
}
