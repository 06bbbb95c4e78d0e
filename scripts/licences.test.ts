import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkLicences, isAllowed, judgeLicences } from './licences.ts'
import { nameOf, portalPackages, readLock, shippedPaths } from './supply/lock.ts'

const ROOT = join(import.meta.dirname, '..')

test('every package of ours is under a licence we accept', () => {
  const { counts, refused } = checkLicences(ROOT)
  expect(refused).toEqual([])
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(readLock(ROOT).size - 1)
})

test.each([
  ['MIT', true],
  ['(MIT OR CC0-1.0)', true],
  ['GPL-3.0-only OR MIT', true],
  ['GPL-3.0-only', false],
  ['MIT AND GPL-3.0-only', false],
  ['MIT AND ISC', true],
  ['Apache-2.0 WITH LLVM-exception', true],
  ['(MIT OR GPL-3.0-only) AND ISC', false],
  ['SEE LICENSE IN LICENSE', false],
  ['UNLICENSED', false],
  ['none named', false],
  ['', false],
])('%s is accepted: %s', (expression, expected) => {
  expect(isAllowed(expression, ['MIT', 'ISC', 'Apache-2.0'])).toBe(expected)
})

test('a package under another licence is named with its version', () => {
  const lock = new Map([
    ['', { dependencies: { a: '1', c: '3' } }],
    ['node_modules/a', { version: '1.0.0', license: 'AGPL-3.0-only' }],
    ['node_modules/b', { version: '2.0.0', license: 'CC-BY-4.0' }],
    ['node_modules/c', { version: '3.0.0', license: 'CC-BY-4.0' }],
  ])
  const { refused } = judgeLicences(lock, shippedPaths(lock, []), (_, entry) => entry.license ?? '')
  expect(refused).toEqual(['a 1.0.0: AGPL-3.0-only', 'c 3.0.0: CC-BY-4.0'])
})

test('what reaches browsers is shipped, with all it needs and from where Node would take it', () => {
  const lock = new Map([
    ['', { dependencies: { server: '*' }, optionalDependencies: { absent: '*', native: '*' } }],
    ['node_modules/server', { peerDependencies: { peer: '*', tool: '*' }, peerDependenciesMeta: { tool: { optional: true } } }],
    ['node_modules/native', {}],
    ['node_modules/peer', {}],
    ['node_modules/portal', { dependencies: { part: '*' } }],
    ['node_modules/part', {}],
    ['node_modules/portal/node_modules/part', { dependencies: { deep: '*' } }],
    ['node_modules/deep', {}],
    ['node_modules/tool', {}],
  ])
  expect([...shippedPaths(lock, ['portal'])].toSorted()).toEqual([
    'node_modules/deep',
    'node_modules/native',
    'node_modules/peer',
    'node_modules/portal',
    'node_modules/portal/node_modules/part',
    'node_modules/server',
  ])
})

test('the portal is built from React and Fluent UI, the tests from neither here nor there', () => {
  const names = portalPackages(ROOT)
  expect(names).toEqual(expect.arrayContaining(['react', 'react-dom', '@fluentui/react-components', 'rehype-sanitize']))
  expect(names).not.toContain('vitest')
  const shipped = [...shippedPaths(readLock(ROOT), names)].map(nameOf)
  expect(shipped).toEqual(expect.arrayContaining(['react', 'pg', '@griffel/core']))
  expect(shipped).not.toContain('vitest')
})
