import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  CustomerExpertRequests,
  Expertise,
  ExpertMatches,
  ExpertRequestLoads,
  ExpertRequestPage,
  ExpertRequestView,
} from '../../../model/expert-request-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { get } from '../../ui/http.ts'
import type { RequestsSearch } from '../search.ts'

const PAGE = 50
/** What a request of the handshakes calls answered has ended here: an accepted one is still at work. */
const STATE_OF = { open: 'open', answered: 'ended', any: 'any' } as const

export const expertRequestsQuery = ({ box = 'inbox', state = 'open', q, service, skill }: RequestsSearch) =>
  infiniteQueryOptions({
    queryKey: ['expert-requests', { box, state, q, service, skill }],
    queryFn: ({ pageParam, signal }) =>
      get<ExpertRequestPage>(
        '/expert-requests',
        { box, state: STATE_OF[state], q, service, skill, limit: PAGE, cursor: pageParam ?? undefined },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ExpertRequestPage) => last.next,
  })

export const expertRequestLoadsQuery = queryOptions({
  queryKey: ['expert-requests', 'load'],
  queryFn: ({ signal }) => get<ExpertRequestLoads>('/expert-requests/load', {}, signal),
})

/** Below the customer's key: whatever changes the customer asks for it anew. */
export const customerExpertRequestsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'expert-requests'],
    queryFn: ({ signal }) => get<CustomerExpertRequests>(customerPath(id, 'expert-requests'), {}, signal),
  })

export type WantedExpert = Pick<ExpertRequestView, 'skill' | 'service' | 'language' | 'region'>

/** The list stays while another is on its way: one is choosing in it. */
export const expertsQuery = ({ skill, service, language, region }: WantedExpert) =>
  queryOptions({
    queryKey: ['experts', { skill, service, language, region }],
    queryFn: ({ signal }) =>
      get<ExpertMatches>(
        '/experts',
        { skill, service: service ?? undefined, language: language ?? undefined, region: region ?? undefined },
        signal,
      ),
    placeholderData: keepPreviousData,
    enabled: skill !== '',
  })

/** Null: one's own. */
export const expertisePath = (person: string | null) =>
  person === null ? '/me/expertise' : `/people/${encodeURIComponent(person)}/expertise`
export const expertiseQuery = (person: string | null) =>
  queryOptions({
    queryKey: ['expertise', person],
    queryFn: ({ signal }) => get<Expertise>(expertisePath(person), {}, signal),
  })
