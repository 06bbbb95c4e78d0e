import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enqueue } from '../../store/jobs.ts'
import { readMigrations } from '../../store/migrate.ts'
import { type TestDatabase, testDatabase } from '../../store/testing.ts'
import { verifyAll } from '../events/verify.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { keepReport, reportPath } from '../usage/kept-files.ts'
import { fingerprintOf } from './fingerprint.ts'
import { readBackup } from './read-backup.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const now = () => new Date('2026-11-21T08:00:00Z')
const fingerprint = fingerprintOf('a secret of at least thirty-two characters')
const folder = mkdtempSync(join(tmpdir(), 'impulso-backup-'))
let its: TestContext
const opened: TestDatabase[] = []
const sha256 = createHash('sha256').update('a report').digest('hex')
const kept = { customer_id: 'contoso', tenant_id: 'main', sha256 }

beforeAll(async () => {
  its = await testContext(now())
  const { owner, context } = its
  await addTestCustomer(context, { customer: { id: 'contoso', name: 'Contoso "S/A" \\ \u{1f600}\n' }, services: { teams: {} } }, 'main')
  await addTestCustomer(context, { customer: { id: 'fabrikam', name: 'Fabrikam' } }, 'main')
  // Of every awkward type something that other ways of copying lose: bytes, microseconds, digits, lists with quotes and nulls.
  const bytes = randomBytes(100_000)
  await owner.query(`insert into person (id, name) values ('ana', 'Ana')`)
  await owner.query(
    `insert into evidence (customer_id, id, subject, title, media_type, content, sha256, added_by, added_at)
     values ('contoso', gen_random_uuid(), 'item:x', 'A file', 'image/png', $1, $2, 'ana', '2026-11-21 08:00:00.123456+00')`,
    [bytes, createHash('sha256').update(bytes).digest('hex')],
  )
  await owner.query(`insert into metric (customer_id, id, name, kind, baseline, target, direction, version)
    values ('contoso', 'own', 'Own', 'own', 0.1234567890123456789012345678901234567890, 1e30, 'up', 1)`)
  await owner.query(`insert into contact (customer_id, id, name, roles, services, version)
    values ('contoso', gen_random_uuid(), 'Bea', '{"a \\"quoted\\" role","b,c",NULL}', '{}', 1)`)
  await owner.query(`insert into seat_split (customer_id, service, seats, as_of, changed_by, changed_at, version)
    values ('contoso', 'teams', 0, '2026-11-21', 'ana', 'infinity', 1)`)
  await owner.query(
    `insert into usage_import (customer_id, id, tenant_id, file, sha256, rows_read, rows_rejected, rows_deleted, rows_duplicate,
       is_concealed, is_kept, imported_at, imported_by)
     values ('contoso', gen_random_uuid(), 'main', 'x.csv', $1, 1, 0, 0, 0, false, true, now(), 'ana')`,
    [sha256],
  )
})
afterAll(async () => {
  for (const each of opened) await each.close()
  await its.close()
  rmSync(folder, { recursive: true, force: true })
})

let count = 0
const nameOf = (name: string) => join(folder, `${++count}-${name}`)
const parts = () => ({ databaseUrl: its.urls.owner, reports: its.context.reports, fingerprint, now })
async function backup(): Promise<string> {
  const file = nameOf('backup.gz')
  await writeBackup(parts(), file)
  return file
}
async function empty() {
  const database = await testDatabase()
  opened.push(database)
  const reports = nameOf('reports')
  return { database, into: { databaseUrl: database.urls.owner, reports, fingerprint, takesOtherSecret: false, isReplacing: false } }
}
/** The rows of every table as one hash each. */
async function contents({ owner }: Pick<TestDatabase, 'owner'>): Promise<Record<string, string>> {
  const { rows } = await owner.query<{ name: string }>(
    `select n.nspname || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'auth') and c.relkind = 'r' and c.relname <> 'schema_version' order by 1`,
  )
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const sums = await owner.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), ',' order by md5(t::text))), '') as sum from ${name} t`,
    )
    found[name] = sums.rows[0].sum
  }
  return found
}

test('what is restored is what was there, to the last byte of every table, and its record fits', async () => {
  const before = await contents(its)
  const file = await backup()
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const { database, into } = await empty()
  const { manifest } = await restoreBackup(into, file)
  expect(await contents(database)).toEqual(before)
  expect(manifest.tables.find(each => each.name === 'public.customer')?.count).toBe(2)
  const record = await verifyAll(database.db)
  expect(record).toMatchObject({ broken: [], events: (await verifyAll(its.context.db)).events })
  expect(record.events).toBeGreaterThan(0)
  // Rules and guards hold again.
  await expect(database.owner.query(`delete from event`)).rejects.toThrow()
  await expect(
    database.owner.query(`insert into contact (customer_id, id, name, version) values ('x', gen_random_uuid(), 'x', 1)`),
  ).rejects.toThrow('foreign key')
  const rules = `select count(*)::int as count from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`
  expect((await database.owner.query(rules)).rows).toEqual((await its.owner.query(rules)).rows)
})

test('a backup holds one state, although the program writes on', async () => {
  await its.owner.query('create table if not exists public.pair (side text primary key, amount bigint not null)')
  await its.owner.query(`insert into pair values ('a', 1000), ('z', 1000) on conflict (side) do update set amount = 1000`)
  let isWriting = true
  let moves = 0
  const writing = (async () => {
    while (isWriting) {
      await its.owner.query(
        `with moved as (update pair set amount = amount - 1 where side = 'a') update pair set amount = amount + 1 where side = 'z'`,
      )
      await addTestCustomer(its.context, { customer: { id: `c-${++moves}`, name: 'C' } }, 'main')
    }
  })()
  while (moves < 3) await new Promise(resolve => setTimeout(resolve, 5))
  const file = nameOf('backup.gz')
  const { manifest } = await writeBackup(parts(), file)
  const writtenMeanwhile = moves
  isWriting = false
  await writing
  const rows: Record<string, (readonly (string | null)[])[]> = {}
  await readBackup(file, {
    rows: async ({ name }, page) => {
      rows[name] = [...(rows[name] ?? []), ...page]
    },
  })
  const pair = Object.fromEntries(rows['public.pair'] ?? [])
  expect(Number(pair.a) + Number(pair.z)).toBe(2000)
  const size = (name: string) => manifest.tables.find(each => each.name === name)?.count
  // Each of these customers has one plan, whenever it came.
  expect(size('public.plan')).toBe(size('public.customer'))
  expect(size('public.engagement')).toBe(size('public.customer'))
  expect(writtenMeanwhile).toBeGreaterThanOrEqual(3)
  await its.owner.query('drop table pair')
})

test('report files that count come along, whole', async () => {
  const from = nameOf('x.csv')
  writeFileSync(from, 'a report')
  await keepReport(its.context.reports, kept, from)
  const file = await backup()
  const { manifest } = await readBackup(file)
  const { into } = await empty()
  await restoreBackup(into, file)
  expect(manifest).toMatchObject({ files: [{ name: `contoso/main/${sha256}.report`, count: 8 }], missingFiles: 0 })
  expect(readFileSync(reportPath(into.reports, kept), 'utf8')).toBe('a report')
  expect(existsSync(`${into.reports}.restored`)).toBe(false)

  rmSync(reportPath(its.context.reports, kept))
  const without = await readBackup(await backup())
  expect(without.manifest).toMatchObject({ files: [], missingFiles: 1 })
})

test('jobs of ours that wait come along; those of a queue that is no more do not', async () => {
  await its.context.db.transaction().execute(trx => enqueue(trx, 'check-mail', {}, { startAfter: new Date('2099-01-01T00:00:00Z') }))
  const file = await backup()
  const { database, into } = await empty()
  await database.owner.query(`delete from pgboss.schedule`)
  await restoreBackup(into, file)
  const jobs = 'select name, start_after from pgboss.job'
  expect((await database.owner.query(jobs)).rows).toEqual([{ name: 'check-mail', start_after: new Date('2099-01-01T00:00:00Z') }])

  const lines = gunzipSync(readFileSync(file)).toString().split('\n')
  const row = lines.find(line => line.includes('"check-mail"'))
  expect(row).toBeDefined()
  const other = (row ?? '').replace('"check-mail"', '"left-out"')
  const head = lines.findIndex(line => line.startsWith('{"table":"pgboss.job"'))
  const sum = createHash('sha256').update(`${other}\n`).digest('hex')
  const before = JSON.parse(lines[head + 2] ?? '').ends.sha256
  const changed = lines.map(line => (line === row ? other : line.replaceAll(before, sum))).join('\n')
  const newer = nameOf('left-out.gz')
  writeFileSync(newer, gzipSync(changed))
  await restoreBackup({ ...into, isReplacing: true }, newer)
  expect((await database.owner.query(jobs)).rows).toEqual([])
})

test('a file of this name stays as it is', async () => {
  const file = nameOf('taken')
  writeFileSync(file, 'mine')
  await expect(writeBackup(parts(), file)).rejects.toMatchObject({ code: 'conflict' })
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

const changed: readonly (readonly [string, (file: Buffer) => Buffer, RegExp])[] = [
  ['cut off', file => file.subarray(0, file.length - 40), /cut off or damaged|cut off/],
  ['cut in the middle', file => file.subarray(0, file.length / 2), /cut off/],
  ['one bit turned', file => Buffer.from(file.map((byte, index) => (index === Math.floor(file.length / 2) ? byte ^ 4 : byte))), /damaged/],
  ['a value changed', file => gzipSync(gunzipSync(file).toString().replace('Fabrikam', 'Fabrikan')), /is not what was written/],
  [
    'a row left out',
    file => {
      const lines = gunzipSync(file).toString().split('\n')
      lines.splice(
        lines.findIndex(line => line.includes('"Fabrikam"')),
        1,
      )
      return gzipSync(lines.join('\n'))
    },
    /is not what was written/,
  ],
  [
    'the manifest left out',
    file => gzipSync(gunzipSync(file).toString().trimEnd().split('\n').slice(0, -1).join('\n').concat('\n')),
    /cut off/,
  ],
  ['not ours', () => gzipSync('{"some":"thing"}\n'), /not a backup of Impulso/],
  ['no gzip', () => Buffer.from('hello'), /not a backup of Impulso/],
  ['empty', () => Buffer.alloc(0), /not a backup|cannot be read/],
]
test.each(changed)('a file that is %s is refused, and nothing changes', async (_, change, said) => {
  const file = await backup()
  writeFileSync(file, change(readFileSync(file)))
  const { database, into } = await empty()
  const before = await contents(database)
  await expect(restoreBackup(into, file)).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringMatching(said) })
  expect(await contents(database)).toEqual(before)
  expect([existsSync(into.reports), existsSync(`${into.reports}.restored`)]).toEqual([false, false])
})

test('a name of a table in a backup is a name, and no statement', async () => {
  const lines = gunzipSync(readFileSync(await backup()))
    .toString()
    .trimEnd()
    .split('\n')
  // Carried out, it would divide by zero.
  const name = `public.team (id, name) select 'theirs', (1 / (length($1::text) - length($1::text)))::text --`
  const ends = { name, count: 1, sha256: createHash('sha256').update('[]\n').digest('hex') }
  const { manifest } = JSON.parse(lines.pop() ?? '') as { manifest: { tables: unknown[] } }
  const more = [{ table: name, columns: [] }, [], { ends }].map(each => JSON.stringify(each))
  lines.splice(1, 0, ...more)
  const file = nameOf('crafted.gz')
  writeFileSync(
    file,
    gzipSync([...lines, JSON.stringify({ manifest: { ...manifest, tables: [ends, ...manifest.tables] } }), ''].join('\n')),
  )
  const { database, into } = await empty()
  await expect(restoreBackup(into, file)).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('which this schema has not got'),
  })
  const { rows } = await database.owner.query('select id from team')
  expect(rows).toEqual([])
})

test('what is there is not overwritten, unless it is to be replaced; then it is gone', async () => {
  const file = await backup()
  const { database, into } = await empty()
  await database.owner.query(`insert into person (id, name) values ('theirs', 'Theirs')`)
  const before = await contents(database)
  await expect(restoreBackup(into, file)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('not empty') })
  expect(await contents(database)).toEqual(before)
  await restoreBackup({ ...into, isReplacing: true }, file)
  expect(await contents(database)).toEqual(await contents(its))
})

test('another secret is refused with what would be lost; asked for, it is restored all the same', async () => {
  const file = await backup()
  const { database, into } = await empty()
  const other = { ...into, fingerprint: fingerprintOf('another secret of at least thirty-two characters') }
  await expect(restoreBackup(other, file)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('IMPULSO_SECRET') })
  expect((await database.owner.query('select from customer')).rowCount).toBe(0)
  await restoreBackup({ ...other, takesOtherSecret: true }, file)
  expect((await database.owner.query('select from customer')).rowCount).toBeGreaterThan(0)
})

test('a backup of an older schema is migrated, one of a newer is refused', async () => {
  const file = await backup()
  const { database, into } = await empty()
  const shipped = readMigrations()
  const last = shipped.at(-1)!.version
  const next = { version: last + 1, name: `${last + 1}_next.sql`, sql: 'alter table customer add column colour text' }
  await restoreBackup({ ...into, migrations: [...shipped, next] }, file)
  expect((await database.owner.query('select colour from customer limit 1')).rows).toEqual([{ colour: null }])

  const older = await empty()
  const before = await contents(older.database)
  const refused = restoreBackup({ ...older.into, migrations: shipped.filter(each => each.version < last) }, file)
  await expect(refused).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('newer Impulso') })
  expect(await contents(older.database)).toEqual(before)
})
