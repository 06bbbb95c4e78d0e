import { createHash } from 'node:crypto'
import { enabledConnections, type TenantKey } from '../../store/connections.ts'
import { strayRuns } from '../../store/sync.ts'
import type { Context } from '../context.ts'
import { SYSTEM } from '../policy.ts'
import { enqueueRun, openRun } from './request-run.ts'

/** Tenants are spread over this long after the planning: one after the other asks less of everybody than all at once. */
export const SPREAD_MS = 3 * 3600_000
/** An open run that should have gone on this long ago has lost its job. */
const LOST_MS = 3600_000

/**
 * Sets a run of every connection down for this night, unless one is open; takes up open ones whose jobs were lost, as with an older backup.
 * Answers how many were set down. The system acts.
 */
export async function planSyncs(context: Context, isStopping: () => boolean = () => false): Promise<number> {
  const now = context.now().getTime()
  for (const run of await strayRuns(context.db, new Date(now - LOST_MS).toISOString()))
    await context.db.transaction().execute(trx => enqueueRun(trx, context, run, null))
  let count = 0
  for (const connection of await enabledConnections(context.db)) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const startAfter = new Date(now + Math.floor(placeInNight(connection) * SPREAD_MS))
    const { isNew } = await context.db
      .transaction()
      .execute(trx => openRun(trx, context, SYSTEM, { ...connection, trigger: 'night', startAfter }))
    if (isNew) count++
  }
  return count
}

/** A fraction that is the same for the same tenant every night: [0, 1). */
export const placeInNight = ({ customerId, tenantId }: TenantKey): number =>
  createHash('sha256').update(`${customerId}/${tenantId}`).digest().readUInt32BE(0) / 2 ** 32
