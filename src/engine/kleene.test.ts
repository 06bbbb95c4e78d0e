import { describe, expect, test } from 'vitest'
import { all, allOf, and, exists, not, or } from './kleene.ts'
import { UNKNOWN, type Value } from './value.ts'

const YES = true
const NO = false

test.each<[Value, Value, Value, Value]>([
  [YES, YES, YES, YES],
  [YES, NO, NO, YES],
  [YES, UNKNOWN, UNKNOWN, YES],
  [NO, NO, NO, NO],
  [NO, UNKNOWN, NO, UNKNOWN],
  [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
])('%s with %s: && is %s, || is %s, whichever comes first', (left, right, both, either) => {
  expect([and(left, right), and(right, left)]).toEqual([both, both])
  expect([or(left, right), or(right, left)]).toEqual([either, either])
})

test('not unknown is unknown', () => expect([not(YES), not(NO), not(UNKNOWN)]).toEqual([NO, YES, UNKNOWN]))

describe('all and exists', () => {
  test.each<[readonly Value[], Value, Value]>([
    [[], UNKNOWN, NO],
    [[YES], YES, YES],
    [[NO], NO, NO],
    [[UNKNOWN], UNKNOWN, UNKNOWN],
    [[YES, UNKNOWN], UNKNOWN, YES],
    [[UNKNOWN, NO], NO, UNKNOWN],
    [[YES, UNKNOWN, NO], NO, YES],
  ])('of %j', (values, ofAll, ofExists) => expect([all(values), exists(values)]).toEqual([ofAll, ofExists]))
})

test('of no rules at all it is what the caller says', () => {
  expect([allOf([], 'yes'), allOf([], 'no'), allOf(['yes', 'unknown'], 'no'), allOf(['unknown', 'no'], 'yes')]).toEqual([
    'yes',
    'no',
    'unknown',
    'no',
  ])
})
