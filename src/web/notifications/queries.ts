import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { MarkSeen, NotificationPage, UnseenCount } from '../../model/notification-api.ts'
import { get, send } from '../ui/http.ts'

/** What the bell shows, asked for again every minute and when the window is looked at again. */
export const unseenQuery = queryOptions({
  queryKey: ['notifications', 'unseen'],
  queryFn: ({ signal }) => get<UnseenCount>('/notifications/unseen', {}, signal),
  refetchInterval: 60_000,
  staleTime: 30_000,
})

export const notificationsQuery = (unseen: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'list', unseen],
    queryFn: ({ pageParam, signal }) =>
      get<NotificationPage>('/notifications', { unseen: unseen || undefined, before: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: NotificationPage) => last.next,
  })

export const markSeen = (input: MarkSeen) => send<NotificationPage>('POST', '/api/v1/notifications/seen', input)
