/** What people are told of. A person chooses per kind: at once by mail, in the daily digest, or only in the portal. */
export const NOTIFICATION_KINDS = [
  'assigned',
  'mention',
  'item-assigned',
  'item-due',
  'item-regressed',
  'gate-opened',
  'gate-fell',
  'usage-crossed',
  'handshake-offered',
  'handshake-answered',
  'handshake-waiting',
  'expert-requested',
  'expert-answered',
  'expert-waiting',
  'blocker-due',
  'blocker-escalated',
  'meeting-changed',
  'meeting-answered',
  'meeting-soon',
  'contact-overdue',
  'mail-bounced',
  'survey-low',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

export const TELL_WAYS = ['at-once', 'digest', 'portal'] as const
/** `at-once`: a mail of its own; `digest`: in the one mail of the day; `portal`: no mail. The portal shows all of them. */
export type TellWay = (typeof TELL_WAYS)[number]
