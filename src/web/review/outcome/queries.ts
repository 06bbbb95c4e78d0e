import { queryOptions } from '@tanstack/react-query'
import type { ReviewView } from '../../../model/review-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { get } from '../../ui/http.ts'

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'review'],
    queryFn: ({ signal }) => get<ReviewView>(customerPath(id, 'review'), {}, signal),
  })
