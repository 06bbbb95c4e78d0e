import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAuthDatabase } from './auth-database.ts'
import { urlsOf } from './protect.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const ask = async (url: string, statement: string): Promise<unknown> => {
  const { pool, close } = openAuthDatabase(url)
  try {
    return (await pool.query(statement)).rows
  } finally {
    await close()
  }
}

test('sign-in sees its own schema, whether its role signs in or is taken on', async () => {
  const expected = [{ who: 'impulso_auth', path: 'auth' }]
  const statement = `select current_user as who, current_setting('search_path') as path`
  expect(await ask(database.urls.auth, statement)).toEqual(expected)
  // A server of one's own: the given account takes the role on.
  expect(await ask(urlsOf(database.urls.owner).auth, statement)).toEqual(expected)
})

test('the role of sign-in has no right to any table outside its schema, and makes none', async () => {
  const rights = `select oid::regclass::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p')
    and (has_table_privilege(oid, 'select, insert, update, delete, truncate') or has_any_column_privilege(oid, 'select, insert, update'))`
  expect(await ask(database.urls.auth, rights)).toEqual([])
  expect(await ask(database.urls.app, rights)).not.toEqual([])
  for (const statement of ['create table auth.mine ()', 'create table public.mine ()', 'select 1 from public.customer']) {
    await expect(ask(database.urls.auth, statement)).rejects.toMatchObject({ code: '42501' })
  }
})

test('the role of the program reads nothing of sign-in', async () => {
  const client = new pg.Client({ connectionString: database.urls.app })
  await client.connect()
  try {
    for (const table of ['user', 'session', 'account', 'passkey', 'api_key', 'two_factor', 'verification']) {
      await expect(client.query(`select from auth.${table}`)).rejects.toMatchObject({ code: '42501' })
    }
  } finally {
    await client.end()
  }
})
