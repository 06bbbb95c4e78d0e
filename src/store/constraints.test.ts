import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertCustomers, savePeople } from './customers.ts'
import { testDatabase } from './testing.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
const at = '2026-11-21T10:00:00.000Z'
beforeAll(async () => {
  database = await testDatabase()
  await database.db.transaction().execute(async trx => {
    await savePeople(trx, [{ id: 'rita', name: 'Rita' }])
    const rest = { segment: null, initiatives: [], assignedOn: null, thresholds: {}, isDemo: false, at }
    await insertCustomers(trx, [{ id: 'one', name: 'One', ...rest }])
  })
  await database.owner.query(`
    insert into playbook_release values ('sha256:x', null, null, '{}', now());
    insert into engagement (customer_id, id, cycle, playbook_hash, overall_task, opened_at) values ('one', '1', 1, 'sha256:x', '3735', '2026-01-01');
    insert into item (customer_id, engagement_id, id, process, step, task) values ('one', '1', 'r/m/3735', 'r', 'm', '3735')`)
})
afterAll(() => database.close())

const inTransaction = async (...statements: readonly string[]) => {
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    for (const statement of statements) await client.query(statement)
    await client.query('set constraints all immediate')
  } finally {
    await client.query('rollback')
    client.release()
  }
}
const TASK_COMPLETE = `update item set status = 'complete', set_by = 'rita', set_at = now() where task = '3735'`
const OUTCOME = `insert into outcome values ('one', '1', 'disengage', now(), 'rita')`
const COMPLETE = `update engagement set state = 'complete', closed_at = now() where id = '1'`

test('an engagement is complete with its review task complete and an outcome, in any order of writing', async () => {
  await inTransaction(TASK_COMPLETE, OUTCOME, COMPLETE)
  await inTransaction(COMPLETE, OUTCOME, TASK_COMPLETE)
})

test.each([
  ['without the review task', [OUTCOME, COMPLETE]],
  ['without an outcome', [TASK_COMPLETE, COMPLETE]],
  ['when its outcome goes', [TASK_COMPLETE, OUTCOME, COMPLETE, 'delete from outcome']],
  ['when its review task is taken back', [TASK_COMPLETE, OUTCOME, COMPLETE, `update item set status = 'in-progress'`]],
])('an engagement is not complete %s', async (_, statements) => {
  const constraint = expect.stringMatching(/^(engagement_complete|outcome_after_task)$/)
  await expect(inTransaction(...statements)).rejects.toMatchObject({ code: '23514', constraint })
})

test('an outcome comes after the task of the review, in any order of writing', async () => {
  await expect(inTransaction(OUTCOME)).rejects.toMatchObject({ code: '23514', constraint: 'outcome_after_task' })
  await inTransaction(OUTCOME, TASK_COMPLETE)
})

const GATE = (state: string) => `insert into gate_state values ('one', '1', 'review', '${state}', '2026-11-01')`
const REVIEW = (state: string, why: string | null) =>
  `insert into review values ('one', '1', '2026-11-01', now(), 'rita', '${state}', '{}', ${why === null ? 'null' : `'${why}'`})`
const EVIDENCE = `insert into evidence (customer_id, id, subject, title, href, added_by, added_at)
  values ('one', gen_random_uuid(), 'transition:r', 'Minutes', 'https://example.com', 'rita', now())`
test.each([
  ['while its gate cannot tell, without a reason', [EVIDENCE, REVIEW('unknown', null)], 'review_gate'],
  ['against the gate without a reason', [EVIDENCE, REVIEW('not-met', null)], 'review_gate'],
  ['while its gate cannot tell, without evidence', [REVIEW('unknown', 'Agreed')], 'review_override_evidence'],
  [
    'with evidence of an earlier cycle',
    [EVIDENCE.replace('now()', `'2025-12-01'`), REVIEW('unknown', 'Agreed')],
    'review_override_evidence',
  ],
  ['as met where the plan says that it cannot tell', [GATE('unknown'), REVIEW('met', null)], 'review_gate_as_decided'],
])('a review is not opened %s', async (_, statements, constraint) => {
  await expect(inTransaction(...statements)).rejects.toMatchObject({ code: '23514', constraint })
})

test('a review keeps what its gate said when it was opened', async () => {
  await inTransaction(GATE('unknown'), EVIDENCE, REVIEW('unknown', 'Agreed with the customer'))
  await expect(inTransaction(REVIEW('met', null), `update review set gate_state = 'unknown', override_reason = 'x'`)).rejects.toMatchObject(
    {
      code: '23001',
    },
  )
})

test.each([
  [
    'a second open engagement',
    `insert into engagement (customer_id, id, cycle, playbook_hash, opened_at) values ('one', '2', 2, 'sha256:x', now())`,
    '23505',
  ],
  ['a status that lacks its reason', `update item set status = 'blocked', set_by = 'rita', set_at = now()`, '23514'],
  ['a status that nobody set', `update item set status = 'complete'`, '23514'],
  [
    'seats below zero',
    `insert into tenant values ('one', 't', 't'); insert into entitlement values ('one', 't', 'teams', -1, 'x', now())`,
    '23514',
  ],
  ['an activation day that is not known', `insert into customer_service values ('one', 'teams', true, false, now())`, '23514'],
  ['a cancelled engagement without a reason', `update engagement set state = 'cancelled', closed_at = now()`, '23514'],
  ['a changed release', `update playbook_release set version = '2'`, '23001'],
])('the database refuses %s', async (_, statement, code) => {
  await expect(inTransaction(statement)).rejects.toMatchObject({ code })
})
