import { expect, test } from 'vitest'
import { dormantRows } from './dormant.ts'

const dormant = [
  { from: 29, to: 60, count: 10 },
  { from: 61, to: null, count: 5 },
]

test('those who never were active stand last, as a share of all who have a licence', () => {
  expect(dormantRows({ dormant, never: 25, licensed: 200 })).toEqual([
    { from: 29, to: 60, count: 10, share: 5 },
    { from: 61, to: null, count: 5, share: 2.5 },
    { from: null, to: null, count: 25, share: 12.5 },
  ])
})

test('without the number of licences there is no share, and unknown is no row of zero', () => {
  expect(dormantRows({ dormant, never: null, licensed: null }).map(each => each.share)).toEqual([null, null])
  expect(dormantRows({ dormant, never: null, licensed: 0 }).map(each => each.share)).toEqual([null, null])
})
