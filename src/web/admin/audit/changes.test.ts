import { expect, test } from 'vitest'
import { changesOf } from './changes.ts'

test.each([
  [
    null,
    { right: 'lead', teams: ['a', 'b'] },
    [
      ['right', undefined, 'lead'],
      ['teams', undefined, 'a, b'],
    ],
  ],
  [{ right: 'lead', scope: 'all' }, { right: 'reader', scope: 'all' }, [['right', 'lead', 'reader']]],
  [{ retention: { mail: 90 } }, { retention: { mail: 30 } }, [['retention.mail', '90', '30']]],
  [{ a: 1 }, null, [['a', '1', undefined]]],
  ['x', 'y', [['', 'x', 'y']]],
  [null, null, []],
  [{ list: [{ id: 1 }] }, { list: [{ id: 2 }] }, [['list.0.id', '1', '2']]],
])('from %j to %j', (before, after, expected) => {
  expect(changesOf(before, after).map(({ path, before, after }) => [path, before, after])).toEqual(expected)
})
