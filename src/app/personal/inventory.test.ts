import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../store/testing.ts'
import { INVENTORY, inventoryText } from './inventory.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('every column of every table says whether it is about people, and no other does', async () => {
  const { rows } = await database.owner.query<{ name: string; columns: string[] }>(
    `select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attname) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped group by 1 order by 1`,
  )
  const listed = Object.entries(INVENTORY).map(([name, { personal, other }]) => ({
    name,
    columns: [...other, ...personal.flatMap(each => each.columns)].sort(),
  }))
  expect(listed.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(rows)
})

test('the document says what the inventory says', () => {
  const document = readFileSync('docs/personal-data.md', 'utf8')
  expect(document.slice(document.indexOf('## What is kept for a time'))).toBe(inventoryText())
})
