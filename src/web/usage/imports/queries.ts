import { infiniteQueryOptions } from '@tanstack/react-query'
import type { ImportsView } from '../../../model/usage-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { get } from '../../ui/http.ts'

/** What was imported for a customer, newest first. */
export const importsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['customer', id, 'imports'],
    queryFn: ({ pageParam, signal }) => get<ImportsView>(customerPath(id, 'imports'), { cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ImportsView) => last.next,
  })
