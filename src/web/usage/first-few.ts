/** The first `limit` of a list, each with a key of its own even where two are alike, and how many are not shown. */
export function firstFew<T>(
  all: readonly T[],
  keyOf: (each: T) => string,
  limit = 5,
): { shown: readonly { key: string; each: T }[]; more: number } {
  const seen = new Map<string, number>()
  const shown = all.slice(0, limit).map(each => {
    const name = keyOf(each)
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    return { key: `${count}-${name}`, each }
  })
  return { shown, more: all.length - shown.length }
}
