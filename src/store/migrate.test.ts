import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, readMigrations } from './migrate.ts'
import { testDatabase } from './testing.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('a migrated database is left alone', async () => {
  expect(await migrate(database.urls.owner)).toEqual([])
})

test('migrations are numbered without gaps', () => {
  const versions = readMigrations().map(each => each.version)
  expect(versions).toEqual(versions.map((_, index) => index + 1))
})

test('an older program refuses a newer schema and says so', async () => {
  const known = readMigrations()
  await migrate(database.urls.owner, [...known, { version: 9999, name: '9999_future.sql', sql: 'create table future ()' }])
  await expect(migrate(database.urls.owner, known)).rejects.toMatchObject({
    code: 'unavailable',
    message: /schema 9999, made by a newer Impulso/,
  })
})

test('a migration that fails leaves nothing behind', async () => {
  const fresh = await testDatabase()
  const broken = [...readMigrations(), { version: 9998, name: '9998_broken.sql', sql: 'create table half (); select 1 / 0' }]
  await expect(migrate(fresh.urls.owner, broken)).rejects.toThrow('9998_broken.sql failed: division by zero')
  const { rows } = await fresh.owner.query(`select to_regclass('half') as half`)
  expect(rows).toEqual([{ half: null }])
  await fresh.close()
})
