import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { ExpectedFacts } from '../../graph/simulator/facts.ts'
import { FAULTS, type FaultChance } from '../../graph/simulator/faults.ts'
import { type Simulator, startSimulator } from '../../graph/simulator/simulator.ts'
import { plainTenant, type SimulatedTenant } from '../../graph/simulator/tenants.ts'
import { Day } from '../../model/words.ts'
import type { ConnectingContext } from '../connections/connecting.ts'
import { SYSTEM } from '../policy.ts'
import { type TestContext, testContext } from '../testing.ts'
import { requestRun } from './request-run.ts'
import { carryOutAll, connectAll, customerOf, reachedBack, simulated, TENANT, type TestClock } from './simulated-testing.ts'
import { type Synced, syncMany } from './sync-many.ts'

const TODAY = Day.parse('2026-11-21')
const START = Date.parse('2026-11-21T02:00:00Z')
/** Hundreds of imports: on a machine with other things to do they take their time; ms. */
const PATIENCE = 900_000
const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

/** Which report tells how many use a service, and which how many did on a day. */
const PEOPLE_OF: Readonly<Record<string, string>> = {
  'outlook-mobile': 'getEmailAppUsageUserDetail',
  'office-proplus': 'getM365AppUserDetail',
  copilot: 'getMicrosoft365CopilotUsageUserDetail',
}
const COUNTS_OF: Readonly<Record<string, string>> = {
  'outlook-mobile': 'getEmailAppUsageUserCounts',
  'office-proplus': 'getM365AppUserCounts',
}

/** Small tenants, each with its own people and levels; some conceal names, some let nobody read that switch. */
const tenantsFor = (count: number): SimulatedTenant[] =>
  Array.from({ length: count }, (_, index) =>
    plainTenant({
      index,
      users: 16 + (index % 9),
      today: TODAY,
      seed: 77,
      levels: {
        exchange: 50 + (index % 50),
        'outlook-mobile': 10 + (index % 40),
        teams: 20 + (index % 70),
        sharepoint: 30,
        onedrive: 20 + (index % 30),
        yammer: index % 20,
        'office-proplus': 40 + (index % 50),
        copilot: 50,
      },
      concealed: index % 4 === 3,
      consent: { reports: true, settings: index % 5 !== 2, seats: index % 11 !== 5 },
      isReady: index % 29 !== 28,
    }),
  )

type Scene = Readonly<{ simulator: Simulator; open: TestContext; context: ConnectingContext; clock: TestClock; tenants: SimulatedTenant[] }>

async function scene(count: number, faults: FaultChance, reachesBack = false): Promise<Scene> {
  const clock: TestClock = { at: START }
  const tenants = tenantsFor(count)
  const simulator = await startSimulator({ tenants, today: TODAY, seed: 4, faults, clock: () => clock.at, slowMs: 5 })
  const open = await testContext(new Date(START))
  closing.push(simulator.close, open.close)
  const context = { ...open.context, now: () => new Date(clock.at), graph: simulated(simulator.url, clock) }
  await connectAll(context, tenants)
  if (!reachesBack) await reachedBack(context)
  return { simulator, open, context, clock, tenants }
}

async function figuresOf(context: ConnectingContext, customer: string) {
  const ofCustomer = { customer_id: customer, tenant_id: TENANT }
  const read = async <Row extends { service: string }>(rows: Promise<readonly Row[]>) =>
    new Map((await rows).map(row => [row.service, row]))
  const { db } = context
  return {
    current: await read(db.selectFrom('usage_current').selectAll().where('customer_id', '=', ofCustomer.customer_id).execute()),
    seats: await read(db.selectFrom('entitlement').selectAll().where('customer_id', '=', ofCustomer.customer_id).execute()),
    counts: await db.selectFrom('usage_count').selectAll().where('customer_id', '=', ofCustomer.customer_id).execute(),
  }
}

/** What is there and is not as it should be, in words; nothing when each service has the expected facts or its report ended otherwise. */
async function faultsIn(context: ConnectingContext, { customerId, run }: Synced, expected: ExpectedFacts): Promise<string[]> {
  const { current, seats, counts } = await figuresOf(context, customerId)
  const stateOf = (report: string) => run.steps.find(step => step.report === report)?.state
  const faults: string[] = []
  const check = (what: string, found: unknown, wanted: unknown) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      faults.push(`${customerId} ${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`)
  }
  for (const [service, facts] of Object.entries(expected.services)) {
    const report = PEOPLE_OF[service] ?? 'getOffice365ActiveUserDetail'
    const row = current.get(service)
    if (stateOf(report) === 'imported') {
      check(service, [row?.active, row?.as_of, row?.window_days], [facts.active, facts.day, facts.window])
      // The reports of apps do not tell who has a licence.
      if (row?.assigned !== null)
        check(`${service} licensed`, [row?.assigned, row?.active_unlicensed], [facts.assigned, facts.activeUnlicensed])
    } else if (row && row.active !== null && row.sources.includes(report))
      faults.push(`${customerId} ${service}: a figure from a report that did not come`)
    if (stateOf('subscribedSkus') === 'imported') check(`${service} seats`, seats.get(service)?.seats, facts.seats)
    if (service === 'copilot') continue
    const days = counts.filter(count => count.service === service)
    if (stateOf(COUNTS_OF[service] ?? 'getOffice365ActiveUserCounts') !== 'imported') continue
    if (days.length < 30) faults.push(`${customerId} ${service}: ${days.length} days of counts`)
    for (const { day, active } of days) check(`${service} on ${day}`, active, expected.daily[service]?.days[day])
  }
  return faults
}

const ENDED = new Set(['imported', 'unchanged', 'no-data', 'not-ready', 'not-offered', 'needs-consent', 'refused', 'failed'])

test(
  '200 tenants with 5 % faults of every kind: each ends with the facts it should or says why not, and no request is one too many',
  async () => {
    const { simulator, context, tenants } = await scene(200, { rate: 0.05 })
    const runs = await syncMany(context, SYSTEM)
    expect(runs).toHaveLength(200)
    const faults: string[] = []
    for (const [index, tenant] of tenants.entries()) {
      const run = runs.find(each => each.customerId === customerOf(index))
      if (!run) throw new Error(`no run of ${customerOf(index)}`)
      faults.push(...(await faultsIn(context, run, await simulator.expectedFacts(tenant.directory))))
    }
    expect(faults).toEqual([])
    const steps = runs.flatMap(each => each.run.steps)
    expect(steps.filter(step => !ENDED.has(step.state))).toEqual([])
    // Whatever is not well has a name, at the step and at the connection.
    expect(steps.filter(step => !['imported', 'no-data'].includes(step.state) && step.problem === null)).toEqual([])
    expect(simulator.requests().filter(each => each.isOverBudget)).toEqual([])
    expect(simulator.requests().filter(each => each.fn === 'download' && each.hasAuthorization)).toEqual([])
    const seen = Object.values(simulator.faultsSeen()).flatMap(counts => Object.keys(counts))
    expect(new Set(seen)).toEqual(new Set(FAULTS))
  },
  PATIENCE,
)

test(
  'a first run asks for every day of four weeks and half a year of counts, within the limits, and says what each day was',
  async () => {
    const { simulator, context, clock, tenants } = await scene(2, { rate: 0 }, true)
    const begun = clock.at
    for (const { run } of await syncMany(context, SYSTEM)) expect(run).toMatchObject({ state: 'waiting', reachesBack: true })
    await carryOutAll(context, clock)
    const minutes = (clock.at - begun) / 60_000
    expect(simulator.requests().filter(each => each.isOverBudget)).toEqual([])
    // Fourteen requests of one report in ten minutes: the period and 27 days are two windows.
    expect(minutes).toBeGreaterThanOrEqual(10)
    expect(minutes).toBeLessThan(31)
    for (const [index, tenant] of tenants.entries()) {
      const { daily } = await simulator.expectedFacts(tenant.directory)
      const { counts, current } = await figuresOf(context, customerOf(index))
      const teams = counts.filter(each => each.service === 'teams')
      expect(teams).toHaveLength(180)
      expect(Object.fromEntries(teams.map(each => [each.day, each.active]))).toEqual(daily.teams?.days)
      expect(current.get('teams')).toMatchObject({ window_days: 28, sources: ['getOffice365ActiveUserDetail'] })
    }
  },
  PATIENCE,
)

/** Every figure and where it comes from, without ids and times, which differ from run to run. */
async function factsIn({ owner }: TestContext): Promise<Record<string, readonly unknown[]>> {
  const facts: Record<string, readonly unknown[]> = {}
  for (const table of TABLES) {
    const { rows } = await owner.query(`select to_jsonb(each) as row from ${table} each`)
    facts[table] = rows.map(({ row }) => JSON.stringify(Object.entries(row).filter(([name]) => !DIFFER.test(name)))).sort()
  }
  return facts
}
const TABLES = [
  'usage_current',
  'usage_day',
  'usage_count',
  'usage_version',
  'usage_union',
  'usage_import',
  'usage_report_service',
  'usage_activation',
  'entitlement',
  'subscription',
  'customer_service',
]
const DIFFER = /^(id|import_ids?|known_since|known_until|.*_at|at)$/

test(
  'a process killed three times in the middle and started again ends with the same facts as one left alone, nothing doubled',
  async () => {
    // What goes wrong by chance differs by how often the same was asked for, unless it lasts; so only what lasts.
    const faults = { rate: 0.05, kinds: ['header-only', 'not-ready'] } as const
    const alone = await scene(8, faults)
    await requestAll(alone)
    await carryOutAll(alone.context)

    const cut = await scene(8, faults)
    await requestAll(cut)
    let kills = 0
    for (const requests of [20, 60, 110, Number.POSITIVE_INFINITY]) {
      const worker = startWorker(cut)
      while (worker.child.exitCode === null && worker.child.signalCode === null && cut.simulator.requests().length < requests)
        await setTimeout(5)
      if (worker.child.exitCode === null && requests !== Number.POSITIVE_INFINITY) {
        worker.child.kill('SIGKILL')
        kills++
      }
      const [code] = await worker.ended
      expect(code, worker.said()).toBe(requests === Number.POSITIVE_INFINITY ? 0 : null)
    }
    expect(kills).toBe(3)
    const facts = await factsIn(cut.open)
    expect(facts).toEqual(await factsIn(alone.open))
    expect(facts.usage_import?.length).toBeGreaterThan(50)
    const runs = await cut.context.db.selectFrom('sync_run').selectAll().execute()
    expect(runs).toHaveLength(8)
    expect(runs.filter(run => run.ended_at === null)).toEqual([])
    expect(cut.simulator.requests().filter(each => each.isOverBudget)).toEqual([])
  },
  PATIENCE,
)

async function requestAll({ context, tenants }: Scene): Promise<void> {
  for (const index of tenants.keys()) await requestRun(context, SYSTEM, { customerId: customerOf(index), tenantId: TENANT })
}

function startWorker({ open, simulator, clock }: Scene) {
  const options = JSON.stringify({ database: open.urls.app, folder: open.folder, simulator: simulator.url, at: clock.at })
  const child = spawn(process.execPath, ['src/app/sync/simulated-testing-worker.ts', options], { stdio: ['ignore', 'ignore', 'pipe'] })
  closing.push(async () => void child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', text => {
    said += text
  })
  return { child, said: () => said, ended: once(child, 'exit') }
}
