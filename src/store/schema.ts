import pg from 'pg'

/** One row per line of the dump: what it belongs to, an order within it, the text. Only our own schemas; no sizes, owners or ids. */
const CATALOGUE = `
with ours as (select oid, nspname from pg_namespace where nspname in ('public', 'auth')),
relation as (
  select c.oid, c.relkind, n.nspname || '.' || c.relname as name from pg_class c join ours n on n.oid = c.relnamespace
),
line as (
  select 'table ' || r.name as thing, 1 as part, a.attnum::int as position,
    '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as text
  from relation r join pg_attribute a on a.attrelid = r.oid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where r.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
  union all
  select 'table ' || r.name, 2, 0, '  ' || pg_get_constraintdef(c.oid)
  from relation r join pg_constraint c on c.conrelid = r.oid where c.contype in ('p', 'u', 'f', 'c', 'x')
  union all
  select 'table ' || r.name, 3, 0, '  ' || pg_get_indexdef(i.indexrelid)
  from relation r join pg_index i on i.indrelid = r.oid
  where not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
  union all
  select 'table ' || r.name, 4, 0, '  ' || pg_get_triggerdef(t.oid)
  from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
  union all
  select 'table ' || r.name, 5, 0, '  policy ' || p.polname || ' for '
    || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end
    || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
    || coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
  from relation r join pg_policy p on p.polrelid = r.oid
  union all
  select 'view ' || r.name, 1, 0, pg_get_viewdef(r.oid) from relation r where r.relkind = 'v'
  union all
  select 'function ' || n.nspname || '.' || p.proname, 1, 0, pg_get_functiondef(p.oid)
  from pg_proc p join ours n on n.oid = p.pronamespace
)
select thing, text from line order by thing collate "C", part, position, text collate "C"`

/** The schema of a database as text, the same for the same migrations whatever server runs them. */
export async function dumpSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ thing: string; text: string }>(CATALOGUE)
    const parts = new Map<string, string[]>()
    for (const { thing, text } of rows) parts.set(thing, [...(parts.get(thing) ?? []), text.trimEnd()])
    const head = '-- What the migrations make. Written by the test of this file: vitest run src/store/schema.test.ts -u\n'
    return `${head}${[...parts].map(([thing, lines]) => `\n${thing}\n${lines.join('\n')}\n`).join('')}`
  } finally {
    await client.end()
  }
}
