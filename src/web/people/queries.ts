import { queryOptions } from '@tanstack/react-query'
import type { CustomerPeople } from '../../model/admin-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'

/** Who works for the customer. */
export const customerPeopleQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'people'],
    queryFn: ({ signal }) => get<CustomerPeople>(customerPath(id, 'people'), {}, signal),
  })
