/** Words of requests for an expert: what tables, API and screens share. */

export const EXPERT_REQUEST_STATES = ['open', 'needs-detail', 'accepted', 'declined', 'done', 'withdrawn'] as const
/** `needs-detail`: the expert asks, and it waits for whoever made the request. */
export type ExpertRequestState = (typeof EXPERT_REQUEST_STATES)[number]

export const REQUEST_STEPS = [
  'requested',
  'acknowledged',
  'asked',
  'replied',
  'wrote',
  'accepted',
  'declined',
  'handed-on',
  'done',
  'withdrawn',
] as const
/** What a line of the thread of a request is. */
export type RequestStep = (typeof REQUEST_STEPS)[number]
