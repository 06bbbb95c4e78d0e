/** Up to this share growth is taken to be steady; the last fifth comes ever more slowly. */
const BEND = 0.8
/** Above this share, everybody. */
const FULL = 0.999

/**
 * A share (0 to 1) on the scale of the trend: the share itself up to 80 %; beyond it every step takes the same part of those who are left,
 * so that 100 % of the seats is neared and never passed.
 */
export function effortOf(share: number): number {
  const at = Math.min(Math.max(share, 0), FULL)
  return at <= BEND ? at : BEND - (1 - BEND) * Math.log((1 - at) / (1 - BEND))
}

/** The other way round; at most 0.999. */
export function shareOf(effort: number): number {
  if (effort <= BEND) return Math.max(effort, 0)
  return Math.min(1 - (1 - BEND) * Math.exp((BEND - effort) / (1 - BEND)), FULL)
}
