import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { contextFor } from '../src/app/context.ts'
import { SYSTEM } from '../src/app/policy.ts'
import { releaseFolder } from '../src/app/releases/release.ts'
import { connectAll, reachedBack, simulated } from '../src/app/sync/simulated-testing.ts'
import { stepsOf } from '../src/app/sync/steps.ts'
import { TEST_SEAL_KEY } from '../src/app/testing.ts'
import { type Simulator, startSimulator } from '../src/graph/simulator/simulator.ts'
import { plainTenant, type SimulatedTenant } from '../src/graph/simulator/tenants.ts'
import { clientOf } from '../src/graph/simulator/testing.ts'
import { openCluster } from '../src/store/cluster.ts'
import { openDatabase } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import { TODAY } from './customers.ts'
import { type Bench, compared, millisecondsOf, round } from './measure.ts'

const TENANTS = 200
const PEOPLE = 250
const AT = Date.parse(`${TODAY}T02:00:00Z`)
/** Tenants at once, as `usage sync` has it. */
const AT_ONCE = 2
const MEMORY_MIB = 1024

/**
 * One night: every connected tenant asked for its reports, all imported, plans worked out anew. In a process of its own, so that the
 * memory is that of Impulso alone; the simulator takes its share of the processors all the same, as Microsoft would not.
 */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sync-bench-'))
  const cluster = await openCluster(folder, { unsafeFast: true })
  const tenants = Array.from({ length: TENANTS }, (_, index) => plainTenant({ index, users: PEOPLE, today: TODAY }))
  const simulator = await startSimulator({ tenants, today: TODAY })
  try {
    await migrate(cluster.urls.owner)
    await prepare(cluster.urls.app, folder, simulator, tenants)
    const worker = fileURLToPath(new URL('sync-tenants-worker.ts', import.meta.url))
    const options = JSON.stringify({ database: cluster.urls.app, folder, simulator: simulator.url, at: AT, concurrency: AT_ONCE })
    const { stdout } = await promisify(execFile)(process.execPath, [worker, options])
    // As the worker writes it.
    const { ms, maxRssKib, imported } = JSON.parse(stdout) as { ms: number; maxRssKib: number; imported: number }
    const reports = stepsOf({ reachesBack: false, allowsPeople: false, cloud: 'simulator' }).length - 1
    if (imported !== TENANTS * (reports + 1)) throw new Error(`${imported} requests brought something, not ${TENANTS * (reports + 1)}`)
    const bare = await startSimulator({ tenants, today: TODAY })
    const other = await millisecondsOf(() => download(bare, tenants))
    await bare.close()
    const size = `${TENANTS} tenants × ${reports} reports and the seats, ${PEOPLE} people each, ${AT_ONCE} at once; the simulator on the same machine`
    const common = { kind: 'limit', size, runs: 1 } as const
    return [
      compared({ ...common, name: 'sync-tenants', ours: ms, unit: 'ms', against: 'the same files fetched and thrown away', other }),
      compared({
        ...common,
        name: 'sync-tenants-memory',
        ours: round(maxRssKib / 1024, 0),
        unit: 'MiB',
        against: 'the memory allowed',
        other: MEMORY_MIB,
      }),
    ]
  } finally {
    await simulator.close()
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function prepare(url: string, folder: string, simulator: Simulator, tenants: readonly SimulatedTenant[]): Promise<void> {
  const database = openDatabase(url)
  const now = () => new Date(AT)
  const shared = { now, log: () => {}, sealKey: TEST_SEAL_KEY, reports: join(folder, 'reports'), temp: join(folder, 'temp') }
  const db = database.as({ personId: SYSTEM.personId, right: 'administrator', scope: 'all', today: TODAY })
  const playbook = await releaseFolder(db, resolve('playbooks/microsoft-365-success'), now(), () => {})
  const context = { ...contextFor(database, SYSTEM, { ...shared, playbook }), graph: simulated(simulator.url, { at: AT }) }
  await connectAll(context, tenants)
  await reachedBack(context)
  await database.close()
}

/** What there is to fetch, as fast as HTTP gives it. */
async function download({ url }: Simulator, tenants: readonly SimulatedTenant[]): Promise<void> {
  const queue = tenants.values()
  const work = async () => {
    for (const tenant of queue) {
      const client = clientOf(url, tenant)
      await (await client.get('/v1.0/subscribedSkus')).arrayBuffer()
      for (const { report, period } of stepsOf({ reachesBack: false, allowsPeople: false, cloud: 'simulator' }))
        if (period !== null) await client.csv(`${report}(period='${period}')`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}
