import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../../store/database.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { exportSurveyReport, getSurveyReport } from './report.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'customers' }
let its: TestContext
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  await its.owner.query(`insert into person values ('rita', '=Rita'), ('tom', 'Tom')`)
  for (const [id, owner] of [
    ['contoso', 'rita'],
    ['fabrikam', 'tom'],
  ] as const) {
    await addTestCustomer(its.context, { customer: { id, name: id }, services: { teams: {}, exchange: {} } }, `${id}.example`)
    await its.owner.query(`insert into assignment (customer_id, id, person_id, role, is_primary, since)
      values ('${id}', 'owner', '${owner}', 'fasttrack-manager', true, '2026-01-01')`)
  }
  // Of Contoso six answered in the third quarter, about two services; of Fabrikam one did in the fourth and one did not.
  for (let index = 0; index < 6; index++) await add('contoso', 'rita', '{teams,exchange}', '2026-08-01', [5, index < 4 ? 10 : 3])
  await add('fabrikam', 'tom', '{teams}', '2026-10-01', [2, null])
  await add('fabrikam', 'tom', '{teams}', '2026-10-01', null)
  // Not written to yet: it was not asked.
  await add('fabrikam', 'tom', '{teams}', '2026-11-20', null, 'null')
})
afterAll(() => its.close())

let made = 0
/** An invitation, nobody's any more, and its answer: overall and recommending. */
async function add(
  customer: string,
  owner: string,
  services: string,
  askedOn: string,
  answer: readonly [number, number | null] | null,
  mailedAt = `'${askedOn}'`,
): Promise<void> {
  const id = `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`
  await its.owner.query(`begin;
    insert into survey_invitation (customer_id, id, engagement_id, language, services, owner_id, asked_by, asked_at, remind_at, expires_at, mailed_at,
        state, ended_at)
      values ('${customer}', '${id}', '1', 'en', '${services}', '${owner}', '${owner}', '${askedOn}', '${askedOn}'::date + 14, '${askedOn}'::date + 30,
        ${mailedAt}, '${answer ? 'answered' : 'expired'}', '${askedOn}'::date + 1);
    ${
      answer
        ? `insert into survey_answer (customer_id, invitation_id, overall, usefulness, recommend, answered_at, is_low)
            values ('${customer}', '${id}', ${answer[0]}, ${answer[0]}, ${answer[1]}, '${askedOn}'::date + 1, ${answer[0] <= 2});`
        : ''
    } commit`)
}
const report = (by: 'service' | 'owner' | 'quarter', filter: object = {}, actor: Actor = SYSTEM) =>
  getSurveyReport(its.context.as(actor), actor, { by, ...filter })

test('results by quarter: of those asked then, how many answered, means and the score where there are enough', async () => {
  const { rows, total, owners, services } = await report('quarter')
  expect(rows.map(({ key, asked, answered, rate, low }) => ({ key, asked, answered, rate, low }))).toEqual([
    { key: '2026-07-01', asked: 6, answered: 6, rate: 100, low: 0 },
    { key: '2026-10-01', asked: 2, answered: 1, rate: 50, low: 1 },
  ])
  expect(rows[0]).toMatchObject({
    overall: { mean: 5, count: 6 },
    responsiveness: { mean: null, count: 0 },
    usefulness: { mean: 5, count: 6 },
    netPromoter: { count: 6, promoters: 4, detractors: 2, score: { value: 33.3 } },
  })
  expect(rows[1]?.netPromoter).toMatchObject({ count: 0, score: null })
  expect(total).toMatchObject({ key: null, asked: 8, answered: 7, rate: 87.5, overall: { mean: 4.57, count: 7 } })
  expect([owners.map(each => each.id), services]).toEqual([
    ['rita', 'tom'],
    ['exchange', 'teams'],
  ])
})

test('a survey about two services counts with each, and once in all', async () => {
  const { rows, total } = await report('service')
  expect(rows.map(({ key, asked }) => [key, asked])).toEqual([
    ['exchange', 6],
    ['teams', 8],
  ])
  expect(total.asked).toBe(8)
})

test('filters narrow what is counted, to the day', async () => {
  const asked = async (filter: object) => (await report('owner', filter)).total.asked
  expect(await asked({ service: 'exchange' })).toBe(6)
  expect(await asked({ owner: 'tom' })).toBe(2)
  expect(await asked({ from: '2026-08-01', until: '2026-08-01' })).toBe(6)
  expect(await asked({ from: '2026-08-02' })).toBe(2)
  expect(await asked({ until: '2026-07-31' })).toBe(0)
})

test('who sees few customers is told of few', async () => {
  const { rows, total, owners } = await report('owner', {}, rita)
  expect([rows.map(row => row.key), total.asked, owners.map(each => each.id)]).toEqual([['rita'], 6, ['rita']])
})

test('the file says the same, without formulas, and is on record', async () => {
  const { body, fileName } = await exportSurveyReport(its.context.as(SYSTEM), SYSTEM, { by: 'owner' })
  let text = ''
  for await (const part of body) text += part
  expect(fileName).toBe('survey-by-owner-2026-11-21.csv')
  const read = parse(text, { bom: true, columns: true }) as Record<string, string>[]
  expect(read.map(row => [row.owner, row.owner_name, row.asked, row.net_promoter_score])).toEqual([
    ['rita', "'=Rita", '6', '33.3'],
    ['tom', 'Tom', '2', ''],
    ['total', '', '8', '33.3'],
  ])
  const { rows } = await its.owner.query(`select count(*)::int as count from installation_event where kind = 'export-made'`)
  expect(rows).toEqual([{ count: 1 }])
})

test('it takes three queries, however many surveys', async () => {
  let queries = 0
  const counted = (db: Db): Db =>
    db.withPlugin({
      transformQuery: ({ node }) => {
        queries++
        return node
      },
      transformResult: async ({ result }) => result,
    })
  await getSurveyReport({ ...its.context, db: counted(its.context.db) }, SYSTEM, { by: 'quarter' })
  expect(queries).toBe(3)
})
