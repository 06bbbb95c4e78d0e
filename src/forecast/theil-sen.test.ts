import fc from 'fast-check'
import { expect, test } from 'vitest'
import { medianOf, quantileOf } from './quantile.ts'
import { type Level, lineThrough } from './theil-sen.ts'

test('quantiles lie straight between neighbours', () => {
  expect([quantileOf([1, 2, 4], 0), quantileOf([1, 2, 4], 0.5), quantileOf([1, 2, 4], 0.75), quantileOf([1, 2, 4], 2)]).toEqual([
    1, 2, 3, 4,
  ])
  expect([medianOf([4, 1]), medianOf([9, 1, 2])]).toEqual([2.5, 2])
})

test('the slope is the median of all slopes between two levels, worked out by hand', () => {
  // Slopes 1, 1, 10/3, 1, 4.5 and 8: in the middle of them 1 and 10/3.
  const levels = [0, 1, 2, 10].map((y, x) => ({ x, y }))
  expect(lineThrough(levels).slope).toBeCloseTo((1 + 10 / 3) / 2, 12)
})

test('one level out of five may be anything', () => {
  const levels = [0, 1, 2, 3, 4].map(x => ({ x, y: 2 * x }))
  for (const y of [-1e6, 0, 1e6]) expect(lineThrough(levels.map(each => (each.x === 2 ? { x: 2, y } : each))).slope).toBeCloseTo(2, 12)
})

/** Straight from the definition: sort every slope, take the middle. */
function byDefinition(levels: readonly Level[]): number {
  const slopes: number[] = []
  for (const a of levels) for (const b of levels) if (a.x < b.x) slopes.push((b.y - a.y) / (b.x - a.x))
  slopes.sort((a, b) => a - b)
  const half = slopes.length / 2
  return slopes.length % 2 === 1 ? slopes[Math.floor(half)]! : (slopes[half - 1]! + slopes[half]!) / 2
}

const levels = fc
  .uniqueArray(fc.integer({ min: -200, max: 0 }), { minLength: 2, maxLength: 26 })
  .chain(xs =>
    fc
      .array(fc.integer({ min: -1000, max: 1000 }), { minLength: xs.length, maxLength: xs.length })
      .map(ys => [...xs].sort((a, b) => a - b).map((x, index): Level => ({ x: x / 7, y: ys[index]! / 1000 }))),
  )

test('it is what the definition says, and within its range', () => {
  fc.assert(
    fc.property(levels, given => {
      const { slope, lowSlope, highSlope } = lineThrough(given)
      expect(slope).toBeCloseTo(byDefinition(given), 9)
      expect(lowSlope).toBeLessThanOrEqual(slope)
      expect(highSlope).toBeGreaterThanOrEqual(slope)
    }),
  )
})
