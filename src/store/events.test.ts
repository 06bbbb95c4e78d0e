import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertCustomers, savePeople } from './customers.ts'
import { appendEvent, appendEvents, canonical, verifyEvents } from './events.ts'
import { testDatabase } from './testing.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
const at = '2026-11-21T10:00:00.000Z'
const add = (customerId: string, status: string) =>
  database.db
    .transaction()
    .execute(trx => appendEvent(trx, { customerId, at, who: 'rita', kind: 'item-status-set', data: { item: 'a/b/1', after: { status } } }))

beforeAll(async () => {
  database = await testDatabase()
  await database.db.transaction().execute(async trx => {
    await savePeople(trx, [{ id: 'rita', name: 'Rita' }])
    const rest = { segment: null, initiatives: [], assignedOn: null, thresholds: {}, isDemo: false, at }
    await insertCustomers(trx, [
      { id: 'one', name: 'One', ...rest },
      { id: 'two', name: 'Two', ...rest },
    ])
  })
})
afterAll(() => database.close())

test('events of a customer are numbered and chained', async () => {
  expect(await add('one', 'complete')).toBe(1)
  expect(await add('one', 'paused')).toBe(2)
  const event = { customerId: 'two', at, who: 'rita', kind: 'fact-set', data: {} }
  expect(await database.db.transaction().execute(trx => appendEvents(trx, 'two', [event, event]))).toEqual([1, 2])
  expect(await verifyEvents(database.db)).toEqual({ checked: 4, broken: [] })
})

test.each([
  ['update', `update event set body = '{}'`],
  ['delete', 'delete from event'],
  ['truncate', 'truncate event'],
])('%s of events is refused', async (_, sql) => {
  await add('one', 'complete')
  await expect(database.owner.query(sql)).rejects.toThrow('event is append-only')
})

test.each([
  ['text', `update event set body = replace(body, 'complete', 'blocked') where customer_id = 'one' and seq = 1`, 1, 'its text was changed'],
  [
    'author',
    `insert into person values ('eve', 'Eve') on conflict do nothing; update event set who = 'eve' where customer_id = 'one' and seq = 2`,
    2,
    'its who was changed',
  ],
  ['moment', `update event set at = at - interval '1 day' where customer_id = 'one' and seq = 2`, 2, 'its at was changed'],
  ['kind', `update event set kind = 'other' where customer_id = 'one' and seq = 1`, 1, 'its kind was changed'],
  [
    'insertion',
    `insert into event select customer_id, 3, at, who, kind, body, hash, hash from event where customer_id = 'one' and seq = 2`,
    3,
    'its text was changed',
  ],
  [
    'a text that is no event, with a hash that fits',
    `insert into event select customer_id, 3, at, who, kind, 'null', hash, encode(sha256(convert_to(hash || E'\\nnull', 'UTF8')), 'hex') from event
      where customer_id = 'one' and seq = 2`,
    3,
    'its text is no event',
  ],
  ['removal', `delete from event where customer_id = 'one' and seq = 1`, 2, 'expected event 1, found 2'],
])('whoever gets round the trigger is found out: %s', async (_, sql, seq, fault) => {
  const client = await database.owner.connect()
  try {
    await client.query('begin')
    await client.query('alter table event disable trigger user')
    await client.query(sql)
    await client.query('alter table event enable trigger user')
    await client.query('commit')
    const { broken } = await verifyEvents(database.db, 'one')
    expect(broken[0]).toEqual({ customerId: 'one', seq, fault })
  } finally {
    client.release()
    await restore()
  }
})

test('whoever gives one customer the record of another is found out, though every link of it fits', async () => {
  const { rows } = await database.owner.query(`select count(*)::int as count from event where customer_id = 'one'`)
  await database.owner.query(`alter table event disable trigger user; delete from event where customer_id = 'two';
    update event set customer_id = 'two' where customer_id = 'one'; alter table event enable trigger user`)
  try {
    const { broken } = await verifyEvents(database.db, 'two')
    expect(broken).toEqual(
      Array.from({ length: rows[0].count }, (_, at) => ({ customerId: 'two', seq: at + 1, fault: 'its customer was changed' })),
    )
  } finally {
    await restore()
  }
})

async function restore(): Promise<void> {
  await database.owner.query('alter table event disable trigger user; delete from event; alter table event enable trigger user')
  await add('one', 'complete')
  await add('one', 'paused')
}

test('the same value has the same text whatever the order of its keys', () => {
  expect(canonical({ b: [1, { d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":null,"d":1}]}')
})
