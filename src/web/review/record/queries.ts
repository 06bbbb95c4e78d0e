import { queryOptions } from '@tanstack/react-query'
import type { ReviewRecordView } from '../../../model/review-record-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { get } from '../../ui/http.ts'

/** `engagement` undefined: the newest. */
export const recordQuery = (id: string, engagement?: string) =>
  queryOptions({
    queryKey: ['customer', id, 'review-record', engagement ?? null],
    queryFn: ({ signal }) => get<ReviewRecordView>(customerPath(id, 'review-record'), { engagement }, signal),
  })
