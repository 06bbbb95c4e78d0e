import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteRequests, deleteRuns, findRun, holdRun, insertRun, strayRuns, takeRequest } from './sync.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

const AT = new Date('2026-11-21T10:00:00Z')
const MINUTE = 60_000
const ALLOWANCE = { count: 14, ms: 10 * MINUTE }
const WHERE = { customerId: 'contoso', tenantId: 'main' }
const later = (ms: number) => new Date(AT.getTime() + ms)
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.owner.query(`insert into person values ('rita', 'Rita')`)
  await database.owner.query(
    `insert into customer (id, name, search_key, initiatives, thresholds, is_demo, created_at) values ('contoso', 'Contoso', 'contoso', '{}', '{}', false, now())`,
  )
  for (const tenant of ['main', 'other']) {
    await database.owner.query(`insert into tenant (customer_id, id, name) values ('contoso', $1, $1)`, [tenant])
    await database.owner.query(
      `insert into graph_connection (customer_id, tenant_id, cloud, directory, client_id, credential, credential_hint, state_since, made_by, made_at)
       values ('contoso', $1, 'global', 'contoso.example', 'x', 'secret', 'x', now(), 'rita', now())`,
      [tenant],
    )
  }
})
afterAll(() => database.close())

const take = (fn: string, at: Date, tenantId = 'main') => takeRequest(database.db, { ...WHERE, tenantId }, fn, at, ALLOWANCE)

test('fourteen requests of a report in ten minutes are granted, however many ask at once; then it is said when', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => take('a', later(at * 1000))))
  expect(answers.filter(answer => answer === null)).toHaveLength(14)
  const refused = answers.filter(answer => answer !== null)
  expect(refused).toHaveLength(6)
  const { rows } = await database.owner.query<{ at: Date }>(`select at from graph_request where function = 'a' order by at`)
  expect(rows).toHaveLength(14)
  // The oldest of the fourteen is what the next one waits for.
  const free = new Date((rows[0]?.at.getTime() ?? 0) + ALLOWANCE.ms)
  expect(await take('a', later(30_000))).toEqual(free)
  expect(await take('a', new Date(free.getTime() - 1))).not.toBeNull()
  expect(await take('a', free)).toBeNull()
})

test('each report of each tenant has a count of its own', async () => {
  for (let count = 0; count < 14; count++) await take('b', AT)
  expect(await take('b', AT)).toEqual(later(10 * MINUTE))
  expect([await take('c', AT), await take('b', AT, 'other')]).toEqual([null, null])
  expect([
    await deleteRequests(database.db, later(-MINUTE).toISOString()),
    await deleteRequests(database.db, later(MINUTE * 60).toISOString()),
  ]).toEqual([0, 31])
})

const add = (tenantId: string, requested: Date, ended: Date | null = null) => {
  const run = {
    customer_id: 'contoso',
    id: randomUUID(),
    tenant_id: tenantId,
    trigger: 'night',
    reaches_back: false,
    requested_by: 'rita',
    state: ended === null ? 'waiting' : 'done',
    resumes_at: null,
    requested_at: requested.toISOString(),
    ended_at: ended?.toISOString() ?? null,
  } as const
  const steps = [{ report: 'a', period: 'D30', day: null }]
  return database.db
    .transaction()
    .execute(trx => insertRun(trx, run, steps))
    .then(isAdded => (isAdded ? run.id : null))
}

test('of a tenant one run is open, whoever asks at once', async () => {
  const added = await Promise.all([1, 2, 3].map(() => add('main', AT)))
  expect(added.filter(id => id !== null)).toHaveLength(1)
  expect(await strayRuns(database.db, AT.toISOString())).toEqual([])
  expect(await strayRuns(database.db, later(1).toISOString())).toMatchObject([{ customer_id: 'contoso' }])
})

test('old runs go, but the newest of each tenant and open ones', async () => {
  const days = [5, 4, 3].map(day => later(-day * 24 * 60 * MINUTE))
  const ids: (string | null)[] = []
  for (const day of days) ids.push(await add('other', day, day))
  expect(await deleteRuns(database.db, later(1).toISOString())).toBe(2)
  const left = await Promise.all(ids.map(runId => findRun(database.db, { customerId: 'contoso', runId: runId ?? '' })))
  expect(left.map(run => run !== undefined)).toEqual([false, false, true])
  expect(await database.db.selectFrom('sync_run').select('id').where('tenant_id', '=', 'main').execute()).toHaveLength(1)
})

test('a run is held by one, until they let go', async () => {
  const id = randomUUID()
  await database.db.transaction().execute(async trx => {
    expect(await holdRun(trx, id)).toBe(true)
    expect(await database.db.transaction().execute(other => holdRun(other, id))).toBe(false)
    expect(await database.db.transaction().execute(other => holdRun(other, randomUUID()))).toBe(true)
  })
  expect(await database.db.transaction().execute(trx => holdRun(trx, id))).toBe(true)
})
