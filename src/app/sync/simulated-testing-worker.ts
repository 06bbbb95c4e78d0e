// Run by many-tenants.test.ts: a process that carries out every open run in a test's database, to be killed in the middle of it.
import { join } from 'node:path'
import { z } from 'zod'
import { openDatabase } from '../../store/database.ts'
import { findCurrentRelease } from '../../store/releases.ts'
import { TEST_SYSTEM } from '../../store/testing.ts'
import { contextFor } from '../context.ts'
import { SYSTEM } from '../policy.ts'
import { TEST_SEAL_KEY } from '../testing.ts'
import { carryOutAll, simulated } from './simulated-testing.ts'

const {
  database: url,
  folder,
  simulator,
  at,
} = z
  .strictObject({ database: z.string(), folder: z.string(), simulator: z.string(), at: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''))
const clock = { at }
const database = openDatabase(url)
const playbook = await findCurrentRelease(database.as(TEST_SYSTEM))
if (!playbook) throw new Error('the test released a playbook')
const context = contextFor(database, SYSTEM, {
  now: () => new Date(clock.at),
  log: () => {},
  sealKey: TEST_SEAL_KEY,
  playbook,
  reports: join(folder, 'reports'),
  temp: join(folder, 'temp'),
})
await carryOutAll({ ...context, graph: simulated(simulator, clock) }, clock)
await database.close()
