import { expect, test } from 'vitest'
import { placeAt, rowsBetween } from './places.ts'

const group = (key: string | null, count: number) => ({ key, name: key, count })
const GROUPS = [group('a', 2), group('b', 1), group(null, 3)]

test('every group has its heading, then its customers, and every customer comes once', () => {
  const lines = Array.from({ length: 9 }, (_, line) => placeAt(line, GROUPS))
  expect(lines.map(place => place.row ?? `# ${place.group?.key}`)).toEqual(['# a', 0, 1, '# b', 2, '# null', 3, 4, 5])
})

test('without groups a line is a customer', () => {
  expect([placeAt(0, null), placeAt(59_999, null)]).toEqual([{ row: 0 }, { row: 59_999 }])
})

test('what is in sight is asked for by the numbers of its customers, whether it begins with a heading or not', () => {
  expect(rowsBetween(0, 3, GROUPS)).toEqual({ from: 0, to: 1 })
  expect(rowsBetween(3, 6, GROUPS)).toEqual({ from: 2, to: 3 })
})
