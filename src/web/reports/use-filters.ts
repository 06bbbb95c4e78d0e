import { useState } from 'react'

/** The filters of a report, which stand in the address; `go` writes it. */
export function useFilters<Search extends object>(search: Search, go: (next: Search) => void) {
  // A search box keeps its own text while one types; a new number makes a new, empty box.
  const [clearings, setClearings] = useState(0)
  return {
    search,
    change: (next: Partial<Search>) => go({ ...search, ...next }),
    clear: () => {
      setClearings(count => count + 1)
      // Without a word in the address nothing is filtered; no screen asks for one that must be there.
      go({} as Search)
    },
    clearings,
    isFiltered: Object.values(search).some(each => each !== undefined),
  }
}
