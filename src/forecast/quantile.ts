/** The value below which a share `at` (0 to 1) of the values lies, straight between neighbours; the values ascending, at least one. */
export function quantileOf(sorted: readonly number[], at: number): number {
  const place = Math.min(Math.max(at, 0), 1) * (sorted.length - 1)
  const low = Math.floor(place)
  // Within the list, since `place` is.
  const [below, above] = [sorted[low]!, sorted[Math.ceil(place)]!]
  return below + (above - below) * (place - low)
}

export const ascending = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b)

/** The middle of the values, at least one. */
export const medianOf = (values: readonly number[]): number => quantileOf(ascending(values), 0.5)
