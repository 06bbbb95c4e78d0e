import type { QueryClient } from '@tanstack/react-query'
import type { PlanFilters } from '../../model/preference-api.ts'
import { PlanSearch } from '../customer/search.ts'
import { sessionQuery } from '../session/queries.ts'
import { send } from '../ui/http.ts'

/** What narrows the plan of every customer, as the person left it, here or in another browser. What has no meaning any more is left out. */
export async function keptFilters(client: QueryClient): Promise<PlanSearch> {
  const { person } = await client.ensureQueryData(sessionQuery)
  return PlanSearch(person?.chosen.planFilters ?? {})
}

/** Keeps the filters of a search, without the words that were looked for. Quiet: when it cannot be saved, it holds in this browser. */
export function keepFilters(client: QueryClient, { service, state, role, status }: PlanSearch): void {
  const planFilters: PlanFilters = {
    ...(service === undefined ? {} : { service }),
    ...(state === undefined ? {} : { state }),
    ...(role === undefined ? {} : { role }),
    ...(status === undefined ? {} : { status }),
  }
  const session = client.getQueryData(sessionQuery.queryKey)
  const person = session?.person
  if (!session || !person || JSON.stringify(person.chosen.planFilters ?? {}) === JSON.stringify(planFilters)) return
  client.setQueryData(sessionQuery.queryKey, { ...session, person: { ...person, chosen: { ...person.chosen, planFilters } } })
  void send('PUT', '/api/v1/me/preferences', { planFilters }).catch(() => undefined)
}
