import type { AddTenant, ChangeCustomer, CustomerDetails } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import { versionOfNewest } from '../../store/assignments.ts'
import { mergedInto, renameTenant as rename } from '../../store/customer-changes.ts'
import { addTenants, changeCustomer, findServices, findTenants, raiseVersion } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { canonical } from '../../store/events.ts'
import type { Row } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import { recordCustomer, type Told } from '../events/record.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorizeService, refusal, SYSTEM, writeAccess } from '../policy.ts'
import { lockForChange, visibleCustomer } from './visible.ts'

/** What can be edited of a customer. Throws `not-found` for one that the actor may not see. */
export async function getDetails(context: Context, actor: Actor, id: string): Promise<CustomerDetails> {
  const { customer, ties } = await visibleCustomer(context, actor, id)
  const reason = refusal(actor, 'manage-customers')
  return {
    ...valuesOf(customer),
    id,
    tenants: (await findTenants(context.db, id)).map(each => ({ id: each.id, name: each.name })),
    services: (await findServices(context.db, id))
      .map(each => ({
        service: each.service,
        intended: each.intended,
        activatedOn: each.activated_on ?? (each.is_activation_known ? (false as const) : null),
      }))
      .sort((a, b) => (a.service < b.service ? -1 : 1)),
    // Only what was merged is archived and has a place it went to.
    merged: (await mergedInto(context.as(SYSTEM).db, id)).map(each => ({ id: each.id, name: each.name, at: each.archived_at ?? '' })),
    canChange: writeAccess(actor, 'change-customer', ties),
    canManage: reason ? { ok: false, reason: { ...reason } } : { ok: true },
    version: customer.version,
  }
}

type Values = Pick<CustomerDetails, 'name' | 'segment' | 'initiatives' | 'language' | 'assignedOn'>
const valuesOf = (row: Pick<Row<'customer'>, 'name' | 'segment' | 'initiatives' | 'language' | 'assigned_on'>): Values => ({
  name: row.name,
  segment: row.segment,
  initiatives: [...row.initiatives],
  language: row.language,
  assignedOn: row.assigned_on,
})

/** Changes what the customer is called and how it is filed. Throws `conflict` with both values when somebody changed it after `version`. */
export async function changeDetails(
  context: Context,
  actor: Actor,
  { customerId, version, ...given }: ChangeCustomer & { customerId: string },
): Promise<CustomerDetails> {
  await change(context, actor, { customerId, version }, async (trx, customer) => {
    const before = valuesOf(customer)
    const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Values>
    const after: Values = { ...before, ...wanted }
    if ((await versionOfNewest(trx, customerId, ['customer-changed'])) > version && canonical(before) !== canonical(after)) {
      throw new AppError('conflict', 'somebody else changed this customer meanwhile', {
        details: { theirs: before, yours: after, version: customer.version },
      })
    }
    const changed = (Object.keys(after) as (keyof Values)[]).filter(name => canonical(before[name]) !== canonical(after[name]))
    if (changed.length === 0) return undefined
    const { assignedOn: assigned_on, ...rest } = after
    await changeCustomer(trx, customerId, { ...rest, assigned_on })
    const only = (values: Values) => Object.fromEntries(changed.map(name => [name, values[name]]))
    return { kind: 'customer-changed', data: { before: only(before), after: only(after) } }
  })
  return getDetails(context, actor, customerId)
}

export async function addTenant(
  context: Context,
  actor: Actor,
  { customerId, version, ...tenant }: AddTenant & { customerId: string },
): Promise<CustomerDetails> {
  await change(context, actor, { customerId, version }, async trx => {
    if ((await findTenants(trx, customerId)).some(each => each.id === tenant.id)) {
      throw new AppError('conflict', `the customer has a tenant ${tenant.id} already`, { details: { field: 'id' } })
    }
    await addTenants(trx, [{ ...tenant, customer_id: customerId }])
    return { kind: 'tenant-added', data: { tenant: tenant.id, before: null, after: tenant } }
  })
  return getDetails(context, actor, customerId)
}

export async function renameTenant(
  context: Context,
  actor: Actor,
  { customerId, tenant, name, version }: { customerId: string; tenant: string; name: string; version: number },
): Promise<CustomerDetails> {
  await change(context, actor, { customerId, version }, async trx => {
    const row = (await findTenants(trx, customerId)).find(each => each.id === tenant)
    if (!row) throw new AppError('not-found', `customer ${customerId} has no tenant ${tenant}`)
    if (row.name === name) return undefined
    await rename(trx, customerId, tenant, name)
    return { kind: 'tenant-renamed', data: { tenant, before: row.name, after: name } }
  })
  return getDetails(context, actor, customerId)
}

/** One change of the customer as a whole, on record; nothing when `work` says that nothing changed. */
async function change(
  context: Context,
  actor: Actor,
  { customerId, version }: { customerId: string; version: number },
  work: (trx: Trx, customer: Awaited<ReturnType<typeof lockForChange>>['customer']) => Promise<Told | undefined>,
): Promise<void> {
  await context.db.transaction().execute(async trx => {
    const { customer, access } = await lockForChange(trx, context, actor, 'change-customer', customerId)
    authorizeService(access, null)
    if (version > customer.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
    const told = await work(trx, customer)
    if (!told) return
    const made = await raiseVersion(trx, customerId)
    await recordCustomer(trx, context, actor, { customerId, kind: told.kind, data: { ...told.data, version: made } })
    await recomputeOne(trx, context, customerId)
  })
}
