import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(`insert into playbook_release values ('sha256:a', null, null, '{}', now());
    insert into team (id, name) values ('north', 'North');
    insert into customer (id, name, search_key, segment, created_at) values ('one', 'One', 'one', 'corporate', '2026-01-01'), ('two', 'Two', 'two', null, '2026-01-01');
    ${engagement(1)} ${plan(1)}
    insert into engagement (customer_id, id, cycle, playbook_hash, opened_at) values ('two', '1', 1, 'sha256:a', '2026-01-01');
    insert into plan ${VALUES('two', 1)}`)
})
afterAll(() => database?.close())

const engagement = (
  cycle: number,
) => `insert into engagement (customer_id, id, cycle, playbook_hash, opened_at, state, cancel_reason, closed_at)
  values ('one', '${cycle}', ${cycle}, 'sha256:a', '2026-01-01', 'cancelled', 'x', '2026-01-02');`
const VALUES = (customer: string, cycle: number) =>
  `select '${customer}', '${cycle}', '2026-11-21', 'sha256:a', '{}', 0, 0, 0, 0, null, 1, '{}', 'unknown', 'open', 10, null, '[]', '{}', false, false;`
const plan = (cycle: number) => `insert into plan ${VALUES('one', cycle)}`

/** What the portfolio finds plans by, which nobody but the database writes. */
const listed = async () => {
  const { rows } = await database.owner.query(
    `select concat_ws(' ', customer_id, engagement_id, search_key, coalesce(segment, '-'), coalesce(team_id, '-'), is_listed) as it from plan order by 1`,
  )
  return rows.map(row => row.it)
}
const TWO = 'two 1 two - - t'

test('a plan carries what its customer is found by', async () => {
  expect(await listed()).toEqual(['one 1 one corporate - t', TWO])
})

test.each([
  ['another name', `update customer set name = 'Uno', search_key = 'uno' where id = 'one'`, ['one 1 uno corporate - t']],
  ['another segment', `update customer set segment = 'enterprise' where id = 'one'`, ['one 1 uno enterprise - t']],
  ['a team', `update customer set team_id = 'north' where id = 'one'`, ['one 1 uno enterprise north t']],
  ['a team that is gone', `delete from team where id = 'north'`, ['one 1 uno enterprise - t']],
  ['archived', `update customer set archived_at = now() where id = 'one'`, ['one 1 uno enterprise - f']],
  ['back again', `update customer set archived_at = null where id = 'one'`, ['one 1 uno enterprise - t']],
  ['a later engagement, not planned yet', engagement(2), ['one 1 uno enterprise - f']],
  ['a later engagement with its plan', plan(2), ['one 1 uno enterprise - f', 'one 2 uno enterprise - t']],
  [
    'archived with both',
    `update customer set archived_at = now() where id = 'one'`,
    ['one 1 uno enterprise - f', 'one 2 uno enterprise - f'],
  ],
  ['both back again', `update customer set archived_at = null where id = 'one'`, ['one 1 uno enterprise - f', 'one 2 uno enterprise - t']],
  [
    'the later one taken away',
    `delete from plan where engagement_id = '2'; delete from engagement where id = '2'`,
    ['one 1 uno enterprise - t'],
  ],
  [
    'written anew as another says',
    `${plan(1).slice(0, -1)} on conflict (customer_id, engagement_id) do update set priority = 7, is_listed = excluded.is_listed`,
    ['one 1 uno enterprise - t'],
  ],
])('%s is what its plans say at once', async (_, change, expected) => {
  await database.owner.query(change)
  expect(await listed()).toEqual([...expected, TWO])
})
