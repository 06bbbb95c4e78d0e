const PAGE = 7

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: at => at - 1,
  ArrowDown: at => at - 1,
  ArrowRight: at => at + 1,
  ArrowUp: at => at + 1,
  PageDown: at => at - PAGE,
  PageUp: at => at + PAGE,
  Home: () => 0,
  End: (_, last) => last,
}

/** Where a key takes the cursor of a chart with `count` stops; undefined for keys that are not its own. */
export function moved(key: string, at: number, count: number): number | undefined {
  const step = STEPS[key]
  if (!step || count === 0) return undefined
  return Math.max(0, Math.min(count - 1, step(at, count - 1)))
}

/** Which of the places is nearest; the earlier one of two as near. */
export function nearest(places: readonly number[], wanted: number): number {
  let best = 0
  places.forEach((place, at) => {
    if (Math.abs(place - wanted) < Math.abs((places[best] ?? 0) - wanted)) best = at
  })
  return best
}
