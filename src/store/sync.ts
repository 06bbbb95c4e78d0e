import { sql } from 'kysely'
import type { SyncRunState, SyncStepState } from '../model/usage-api.ts'
import type { Day } from '../model/words.ts'
import type { TenantKey } from './connections.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export type RunRow = Row<'sync_run'>
export type StepRow = Row<'sync_step'>
export type RunKey = Readonly<{ customerId: string; runId: string }>
/** A request as it is planned; its place in the run is where it stands in the list. */
export type PlannedStep = Readonly<{ report: string; period: string | null; day: Day | null }>

/** Adds a run with its first steps; false when one of the tenant is under way. */
export async function insertRun(trx: Trx, run: NewRow<'sync_run'>, steps: readonly PlannedStep[]): Promise<boolean> {
  const inserted = await trx
    .insertInto('sync_run')
    .values(run)
    .onConflict(conflict => conflict.columns(['customer_id', 'tenant_id']).where('ended_at', 'is', null).doNothing())
    .executeTakeFirstOrThrow()
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false
  await addSteps(trx, { customerId: run.customer_id, runId: run.id }, 0, steps)
  return true
}

/** Adds steps at the end; those whose place is taken are there already. */
export async function addSteps(db: Db, { customerId, runId }: RunKey, from: number, steps: readonly PlannedStep[]): Promise<void> {
  if (steps.length === 0) return
  await db
    .insertInto('sync_step')
    .values(steps.map((step, index) => ({ customer_id: customerId, run_id: runId, position: from + index, ...step })))
    .onConflict(conflict => conflict.columns(['customer_id', 'run_id', 'position']).doNothing())
    .execute()
}

export const findRun = (db: Db, { customerId, runId }: RunKey): Promise<RunRow | undefined> =>
  db.selectFrom('sync_run').selectAll().where('customer_id', '=', customerId).where('id', '=', runId).executeTakeFirst()

/** The run of a tenant that has not ended. */
export const findOpenRun = (db: Db, { customerId, tenantId }: TenantKey): Promise<RunRow | undefined> =>
  db
    .selectFrom('sync_run')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()

/** The newest run of each tenant of these customers. */
export const newestRuns = (db: Db, customerIds: readonly string[]): Promise<readonly RunRow[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('sync_run')
        .selectAll()
        .distinctOn(['customer_id', 'tenant_id'])
        .where('customer_id', 'in', customerIds)
        .orderBy('customer_id')
        .orderBy('tenant_id')
        .orderBy('requested_at', 'desc')
        .orderBy('id')
        .execute()

/** Steps of runs, in order. */
export const stepsOfRuns = (db: Db, runs: readonly Pick<RunRow, 'customer_id' | 'id'>[]): Promise<readonly StepRow[]> =>
  runs.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('sync_step')
        .selectAll()
        // With the customer: it comes first in the key.
        .where(
          'customer_id',
          'in',
          runs.map(run => run.customer_id),
        )
        .where(
          'run_id',
          'in',
          runs.map(run => run.id),
        )
        .orderBy('customer_id')
        .orderBy('run_id')
        .orderBy('position')
        .execute()

export type RunChange = Readonly<{ state: SyncRunState; resumes_at: string | null; ended_at: string | null }>

/** Changes a run that has not ended; false when it has, or is gone. */
export async function changeOpenRun(db: Db, { customerId, runId }: RunKey, change: RunChange): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sync_run')
    .set(change)
    .where('customer_id', '=', customerId)
    .where('id', '=', runId)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Ends the run of a tenant that is under way, if there is one: nothing more of it is imported. */
export const stopOpenRun = (trx: Trx, { customerId, tenantId }: TenantKey, at: string) =>
  trx
    .updateTable('sync_run')
    .set({ state: 'stopped', resumes_at: null, ended_at: at })
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('ended_at', 'is', null)
    .execute()

export type StepChange = Readonly<{
  position: number
  state: SyncStepState
  not_before?: string | null
  refresh_date?: Day | null
  row_count?: number | null
  problem?: string | null
  import_id?: string | null
  ended_at?: string | null
}>

/** What became of steps. */
export async function saveSteps(db: Db, { customerId, runId }: RunKey, changes: readonly StepChange[]): Promise<void> {
  for (const { position, ...change } of changes)
    await db
      .updateTable('sync_step')
      .set(change)
      .where('customer_id', '=', customerId)
      .where('run_id', '=', runId)
      .where('position', '=', position)
      .execute()
}

/** Counts an attempt at a step that waits; `endedAt` once its answer is here, though it is not yet imported. */
export const countTry = (db: Db, { customerId, runId }: RunKey, position: number, endedAt: string) =>
  db
    .updateTable('sync_step')
    .set(eb => ({ tries: eb('tries', '+', 1), ended_at: endedAt }))
    .where('customer_id', '=', customerId)
    .where('run_id', '=', runId)
    .where('position', '=', position)
    .execute()

/** Answers that came and were not imported went with the process that had them. */
export const forgetFetched = (db: Db, { customerId, runId }: RunKey) =>
  db
    .updateTable('sync_step')
    .set({ ended_at: null })
    .where('customer_id', '=', customerId)
    .where('run_id', '=', runId)
    .where('state', '=', 'waiting')
    .where('ended_at', 'is not', null)
    .execute()

/** True for the one who holds the run until the transaction ends: a worker and a command do not both carry it out. */
export async function holdRun(trx: Trx, runId: string): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${HOLDING}, hashtext(${runId})) as held`.execute(trx)
  return rows[0]?.held === true
}
/** Kinds of advisory locks, apart from those of other rooms. */
const HOLDING = 4_206
const ASKING = 4_207

export type Allowance = Readonly<{ count: number; ms: number }>

/**
 * Notes one request of a report when fewer than `count` were made in the last `ms`; else answers when the next one may be. Those who ask
 * at once follow each other, so that the count holds across processes.
 */
export function takeRequest(
  db: Db,
  { customerId, tenantId }: TenantKey,
  fn: string,
  at: Date,
  { count, ms }: Allowance,
): Promise<Date | null> {
  return db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${ASKING}, hashtext(${`${customerId} ${tenantId} ${fn}`}))`.execute(trx)
    const recent = await trx
      .selectFrom('graph_request')
      .select('at')
      .where('customer_id', '=', customerId)
      .where('tenant_id', '=', tenantId)
      .where('function', '=', fn)
      .where('at', '>', new Date(at.getTime() - ms).toISOString())
      .orderBy('at', 'desc')
      .limit(count)
      .execute()
    const oldest = recent.length < count ? undefined : recent.at(-1)
    if (oldest) return new Date(Date.parse(oldest.at) + ms)
    await trx
      .insertInto('graph_request')
      .values({ customer_id: customerId, tenant_id: tenantId, function: fn, at: at.toISOString() })
      .execute()
    return null
  })
}

export async function deleteRequests(db: Db, before: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('graph_request').where('at', '<', before).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Deletes ended runs; the newest of each tenant stays. */
export async function deleteRuns(db: Db, before: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from sync_run r where r.ended_at < ${before}
      and exists (select from sync_run n where n.customer_id = r.customer_id and n.tenant_id = r.tenant_id and n.requested_at > r.requested_at)`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

/** Open runs that should have gone on before; their jobs were lost, as with an older backup. */
export const strayRuns = (db: Db, before: string): Promise<readonly Pick<RunRow, 'customer_id' | 'id'>[]> =>
  db
    .selectFrom('sync_run')
    .select(['customer_id', 'id'])
    .where('ended_at', 'is', null)
    .where(eb => eb.fn.coalesce('resumes_at', 'requested_at'), '<', before)
    .orderBy('requested_at')
    .execute()

/** Whether anything of a run was asked for. */
export async function hasBegun(db: Db, { customerId, runId }: RunKey): Promise<boolean> {
  const row = await db
    .selectFrom('sync_step')
    .select('position')
    .where('customer_id', '=', customerId)
    .where('run_id', '=', runId)
    .where(({ or, eb }) => or([eb('tries', '>', 0), eb('not_before', 'is not', null)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The newest import of each of these file names of a tenant that counts. */
export async function importIdsOf(
  db: Db,
  { customerId, tenantId }: TenantKey,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const rows = await db
    .selectFrom('usage_import')
    .select(['file', 'id'])
    .where('customer_id', '=', customerId)
    .where('tenant_id', '=', tenantId)
    .where('file', 'in', names)
    .where('withdrawn_at', 'is', null)
    .orderBy('imported_at')
    .execute()
  return new Map(rows.map(row => [row.file, row.id]))
}
