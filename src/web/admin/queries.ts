import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  AuditPage,
  JobsView,
  MailPage,
  MailView,
  PeoplePage,
  SettingsView,
  SetupChecks,
  Teams,
  Verification,
} from '../../model/admin-api.ts'
import { apiUrl, get } from '../ui/http.ts'

/** Path below `/api/v1` from parts that may hold anything. */
export const pathOf = (...parts: string[]) => `/${parts.map(encodeURIComponent).join('/')}`
export const urlOf = (...parts: string[]) => apiUrl(pathOf(...parts))

/** The last answer stays in sight while a new search runs. */
export const peopleQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['people', { q }],
    queryFn: ({ pageParam, signal }) => get<PeoplePage>('/people', { q, after: pageParam ?? undefined, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: PeoplePage) => last.next,
    placeholderData: keepPreviousData,
  })

/** A few people by a part of their name or address, to choose one. */
export const findPeopleQuery = (q: string) =>
  queryOptions({
    queryKey: ['people', 'find', q],
    queryFn: ({ signal }) => get<PeoplePage>('/people', { q, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  })

export const teamsQuery = queryOptions({ queryKey: ['teams'], queryFn: ({ signal }) => get<Teams>('/teams', {}, signal) })

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => get<SettingsView>('/settings', {}, signal),
})

/** How often the page asks again while somebody looks at it. */
const JOBS_EVERY_MS = 4000
export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => get<JobsView>('/jobs', {}, signal),
  refetchInterval: JOBS_EVERY_MS,
})

export const mailsQuery = infiniteQueryOptions({
  queryKey: ['mail'],
  queryFn: ({ pageParam, signal }) => get<MailPage>('/mail', { before: pageParam ?? undefined }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (last: MailPage) => last.next,
})

export const mailQuery = (id: string) =>
  queryOptions({ queryKey: ['mail', id], queryFn: ({ signal }) => get<MailView>(pathOf('mail', id), {}, signal) })

export const checksQuery = queryOptions({ queryKey: ['checks'], queryFn: ({ signal }) => get<SetupChecks>('/checks', {}, signal) })

export const auditQuery = (kind: string | undefined, person: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['audit', { kind, person }],
    queryFn: ({ pageParam, signal }) => get<AuditPage>('/audit', { kind, person, before: pageParam ?? undefined, limit: 50 }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (last: AuditPage) => last.next,
    placeholderData: keepPreviousData,
  })

/** Reads every event of the installation, so it is asked for by hand. */
export const verificationQuery = queryOptions({
  queryKey: ['audit', 'verification'],
  queryFn: ({ signal }) => get<Verification>('/audit/verification', {}, signal),
  enabled: false,
  staleTime: Number.POSITIVE_INFINITY,
})
