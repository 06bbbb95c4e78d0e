import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SEAT_INTENTS } from '../../model/success.ts'
import { STANDINGS } from '../../model/success-plan-api.ts'
import { Day } from '../../model/words.ts'
import { verifyEvents } from '../../store/events.ts'
import { loadKnown } from '../../store/known.ts'
import { findPlan } from '../../store/plans.ts'
import { testDatabase } from '../../store/testing.ts'
import { type Context, contextFor } from '../context.ts'
import { sheetOf } from '../customers/sheet.ts'
import { COMMAND_LINE, SYSTEM } from '../policy.ts'
import { releaseFolder } from '../releases/release.ts'
import { getSuccessPlan } from '../success-plan/get-success-plan.ts'
import { TEST_SEAL_KEY } from '../testing.ts'
import { getAlerts } from '../usage/get-alerts.ts'
import { getUsage } from '../usage/get-usage.ts'
import { importReports } from '../usage/import-reports.ts'
import { writeExampleReports } from './example-reports.ts'
import { type DemoCustomer, demoPortfolio } from './generate.ts'
import { loadDemo } from './load.ts'
import { PLAN_METRIC } from './work/success-plan.ts'

const today = Day.parse('2026-11-21')
const now = () => new Date(`${today}T08:00:00Z`)
const portfolio = [...demoPortfolio({ customers: 60, today, newestOnly: true })]

let database: Awaited<ReturnType<typeof testDatabase>>
let context: Context
beforeAll(async () => {
  database = await testDatabase()
  const playbook = await releaseFolder(database.db, resolve('playbooks/microsoft-365-success'), now(), () => {})
  context = contextFor(database, SYSTEM, { now, log: () => {}, sealKey: TEST_SEAL_KEY, playbook, reports: '', temp: '' })
  await loadDemo(context)
})
afterAll(() => database?.close())

const count = async (table: 'customer' | 'plan' | 'event' | 'usage_day') =>
  Number(
    (
      await database.db
        .selectFrom(table)
        .select(eb => eb.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  )

const planOf = async (story: string) => (await findPlan(database.db, idOf(story)))!
const idOf = (story: string) => portfolio.find(each => each.story === story)!.sheet.customer.id

test('sixty customers, each with a plan, and 18 months of usage', async () => {
  expect(await count('customer')).toBe(60)
  expect(await count('plan')).toBe(60)
  expect(await count('usage_day')).toBeGreaterThan(100_000)
})

test('what the store knows of a customer is what the generator made up', async () => {
  const known = await loadKnown(
    database.db,
    portfolio.map(each => each.sheet.customer.id),
  )
  const sheets = new Map(known.map(each => [each.customer.id, sheetOf(each, today).sheet]))
  for (const { sheet } of portfolio) expect(inOrder(sheets.get(sheet.customer.id)!)).toEqual(inOrder(sheet))
})

test('every mark stands on an item that the plan has', async () => {
  const lost = await database.db.selectFrom('item').select(['customer_id', 'id']).where('state', 'is', null).execute()
  expect(lost).toEqual([])
})

test('every customer and event says that it is a demo, and the record is whole', async () => {
  expect(await database.db.selectFrom('customer').select('id').where('is_demo', '=', false).execute()).toEqual([])
  expect(await database.db.selectFrom('event').select('customer_id').where('who', '!=', 'demo').execute()).toEqual([])
  const { checked, broken } = await verifyEvents(database.db)
  expect(checked).toBe(await count('event'))
  expect(broken).toEqual([])
})

test('metrics stand in every way there is, seats are split and changed since, and kick-offs are captured whole, in part or not at all', async () => {
  const plans = []
  for (const { sheet } of portfolio) plans.push(await getSuccessPlan(context, COMMAND_LINE, sheet.customer.id))
  const metrics = plans.flatMap(plan => [...plan.metrics, ...plan.objectives.flatMap(each => each.metrics)])
  expect(new Set(metrics.map(each => each.standing.state))).toEqual(new Set(STANDINGS))
  expect(metrics.some(each => each.kind === 'usage' && each.readings.length > 3)).toBe(true)
  expect(metrics.some(each => each.kind === 'own' && each.readings.length > 3)).toBe(true)
  const seats = plans.flatMap(plan => plan.seats)
  expect(new Set(seats.flatMap(each => each.split?.parts.map(part => part.intent) ?? []))).toEqual(new Set(SEAT_INTENTS))
  expect(seats.flatMap(each => each.split?.parts ?? []).filter(part => part.reason !== null && part.reasonText === null)).toEqual([])
  expect(seats.some(each => each.changed !== null)).toBe(true)
  // Of four parts of SSAT: none missing, some, all.
  expect([...new Set(plans.map(plan => plan.kickoff.missing.length))].sort()).toEqual([0, 2, 4])
})

test('figures of single days, corrections, activations and imports that name themselves a demo', async () => {
  const customerId = idOf('sudden-zero')
  const { services } = await getUsage(context, COMMAND_LINE, customerId, { days: 540 })
  const teams = services.find(each => each.service === 'teams')
  expect(teams).toMatchObject({ quality: 'suspect', current: { active: 0, percent: null }, missing: [{ why: 'sudden-zero' }] })
  expect(teams?.sources[0]).toMatchObject({
    origin: 'demo',
    file: expect.stringMatching(/^demo-/),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  const exchange = services.find(each => each.service === 'exchange')
  expect([exchange?.daily.length, exchange?.points.some(point => point.restated), (exchange?.corrections.length ?? 0) > 0]).toEqual([
    180,
    true,
    true,
  ])
  expect(services.find(each => each.service === 'office-proplus')?.activations).toHaveLength(1)
  const { alerts } = await getAlerts(context, COMMAND_LINE)
  expect(alerts.find(each => each.kind === 'sudden-zero')).toMatchObject({
    tenants: 1,
    services: ['teams'],
    customers: [{ id: customerId }],
  })
})

test('reviews keep what their gate said, engagements with an outcome are complete', async () => {
  const reviews = await database.owner.query(`select distinct gate_state, override_reason is not null as forced from review order by 1`)
  expect(reviews.rows).toContainEqual({ gate_state: 'met', forced: false })
  expect(reviews.rows.some(row => row.forced && row.gate_state !== 'met')).toBe(true)
  const states = await database.owner.query(`select state, (count(distinct e.customer_id) filter (where o.outcome is null))::int as without
    from engagement e left join outcome o on o.customer_id = e.customer_id and o.engagement_id = e.id group by 1 order by 1`)
  expect(states.rows).toEqual([
    { state: 'complete', without: 0 },
    { state: 'open', without: expect.any(Number) },
  ])
})

test('records of reviews are begun, agreed and sent, with entries in every state', async () => {
  const { rows } = await database.owner.query<{ list: string; kind: string; state: string }>(
    `select distinct list, coalesce(kind, '') as kind, coalesce(state, case when closed_on is null then 'open' else 'closed' end) as state
     from review_entry order by 1, 2, 3`,
  )
  const states = (list: string) => [...new Set(rows.filter(row => row.list === list).map(row => row.state))].sort()
  expect(states('gap')).toEqual(['closed', 'open'])
  expect(states('momentum')).toEqual(['done', 'in-place', 'not-needed', 'planned'])
  expect(states('alignment')).toEqual(['in-place', 'open'])
  const records = await database.owner.query(`select distinct intent, experience is not null as sent from review_record order by 1, 2`)
  expect(records.rows).toEqual([
    { intent: 'new-workloads', sent: false },
    { intent: 'new-workloads', sent: true },
    { intent: 'sustaining', sent: false },
    { intent: 'sustaining', sent: true },
    { intent: null, sent: false },
  ])
  const letters = await database.owner.query('select from review_letter')
  expect(letters.rows.length).toBeGreaterThan(0)
})

test('loading again changes nothing', async () => {
  const events = await count('event')
  expect(await loadDemo(context)).toBe(0)
  expect(await count('customer')).toBe(60)
  expect(await count('event')).toBe(events)
})

describe('the review gate', () => {
  test.each([
    ['gate-met-by-usage', 'met'],
    ['gate-met-by-metrics', 'met'],
    ['exactly-ten-percent', 'met'],
    ['one-user-short', 'not-met'],
    ['gate-not-met', 'not-met'],
    ['one-service-short', 'not-met'],
    ['metrics-not-met', 'not-met'],
    ['not-intended', 'met'],
    ['own-targets', 'met'],
    ['over-hundred-percent', 'met'],
    ['concealed-names', 'met'],
    ['report-just-fresh-enough', 'met'],
    ['one-tenant-silent-but-enough', 'met'],
    ['stale-feed', 'unknown'],
    ['one-report-stale', 'unknown'],
    ['empty-report', 'unknown'],
    ['sudden-zero', 'unknown'],
    ['seats-unknown', 'unknown'],
    ['no-seats-at-all', 'unknown'],
    ['no-services', 'unknown'],
    ['one-tenant-silent', 'unknown'],
    ['reports-to-import', 'unknown'],
  ])('of %s is %s', async (story, state) => {
    expect((await planOf(story)).review).toBe(state)
  })
})

describe('importing the example reports', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'impulso-demo-'))
    context = { ...context, reports: join(folder, 'reports'), temp: join(folder, 'temp') }
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const tenantOf = (story: string) => portfolio.find(each => each.story === story)!.tenants[0]!.id

  test('opens the review of the customer they are for', async () => {
    const story = 'reports-to-import'
    const files = await writeExampleReports(join(folder, 'examples'), today)
    const input = { customerId: idOf(story), tenantId: tenantOf(story), files: files.map(each => ({ path: each.path, name: each.file })) }
    const results = await importReports(context, COMMAND_LINE, input)
    expect(results.flatMap(result => result.gates)).toContainEqual({ id: 'review', before: 'unknown', after: 'met' })
    expect((await planOf(story)).review).toBe('met')
  })

  test('of one service leaves the figures of the others alone', async () => {
    const story = 'one-service-short'
    const [file] = (await writeExampleReports(join(folder, 'yammer'), today, idOf(story))).filter(each => each.service === 'yammer')
    await importReports(context, COMMAND_LINE, {
      customerId: idOf(story),
      tenantId: tenantOf(story),
      files: [{ path: file!.path, name: file!.file }],
    })
    expect((await planOf(story)).review).toBe('met')
  })
})

test('overall, each way it can stand', async () => {
  expect((await planOf('review-without-outcome')).overall).toBe('completable')
  for (const story of [
    'outcome-value-discussion',
    'outcome-activate-workloads',
    'outcome-hand-over-to-csm',
    'outcome-disengage',
    'in-maintenance',
  ])
    expect((await planOf(story)).overall).toBe('complete')
  expect((await planOf('review-to-hold')).overall).toBe('open')
})

test('every item state and every warning that facts can cause occurs', async () => {
  const states = await database.db.selectFrom('item').select('state').distinct().execute()
  expect(states.map(row => row.state).sort()).toEqual(['done', 'due', 'not-applicable', 'suppressed', 'unknown', 'waiting'])
  const plans = await database.db.selectFrom('plan').select('content').execute()
  const warnings = new Set(plans.flatMap(row => (row.content as { warnings: { code: string }[] }).warnings.map(warning => warning.code)))
  expect([...warnings].sort()).toEqual(
    [
      'forced-transition',
      'gate-no-longer-met',
      'low-threshold',
      'service-without-owner',
      'usage-doubtful',
      'usage-empty-report',
      'usage-over-100-percent',
      'usage-stale',
    ].sort(),
  )
})

/** The store gives lists in an order of its own. */
function inOrder(sheet: DemoCustomer['sheet']) {
  const by = <T>(list: readonly T[]) => [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  const keyed = (mark: DemoCustomer['sheet']['tasks'][number] | DemoCustomer['sheet']['steps'][number]) =>
    Object.fromEntries(Object.entries(mark).sort())
  return {
    ...sheet,
    metrics: sheet.metrics.filter(each => !each.id.startsWith(PLAN_METRIC)),
    tasks: by(sheet.tasks.map(keyed)),
    steps: by(sheet.steps.map(keyed)),
    transitions: by(sheet.transitions.map(each => Object.fromEntries(Object.entries(each).sort()))),
    review: { ...sheet.review, outcomes: by(sheet.review.outcomes) },
  }
}
