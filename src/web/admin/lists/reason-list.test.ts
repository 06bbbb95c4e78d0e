import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reason } from '../../../model/success-plan-api.ts'
import { backTo, differences, isRetired, moved, withReason, withRetired } from './reason-list.ts'

const reason = (id: string, retired = false): Reason => ({
  id,
  text: { en: id, 'pt-BR': id },
  uses: ['seats'],
  ...(retired ? { retired } : {}),
})
const list = [reason('a'), reason('b', true), reason('c'), reason('d')]
const ids = (reasons: readonly Reason[]) => reasons.map(each => each.id).join('')
const chosen = (reasons: readonly Reason[]) => ids(reasons.filter(each => !isRetired(each)))

test('a new reason comes behind those that can be chosen, a changed one stays in its place', () => {
  expect(ids(withReason(reason('e'))([...list, reason('f', true)]))).toBe('abcdef')
  const renamed = { ...reason('c'), text: { en: 'See', 'pt-BR': 'C' } }
  expect(withReason(renamed)(list)).toEqual([list[0], list[1], renamed, list[3]])
})

test('a reason moves past the next one that can be chosen, and stays at either end', () => {
  expect(chosen(moved('c', 'up')(list))).toBe('cad')
  expect(chosen(moved('a', 'down')(list))).toBe('cad')
  expect(moved('a', 'up')(list)).toEqual(list)
  expect(moved('d', 'down')(list)).toEqual(list)
  expect(moved('no-such', 'down')(list)).toEqual(list)
})

test('retiring is taken back by bringing back', () => {
  const without = withRetired('a', true)(list)
  expect(chosen(without)).toBe('cd')
  expect(withRetired('a', false)(without)).toEqual(list)
})

test('what is different is told by reason, and order alone is nothing', () => {
  expect(differences(list, [...list].reverse())).toEqual([])
  const after = [
    withRetired('a', true),
    withRetired('b', false),
    withReason({ ...reason('c'), uses: ['blocker'] }),
    withReason(reason('e')),
  ]
    .reduce((now, change) => change(now), list as readonly Reason[])
    .filter(each => each.id !== 'd')
  expect(differences(list, after).map(each => `${each.is} ${each.reason.id}`)).toEqual([
    'retired a',
    'brought-back b',
    'used-otherwise c',
    'added e',
    'gone d',
  ])
})

const reasons = fc
  .uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 })
  .chain(names => fc.tuple(...names.map(name => fc.boolean().map(retired => reason(name, retired)))))

test('going back loses no reason, and is itself gone back from', () => {
  fc.assert(
    fc.property(reasons, reasons, (now, earlier) => {
      const back = backTo(earlier)(now)
      for (const each of now) expect(ids(back)).toContain(each.id)
      expect(back.slice(0, earlier.length)).toEqual(earlier)
      expect(chosen(backTo(now)(back))).toBe(chosen(now))
    }),
  )
})

test('no change loses a reason or makes it stand there twice', () => {
  const change = fc.oneof(
    fc.constantFrom(...'abcdefgh').map(id => withReason(reason(id))),
    fc.tuple(fc.constantFrom(...'abcdefgh'), fc.boolean()).map(([id, is]) => withRetired(id, is)),
    fc.tuple(fc.constantFrom(...'abcdefgh'), fc.constantFrom('up' as const, 'down' as const)).map(([id, way]) => moved(id, way)),
  )
  fc.assert(
    fc.property(reasons, change, (now, run) => {
      const after = run(now).map(each => each.id)
      expect(new Set(after).size).toBe(after.length)
      for (const each of now) expect(after).toContain(each.id)
    }),
  )
})
