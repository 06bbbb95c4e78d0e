import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { CustomerMeetings, MeetingPage, MeetingView, OverduePage } from '../../model/meeting-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'

/** Series, what is to come and the newest of what was. */
export const customerMeetingsQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customer', customer, 'meetings'],
    queryFn: ({ signal }) => get<CustomerMeetings>(customerPath(customer, 'meetings'), {}, signal),
  })

/** What was before that; asked for page by page. */
export const earlierMeetingsQuery = (customer: string, first: string | null) =>
  infiniteQueryOptions({
    queryKey: ['customer', customer, 'meetings', 'earlier', first],
    queryFn: ({ pageParam, signal }) =>
      get<CustomerMeetings>(customerPath(customer, 'meetings'), { cursor: pageParam ?? undefined }, signal),
    initialPageParam: first,
    getNextPageParam: (last: CustomerMeetings) => last.next,
    enabled: false,
  })

export const meetingQuery = (customer: string, meeting: string) =>
  queryOptions({
    queryKey: ['customer', customer, 'meeting', meeting],
    queryFn: ({ signal }) => get<MeetingView>(customerPath(customer, 'meetings', meeting), {}, signal),
  })

export type MeetingsAsked = Readonly<{
  from?: string | undefined
  to?: string | undefined
  kind?: string | undefined
  mine?: true | undefined
  q?: string | undefined
}>

/** Meetings of all customers one may see, soonest first. */
export const meetingsQuery = (asked: MeetingsAsked) =>
  infiniteQueryOptions({
    queryKey: ['meetings', asked],
    queryFn: ({ pageParam, signal }) => get<MeetingPage>('/meetings', { ...asked, limit: 200, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: MeetingPage) => last.next,
  })

export const overdueQuery = (mine: true | undefined) =>
  infiniteQueryOptions({
    queryKey: ['meetings', 'overdue', mine],
    queryFn: ({ pageParam, signal }) => get<OverduePage>('/meetings/overdue', { mine, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: OverduePage) => last.next,
  })
