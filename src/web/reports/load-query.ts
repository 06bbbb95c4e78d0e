import { queryOptions } from '@tanstack/react-query'
import type { LoadView } from '../../model/item-api.ts'
import { get } from '../ui/http.ts'

/** Below the key of the portfolio: whatever moves something there may move the load. */
export const loadQuery = queryOptions({
  queryKey: ['portfolio', 'load'],
  queryFn: ({ signal }) => get<LoadView>('/load', {}, signal),
})
