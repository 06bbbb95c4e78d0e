import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { CustomerView, EventPage, PlanView, UsageView } from '../../model/api.ts'
import { get } from '../ui/http.ts'

export const customerPath = (id: string, ...rest: string[]) => `/${['customers', id, ...rest].map(encodeURIComponent).join('/')}`

export const customerQuery = (id: string) =>
  queryOptions({ queryKey: ['customer', id], queryFn: ({ signal }) => get<CustomerView>(customerPath(id), {}, signal) })

export const planQuery = (id: string) =>
  queryOptions({ queryKey: ['customer', id, 'plan'], queryFn: ({ signal }) => get<PlanView>(customerPath(id, 'plan'), {}, signal) })

/** 540 days: the 18 months that a chart shows. */
export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'usage'],
    queryFn: ({ signal }) => get<UsageView>(customerPath(id, 'usage'), { days: 540 }, signal),
  })

export const eventsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['customer', id, 'events'],
    queryFn: ({ pageParam, signal }) =>
      get<EventPage>(customerPath(id, 'events'), { limit: 50, ...(pageParam === null ? {} : { before: pageParam }) }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (last: EventPage) => last.next,
  })
