import { queryOptions } from '@tanstack/react-query'
import type { PageView, PlaybookView } from '../../model/api.ts'
import { get } from '../ui/http.ts'

// A release never changes while it runs.
const staleTime = 10 * 60_000

export const playbookQuery = queryOptions({
  queryKey: ['playbook'],
  queryFn: ({ signal }) => get<PlaybookView>('/playbooks/current', {}, signal),
  staleTime,
})

/** Without a language the page comes in the playbook's source language. */
export const pageQuery = (process: string, language: string | undefined) =>
  queryOptions({
    queryKey: ['playbook', 'page', process, language ?? null],
    queryFn: ({ signal }) => get<PageView>(`/playbooks/current/pages/${encodeURIComponent(process)}`, { locale: language }, signal),
    staleTime,
  })
