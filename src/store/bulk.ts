import { sql } from 'kysely'
import type { Db } from './database.ts'
import type { Database } from './tables.ts'

/**
 * Tables that are filled in bulk, and PostgreSQL's type of each column. A list within a row travels as
 * PostgreSQL's own text for it (`listText`), since lists of lists cannot be unnested.
 */
const COLUMNS = {
  person: { id: 'text', name: 'text' },
  customer: {
    id: 'text',
    name: 'text',
    search_key: 'text',
    segment: 'text',
    initiatives: 'text[]',
    assigned_on: 'date',
    thresholds: 'jsonb',
    team_id: 'text',
    version: 'int4',
    is_demo: 'bool',
    created_at: 'timestamptz',
  },
  tenant: { customer_id: 'text', id: 'text', name: 'text' },
  assignment: {
    customer_id: 'text',
    id: 'text',
    person_id: 'text',
    role: 'text',
    service: 'text',
    is_primary: 'bool',
    since: 'date',
    until: 'date',
    covers: 'text',
  },
  customer_service: { customer_id: 'text', service: 'text', intended: 'bool', is_activation_known: 'bool', activated_on: 'date' },
  entitlement: { customer_id: 'text', tenant_id: 'text', service: 'text', seats: 'int4', source: 'text', as_of: 'date' },
  fact: {
    customer_id: 'text',
    name: 'text',
    service: 'text',
    value: 'jsonb',
    source: 'text',
    as_of: 'date',
    recorded_at: 'timestamptz',
    recorded_by: 'text',
  },
  usage_current: {
    customer_id: 'text',
    tenant_id: 'text',
    service: 'text',
    active: 'int4',
    assigned: 'int4',
    active_unlicensed: 'int4',
    as_of: 'date',
    window_days: 'int4',
    sources: 'text[]',
    is_concealed: 'bool',
  },
  usage_day: { customer_id: 'text', tenant_id: 'text', service: 'text', day: 'date', active: 'int4', assigned: 'int4', entitled: 'int4' },
  engagement: {
    customer_id: 'text',
    id: 'text',
    cycle: 'int4',
    playbook_hash: 'text',
    overall_task: 'text',
    state: 'text',
    cancel_reason: 'text',
    opened_at: 'timestamptz',
    closed_at: 'timestamptz',
  },
  item: {
    customer_id: 'text',
    engagement_id: 'text',
    id: 'text',
    process: 'text',
    step: 'text',
    task: 'text',
    service: 'text',
    status: 'text',
    reason: 'text',
    note: 'text',
    set_by: 'text',
    set_at: 'timestamptz',
  },
  outcome: { customer_id: 'text', engagement_id: 'text', outcome: 'text', recorded_at: 'timestamptz', recorded_by: 'text' },
  event: {
    customer_id: 'text',
    seq: 'int4',
    at: 'timestamptz',
    who: 'text',
    kind: 'text',
    body: 'text',
    previous_hash: 'text',
    hash: 'text',
  },
} as const satisfies { [Table in keyof Database]?: { [Column in keyof Database[Table]]?: string } }

export type BulkTable = keyof typeof COLUMNS
export type BulkRow<Table extends BulkTable> = Readonly<Record<keyof (typeof COLUMNS)[Table], string | number | boolean | null>>

/** One statement, whatever the number of rows: each column travels as one array. Constraints and triggers apply as ever. */
export async function insertRows<Table extends BulkTable>(db: Db, table: Table, rows: readonly BulkRow<Table>[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.entries<string>(COLUMNS[table])
  const arrays = columns.map(([name, type]) => {
    const values = rows.map(row => row[name as keyof BulkRow<Table>])
    return sql`${values}::${sql.raw(type.endsWith('[]') ? 'text' : type)}[]`
  })
  const selected = columns.map(([name, type]) => (type.endsWith('[]') ? sql`${sql.ref(name)}::${sql.raw(type)}` : sql.ref(name)))
  const names = columns.map(([name]) => sql.ref(name))
  await sql`insert into ${sql.table(table)} (${sql.join(names)})
    select ${sql.join(selected)} from unnest(${sql.join(arrays)}) as given (${sql.join(names)})`.execute(db)
}

/** A list of words as PostgreSQL writes it. */
export const listText = (words: readonly string[]): string => `{${words.map(word => JSON.stringify(word)).join(',')}}`

/** Which of these customers are there, archived ones too. */
export async function knownIds(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = ids.length === 0 ? [] : await db.selectFrom('customer').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(row => row.id))
}

/** Whether there are customers that are no demo, archived ones too. */
export const hasRealCustomers = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('customer').select('id').where('is_demo', '=', false).limit(1).executeTakeFirst()) !== undefined
