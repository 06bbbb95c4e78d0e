import { oneOf, searchOf, text } from '../ui/search.ts'

/** The first is what one sees unless another is chosen. */
export const BOXES = ['inbox', 'outbox', 'all', 'load'] as const
export const REQUEST_STATES = ['open', 'answered', 'any'] as const

export const LISTS = ['handshakes', 'experts'] as const

export const RequestsSearch = searchOf({
  list: oneOf(LISTS),
  box: oneOf(BOXES),
  state: oneOf(REQUEST_STATES),
  q: text,
  service: text,
  skill: text,
  handshake: text,
  request: text,
})
export type RequestsSearch = ReturnType<typeof RequestsSearch>
