import pg from 'pg'
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

test('figures of before know the import they come from, and since when they were known', async () => {
  const { owner, urls } = database
  await owner.query('drop database if exists test_before_versions')
  await owner.query('create database test_before_versions')
  const url = new URL(urls.owner)
  url.pathname = '/test_before_versions'
  const client = new pg.Client({ connectionString: url.href })
  try {
    await migrate(
      url.href,
      readMigrations().filter(each => each.version < 6),
    )
    await client.connect()
    const id = '00000000-0000-4000-8000-000000000001'
    await client.query(`
      select set_config('impulso.right', 'administrator', false), set_config('impulso.scope', 'all', false), set_config('impulso.person', 'x', false);
      insert into customer (id, name, search_key, created_at) values ('a', 'A', 'a', now());
      insert into tenant (customer_id, id, name) values ('a', 't', 'T');
      insert into usage_import (customer_id, id, tenant_id, file, sha256, report, refresh_date, rows_read, rows_rejected, rows_deleted, rows_duplicate, is_concealed, is_kept, imported_at)
        values ('a', '${id}', 't', 'f', repeat('0', 64), 'r', '2026-03-01', 1, 0, 0, 0, false, true, '2026-03-03T04:05:06Z');
      insert into usage_report_service values ('a', '${id}', 'teams', 5, 6, 0, '2026-03-01');
      insert into usage_current values ('a', 't', 'teams', 5, 6, 0, '2026-03-01', 28, '{r}', false);
      insert into usage_day values ('a', 't', 'teams', '2026-03-01', 5, 6, null), ('a', 't', 'teams', '2026-02-01', 4, 6, null)`)
    await migrate(url.href)
    const { rows } = await client.query(
      `select d.day::text, d.import_id, d.known_since = '2026-03-03T04:05:06Z' as since, u.import_ids::text from usage_day d join usage_current u using (customer_id) order by d.day`,
    )
    expect(rows).toEqual([
      { day: '2026-02-01', import_id: null, since: false, import_ids: `{${id}}` },
      { day: '2026-03-01', import_id: id, since: true, import_ids: `{${id}}` },
    ])
  } finally {
    await client.end()
    await owner.query('drop database if exists test_before_versions with (force)')
  }
})

test('metrics that were facts are metrics with readings', async () => {
  const { owner, urls } = database
  await owner.query('drop database if exists test_before_metrics')
  await owner.query('create database test_before_metrics')
  const url = new URL(urls.owner)
  url.pathname = '/test_before_metrics'
  const client = new pg.Client({ connectionString: url.href })
  try {
    await migrate(
      url.href,
      readMigrations().filter(each => each.version < 7),
    )
    await client.connect()
    const fact = (name: string, value: object, asOf: string | null) =>
      client.query(
        `insert into fact (customer_id, name, service, value, source, as_of, recorded_at, recorded_by, version) values ('a', $1, '', $2, 'portal', $3, '2026-03-03T04:05:06Z', 'rita', 4)`,
        [name, JSON.stringify(value), asOf],
      )
    await client.query(`
      select set_config('impulso.right', 'administrator', false), set_config('impulso.scope', 'all', false), set_config('impulso.person', 'x', false);
      insert into customer (id, name, search_key, created_at) values ('a', 'A', 'a', now());
      insert into person (id, name) values ('rita', 'Rita')`)
    await fact('metric.m1', { name: 'Tickets solved', baseline: 5, target: 40.5, current: 42 }, '2026-03-01')
    await fact('metric.m 2', { name: 'As it was', baseline: 7, target: 7 }, null)
    await fact('metric.m3', { name: 'Undated', baseline: 9, target: 1, current: 3, direction: 'down' }, null)
    await fact('csm.assigned', true as unknown as object, null)
    await migrate(url.href)
    const metrics = await client.query(
      'select id, name, kind, baseline::float, target::float, direction, version from metric order by id collate "C"',
    )
    expect(metrics.rows).toEqual([
      { id: 'm 2', name: 'As it was', kind: 'own', baseline: 7, target: 7, direction: 'up', version: 4 },
      { id: 'm1', name: 'Tickets solved', kind: 'own', baseline: 5, target: 40.5, direction: null, version: 4 },
      { id: 'm3', name: 'Undated', kind: 'own', baseline: 9, target: 1, direction: 'down', version: 4 },
    ])
    const readings = await client.query('select metric_id, day::text, value::float, source, recorded_by from metric_reading')
    expect(readings.rows).toEqual([{ metric_id: 'm1', day: '2026-03-01', value: 42, source: 'hand', recorded_by: 'rita' }])
    const facts = await client.query('select name from fact')
    expect(facts.rows).toEqual([{ name: 'csm.assigned' }])
  } finally {
    await client.end()
    await owner.query('drop database if exists test_before_metrics with (force)')
  }
})
