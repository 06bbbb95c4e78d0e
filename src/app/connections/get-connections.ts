import type { ConnectionState, ConnectionsPage, TenantConnections } from '../../model/usage-api.ts'
import { connectionsOf, listConnections } from '../../store/connections.ts'
import { findTenants, searchKey } from '../../store/customers.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { type Actor, authorize } from '../policy.ts'
import type { ConnectingContext } from './connecting.ts'
import { connectionViews } from './connection-view.ts'

/** Every tenant of a customer, connected or not. Throws `not-found`. */
export async function getTenantConnections(context: ConnectingContext, actor: Actor, customerId: string): Promise<TenantConnections> {
  await visibleCustomer(context, actor, customerId)
  const tenants = await findTenants(context.db, customerId)
  const connections = await connectionViews(context.db, await connectionsOf(context.db, customerId))
  return {
    tenants: tenants.map(tenant => ({
      id: tenant.id,
      name: tenant.name,
      allowsPeople: tenant.allows_people,
      domains: tenant.mail_domains,
      connection: connections.find(each => each.tenant === tenant.id) ?? null,
    })),
    clouds: context.graph.clouds,
  }
}

export type ConnectionsQuery = Readonly<{ q?: string | undefined; state?: ConnectionState | undefined; limit: number; at: number }>

/** Connections of all customers that the actor may see, by the customers' names. */
export async function getConnections(context: ConnectingContext, actor: Actor, query: ConnectionsQuery): Promise<ConnectionsPage> {
  authorize(actor, 'see-customer')
  const { q, state, limit, at } = query
  const { rows, total } = await listConnections(
    context.db,
    { state, key: q === undefined ? undefined : searchKey(q) },
    { offset: at, limit },
  )
  const next = at + rows.length
  return { connections: await connectionViews(context.db, rows), total, next: next < total ? String(next) : null }
}
