import { setTimeout } from 'node:timers/promises'
import { openCalendars } from '../../graph/calendar.ts'
import { hostsOf } from '../../graph/clouds.ts'
import { openGraph } from '../../graph/graph.ts'
import { GRAPH_LIMITS } from '../../graph/limits.ts'
import type { SimulatedTenant } from '../../graph/simulator/tenants.ts'
import type { Budget, GraphParts } from '../../graph/types.ts'
import { SetConnection } from '../../model/usage-api.ts'
import { type Connecting, type ConnectingContext, cloudsWith, mailboxBudget } from '../connections/connecting.ts'
import { setConnection } from '../connections/set-connection.ts'
import type { Context } from '../context.ts'
import { guardedFetch } from '../outgoing/guard.ts'
import { SYSTEM } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { carryOut } from './run.ts'

/** Time that passes only by being waited for; ms since 1970. */
export type TestClock = { at: number }

/** For tests: the way to a simulator, guarded as the product's is. Waiting takes no time, and moves the clock. */
export function simulated(url: string, clock: TestClock): Connecting {
  const partsOf = (budget: Budget): GraphParts => ({
    fetch: guardedFetch({ allowHosts: ['127.0.0.1'], limits: GRAPH_LIMITS }),
    now: () => clock.at,
    wait: async ms => {
      clock.at += ms
    },
    random: () => 0.5,
    budget,
    log: () => {},
  })
  const mailboxes = mailboxBudget(() => clock.at)
  return {
    clouds: cloudsWith(url),
    open: ({ cloud, ...target }, budget) => openGraph({ ...target, hosts: hostsOf(cloud, url) }, partsOf(budget)),
    calendars: ({ cloud, ...target }) => openCalendars({ ...target, hosts: hostsOf(cloud, url) }, partsOf(mailboxes)),
  }
}

export const TENANT = 'main'
export const customerOf = (index: number): string => `simulated-${String(index + 1).padStart(3, '0')}`

/** For tests: one customer for each simulated tenant, connected to it. `context` is that of the system. */
export async function connectAll(context: ConnectingContext, tenants: readonly SimulatedTenant[]): Promise<void> {
  for (const [index, { name, directory, clientId, secret, services }] of tenants.entries()) {
    const customerId = customerOf(index)
    const intended = Object.fromEntries([...services.keys()].map(service => [service, { intended: true }]))
    await addTestCustomer(context, { customer: { id: customerId, name }, services: intended }, TENANT)
    const input = SetConnection.parse({ cloud: 'simulator', directory, clientId, credential: { kind: 'secret', secret }, version: 0 })
    await setConnection(context, SYSTEM, { customerId, tenantId: TENANT }, input)
  }
}

/** The first run of a connection reaches back; these have done so. */
export const reachedBack = (context: Context) =>
  context.db.updateTable('graph_connection').set({ reached_back_at: context.now().toISOString() }).execute()

/** What the jobs do, in one go: carries out every open run to its end, whoever began it. With a clock, waiting for limits takes no time. */
export async function carryOutAll(context: ConnectingContext, clock?: TestClock): Promise<void> {
  for (;;) {
    const open = await context.db.selectFrom('sync_run').selectAll().where('ended_at', 'is', null).orderBy('customer_id').execute()
    if (open.length === 0) return
    if (clock) clock.at = Math.max(clock.at, ...open.map(run => Date.parse(run.resumes_at ?? '1970-01-01')))
    for (const run of open) {
      const end = await carryOut(context, { customerId: run.customer_id, runId: run.id })
      // Held by a process whose end the database has yet to notice.
      if (end === 'held') await setTimeout(20)
    }
  }
}
