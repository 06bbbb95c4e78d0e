/** Words of the daily work: what tables, API and screens share. */

export const SEAT_INTENTS = ['unknown', 'in-progress', 'blocked', 'no-intent', 'duplicate'] as const
/** What the customer means to do with seats of a service. */
export type SeatIntent = (typeof SEAT_INTENTS)[number]

export const HANDSHAKE_STATES = ['offered', 'asked', 'accepted', 'declined', 'withdrawn'] as const
/** `asked`: the customer success manager has a question; it still waits for an answer. */
export type HandshakeState = (typeof HANDSHAKE_STATES)[number]

export const MEETING_KINDS = ['internal', 'customer', 'vendor'] as const
/** `vendor`: with the vendor's account team. */
export type MeetingKind = (typeof MEETING_KINDS)[number]

export const MEETING_ABOUT = ['review'] as const
/** What a meeting with the customer is held for beyond the contact itself: the success review. */
export type MeetingAbout = (typeof MEETING_ABOUT)[number]

export const MEETING_STATES = ['scheduled', 'held', 'missed', 'cancelled'] as const
export type MeetingState = (typeof MEETING_STATES)[number]

export const ATTENDEE_ANSWERS = ['needs-action', 'accepted', 'declined', 'tentative'] as const
/** As iCalendar has it (RFC 5545, PARTSTAT). */
export type AttendeeAnswer = (typeof ATTENDEE_ANSWERS)[number]
