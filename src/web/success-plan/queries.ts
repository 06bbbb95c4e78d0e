import { queryOptions } from '@tanstack/react-query'
import type { SuccessPlanView } from '../../model/success-plan-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'

export const successQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'success'],
    queryFn: ({ signal }) => get<SuccessPlanView>(customerPath(id, 'success'), {}, signal),
  })
