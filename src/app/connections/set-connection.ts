import { AppError } from '../../model/errors.ts'
import type { ConnectionView, SetConnection, TenantConnections } from '../../model/usage-api.ts'
import {
  type ConnectionRow,
  findConnection,
  type NamedConnection,
  removeConnection,
  saveConnection,
  saveSecret,
  setAllowsPeople,
  type TenantKey,
} from '../../store/connections.ts'
import { findTenants, raiseVersion } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { addMissingPerson } from '../../store/person-traces.ts'
import { stopOpenRun } from '../../store/sync.ts'
import { todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomer, type Told } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorizeService } from '../policy.ts'
import type { ConnectingContext } from './connecting.ts'
import { connectionViews } from './connection-view.ts'
import { faceOf, sealCredential } from './credential.ts'
import { getTenantConnections } from './get-connections.ts'

/**
 * Connects a tenant, or changes how it is. Throws `conflict` with theirs and yours when somebody else changed it after `version`,
 * `invalid-input` for a new one, another tenant or cloud without a credential, a cloud that is not offered, or a certificate that cannot be used.
 */
export function setConnection(context: ConnectingContext, actor: Actor, where: TenantKey, input: SetConnection): Promise<ConnectionView> {
  return context.db.transaction().execute(async trx => {
    await lockTenant(trx, context, actor, where)
    if (!context.graph.clouds.includes(input.cloud)) throw invalidField('cloud', `${input.cloud} is not offered by this installation`)
    const before = await findConnection(trx, where)
    await refuseOutdated(trx, before, input)
    if (before === undefined && input.credential === undefined) throw invalidField('credential', 'a new connection needs one')
    refuseKeptElsewhere(before, input)
    const row = await rowAfter(trx, context, actor, where, before, input)
    const changed = changesOf(before, row, input)
    if (changed.length > 0) {
      const isAnother = changed.some(each => each !== 'enabled')
      await saveConnection(
        trx,
        isAnother ? { ...row, ...UNTESTED, state_since: context.now().toISOString() } : row,
        isAnother ? [] : row.findings,
      )
      if (input.credential) {
        const sealed = sealCredential(context.sealKey, where, input.credential)
        await saveSecret(trx, { customer_id: where.customerId, tenant_id: where.tenantId, sealed })
      }
      // What it would still fetch is of the tenant of before, or not wanted.
      if (!row.is_enabled || changed.some(each => OF_TENANT.has(each))) await stopOpenRun(trx, where, context.now().toISOString())
      const { cloud, credential, is_enabled: enabled } = row
      const data = { tenant: where.tenantId, cloud, credential, enabled, changed: before === undefined ? ['connection'] : changed }
      await raiseAndRecord(trx, context, actor, where, { kind: 'connection-set', data })
    }
    return viewOf(trx, where)
  })
}

/** Changes after which another tenant is read. */
const OF_TENANT: ReadonlySet<string> = new Set(['cloud', 'directory'])
const UNTESTED = { state: 'untested', is_concealed: null } as const

/**
 * A credential that is kept serves the tenant and the cloud it was given for. An application may be one for many tenants: whoever answers
 * for one customer could otherwise point its connection at another one's tenant, without knowing the credential.
 */
function refuseKeptElsewhere(before: NamedConnection | undefined, { cloud, directory, credential }: SetConnection): void {
  if (!before || credential !== undefined) return
  const isElsewhere = before.cloud !== cloud || before.directory.toLowerCase() !== directory.toLowerCase()
  if (isElsewhere) throw invalidField('credential', 'another tenant or cloud needs it anew: the one that is kept is for where it was given')
}

async function rowAfter(
  trx: Trx,
  context: ConnectingContext,
  actor: Actor,
  where: TenantKey,
  before: NamedConnection | undefined,
  input: SetConnection,
): Promise<ConnectionRow> {
  const face = input.credential ? faceOf(input.credential, todayOf(context)) : faceIn(before)
  await addMissingPerson(trx, { id: actor.personId, name: actor.name })
  const at = context.now().toISOString()
  const isSameTenant = before?.cloud === input.cloud && before.directory === input.directory
  return {
    customer_id: where.customerId,
    tenant_id: where.tenantId,
    cloud: input.cloud,
    directory: input.directory,
    client_id: input.clientId,
    ...face,
    is_enabled: input.enabled,
    state: before?.state ?? 'untested',
    state_since: before?.state_since ?? at,
    findings: before?.findings ?? [],
    is_concealed: before?.is_concealed ?? null,
    // Another tenant has a past of its own.
    reached_back_at: isSameTenant ? before.reached_back_at : null,
    made_by: actor.personId,
    made_at: at,
    version: (before?.version ?? 0) + 1,
  }
}

function faceIn(before: NamedConnection | undefined) {
  if (!before) throw new Error('a new connection has a credential: it was asked for before')
  const { credential, credential_hint, credential_ends } = before
  return { credential, credential_hint, credential_ends }
}

/** What a change is called in the record: names of fields, and nothing of what is in them. */
function changesOf(before: NamedConnection | undefined, after: ConnectionRow, { credential }: SetConnection): readonly string[] {
  const parts = {
    cloud: before?.cloud !== after.cloud,
    directory: before?.directory !== after.directory,
    clientId: before?.client_id !== after.client_id,
    credential: credential !== undefined,
    enabled: before?.is_enabled !== after.is_enabled,
  }
  return Object.entries(parts).flatMap(([name, isChanged]) => (isChanged ? [name] : []))
}

async function refuseOutdated(trx: Trx, now: NamedConnection | undefined, { credential, ...yours }: SetConnection): Promise<void> {
  const version = now?.version ?? 0
  if (yours.version === version) return
  if (yours.version > version && now) throw invalidField('version', `version ${yours.version} is not yet there`)
  const [theirs = null] = now ? await connectionViews(trx, [now]) : []
  const details = { theirs, yours: { ...yours, credential: credential?.kind ?? null }, version }
  throw new AppError(
    'conflict',
    now ? 'somebody else changed the connection meanwhile' : 'somebody else took the connection away meanwhile',
    {
      details,
    },
  )
}

/** Takes a connection away with its credential and its runs; what was imported stays. Throws `not-found` where there is none. */
export async function dropConnection(context: ConnectingContext, actor: Actor, where: TenantKey): Promise<TenantConnections> {
  await context.db.transaction().execute(async trx => {
    await lockTenant(trx, context, actor, where)
    if (!(await removeConnection(trx, where))) throw notConnected(where)
    await raiseAndRecord(trx, context, actor, where, { kind: 'connection-removed', data: { tenant: where.tenantId } })
  })
  return getTenantConnections(context, actor, where.customerId)
}

/** Lets people of a tenant be named, or no longer. */
export async function setPeopleAllowed(
  context: ConnectingContext,
  actor: Actor,
  where: TenantKey,
  { allowed }: Readonly<{ allowed: boolean }>,
): Promise<TenantConnections> {
  await context.db.transaction().execute(async trx => {
    await lockTenant(trx, context, actor, where)
    if (!(await setAllowsPeople(trx, where, allowed))) return
    const kind = allowed ? 'people-allowed' : 'people-concealed'
    await raiseAndRecord(trx, context, actor, where, { kind, data: { tenant: where.tenantId } })
  })
  return getTenantConnections(context, actor, where.customerId)
}

/** The customer locked by somebody who may connect its tenants; throws `not-found` for a tenant that is not its. */
async function lockTenant(trx: Trx, context: ConnectingContext, actor: Actor, { customerId, tenantId }: TenantKey): Promise<void> {
  const { access } = await lockForChange(trx, context, actor, 'connect-tenant', customerId)
  authorizeService(access, null)
  if (!(await findTenants(trx, customerId)).some(tenant => tenant.id === tenantId))
    throw new AppError('not-found', `customer ${customerId} has no tenant ${tenantId}`)
}

async function raiseAndRecord(trx: Trx, context: ConnectingContext, actor: Actor, { customerId }: TenantKey, told: Told): Promise<void> {
  await recordCustomer(trx, context, actor, { customerId, ...told })
  await raiseVersion(trx, customerId)
}

export const notConnected = ({ customerId, tenantId }: TenantKey): AppError =>
  new AppError('not-found', `tenant ${tenantId} of customer ${customerId} is not connected`)

async function viewOf(trx: Trx, where: TenantKey): Promise<ConnectionView> {
  const row = await findConnection(trx, where)
  const [view] = row ? await connectionViews(trx, [row]) : []
  if (!view) throw notConnected(where)
  return view
}
