import { queryOptions } from '@tanstack/react-query'
import type { CustomerView, PlanView } from '../../model/api.ts'
import { get } from '../ui/http.ts'

export const customerPath = (id: string, ...rest: string[]) => `/${['customers', id, ...rest].map(encodeURIComponent).join('/')}`

export const customerQuery = (id: string) =>
  queryOptions({ queryKey: ['customer', id], queryFn: ({ signal }) => get<CustomerView>(customerPath(id), {}, signal) })

export const planQuery = (id: string) =>
  queryOptions({ queryKey: ['customer', id, 'plan'], queryFn: ({ signal }) => get<PlanView>(customerPath(id, 'plan'), {}, signal) })
