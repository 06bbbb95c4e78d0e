import type { DiscussionStatus, ServiceDiscussion } from '../../../model/discussion-api.ts'

export type Content = Readonly<{
  interest: boolean | null
  status: DiscussionStatus
  plannedFor: string | null
  heldOn: string | null
  successFactors: string | null
  participants: string | null
  outcome: string | null
}>
export const EMPTY: Content = {
  interest: null,
  status: 'proposed',
  plannedFor: null,
  heldOn: null,
  successFactors: null,
  participants: null,
  outcome: null,
}
/** What is kept of a discussion, as the API takes it. */
export const contentOf = (discussion: ServiceDiscussion['discussion']): Content => {
  if (!discussion) return EMPTY
  const { interest, status, plannedFor, heldOn, successFactors, participants, outcome } = discussion
  return { interest, status, plannedFor, heldOn, successFactors, participants, outcome }
}
