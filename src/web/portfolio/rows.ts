import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { PortfolioPage } from '../../model/api.ts'
import { firstWindowQuery, WINDOW, windowQuery } from './queries.ts'
import type { PortfolioSearch } from './search.ts'

const windowsOf = (from: number, to: number): number[] => {
  const first = Math.floor(from / WINDOW) * WINDOW
  return Array.from({ length: Math.floor((to - first) / WINDOW) + 1 }, (_, count) => first + count * WINDOW)
}

/** Rows by number, fetched in windows around what is in sight. `total` is undefined until the first answer. */
export function usePortfolioRows(search: PortfolioSearch) {
  const [range, setRange] = useState({ from: 0, to: 0 })
  const first = useQuery(firstWindowQuery(search))
  const total = first.data?.total
  // While a new search runs the old rows stay in sight, and the old windows below them would be of another search.
  const others = first.isPlaceholderData
    ? []
    : windowsOf(range.from, Math.min(range.to, Math.max((total ?? 0) - 1, 0))).filter(at => at > 0)
  const answers = useQueries({ queries: others.map(at => windowQuery(search, at)) })
  const rowAt = (index: number) => {
    if (index < WINDOW) return first.data?.rows[index]
    const at = Math.floor(index / WINDOW) * WINDOW
    return answers[others.indexOf(at)]?.data?.rows[index - at]
  }
  const onRange = useCallback((from: number, to: number) => {
    setRange(now => (now.from === from && now.to === to ? now : { from, to }))
  }, [])
  const failed = [first, ...answers].find(each => each.isError)
  return {
    total,
    services: first.data?.services ?? NO_SERVICES,
    phases: first.data?.phases ?? NO_PHASES,
    groups: first.data?.groups ?? null,
    /** What is loaded, in order: whoever opens one of them goes on to its neighbours. */
    loaded: [first, ...answers].flatMap(each => each.data?.rows ?? []),
    rowAt,
    onRange,
    error: failed?.error,
    retry: () => void failed?.refetch(),
    busy: first.isFetching,
  }
}

const NO_SERVICES: readonly string[] = []
const NO_PHASES: PortfolioPage['phases'] = []
