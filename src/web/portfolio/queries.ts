import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { PortfolioPage } from '../../model/api.ts'
import { get } from '../ui/http.ts'
import type { PortfolioSearch } from './search.ts'

/** Rows per request; a screen shows about 20, so scrolling asks once in a while. */
export const WINDOW = 100

export const windowQuery = ({ q, segment, phase, review, attention, owner, mine, group, sort, order }: PortfolioSearch, at: number) => {
  const wanted = { q, segment, phase, review, attention, owner, mine, group, sort, order }
  return queryOptions({
    queryKey: ['portfolio', wanted, at],
    queryFn: ({ signal }) => get<PortfolioPage>('/portfolio', { ...wanted, at, limit: WINDOW }, signal),
    // A window scrolled out of sight is given up soon: 60,000 rows must not stay in the browser.
    ...(at > 0 ? { gcTime: 3000 } : {}),
  })
}

/** The window every view needs: it tells the total. The last answer stays in sight while a new search runs. */
export const firstWindowQuery = (search: PortfolioSearch) => queryOptions({ ...windowQuery(search, 0), placeholderData: keepPreviousData })

/** A few customers by name, for the command palette. */
export const findCustomersQuery = (q: string) =>
  queryOptions({
    queryKey: ['portfolio', 'find', q],
    queryFn: ({ signal }) => get<PortfolioPage>('/portfolio', { q, sort: 'name', order: 'asc', limit: 8 }, signal),
    placeholderData: keepPreviousData,
  })
