import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { RequestsSearch } from './search.ts'

const route = getRouteApi('/frame/requests')

/** What the address says of the list that is shown, and changing it. */
export function useFilters() {
  const navigate = route.useNavigate()
  const search = route.useSearch()
  // The search box keeps its own text while one types; a new number makes a new, empty box.
  const [clearings, setClearings] = useState(0)
  const change = (next: Partial<RequestsSearch>) => void navigate({ search: previous => ({ ...previous, ...next }), replace: true })
  const clear = () => {
    setClearings(count => count + 1)
    change({ q: undefined, service: undefined, skill: undefined })
  }
  return { search, change, clear, clearings, isFiltered: Boolean(search.q || search.service || search.skill) }
}
export type FiltersInUse = ReturnType<typeof useFilters>
