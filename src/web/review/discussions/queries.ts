import { queryOptions, useQueryClient } from '@tanstack/react-query'
import type { PlanView } from '../../../model/api.ts'
import type { DiscussionsView } from '../../../model/discussion-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { apiUrl, get, send } from '../../ui/http.ts'

export const discussionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'discussions'],
    queryFn: ({ signal }) => get<DiscussionsView>(customerPath(id, 'discussions'), {}, signal),
  })

export type DiscussionWrite = Readonly<{
  method: 'PUT' | 'POST' | 'DELETE'
  /** Below the customer. */
  path: readonly string[]
  query?: Readonly<Record<string, number>>
  body?: unknown
}>

export type AskedName = 'review.wantsMore' | 'review.wantsUsageReports'

/** Changes to the discussions of one customer; the answer is shown at once, and whatever else shows the customer is asked again. */
export function useDiscussionWrites(customer: string) {
  const client = useQueryClient()
  const { queryKey } = discussionsQuery(customer)
  const others = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['customer', customer], predicate: ({ queryKey: key }) => key[2] !== 'discussions' }),
      client.invalidateQueries({ queryKey: ['reviews'] }),
    ])
  const write = async ({ method, path, query = {}, body }: DiscussionWrite): Promise<void> => {
    const now = await send<DiscussionsView>(method, apiUrl(customerPath(customer, ...path), query), body)
    client.setQueryData(queryKey, now)
    void others()
  }
  const tell = async (name: AskedName, value: boolean | null, version: number): Promise<void> => {
    await send<PlanView>('PUT', apiUrl(customerPath(customer, 'facts')), { name, service: null, value, version })
    await Promise.all([client.invalidateQueries({ queryKey }), others()])
  }
  return { write, tell }
}
