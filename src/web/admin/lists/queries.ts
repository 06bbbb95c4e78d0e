import { queryOptions } from '@tanstack/react-query'
import type { ReasonsVersion, ReasonsView, TemplatesView, TemplateVersions } from '../../../model/success-plan-api.ts'
import { get } from '../../ui/http.ts'
import { pathOf } from '../queries.ts'

/** Of notes and success plans; agendas write themselves. */
export type TemplateKind = 'note' | 'success-plan'
export type Template = TemplatesView['templates'][number]
export type Shipped = TemplatesView['shipped'][number]

export const reasonsQuery = queryOptions({
  queryKey: ['lists', 'reasons'],
  queryFn: ({ signal }) => get<ReasonsView>('/lists/reasons', {}, signal),
})

/** A list as it was never changes. */
export const reasonsVersionQuery = (version: number) =>
  queryOptions({
    queryKey: ['lists', 'reasons', version],
    queryFn: ({ signal }) => get<ReasonsVersion>(pathOf('lists', 'reasons', 'versions', String(version)), {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const templatesQuery = (kind: TemplateKind) =>
  queryOptions({
    queryKey: ['lists', 'templates', kind],
    queryFn: ({ signal }) => get<TemplatesView>(pathOf('lists', 'templates', kind), {}, signal),
  })

export const templateVersionsQuery = (kind: TemplateKind, id: string) =>
  queryOptions({
    queryKey: ['lists', 'templates', kind, id],
    queryFn: ({ signal }) => get<TemplateVersions>(pathOf('lists', 'templates', kind, id, 'versions'), {}, signal),
  })
