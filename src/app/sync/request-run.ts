import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import type { Cloud, SyncRunView, SyncTrigger } from '../../model/usage-api.ts'
import { findConnection, type TenantKey } from '../../store/connections.ts'
import type { Trx } from '../../store/database.ts'
import { enqueue } from '../../store/jobs.ts'
import { addMissingPerson } from '../../store/person-traces.ts'
import { changeOpenRun, findOpenRun, findRun, hasBegun, insertRun, type RunKey, type RunRow } from '../../store/sync.ts'
import { runViews } from '../connections/connection-view.ts'
import { notConnected } from '../connections/set-connection.ts'
import type { Context } from '../context.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { recordCustomer } from '../events/record.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { stepsOf } from './steps.ts'

/**
 * Has the reports of a tenant fetched now. While a run is open, asking again answers that one; one that the night set down for later
 * begins now. Throws `not-found` where there is no connection, `conflict` where it is switched off.
 */
export function requestRun(context: Context, actor: Actor, where: TenantKey): Promise<SyncRunView> {
  return context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'import-usage', where.customerId)
    authorizeService(access, null)
    const connection = await findConnection(trx, where)
    if (!connection) throw notConnected(where)
    if (!connection.is_enabled) throw new AppError('conflict', `the connection of tenant ${where.tenantId} is switched off`)
    const before = await findOpenRun(trx, where)
    const { run } = await openRun(trx, context, actor, { ...where, ...connection, trigger: 'person', startAfter: null })
    if (before?.id !== run.id || before.resumes_at !== run.resumes_at) await record(trx, context, actor, where, 'run-requested')
    return viewOf(trx, run)
  })
}

/** How far a run is. Throws `not-found`. */
export async function getRun(context: Context, actor: Actor, where: TenantKey & RunKey): Promise<SyncRunView> {
  await visibleCustomer(context, actor, where.customerId)
  return viewOf(context.db, await runOf(context.db, where))
}

/** Stops a run: the request under way is its last. One that has ended stays as it is. */
export function cancelRun(context: Context, actor: Actor, where: TenantKey & RunKey): Promise<SyncRunView> {
  return context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'import-usage', where.customerId)
    authorizeService(access, null)
    await runOf(trx, where)
    const isChanged = await changeOpenRun(trx, where, { state: 'stopped', resumes_at: null, ended_at: context.now().toISOString() })
    if (isChanged) await record(trx, context, actor, where, 'run-stopped')
    return viewOf(trx, await runOf(trx, where))
  })
}

const record = (trx: Trx, context: Context, actor: Actor, { customerId, tenantId }: TenantKey, kind: 'run-requested' | 'run-stopped') =>
  recordCustomer(trx, context, actor, { customerId, kind, data: { tenant: tenantId } })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function runOf(db: Context['db'], where: TenantKey & RunKey): Promise<RunRow> {
  const run = UUID.test(where.runId) ? await findRun(db, where) : undefined
  if (run?.tenant_id !== where.tenantId) throw new AppError('not-found', `there is no run ${where.runId} of tenant ${where.tenantId}`)
  return run
}

async function viewOf(db: Context['db'], run: RunRow): Promise<SyncRunView> {
  const [view] = await runViews(db, [run])
  if (!view) throw new Error('one run has one view')
  return view
}

export type Opening = TenantKey &
  Readonly<{
    cloud: Cloud
    allows_people: boolean
    /** Null: it has never reached back, and so does now. */
    reached_back_at: string | null
    trigger: SyncTrigger
    /** Null: now. */
    startAfter: Date | null
    /** Who asks carries it out: no job is needed. */
    isOwn?: boolean
  }>

export type Opened = Readonly<{ run: RunRow; isNew: boolean }>

/** The open run of a tenant, a new one where there is none, with a job that carries it out. */
export async function openRun(trx: Trx, context: Pick<Context, 'now'>, actor: Actor, opening: Opening): Promise<Opened> {
  const { customerId, tenantId, trigger, startAfter, isOwn = false } = opening
  const open = await findOpenRun(trx, opening)
  if (open) return { run: isOwn ? open : await hastened(trx, context, open, startAfter), isNew: false }
  await addMissingPerson(trx, { id: actor.personId, name: actor.name })
  const run: RunRow = {
    customer_id: customerId,
    id: randomUUID(),
    tenant_id: tenantId,
    trigger,
    reaches_back: opening.reached_back_at === null,
    requested_by: actor.personId,
    state: 'waiting',
    resumes_at: startAfter?.toISOString() ?? null,
    requested_at: context.now().toISOString(),
    ended_at: null,
  }
  const steps = stepsOf({ reachesBack: run.reaches_back, allowsPeople: opening.allows_people, cloud: opening.cloud })
  if (!(await insertRun(trx, run, steps))) {
    // Somebody was quicker.
    const theirs = await findOpenRun(trx, opening)
    if (theirs) return { run: theirs, isNew: false }
    throw new Error('a run that is in the way is there')
  }
  if (!isOwn) await enqueueRun(trx, context, run, startAfter)
  return { run, isNew: true }
}

/** A run that waits for its place in the night need not, once somebody asks for it; one that waits for the service's limits must. */
async function hastened(trx: Trx, context: Pick<Context, 'now'>, run: RunRow, startAfter: Date | null): Promise<RunRow> {
  const where = { customerId: run.customer_id, runId: run.id }
  if (startAfter !== null || run.state !== 'waiting' || run.resumes_at === null || (await hasBegun(trx, where))) return run
  await changeOpenRun(trx, where, { state: 'waiting', resumes_at: null, ended_at: null })
  await enqueueRun(trx, context, run, null)
  return { ...run, resumes_at: null }
}

/**
 * A job for the next part of a run. Its key is the moment it was added: the job of the part before still runs then, and two jobs of one
 * run do no harm.
 */
export const enqueueRun = (
  trx: Trx,
  { now }: Pick<Context, 'now'>,
  { customer_id, id }: Pick<RunRow, 'customer_id' | 'id'>,
  startAfter: Date | null,
): Promise<boolean> =>
  enqueue(
    trx,
    'sync-usage',
    { customer: customer_id, run: id },
    { key: `${id} ${now().toISOString()}`, ...(startAfter ? { startAfter } : {}) },
  )
