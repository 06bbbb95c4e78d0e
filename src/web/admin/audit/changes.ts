/** One value of an event, before and after; undefined where there was none. */
export type Change = { path: string; before: string | undefined; after: string | undefined }

/** What an event changed, value by value; what stayed as it was is left out. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const was = leavesOf(before)
  const is = leavesOf(after)
  const paths = [...new Set([...was.keys(), ...is.keys()])]
  return paths.map(path => ({ path, before: was.get(path), after: is.get(path) })).filter(change => change.before !== change.after)
}

/** Values by their place: `retention.mail`; an array is one value, as long as it holds nothing nested. */
function leavesOf(value: unknown, place = ''): Map<string, string> {
  if (value === undefined || value === null) return new Map()
  if (Array.isArray(value) && value.every(each => typeof each !== 'object' || each === null)) return new Map([[place, value.join(', ')]])
  if (typeof value !== 'object') return new Map([[place, String(value)]])
  return new Map(Object.entries(value).flatMap(([key, each]) => [...leavesOf(each, place ? `${place}.${key}` : key)]))
}
