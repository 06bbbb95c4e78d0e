import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { ConnectionState, ConnectionsPage, SyncRunView, TenantConnections } from '../../../model/usage-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { get } from '../../ui/http.ts'

/** How often a run is asked for while somebody looks at it, and how often one that waits for the limits of the service. */
const RUN_EVERY_MS = 2000
const REST_EVERY_MS = 10_000

export const isOpen = (run: SyncRunView | null | undefined): boolean => run?.state === 'waiting' || run?.state === 'running'

const openRuns = (connections: TenantConnections | undefined): readonly SyncRunView[] =>
  (connections?.tenants ?? []).flatMap(({ connection }) => (connection?.run && isOpen(connection.run) ? connection.run : []))

/** Runs that are at work, by id: open, and not resting until the service lets them go on. */
const movingRuns = (connections: TenantConnections | undefined): readonly string[] =>
  openRuns(connections).flatMap(run => (run.resumesAt === null ? run.id : []))

/** Tenants of a customer with their connections; asked for again and again while a run is open, and figures with it when one ends or rests. */
export const connectionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'connections'],
    queryFn: async ({ signal, client }) => {
      const before = movingRuns(client.getQueryData<TenantConnections>(['customer', id, 'connections']))
      const fresh = await get<TenantConnections>(customerPath(id, 'connections'), {}, signal)
      const moving = movingRuns(fresh)
      // Not the connections themselves: they have just come.
      if (before.some(run => !moving.includes(run))) void afterUsageChange(client, id, ['connections'])
      return fresh
    },
    refetchInterval: ({ state: { data } }) =>
      movingRuns(data).length > 0 ? RUN_EVERY_MS : openRuns(data).length > 0 ? REST_EVERY_MS : false,
  })

/** What figures stand on changed: everything of the customer is asked for anew, and what sums customers up. */
export async function afterUsageChange(client: QueryClient, id: string, except: readonly string[] = []): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['customer', id], predicate: ({ queryKey }) => !except.includes(String(queryKey[2])) }),
    ...[['portfolio'], ['session'], ['usage']].map(queryKey => client.invalidateQueries({ queryKey })),
  ])
}

/** Connections of all customers that the reader may see. */
export const allConnectionsQuery = (filters: { q: string | undefined; state: ConnectionState | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['connections', filters],
    queryFn: ({ pageParam, signal }) =>
      get<ConnectionsPage>('/usage/connections', { ...filters, cursor: pageParam ?? undefined, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ConnectionsPage) => last.next,
    placeholderData: keepPreviousData,
  })

/** How many connections are in a state. */
export const connectionCountQuery = (state: ConnectionState) =>
  queryOptions({
    queryKey: ['connections', 'count', state],
    queryFn: async ({ signal }) => (await get<ConnectionsPage>('/usage/connections', { state, limit: 1 }, signal)).total,
  })
