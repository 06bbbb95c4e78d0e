import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../app/config.ts'
import { connecting } from '../app/connections/connecting.ts'
import { setConnection } from '../app/connections/set-connection.ts'
import { type OpenContext, openContext } from '../app/context.ts'
import { SYSTEM } from '../app/policy.ts'
import { requestRun } from '../app/sync/request-run.ts'
import { addTestCustomer } from '../app/testing.ts'
import { type Simulator, startSimulator } from '../graph/simulator/simulator.ts'
import { plainTenant, type SimulatedTenant } from '../graph/simulator/tenants.ts'
import { SetConnection } from '../model/usage-api.ts'
import { Day } from '../model/words.ts'

const folder = mkdtempSync(join(tmpdir(), 'impulso-sync-'))
const today = Day.parse(new Date().toISOString().slice(0, 10))
const tenants = [0, 1, 2].map(index => plainTenant({ index, users: 40, today }))
let simulator: Simulator
let environment: Record<string, string>
let open: OpenContext
const running: ChildProcess[] = []
beforeAll(async () => {
  simulator = await startSimulator({ tenants, today, slowMs: 2000 })
  environment = { IMPULSO_DATA: folder, IMPULSO_GRAPH_SIMULATOR: simulator.url }
  open = await openContext(readConfig(environment))
  await connect('contoso', tenants[0]!)
  await connect('fabrikam', tenants[1]!)
})
afterAll(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL')
  await simulator.close()
  await open.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Without the days before, for which the limits of the service would make it wait. */
async function connect(customerId: string, { directory, clientId, secret }: SimulatedTenant) {
  await addTestCustomer(
    open.context,
    { customer: { id: customerId, name: customerId }, services: { teams: { activatedOn: '2026-03-01' } } },
    'main',
  )
  const where = { customerId, tenantId: 'main' }
  const context = { ...open.context, graph: connecting(readConfig(environment), open.context) }
  const credential = { kind: 'secret', secret }
  await setConnection(context, SYSTEM, where, SetConnection.parse({ cloud: 'simulator', directory, clientId, credential, version: 0 }))
  await open.context.db
    .updateTable('graph_connection')
    .set({ reached_back_at: new Date().toISOString() })
    .where('customer_id', '=', customerId)
    .execute()
  return where
}

function impulso(...args: string[]) {
  const child = spawn(process.execPath, ['bin/impulso.js', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', text => {
    stdout += text
  })
  child.stderr.on('data', text => {
    stderr += text
  })
  return { child, said: () => stderr, ended: once(child, 'close').then(([status]) => ({ status, stdout, stderr })) }
}

const figures = (customerId: string) =>
  open.context.db.selectFrom('usage_current').select(['service', 'active', 'as_of']).where('customer_id', '=', customerId).execute()

test('fetches every connected tenant: results on stdout, progress on stderr, nothing of tenants in either', async () => {
  const { status, stdout, stderr } = await impulso('usage', 'sync', '--json').ended
  expect(status, stderr).toBe(0)
  const { runs } = JSON.parse(stdout) as { runs: { customerId: string; run: { state: string; done: number; total: number } }[] }
  expect(runs.map(({ customerId, run }) => [customerId, run.state, run.done, run.total])).toEqual([
    ['contoso', 'done', 9, 9],
    ['fabrikam', 'done', 9, 9],
  ])
  expect(stderr).toContain('contoso/main: 1/9 getOffice365ActiveUserDetail')
  for (const hidden of tenants.flatMap(tenant => [tenant.directory, tenant.secret, tenant.domain]))
    expect(stdout + stderr).not.toContain(hidden)
  const { services } = await simulator.expectedFacts(tenants[0]!.directory)
  const rows = Object.fromEntries((await figures('contoso')).map(row => [row.service, row.active]))
  expect(rows).toMatchObject(Object.fromEntries(Object.entries(services).map(([service, { active }]) => [service, active])))
})

test('ends with 1 when a tenant’s reports do not come, and with 3 where nothing is connected', async () => {
  simulator.changeTenant(tenants[1]!.directory, { consent: { reports: false, settings: true, seats: true } })
  const partly = await impulso('usage', 'sync', '--customer', 'fabrikam', '--json').ended
  expect([partly.status, JSON.parse(partly.stdout)], partly.stderr).toMatchObject([
    1,
    { runs: [{ run: { state: 'partly' }, findings: [{ code: 'reports-permission-missing' }] }] },
  ])
  expect(partly.stderr).toContain('error: fabrikam/main: ')
  const tested = await impulso('usage', 'sync', '--test', '--json').ended
  const { connections } = JSON.parse(tested.stdout) as { connections: { customerId: string; state: string }[] }
  expect([tested.status, connections.map(each => [each.customerId, each.state])]).toEqual([
    1,
    [
      ['contoso', 'ok'],
      ['fabrikam', 'needs-consent'],
    ],
  ])
  expect(tested.stderr).toContain('error: fabrikam/main:')
  expect((await impulso('usage', 'sync', '--customer', 'nobody').ended).status).toBe(3)
})

test('a worker killed in the middle of a run doubles nothing: whoever takes it up ends with the same figures', async () => {
  const tenant = tenants[2]!
  const where = await connect('killed', tenant)
  const context = { ...open.context, graph: connecting(readConfig(environment), open.context) }
  simulator.planFault({ fault: 'slow', tenant: tenant.directory, fn: 'getM365AppUserDetail' })
  simulator.forgetRequests()
  const { id } = await requestRun(context, SYSTEM, where)
  const worker = impulso('work')
  const asked = () =>
    simulator
      .requests()
      .filter(each => each.tenant === tenant.directory)
      .map(each => each.fn)
  await vi.waitFor(() => expect(asked(), worker.said()).toContain('getM365AppUserDetail'), { timeout: 60_000, interval: 50 })
  worker.child.kill('SIGKILL')
  await worker.ended
  const state = () => open.context.db.selectFrom('sync_run').select('state').where('id', '=', id).executeTakeFirstOrThrow()
  expect([(await state()).state, await figures('killed')]).toEqual(['running', []])

  const { status, stdout, stderr } = await impulso('usage', 'sync', '--customer', 'killed', '--json').ended
  expect([status, JSON.parse(stdout)], stderr).toMatchObject([0, { runs: [{ run: { id, state: 'done', done: 9 } }] }])
  const { services } = await simulator.expectedFacts(tenant.directory)
  const rows = Object.fromEntries((await figures('killed')).map(row => [row.service, row.active]))
  expect(rows).toMatchObject(Object.fromEntries(Object.entries(services).map(([service, { active }]) => [service, active])))
  const files = await open.context.db.selectFrom('usage_import').select('file').where('customer_id', '=', 'killed').execute()
  expect(new Set(files.map(row => row.file)).size).toBe(files.length)
  expect(simulator.requests().filter(each => each.isOverBudget)).toEqual([])
})
