import { infiniteQueryOptions } from '@tanstack/react-query'
import type { EventPage } from '../../model/api.ts'
import type { EventQuery, TimelinePage } from '../../model/timeline-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'
import type { TimelineSearch } from './search.ts'

type Place = Partial<Pick<EventQuery, 'before' | 'after' | 'around'>>

/** Events that pass the filters, from the newest or from around one, and on both ways. */
export const timelineQuery = (customer: string, { event, merged: _merged, ...filter }: TimelineSearch) =>
  infiniteQueryOptions({
    queryKey: ['customer', customer, 'events', filter, event ?? null],
    queryFn: ({ pageParam, signal }) => get<TimelinePage>(customerPath(customer, 'events'), { limit: 50, ...filter, ...pageParam }, signal),
    initialPageParam: (event === undefined ? {} : { around: event }) as Place,
    getNextPageParam: (last: TimelinePage): Place | null => (last.next === null ? null : { before: last.next }),
    getPreviousPageParam: (first: TimelinePage): Place | null => (first.previous === null ? null : { after: first.previous }),
  })

/** What happened to a customer that was merged into this one, from the newest on. */
export const mergedQuery = (customer: string, from: string) =>
  infiniteQueryOptions({
    queryKey: ['customer', customer, 'merged', from],
    queryFn: ({ pageParam, signal }) =>
      get<EventPage>(customerPath(customer, 'merged', from, 'events'), { limit: 50, ...pageParam }, signal),
    initialPageParam: {} as Pick<Place, 'before'>,
    getNextPageParam: ({ next }: EventPage): Pick<Place, 'before'> | null => (next === null ? null : { before: next }),
  })
