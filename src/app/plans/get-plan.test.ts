import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../store/database.ts'
import { contextFor } from '../context.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getPlan } from './get-plan.ts'
import { recomputeOne } from './recompute.ts'

let its: TestContext
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' }, services: { teams: {} } }, 'main')
})
afterAll(() => its.close())

const READERS: readonly Actor[] = [
  { personId: 'reader', name: 'Reader', right: 'reader', scope: 'all' },
  { personId: 'key', name: 'Key', right: 'administrator', scope: 'all', keyScopes: ['read'] },
]

test('after midnight whoever may only read is shown today’s plan as the job will save it, and saves nothing', async () => {
  const database = openDatabase(its.urls.app)
  try {
    const on = (actor: Actor) => contextFor(database, actor, { ...its.context, now: () => new Date('2026-11-22T00:01:00Z') })
    const shown = await Promise.all(READERS.map(async actor => (await getPlan(on(actor), actor, 'contoso')).plan))
    const { rows } = await its.owner.query(`select date::text as date from plan where customer_id = 'contoso'`)
    expect(rows).toEqual([{ date: '2026-11-21' }])
    const saved = await on(SYSTEM)
      .db.transaction()
      .execute(trx => recomputeOne(trx, on(SYSTEM), 'contoso'))
    expect(saved.plan.date).toBe('2026-11-22')
    expect(shown).toEqual([saved.plan, saved.plan])
  } finally {
    await database.close()
  }
})
