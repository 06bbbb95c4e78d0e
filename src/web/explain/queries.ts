import { queryOptions } from '@tanstack/react-query'
import type { ExplainView } from '../../model/api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'

/** Only items and gates can be asked what would change them. */
export type Asked = { kind: 'item' | 'gate'; id: string }

export const explainQuery = (customer: string, { kind, id }: Asked, version: number) =>
  queryOptions({
    // The version is part of the key: an answer belongs to the state it explains.
    queryKey: ['customer', customer, 'explain', kind, id, version],
    queryFn: ({ signal }) => get<ExplainView>(customerPath(customer, 'explain'), { [kind]: id }, signal),
  })
