import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { AtRiskReport, MilestonesReport, PastDueReport, ReportFilters, SilentReport, WaitingReport } from '../../model/report-api.ts'
import type { ForecastReport } from '../../model/usage-api.ts'
import { get } from '../ui/http.ts'
import type { ForecastsSearch } from './search.ts'

const PAGE = 50
/** As many as the server gives at once. */
const MOST = 200

export const forecastsQuery = ({ q, service, milestone, outcome }: ForecastsSearch) =>
  infiniteQueryOptions({
    queryKey: ['usage', 'forecasts', { q, service, milestone, outcome }],
    queryFn: ({ pageParam, signal }) =>
      get<ForecastReport>('/usage/forecasts', { q, service, milestone, outcome, limit: PAGE, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ForecastReport) => last.next,
  })

/** Outcomes of what was reached, early or late. */
const REACHED = ['in-range', 'early', 'late'] as const

/** What the chart is drawn from: the newest of each outcome that tells how far off a forecast was. */
export const reachedQueries = ({ q, service, milestone, outcome }: ForecastsSearch) =>
  REACHED.filter(each => outcome === undefined || outcome === each).map(each =>
    queryOptions({
      queryKey: ['usage', 'forecasts', 'reached', { q, service, milestone, outcome: each }],
      queryFn: ({ signal }) => get<ForecastReport>('/usage/forecasts', { q, service, milestone, outcome: each, limit: MOST }, signal),
    }),
  )

/** Below the key of the portfolio: whatever moves something there may move a report. */
const reportKey = (name: string, search: object) => ['portfolio', 'reports', name, search] as const

export const reportFiltersQuery = queryOptions({
  queryKey: reportKey('filters', {}),
  queryFn: ({ signal }) => get<ReportFilters>('/reports/filters', {}, signal),
})

type Search = Readonly<Record<string, string | boolean | undefined>>

/** A report page by page; as many rows each as the server gives unless asked otherwise. */
const reportQuery =
  <Page extends { next: string | null }>(name: string) =>
  (search: Search) =>
    infiniteQueryOptions({
      queryKey: reportKey(name, search),
      queryFn: ({ pageParam, signal }) => get<Page>(`/reports/${name}`, { ...search, cursor: pageParam ?? undefined }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (last: Page) => last.next,
    })

export const milestonesQuery = reportQuery<MilestonesReport>('milestones')
export const atRiskQuery = reportQuery<AtRiskReport>('at-risk')
export const silentQuery = reportQuery<SilentReport>('silent')
export const pastDueQuery = reportQuery<PastDueReport>('past-due')
export const waitingQuery = reportQuery<WaitingReport>('handshakes')
