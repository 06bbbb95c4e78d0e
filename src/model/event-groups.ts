/** What events are about, to choose by. The kind of an event begins with one of these words; `other` is what no group claims. */
export const EVENT_GROUPS = ['tasks', 'notes', 'meetings', 'blockers', 'success-plan', 'usage', 'people', 'other'] as const
export type EventGroup = (typeof EVENT_GROUPS)[number]

export const KINDS_OF: Readonly<Record<Exclude<EventGroup, 'other'>, readonly string[]>> = {
  tasks: ['item-', 'follow-up-', 'handshake-', 'expert-', 'decision-', 'transition-', 'evidence-', 'adoption-'],
  notes: ['note-'],
  meetings: ['meeting-', 'cadence-', 'attendee-', 'invitation-', 'discussion-'],
  blockers: ['blocker-'],
  'success-plan': ['objective-', 'metric-', 'seat-', 'kickoff-', 'intent-'],
  usage: ['report-', 'import-', 'denominator-', 'milestone-', 'entitlements-', 'people-', 'connection-', 'run-'],
  people: ['assignment-', 'team-', 'contact-', 'survey-'],
}
