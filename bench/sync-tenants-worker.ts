// Fetches and imports the reports of every connected tenant of a database, and prints how long it took and the most memory. Run by sync-tenants.ts.
import { join } from 'node:path'
import { contextFor } from '../src/app/context.ts'
import { SYSTEM } from '../src/app/policy.ts'
import { simulated } from '../src/app/sync/simulated-testing.ts'
import { syncMany } from '../src/app/sync/sync-many.ts'
import { TEST_SEAL_KEY } from '../src/app/testing.ts'
import { openDatabase } from '../src/store/database.ts'
import { findCurrentRelease } from '../src/store/releases.ts'
import { TODAY } from './customers.ts'

// As sync-tenants.ts writes it.
const {
  database: url,
  folder,
  simulator,
  at,
  concurrency,
} = JSON.parse(process.argv[2] ?? '') as {
  database: string
  folder: string
  simulator: string
  at: number
  concurrency: number
}
const clock = { at }
const database = openDatabase(url)
const playbook = await findCurrentRelease(database.as({ personId: SYSTEM.personId, right: 'administrator', scope: 'all', today: TODAY }))
if (!playbook) throw new Error('no playbook was released')
const context = contextFor(database, SYSTEM, {
  now: () => new Date(clock.at),
  log: () => {},
  sealKey: TEST_SEAL_KEY,
  playbook,
  reports: join(folder, 'reports'),
  temp: join(folder, 'temp'),
})
const start = performance.now()
const runs = await syncMany({ ...context, graph: simulated(simulator, clock) }, SYSTEM, { concurrency })
const ms = performance.now() - start
await database.close()
const imported = runs.flatMap(({ run }) => run.steps).filter(step => step.state === 'imported').length
process.stdout.write(JSON.stringify({ ms, maxRssKib: process.resourceUsage().maxRSS, imported }))
