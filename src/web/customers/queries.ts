import { queryOptions } from '@tanstack/react-query'
import type { ArchivedCustomers, BulkChanges, Contacts, CustomerDetails, CustomerNameAnswer } from '../../model/customer-api.ts'
import { customerPath } from '../customer/queries.ts'
import { get } from '../ui/http.ts'

/** What can be edited of a customer. */
export const detailsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'details'],
    queryFn: ({ signal }) => get<CustomerDetails>(customerPath(id, 'details'), {}, signal),
  })

export const contactsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'contacts'],
    queryFn: ({ signal }) => get<Contacts>(customerPath(id, 'contacts'), {}, signal),
  })

/** Asked while a name is typed: an id for it, and who is called so already. */
export const nameQuery = (name: string) =>
  queryOptions({
    queryKey: ['customer-names', name],
    queryFn: ({ signal }) => get<CustomerNameAnswer>('/customer-names', { name }, signal),
    enabled: name !== '',
  })

export const archivedQuery = (q: string) =>
  queryOptions({
    queryKey: ['archived-customers', q],
    queryFn: ({ signal }) => get<ArchivedCustomers>('/archived-customers', { q }, signal),
  })

export const bulkChangesQuery = queryOptions({
  queryKey: ['bulk-changes'],
  queryFn: ({ signal }) => get<BulkChanges>('/bulk-changes', {}, signal),
})
