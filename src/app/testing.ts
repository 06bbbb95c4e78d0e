import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { FactSheet } from '../model/facts.ts'
import type { DatabaseUrls } from '../store/protect.ts'
import { type TestDatabase, testDatabase } from '../store/testing.ts'
import { type Context, contextFor, type Log } from './context.ts'
import { addCustomer } from './customers/add-customer.ts'
import { recompute } from './plans/recompute.ts'
import { COMMAND_LINE, SYSTEM } from './policy.ts'
import { releaseFolder } from './releases/release.ts'

export type TestContext = Readonly<{
  context: Context
  urls: DatabaseUrls
  /** Past every policy, for raw SQL. */
  owner: TestDatabase['owner']
  folder: string
  close: () => Promise<void>
}>

export const TEST_SEAL_KEY = new Uint8Array(32).fill(7)

/** For tests: a database of its own, the shipped playbook in force, the clock standing still, folders that go away with it. */
export async function testContext(now: Date, log: Log = () => {}): Promise<TestContext> {
  const database = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'impulso-context-'))
  const playbook = await releaseFolder(database.db, resolve('playbooks/microsoft-365-success'), now, () => {})
  const folders = { reports: join(folder, 'reports'), temp: join(folder, 'temp') }
  return {
    context: contextFor(database, SYSTEM, { now: () => now, log, sealKey: TEST_SEAL_KEY, playbook, ...folders }),
    urls: database.urls,
    owner: database.owner,
    folder,
    close: async () => {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** For tests: a customer with one tenant, from a facts sheet. */
export async function addTestCustomer(context: Context, sheet: unknown, tenant: string): Promise<void> {
  const parsed = FactSheet.parse(sheet)
  const tenants = [{ id: tenant, name: tenant }]
  await context.db.transaction().execute(async trx => {
    await addCustomer(trx, context, COMMAND_LINE, { sheet: parsed, tenants, owner: null, isDemo: false, source: 'test', people: [] })
    await recompute(trx, context, [parsed.customer.id])
  })
}
