import { AppError } from '../../model/errors.ts'
import type { ConnectionFinding, ConnectionTest, SyncRunView } from '../../model/usage-api.ts'
import { enabledConnections, findConnection, type TenantKey } from '../../store/connections.ts'
import { findRun } from '../../store/sync.ts'
import type { ConnectingContext } from '../connections/connecting.ts'
import { runViews } from '../connections/connection-view.ts'
import { testConnection } from '../connections/test-connection.ts'
import type { Actor } from '../policy.ts'
import { GAVE_UP } from './job.ts'
import { enqueueRun, openRun } from './request-run.ts'
import { carryOut, giveUp, type RunStep } from './run.ts'

export type SyncMany = Readonly<{
  customerId?: string | undefined
  tenantId?: string | undefined
  /** Tenants at once. Each holds a connection to the database, so no more than a few. */
  concurrency?: number
  onProgress?: (tenant: TenantKey, step: RunStep) => void
  isStopping?: () => boolean
}>

/** `findings`: what the run found out about the connection. */
export type Synced = TenantKey & Readonly<{ run: SyncRunView; findings: readonly ConnectionFinding[] }>
export type Tested = TenantKey & ConnectionTest

/**
 * Fetches the reports of every connection that is switched on, or of those named, now: as far as the service's limits allow; a job goes on
 * with the rest. One tenant's trouble is no other's. By customer and tenant. Throws `not-found` when what is named has no connection.
 */
export async function syncMany(context: ConnectingContext, actor: Actor, options: SyncMany = {}): Promise<readonly Synced[]> {
  return each(await chosen(context, options), options, async connection => {
    const { run } = await context.db
      .transaction()
      .execute(trx => openRun(trx, context, actor, { ...connection, trigger: 'command', startAfter: null, isOwn: true }))
    const key = { customerId: run.customer_id, runId: run.id }
    const { isStopping = () => false, onProgress } = options
    try {
      const end = await carryOut(context, key, { isStopping, onStep: step => onProgress?.(connection, step) })
      if (end === 'stopped') await context.db.transaction().execute(trx => enqueueRun(trx, context, run, null))
    } catch (error) {
      context.log('error', `usage sync: ${(error as Error).message}`, { customer: connection.customerId, tenant: connection.tenantId })
      await giveUp(context, key, GAVE_UP)
    }
    const now = (await findRun(context.db, key)) ?? run
    const [view] = await runViews(context.db, [now])
    if (!view) throw new Error('one run has one view')
    const { customerId, tenantId } = connection
    const findings = (await findConnection(context.db, { customerId, tenantId }))?.findings ?? []
    return { customerId, tenantId, run: view, findings }
  })
}

/** Tests them instead. */
export async function testMany(context: ConnectingContext, actor: Actor, options: SyncMany = {}): Promise<readonly Tested[]> {
  return each(await chosen(context, options), options, async ({ customerId, tenantId }) => ({
    customerId,
    tenantId,
    ...(await testConnection(context, actor, { customerId, tenantId })),
  }))
}

async function chosen(context: ConnectingContext, { customerId, tenantId }: SyncMany) {
  const connections = await enabledConnections(context.db, { customerId, tenantId })
  if (connections.length === 0 && (customerId !== undefined || tenantId !== undefined)) {
    const what = [customerId && `customer ${customerId}`, tenantId && `tenant ${tenantId}`].filter(Boolean).join(', ')
    throw new AppError('not-found', `there is no connection that is switched on for ${what}`)
  }
  return connections
}

/** A few at once, results in the order given. */
async function each<T, R>(
  items: readonly T[],
  { concurrency = 2, isStopping }: SyncMany,
  run: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const queue = items.entries()
  const work = async () => {
    // The iterator is shared: each item is taken once.
    for (const [index, item] of queue) {
      if (isStopping?.()) return
      results[index] = await run(item)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return results.filter(result => result !== undefined)
}
