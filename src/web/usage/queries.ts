import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { UsageView } from '../../model/api.ts'
import type { TargetsView, UsageAlerts } from '../../model/usage-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'

/** 540 days: the 18 months that a chart shows. `knownOn`: as it was known at the end of that day; else with every correction. */
export const usageQuery = (id: string, knownOn?: string) =>
  queryOptions({
    queryKey: ['customer', id, 'usage', knownOn ?? null],
    queryFn: ({ signal }) => get<UsageView>(customerPath(id, 'usage'), { days: 540, knownOn }, signal),
  })

/** Milestones, the days to come and what changed of late, of each service. */
export const targetsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'targets'],
    queryFn: ({ signal }) => get<TargetsView>(customerPath(id, 'targets'), {}, signal),
  })

/** What is wrong with the figures, a line per cause, of the customers that the reader may see. */
export const alertsQuery = queryOptions({
  queryKey: ['usage', 'alerts'],
  queryFn: ({ signal }) => get<UsageAlerts>('/usage/alerts', {}, signal),
  placeholderData: keepPreviousData,
})
