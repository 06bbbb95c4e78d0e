import { z } from 'zod'
import { NOTIFICATION_KINDS } from './notification-kinds.ts'
import { Moment } from './words.ts'

const text = z.record(z.string(), z.string())
const count = z.int().min(0)

/** GET /notifications?before&unseen — one's own, newest first. */
export const NotificationQuery = z.object({
  before: z.string().max(100).optional(),
  unseen: z.stringbool().optional(),
})
export type NotificationQuery = z.infer<typeof NotificationQuery>

export const NotificationLine = z.strictObject({
  id: z.string(),
  kind: z.enum(NOTIFICATION_KINDS),
  title: text,
  summary: text,
  customer: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  path: z.string(),
  at: z.string(),
  seenAt: z.string().nullable(),
})
export type NotificationLine = z.infer<typeof NotificationLine>

export const NotificationPage = z.strictObject({
  notifications: z.array(NotificationLine),
  unseen: count,
  /** For `before`: the page after this one; null = this was the last. */
  next: z.string().nullable(),
})
export type NotificationPage = z.infer<typeof NotificationPage>

/** GET /notifications/unseen — what the bell shows. */
export const UnseenCount = z.strictObject({ unseen: count })
export type UnseenCount = z.infer<typeof UnseenCount>

/** POST /notifications/seen — these, or every one made until `until`. */
export const MarkSeen = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(200), seen: z.boolean().default(true) }),
  z.strictObject({ until: Moment }),
])
export type MarkSeen = z.infer<typeof MarkSeen>
