import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every test that SECURITY.md names is there', () => {
  const named = [...readFileSync('SECURITY.md', 'utf8').matchAll(/`([\w./-]+\.test\.ts)`/g)].map(match => match[1] ?? '')
  expect(named.length).toBeGreaterThan(60)
  expect(named.filter(each => !existsSync(each))).toEqual([])
})
