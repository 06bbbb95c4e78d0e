/** Which card a key goes to from card `at` of `total`, `columns` in a row; undefined for keys that are not for it, and at the edge. */
export function neighbourOf(key: string, at: number, columns: number, total: number): number | undefined {
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns, Home: 0, End: total - 1 }[key]
  return to !== undefined && to >= 0 && to < total && to !== at ? to : undefined
}
