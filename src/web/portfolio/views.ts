import { queryOptions } from '@tanstack/react-query'
import type { SavedViews } from '../../model/portfolio-api.ts'
import { get } from '../ui/http.ts'
import type { PortfolioSearch } from './search.ts'

export const viewsQuery = queryOptions({
  queryKey: ['saved-views', 'portfolio'],
  queryFn: ({ signal }) => get<SavedViews>('/saved-views', { screen: 'portfolio' }, signal),
})

/** What of the address is kept: all but what is open beside the list. */
export const kept = ({ explain, priority, ...search }: PortfolioSearch) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
