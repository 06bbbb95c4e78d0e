import { ascending, quantileOf } from './quantile.ts'

/** `x` in weeks, `y` whatever grows. */
export type Level = Readonly<{ x: number; y: number }>

/** The slope through levels, per week; `lowSlope` to `highSlope` holds four of five. */
export type Line = Readonly<{ slope: number; lowSlope: number; highSlope: number }>

/** 80 % of a normal distribution lie within this many standard deviations. */
const RANGE_Z = 1.2816
/**
 * Neighbouring levels share three of their four weeks of days, so what they say is not independent: the sum of the correlations of a
 * 28-day window moved by weeks is 1 + 2 × (¾ + ½ + ¼) = 4, and a standard deviation twice as wide.
 */
const OVERLAP = 2

/**
 * The slope of Theil and Sen: the median of the slopes between all pairs, whatever up to 29 % of the levels may be. The range of the slope by Sen (1968), from Kendall's variance, widened for the overlap of windows. At least
 * two levels with different `x`.
 */
export function lineThrough(levels: readonly Level[]): Line {
  const slopes = ascending(slopesOf(levels))
  const slope = quantileOf(slopes, 0.5)
  const n = levels.length
  const spread = RANGE_Z * OVERLAP * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  return {
    slope,
    lowSlope: quantileOf(slopes, 0.5 - spread / (2 * slopes.length)),
    highSlope: quantileOf(slopes, 0.5 + spread / (2 * slopes.length)),
  }
}

function slopesOf(levels: readonly Level[]): number[] {
  const slopes: number[] = []
  for (const [at, to] of levels.entries()) {
    for (let before = 0; before < at; before++) {
      // Before `at`, so within the list.
      const from = levels[before]!
      if (to.x !== from.x) slopes.push((to.y - from.y) / (to.x - from.x))
    }
  }
  return slopes
}
