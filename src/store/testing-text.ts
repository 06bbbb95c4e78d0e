import pg from 'pg'

/** For tests: the first column of a query of the owner's, past every policy. */
export async function testOwner(url: string, query: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query({ text: query, rowMode: 'array' })
    return rows.map(row => (row as unknown[])[0])
  } finally {
    await client.end()
  }
}

/** For tests: every column of every table, in any schema of ours, in which a word stands; case does not matter. */
export async function textHolding(url: string, word: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: columns } = await client.query<{ schema: string; table: string; column: string }>(
      `select n.nspname as schema, c.relname as table, a.attname as column from pg_attribute a
       join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'auth', 'pgboss') and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped order by 1, 2, 3`,
    )
    // JSON writes some characters otherwise.
    const forms = [...new Set([word, JSON.stringify(word).slice(1, -1)])]
    const found: string[] = []
    for (const { schema, table, column } of columns) {
      const name = [schema, table].map(each => client.escapeIdentifier(each)).join('.')
      const { rows } = await client.query(
        `select exists (select from ${name} t, unnest($1::text[]) word where t.${client.escapeIdentifier(column)}::text ilike '%' || word || '%') as found`,
        [forms],
      )
      if (rows[0]?.found) found.push(`${schema}.${table}.${column}`)
    }
    return found
  } finally {
    await client.end()
  }
}
