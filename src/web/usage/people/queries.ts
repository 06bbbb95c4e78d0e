import { queryOptions } from '@tanstack/react-query'
import type { ServicePeople } from '../../../model/usage-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { get } from '../../ui/http.ts'

/** People of a service by name. Each look is recorded, so it is asked for by hand and not again by itself. */
export const servicePeopleQuery = (customer: string, service: string) =>
  queryOptions({
    queryKey: ['service-people', customer, service],
    queryFn: ({ signal }) => get<ServicePeople>(customerPath(customer, 'services', service, 'people'), {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Names do not stay behind once the panel is closed.
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
