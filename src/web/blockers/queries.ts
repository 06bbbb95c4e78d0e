import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { BlockerReport, BlockersView } from '../../model/blocker-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'
import type { BlockerReportSearch } from './search.ts'

export const blockersQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'blockers'],
    queryFn: ({ signal }) => get<BlockersView>(customerPath(id, 'blockers'), {}, signal),
  })

const PAGE = 50

export const blockerReportQuery = ({ q, state, service, reason, mine }: BlockerReportSearch) =>
  infiniteQueryOptions({
    queryKey: ['blockers', { q, state, service, reason, mine }],
    queryFn: ({ pageParam, signal }) =>
      get<BlockerReport>('/blockers', { q, state, service, reason, mine, limit: PAGE, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: BlockerReport) => last.next,
  })
