import { sql } from 'kysely'
import type { ConnectionFinding, ConnectionState } from '../model/usage-api.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type TenantKey = Readonly<{ customerId: string; tenantId: string }>
export type ConnectionRow = Row<'graph_connection'>
export type TenantRow = Row<'tenant'>

/** A connection with the names that it is shown under. */
export type NamedConnection = ConnectionRow & Readonly<{ customer_name: string; tenant_name: string; allows_people: boolean }>

const named = (db: Db) =>
  db
    .selectFrom('graph_connection')
    .innerJoin('customer', 'customer.id', 'graph_connection.customer_id')
    .innerJoin('tenant', join =>
      join.onRef('tenant.customer_id', '=', 'graph_connection.customer_id').onRef('tenant.id', '=', 'graph_connection.tenant_id'),
    )
    .selectAll('graph_connection')
    .select(['customer.name as customer_name', 'tenant.name as tenant_name', 'tenant.allows_people'])
    .where('customer.archived_at', 'is', null)

export const findConnection = (db: Db, { customerId, tenantId }: TenantKey): Promise<NamedConnection | undefined> =>
  named(db).where('graph_connection.customer_id', '=', customerId).where('graph_connection.tenant_id', '=', tenantId).executeTakeFirst()

/** Those of one customer, by tenant. */
export const connectionsOf = (db: Db, customerId: string): Promise<readonly NamedConnection[]> =>
  named(db).where('graph_connection.customer_id', '=', customerId).orderBy('graph_connection.tenant_id').execute()

export type ConnectionFilter = Readonly<{
  state?: ConnectionState | undefined /** Part of a name, as `searchKey` makes it. */
  key?: string | undefined
}>

/** Connections by the names of their customers, and how many match. Whose they are, row-level security decides. */
export async function listConnections(
  db: Db,
  { state, key }: ConnectionFilter,
  { offset, limit }: Readonly<{ offset: number; limit: number }>,
): Promise<Readonly<{ rows: readonly NamedConnection[]; total: number }>> {
  const matching = named(db)
    .$if(state !== undefined, query => query.where('graph_connection.state', '=', state as ConnectionState))
    .$if(key !== undefined, query =>
      query.where(({ or, eb, fn }) =>
        or([
          eb(fn('strpos', ['customer.search_key', sql.val(key)]), '>', 0),
          eb(fn('strpos', [fn('lower', ['tenant.name']), sql.val(key)]), '>', 0),
          eb('graph_connection.customer_id', '=', key as string),
        ]),
      ),
    )
  const { total } = await db
    .selectFrom(matching.as('m'))
    .select(eb => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching
    .orderBy('customer.search_key')
    .orderBy('graph_connection.customer_id')
    .orderBy('graph_connection.tenant_id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { rows, total }
}

/** The connections that are switched on, by customer and tenant; all of them, or those of one customer or tenant. */
export const enabledConnections = (db: Db, only: Readonly<{ customerId?: string | undefined; tenantId?: string | undefined }> = {}) =>
  db
    .selectFrom('graph_connection')
    .innerJoin('customer', 'customer.id', 'graph_connection.customer_id')
    .innerJoin('tenant', join =>
      join.onRef('tenant.customer_id', '=', 'graph_connection.customer_id').onRef('tenant.id', '=', 'graph_connection.tenant_id'),
    )
    .select([
      'graph_connection.customer_id as customerId',
      'graph_connection.tenant_id as tenantId',
      'graph_connection.cloud',
      'graph_connection.reached_back_at',
      'tenant.allows_people',
    ])
    .where('graph_connection.is_enabled', '=', true)
    .where('customer.archived_at', 'is', null)
    .$if(only.customerId !== undefined, query => query.where('graph_connection.customer_id', '=', only.customerId as string))
    .$if(only.tenantId !== undefined, query => query.where('graph_connection.tenant_id', '=', only.tenantId as string))
    .orderBy('graph_connection.customer_id')
    .orderBy('graph_connection.tenant_id')
    .execute()

/** Writes a connection whole; the customer must be locked. */
export async function saveConnection(
  trx: Trx,
  row: Omit<ConnectionRow, 'findings'>,
  findings: readonly ConnectionFinding[],
): Promise<void> {
  const values = { ...row, findings: JSON.stringify(findings) }
  const { customer_id: _c, tenant_id: _t, ...change } = values
  await trx
    .insertInto('graph_connection')
    .values(values)
    .onConflict(conflict => conflict.columns(['customer_id', 'tenant_id']).doUpdateSet(change))
    .execute()
}

/** Runs, requests and the secret go with it. False when there was none. */
export async function removeConnection(trx: Trx, { customerId, tenantId }: TenantKey): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('graph_connection')
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export type ConnectionStanding = Readonly<{
  state: ConnectionState
  findings: readonly ConnectionFinding[]
  /** Null: nobody may say; what was known stays. */
  concealed: boolean | null
  at: string
}>

/**
 * What a test or a run found out; `state_since` moves only when the state does. `version` is that of the connection that was asked with:
 * of one that was changed meanwhile nothing is said.
 */
export async function saveStanding(
  db: Db,
  { customerId, tenantId }: TenantKey,
  version: number,
  standing: ConnectionStanding,
): Promise<void> {
  await db
    .updateTable('graph_connection')
    .set(eb => ({
      state: standing.state,
      findings: JSON.stringify(standing.findings),
      is_concealed: eb.fn.coalesce(sql<boolean | null>`${standing.concealed}::boolean`, 'is_concealed'),
      state_since: eb.case().when('state', '=', standing.state).then(eb.ref('state_since')).else(standing.at).end(),
    }))
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('version', '=', version)
    .execute()
}

/** Its past is there, by a run that is still open: one that was stopped may have read another tenant. */
export const markReachedBack = (db: Db, { customerId, tenantId, runId }: TenantKey & Readonly<{ runId: string }>, at: string) =>
  db
    .updateTable('graph_connection')
    .set({ reached_back_at: at })
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('reached_back_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('sync_run').select('id').where('customer_id', '=', customerId).where('id', '=', runId).where('ended_at', 'is', null),
      ),
    )
    .execute()

export const saveSecret = (trx: Trx, row: NewRow<'graph_secret'>) =>
  trx
    .insertInto('graph_secret')
    .values(row)
    .onConflict(conflict => conflict.columns(['customer_id', 'tenant_id']).doUpdateSet({ sealed: row.sealed }))
    .execute()

/** The sealed credential; undefined where there is none. */
export async function findSecret(db: Db, { customerId, tenantId }: TenantKey): Promise<string | undefined> {
  const row = await db
    .selectFrom('graph_secret')
    .select('sealed')
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst()
  return row?.sealed
}

/** Whether people of a tenant may be named. False when it was so before. */
export async function setAllowsPeople(trx: Trx, { customerId, tenantId }: TenantKey, allowed: boolean): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('tenant')
    .set({ allows_people: allowed })
    .where('customer_id', '=', customerId)
    .where('id', '=', tenantId)
    .where('allows_people', '!=', allowed)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
