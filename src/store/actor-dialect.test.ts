import { Kysely, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actorDialect } from './actor-dialect.ts'
import type { DatabaseActor, Db } from './database.ts'
import type { Database } from './tables.ts'
import { type TestDatabase, testDatabase } from './testing.ts'
import { ME, TIES, TODAY, WORLD } from './testing-rows.ts'

/** One connection that everybody shares: what one leaves behind, the next would find. */
let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(WORLD)
  pool = new pg.Pool({ connectionString: database.urls.app, max: 1 })
})
afterAll(async () => {
  await pool.end()
  await database.close()
})

const as = (actor: Partial<DatabaseActor>): Db =>
  new Kysely<Database>({ dialect: actorDialect(pool, { personId: ME, right: 'lead', scope: 'customers', today: TODAY, ...actor }) })
const ana = () => as({})
const administrator = () => as({ personId: 'rita', right: 'administrator', scope: 'all' })
const seen = async (db: Db) => (await db.selectFrom('customer').select('id').execute()).length
const OWN = 3
const ALL = TIES.length

/** What the bare connection knows after whatever happened on it. */
async function leftBehind(): Promise<unknown> {
  const names = ['person', 'right', 'scope', 'today'].map(name => `coalesce(current_setting('impulso.${name}', true), '') as ${name}`)
  const { rows } = await pool.query(
    `select ${names.join(', ')}, current_user::text as role, (select count(*)::int from customer) as customers`,
  )
  return rows[0]
}
const NOTHING = { person: '', right: '', scope: '', today: '', role: 'impulso_app', customers: 0 }

test('people who take turns on one connection see their own', async () => {
  for (let turn = 0; turn < 5; turn++) {
    expect([await seen(ana()), await seen(administrator()), await seen(as({ scope: '' }))]).toEqual([OWN, ALL, 0])
    expect(await leftBehind()).toEqual(NOTHING)
  }
})

test('many at once on one connection see their own', async () => {
  const counts = await Promise.all(Array.from({ length: 40 }, (_, turn) => seen(turn % 2 === 0 ? ana() : administrator())))
  expect(counts).toEqual(Array.from({ length: 40 }, (_, turn) => (turn % 2 === 0 ? OWN : ALL)))
})

test.each([
  ['a statement that fails', (db: Db) => sql`select 1 / 0`.execute(db)],
  [
    'a transaction that fails',
    (db: Db) =>
      db.transaction().execute(async trx => {
        await seen(trx)
        throw new Error('given up')
      }),
  ],
  ['a statement that fails in a transaction', (db: Db) => db.transaction().execute(trx => sql`select 1 / 0`.execute(trx))],
  ['a statement that names somebody else and fails', (db: Db) => sql`select set_config('impulso.scope', 'all', true), 1 / 0`.execute(db)],
  ['a statement that ends its transaction and then fails', (db: Db) => sql`commit; select 1 / 0`.execute(db)],
])('%s leaves nothing to the next', async (_, fail) => {
  await expect(fail(administrator())).rejects.toThrow()
  expect(await leftBehind()).toEqual(NOTHING)
  expect(await seen(ana())).toBe(OWN)
})

test('what is rolled back to a savepoint goes on as the same person', async () => {
  const trx = await ana().startTransaction().execute()
  const inner = await trx.savepoint('before').execute()
  await expect(sql`select 1 / 0`.execute(inner)).rejects.toThrow('division by zero')
  const again = await inner.rollbackToSavepoint('before').execute()
  expect(await seen(again)).toBe(OWN)
  await again.rollback().execute()
  expect(await leftBehind()).toEqual(NOTHING)
})

test('a statement that ends the transaction leaves the rest of it to nobody', async () => {
  await administrator()
    .transaction()
    .execute(async trx => {
      expect(await seen(trx)).toBe(ALL)
      await sql`commit`.execute(trx)
      expect(await seen(trx)).toBe(0)
    })
  expect(await leftBehind()).toEqual(NOTHING)
})

test('names that a statement set for longer than its transaction are not the next person’s', async () => {
  await sql`select set_config('impulso.scope', 'all', false), set_config('impulso.right', 'administrator', false),
    set_config('impulso.person', 'rita', false)`.execute(ana())
  expect(await seen(ana())).toBe(OWN)
  expect(await seen(as({ scope: '' }))).toBe(0)
  await pool.query('reset all')
})

test.each([["o'hara"], ["'); set impulso.scope to 'all'; --"], ['\\'], ["\\'; select 1"], ['$1'], ['São "Ana" 🙂'], ['a\nb']])(
  'a person called %j stays that person',
  async personId => {
    const { rows } = await sql<{ name: string }>`select current_setting('impulso.person') as name`.execute(as({ personId }))
    expect(rows).toEqual([{ name: personId }])
    expect(await seen(as({ personId }))).toBe(0)
  },
)

test('where nobody can be named nothing is done, and the connection is as good as before', async () => {
  // A text of PostgreSQL ends at a zero byte: the message is cut there and no longer a statement.
  const db = as({ personId: 'a\0b', scope: 'all' })
  await expect(seen(db)).rejects.toThrow()
  await expect(db.transaction().execute(seen)).rejects.toThrow()
  expect(await leftBehind()).toEqual(NOTHING)
})

test('nothing streams outside of a transaction', async () => {
  await expect(ana().selectFrom('customer').selectAll().stream()[Symbol.asyncIterator]().next()).rejects.toThrow('page through rows')
})
