import { hostsOf } from '../../graph/clouds.ts'
import { openGraph } from '../../graph/graph.ts'
import type { Graph } from '../../graph/types.ts'
import { SetConnection } from '../../model/usage-api.ts'
import type { TenantKey } from '../../store/connections.ts'
import { type Connecting, type ConnectingContext, cloudsWith } from '../connections/connecting.ts'
import { setConnection } from '../connections/set-connection.ts'
import { NO_GRAPH } from '../connections/testing.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'

/** For tests: an installation whose clock is moved by hand, and by waiting. */
export type SyncWorld = Readonly<{
  open: TestContext
  context: ConnectingContext
  now: () => Date
  advance: (ms: number) => void
  /** Adds a customer whose tenant is connected; services are those of the simulator. */
  connect: (customerId: string, more?: Readonly<{ directory: string; clientId: string; secret: string }>) => Promise<TenantKey>
  close: () => Promise<void>
}>

const NOBODYS = { directory: 'contoso.example', clientId: '5f1d7c0e-3d35-4b0e-9d0a-2a3f6f0c9a11', secret: 'of nobody' }
const SERVICES = ['exchange', 'teams', 'sharepoint', 'onedrive', 'yammer', 'office-proplus', 'outlook-mobile', 'copilot']

/** `graph` is asked instead of Microsoft: an address of a simulator, or whatever answers. */
export async function syncWorld(graph: string | (() => Graph), start = '2026-11-21T10:00:00Z'): Promise<SyncWorld> {
  const open = await testContext(new Date(start))
  let at = Date.parse(start)
  const now = () => new Date(at)
  const wait = async (ms: number) => {
    at += ms
  }
  const connecting: Connecting = {
    clouds: cloudsWith('http://127.0.0.1'),
    open: ({ cloud, ...target }, budget) =>
      typeof graph === 'function'
        ? graph()
        : openGraph({ ...target, hosts: hostsOf(cloud, graph) }, { fetch, now: () => at, wait, random: () => 0.5, budget, log: () => {} }),
    calendars: NO_GRAPH.calendars,
  }
  const withClock = (context: TestContext['context']): ConnectingContext => ({
    ...context,
    now,
    as: (actor: Actor) => withClock(open.context.as(actor)),
    graph: connecting,
  })
  const context = withClock(open.context)
  return {
    open,
    context,
    now,
    advance: ms => {
      at += ms
    },
    connect: async (customerId, { directory, clientId, secret } = NOBODYS) => {
      const services = Object.fromEntries(SERVICES.map(service => [service, { intended: true, activatedOn: '2026-03-01' }]))
      await addTestCustomer(context, { customer: { id: customerId, name: customerId }, services }, 'main')
      const where = { customerId, tenantId: 'main' }
      const credential = { kind: 'secret', secret }
      await setConnection(context, SYSTEM, where, SetConnection.parse({ cloud: 'simulator', directory, clientId, credential, version: 0 }))
      return where
    },
    close: open.close,
  }
}
