import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { FactSheet } from '../../model/facts.ts'
import { Day } from '../../model/words.ts'
import { loadKnown } from '../../store/known.ts'
import { demoPortfolio } from '../demo/generate.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { sheetOf } from './sheet.ts'

let tested: TestContext
beforeAll(async () => {
  tested = await testContext(new Date('2026-11-21T10:00:00Z'))
})
afterAll(() => tested.close())

/** Usage and seats are written by tenant, and people are known by id; both are tested elsewhere. */
const comparable = (sheet: FactSheet) => ({
  ...sheet,
  services: Object.fromEntries(Object.entries(sheet.services).map(([id, { usage: _u, entitled: _e, ...rest }]) => [id, rest])),
  tasks: sheet.tasks.map(({ by: _, ...rest }) => rest).sort(byText),
  steps: sheet.steps.map(({ by: _, ...rest }) => rest).sort(byText),
  transitions: [...sheet.transitions].sort(byText),
  checks: [...sheet.checks].sort(byText),
  review: { ...sheet.review, meetingHeldOn: sheet.review.meetingHeldOn ?? undefined, outcomes: [...sheet.review.outcomes].sort() },
})
const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

test('what a sheet says is what its rows say', async () => {
  const sheets = [...demoPortfolio({ customers: 60, today: Day.parse('2026-11-21') })].map(each => each.sheet)
  for (const sheet of sheets) await addTestCustomer(tested.context, sheet, 'tenant.example')
  const known = new Map(
    (
      await loadKnown(
        tested.context.db,
        sheets.map(sheet => sheet.customer.id),
      )
    ).map(each => [each.customer.id, each]),
  )
  for (const sheet of sheets)
    expect(comparable(sheetOf(known.get(sheet.customer.id)!, Day.parse('2026-11-21')).sheet)).toEqual(comparable(sheet))
})

test('every value says where it comes from', async () => {
  const text = readFileSync(join(resolve('playbooks/microsoft-365-success'), 'examples', '01-csm-takes-over-teams.yaml'), 'utf8')
  const sheet = FactSheet.parse((parse(text) as { facts: unknown }).facts)
  await addTestCustomer(tested.context, { ...sheet, customer: { ...sheet.customer, id: 'with-sources' } }, 'tenant.example')
  const [known] = await loadKnown(tested.context.db, ['with-sources'])
  expect(sheetOf(known!, Day.parse('2026-11-21')).sources['csm.assigned']).toEqual({ source: 'test', asOf: null })
})
