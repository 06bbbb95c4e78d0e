import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { CustomerHandshakes, HandshakeLoads, HandshakePage, TeamCalendar } from '../../model/handshake-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'
import type { RequestsSearch } from './search.ts'

const PAGE = 50

export const handshakesQuery = ({ box = 'inbox', state, q, service }: RequestsSearch) =>
  infiniteQueryOptions({
    queryKey: ['handshakes', { box, state, q, service }],
    queryFn: ({ pageParam, signal }) =>
      get<HandshakePage>('/handshakes', { box, state, q, service, limit: PAGE, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: HandshakePage) => last.next,
  })

export const handshakeLoadsQuery = queryOptions({
  queryKey: ['handshakes', 'load'],
  queryFn: ({ signal }) => get<HandshakeLoads>('/handshakes/load', {}, signal),
})

/** Below the customer's key: whatever changes the customer asks for it anew. */
export const customerHandshakesQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'handshakes'],
    queryFn: ({ signal }) => get<CustomerHandshakes>(customerPath(id, 'handshakes'), {}, signal),
  })

export const teamCalendarQuery = (team: string) =>
  queryOptions({
    queryKey: ['teams', team, 'calendar'],
    queryFn: ({ signal }) => get<TeamCalendar>(`/teams/${encodeURIComponent(team)}/calendar`, {}, signal),
  })
