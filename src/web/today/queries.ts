import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { TodayView } from '../../model/today-api.ts'
import { get } from '../ui/http.ts'
import type { TodaySearch } from './search.ts'

/** Days are the server's; a meeting is today where the reader is. */
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

export const todayQuery = ({ whose }: TodaySearch, limit: number) =>
  queryOptions({
    queryKey: ['today', { whose, limit }],
    queryFn: ({ signal }) => get<TodayView>('/today', { whose, limit, zone: zone() }, signal),
    placeholderData: keepPreviousData,
  })
