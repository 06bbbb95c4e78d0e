import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FEWEST, netPromoter } from './net-promoter.ts'

test('of fewer than five nothing is said', () => {
  expect(netPromoter(4, 0, 0)).toEqual({ count: 4, promoters: 4, passives: 0, detractors: 0, score: null })
})

test('the score and its interval of a known sample', () => {
  // 24 of 60 promote, 14 detract; with the three added: 24.75/63 less 14.75/63, and 1.96 standard errors of 0.0977 each way.
  expect(netPromoter(24, 22, 14).score).toEqual({ value: 16.7, low: -3.3, high: 35 })
})

const counts = fc.nat(400)
test('the score lies in its interval, which lies on the scale and turns with the answers', () => {
  fc.assert(
    fc.property(counts, counts, counts, (promoters, passives, detractors) => {
      fc.pre(promoters + passives + detractors >= FEWEST)
      const { value, low, high } = netPromoter(promoters, passives, detractors).score!
      expect(-100 <= low && low <= value && value <= high && high <= 100).toBe(true)
      const turned = netPromoter(detractors, passives, promoters).score!
      expect([turned.value + value, turned.low + high, turned.high + low].every(each => Math.abs(each) < 0.11)).toBe(true)
    }),
  )
})

test('ten times as many of the same answers make a narrower interval', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 2, max: 50 }), fc.integer({ min: 2, max: 50 }), (p, n, d) => {
      const width = (times: number) => {
        const { low, high } = netPromoter(times * p, times * n, times * d).score!
        return high - low
      }
      expect(width(10)).toBeLessThan(width(1))
    }),
  )
})
