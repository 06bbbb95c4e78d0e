import { queryOptions } from '@tanstack/react-query'
import type { ChecklistsView, DecisionsView } from '../../model/decision-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'

export const decisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'decisions'],
    queryFn: ({ signal }) => get<DecisionsView>(customerPath(id, 'decisions'), {}, signal),
  })

export const checklistsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'checklists'],
    queryFn: ({ signal }) => get<ChecklistsView>(customerPath(id, 'checklists'), {}, signal),
  })
