import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportText } from './fixtures.ts'
import { layoutOf } from './header.ts'
import { rowCheck } from './row-check.ts'

const REFRESH = '2026-11-19'
const [header = '', ...rows] = reportText({ report: 'getOffice365ActiveUserDetail', users: 40, refreshDate: REFRESH, bom: false })
  .trim()
  .split('\r\n')
const found = layoutOf(header, 1)
if (found.kind !== 'people') throw new Error(found.kind)
const { layout } = found

test('the quick look never lets through what the full check refuses', () => {
  const learned = rowCheck(layout)
  for (const row of rows) expect(learned(Buffer.from(row), REFRESH)).toEqual({ refreshDate: REFRESH })
  const put = fc.constantFrom('"', ',', '-', '0', '9', 'x', 'é', ' ', 'True', 'Yes', 'infinity', '2026-02-30', '99999-01-01', '')
  fc.assert(
    fc.property(fc.constantFrom(...rows), fc.array(fc.tuple(fc.nat(220), fc.nat(12), put), { maxLength: 3 }), (row, changes) => {
      let changed = row
      for (const [at, length, text] of changes) changed = changed.slice(0, at) + text + changed.slice(at + length)
      const fresh = rowCheck(layout)(Buffer.from(changed), REFRESH)
      expect('fault' in learned(Buffer.from(changed), REFRESH)).toBe('fault' in fresh)
    }),
    { numRuns: 2000 },
  )
})
