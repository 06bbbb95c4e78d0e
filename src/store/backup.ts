import pg from 'pg'
import { AppError } from '../model/errors.ts'
import { type Migration, migrate, readMigrations } from './migrate.ts'
import { QUEUE_NAMES } from './queues.ts'

/** What a backup keeps of a database and how it comes back. On one connection of the owner, past the policies: a backup holds everything. */

/** A table as a backup keeps it; `columns` in the order in which rows give their values. */
export type KeptTable = Readonly<{ name: string; columns: readonly string[] }>
/** Values as PostgreSQL writes them as text, which it reads back to exactly the same, whatever the type. */
export type KeptRow = readonly (string | null)[]

/** Text that does not depend on the server's settings and loses no digit. */
const EXACT = `set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set bytea_output = 'hex'; set extra_float_digits = 1`

/** Which jobs are kept: those of ours that wait. One that runs is found again by what it is about. */
const JOBS = 'pgboss.job'
const WAITING = `state in ('created', 'retry') and name in (${QUEUE_NAMES.map(name => `'${name}'`).join(', ')})`
/** Made by migrating, not by loading. */
const OWN = 'public.schema_version'

const SMALL_PAGE = 8
const PAGE = 200

export type Snapshot = Readonly<{
  schema: number
  tables: readonly KeptTable[]
  /** Rows of a table, a page at a time: never the whole table in memory. */
  rows: (table: KeptTable) => AsyncGenerator<readonly KeptRow[]>
  /** Files of reports that are counted. */
  reports: () => Promise<readonly Readonly<{ customer_id: string; tenant_id: string; sha256: string }>[]>
}>

/** One state of the whole database, however long reading takes and whatever is written meanwhile. */
export async function withSnapshot<T>(url: string, use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return withOwner(url, async client => {
    await client.query('begin isolation level repeatable read read only')
    const { rows: versions } = await client.query<{ version: number }>('select max(version) as version from public.schema_version')
    const tables = await tablesOf(client)
    const isWide = await wideTables(client)
    return use({
      schema: versions[0]?.version ?? 0,
      tables: tables.map(({ name, columns }) => ({ name, columns: columns.map(each => each.name) })),
      rows: table => pagesOf(client, table, isWide.has(table.name) ? SMALL_PAGE : PAGE),
      reports: async () =>
        (
          await client.query<{ customer_id: string; tenant_id: string; sha256: string }>(
            'select customer_id, tenant_id, sha256 from public.usage_import where is_kept order by 1, 2, 3',
          )
        ).rows,
    })
  })
}

async function* pagesOf(client: pg.Client, { name, columns }: KeptTable, page: number): AsyncGenerator<readonly KeptRow[]> {
  const values = columns.map(each => `${client.escapeIdentifier(each)}::text`).join(', ')
  await client.query(`declare kept no scroll cursor for select ${values} from ${name}${name === JOBS ? ` where ${WAITING}` : ''}`)
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({ text: `fetch ${page} from kept`, rowMode: 'array' })
    if (rows.length === 0) break
    yield rows
  }
  await client.query('close kept')
}

type Column = Readonly<{ name: string; type: string }>
type FoundTable = Readonly<{ name: string; columns: readonly Column[] }>

/** Tables of the program and of sign-in, and the jobs; columns that compute themselves are left out. */
async function tablesOf(client: pg.ClientBase): Promise<readonly FoundTable[]> {
  const { rows } = await client.query<FoundTable>(`
    select n.nspname || '.' || quote_ident(c.relname) as name,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where (n.nspname in ('public', 'auth') and c.relkind = 'r' or n.nspname = 'pgboss' and c.relname = 'job')
      and n.nspname || '.' || c.relname <> '${OWN}'
    group by 1 order by 1`)
  return rows
}

/** Tables whose rows may be megabytes. */
async function wideTables(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(`
    select distinct table_schema || '.' || quote_ident(table_name) as name from information_schema.columns
    where table_schema in ('public', 'auth') and data_type = 'bytea'`)
  return new Set(rows.map(row => row.name))
}

export type Restoring = Readonly<{
  /** Adds rows to a table. Throws `invalid-input` for a table or column that this schema has not got. */
  load: (table: KeptTable, rows: readonly KeptRow[]) => Promise<void>
  /** How many rows a table has now; null where not all of them need to have come along. */
  count: (table: string) => Promise<number | null>
}>

/**
 * Brings an empty database to the schema of a backup, lets `use` load it, and then to this program's: all of the loading or nothing. With
 * `isReplacing` what is there is taken away, in the same transaction. Throws `conflict` when something is there or somebody is connected,
 * `unavailable` for a schema that this program does not know yet.
 */
export async function restoreDatabase<T>(
  url: string,
  {
    schema,
    isReplacing,
    migrations = readMigrations(),
  }: Readonly<{ schema: number; isReplacing: boolean; migrations?: readonly Migration[] }>,
  use: (restoring: Restoring) => Promise<T>,
): Promise<T> {
  const known = migrations.at(-1)?.version ?? 0
  if (schema > known) {
    throw new AppError(
      'unavailable',
      `the backup was made by a newer Impulso: it has schema ${schema}, this one knows up to ${known}. Restore it with the newer program.`,
    )
  }
  const done = await withOwner(url, async client => {
    await refuseOthers(client)
    const current = await schemaOf(client)
    if (!isReplacing && current !== null && (await holdsSomething(client))) {
      throw new AppError(
        'conflict',
        'the database is not empty; a backup is restored into an empty one, or with --replace in the place of what is there',
      )
    }
    if (current !== null && current > schema) {
      if (await holdsSomething(client)) {
        throw new AppError(
          'conflict',
          `what is there has schema ${current}, newer than that of the backup, ${schema}; restore into an empty database or data folder instead`,
        )
      }
      await dropAll(client)
    }
    await migrate(
      url,
      migrations.filter(each => each.version <= schema),
    )
    await client.query('begin')
    const answer = await reloaded(client, use)
    await client.query('commit')
    return answer
  })
  await migrate(url, migrations)
  return done
}

async function reloaded<T>(client: pg.Client, use: (restoring: Restoring) => Promise<T>): Promise<T> {
  const tables = await tablesOf(client)
  const own = tables.filter(each => each.name !== JOBS)
  const known = new Map(tables.map(each => [each.name, new Map(each.columns.map(column => [column.name, column.type]))]))
  // Rules between tables hold again at the end, and are checked then: no order of loading would satisfy all of them. What guards the
  // record against being rewritten is for the program; this is the record coming back.
  const rules = await client.query<{ drop: string; add: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where contype = 'f' and connamespace in ('public'::regnamespace, 'auth'::regnamespace) and conparentid = 0`)
  for (const { drop } of rules.rows) await client.query(drop)
  for (const { name } of own) await client.query(`alter table ${name} disable trigger user`)
  await client.query(`truncate ${own.map(each => each.name).join(', ')}`)
  await client.query(`delete from ${JOBS}`)
  const answer = await use({
    load: async ({ name, columns }, rows) => {
      const types = known.get(name)
      if (types === undefined) throw new AppError('invalid-input', `the backup has the table ${name}, which this schema has not got`)
      const values = columns.map((column, index) => {
        const type = types.get(column)
        if (type === undefined) throw new AppError('invalid-input', `the backup has ${name}.${column}, which this schema has not got`)
        return `(r ->> ${index})::${type}`
      })
      const names = columns.map(each => client.escapeIdentifier(each)).join(', ')
      // A queue that this program has no more has nobody to take its jobs.
      const again = name === JOBS ? ` where r ->> ${columns.indexOf('name')} in (select name from pgboss.queue) on conflict do nothing` : ''
      await client.query(`insert into ${name} (${names}) select ${values.join(', ')} from json_array_elements($1::json) r${again}`, [
        JSON.stringify(rows),
      ])
    },
    count: async name => {
      if (!known.has(name)) throw new AppError('invalid-input', `the backup has the table ${name}, which this schema has not got`)
      if (name === JOBS) return null
      const { rows } = await client.query<{ count: string }>(`select count(*) as count from ${name}`)
      return Number(rows[0]?.count)
    },
  })
  for (const { name } of own) await client.query(`alter table ${name} enable trigger user`)
  for (const { add } of rules.rows) await client.query(add)
  return answer
}

async function schemaOf(client: pg.ClientBase): Promise<number | null> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.schema_version') is not null as there`)
  if (!rows[0]?.there) return null
  const found = await client.query<{ version: number | null }>('select max(version) as version from public.schema_version')
  return found.rows[0]?.version ?? null
}

/** A migrated database that nobody has used holds what migrations put there, and nothing of these. */
async function holdsSomething(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ used: boolean }>(
    'select exists (select from public.customer) or exists (select from public.person) or exists (select from public.event) or exists (select from auth."user") as used',
  )
  return rows[0]?.used ?? false
}

/** Tables of a newer schema with nothing in them: they are made anew. */
async function dropAll(client: pg.ClientBase): Promise<void> {
  await client.query(
    'drop schema public cascade; create schema public; drop schema if exists auth cascade; drop schema if exists pgboss cascade',
  )
}

async function refuseOthers(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ count: string }>(`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name ~ '^impulso( work)? [0-9]+$'`)
  if (Number(rows[0]?.count) > 0) throw new AppError('conflict', 'Impulso is running with this database; stop it first')
}

async function withOwner<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'impulso backup' })
  await client.connect()
  try {
    await client.query(EXACT)
    return await use(client)
  } finally {
    // What was begun and not committed never was.
    await client.end()
  }
}
