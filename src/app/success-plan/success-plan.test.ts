import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SetMetric, SetObjective, type SuccessPlanView } from '../../model/success-plan-api.ts'
import type { Day } from '../../model/words.ts'
import { verifyEvents } from '../../store/events.ts'
import { loadKnown } from '../../store/known.ts'
import { saveSplit } from '../../store/success-plan.ts'
import { todayOf } from '../context.ts'
import { sheetOf } from '../customers/sheet.ts'
import { getEvents } from '../events/get-events.ts'
import { setKickoff, setServiceKickoff } from '../kick-off/set-kickoff.ts'
import { reasonsFor } from '../lists/reasons.ts'
import { getReasons, getReasonsVersion, setReasons } from '../lists/set-reasons.ts'
import { deleteTemplate, getTemplates, getTemplateVersions, setTemplate } from '../lists/templates.ts'
import { getPlan } from '../plans/get-plan.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getSuccessPlan } from './get-success-plan.ts'
import { importReadings, undoImport } from './import-readings.ts'
import { addMetric, removeMetric, setMetric } from './metrics.ts'
import { addObjective, orderObjectives, removeObjective, setObjective } from './objectives.ts'
import { removeReading, setReading } from './readings.ts'
import { setSeats } from './seats.ts'
import { useTemplate } from './templates.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'lead', scope: 'all' }
const bea: Actor = { personId: 'bea', name: 'Bea', right: 'customer-success-manager', scope: 'all', keyScopes: ['read', 'write'] }

let its: TestContext
let count = 0
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
})
afterAll(() => its.close())

async function newCustomer(): Promise<string> {
  const id = `contoso-${++count}`
  const services = { teams: { activatedOn: '2026-03-01' }, exchange: {} }
  await addTestCustomer(its.context, { customer: { id, name: 'Contoso' }, services }, 'main')
  return id
}

/** What reports and contracts say of Teams. */
async function usage(customerId: string, active: number | null, seats: number, asOf = '2026-11-19'): Promise<void> {
  await its.owner.query(
    `insert into entitlement (customer_id, tenant_id, service, seats, source, as_of) values ($1, 'main', 'teams', $2, 'test', '2026-11-01')
      on conflict (customer_id, tenant_id, service) do update set seats = excluded.seats`,
    [customerId, seats],
  )
  await its.owner.query(
    `insert into usage_current (customer_id, tenant_id, service, active, assigned, active_unlicensed, as_of, window_days, sources, is_concealed)
      values ($1, 'main', 'teams', $2, $2, 0, $3, 28, '{r}', false)
      on conflict (customer_id, tenant_id, service) do update set active = excluded.active, as_of = excluded.as_of`,
    [customerId, active, asOf],
  )
}

const metricInput = (change: object = {}) => {
  const { version: _, ...input } = SetMetric.parse({ name: 'Tickets solved', kind: 'own', baseline: 5, target: 40, version: 0, ...change })
  return input
}
const objectiveInput = (change: object = {}) => {
  const { version: _, ...input } = SetObjective.parse({ title: 'Less travel', version: 0, ...change })
  return input
}
const plan = (id: string): Promise<SuccessPlanView> => getSuccessPlan(its.context, rita, id)
const versionOf = async (id: string) => (await plan(id)).version
const withMetric = async (change: object = {}) => {
  const customerId = await newCustomer()
  const view = await addMetric(its.context, rita, { ...metricInput(change), customerId, version: 0 })
  return { customerId, view, metric: view.metrics[0]?.id ?? '' }
}
const read = (customerId: string, metric: string, day: string, value: number, more: object = {}, actor = rita) =>
  setReading(its.context, actor, { customerId, metric, day: day as Day, value, note: null, ...more })
const eventsOf = async (id: string) => (await getEvents(its.context, rita, id, { limit: 50 })).events

test('objectives are added, changed, put in order, removed and brought back', async () => {
  const customerId = await newCustomer()
  const first = await addObjective(its.context, rita, { ...objectiveInput(), customerId, version: 0 })
  const second = await addObjective(its.context, rita, { ...objectiveInput({ title: 'Files' }), customerId, version: first.version })
  const [a, b] = second.objectives.map(each => each.id) as [string, string]
  const ordered = await orderObjectives(its.context, rita, { customerId, order: [b, a], version: second.version })
  expect(ordered.objectives.map(each => each.title)).toEqual(['Files', 'Less travel'])
  const gone = await removeObjective(its.context, rita, { customerId, objective: b, version: ordered.version })
  expect(gone.objectives.map(each => each.id)).toEqual([a])
  const input = objectiveInput({ title: 'Files', targetDate: '2027-03-01', service: 'teams' })
  const back = await setObjective(its.context, rita, { ...input, customerId, objective: b, version: gone.version })
  expect(back.objectives).toMatchObject([
    { id: b, targetDate: '2027-03-01' },
    { id: a, targetDate: null },
  ])
  expect((await eventsOf(customerId)).map(each => each.kind).slice(0, 5)).toEqual([
    'objective-set',
    'objective-removed',
    'objectives-ordered',
    'objective-set',
    'objective-set',
  ])
  expect((await verifyEvents(its.context.db, customerId)).broken).toEqual([])
})

test('of two who change the same objective the second is shown both, and says the same again changes nothing', async () => {
  const customerId = await newCustomer()
  const { objectives, version } = await addObjective(its.context, rita, { ...objectiveInput(), customerId, version: 0 })
  const objective = objectives[0]?.id ?? ''
  const change = (title: string, given: number) =>
    setObjective(its.context, rita, { ...objectiveInput({ title }), customerId, objective, version: given })
  const saved = await change('Fewer trips', version)
  await expect(change('No trips', version)).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { title: 'Fewer trips' }, yours: { title: 'No trips' }, version: saved.version },
  })
  expect((await change('Fewer trips', version)).version).toBe(saved.version)
  expect((await change('No trips', saved.version)).objectives[0]?.title).toBe('No trips')
})

test('a metric and its readings decide the gate, and how it stands is computed', async () => {
  const { customerId, metric, view } = await withMetric({ targetDate: '2027-03-01' })
  expect([metric, view.metrics[0]?.standing.state, view.metrics[0]?.baselineOn]).toEqual(['tickets-solved', 'unknown', '2026-11-21'])
  await read(customerId, metric, '2026-11-20', 42)
  const { metrics, counts } = await plan(customerId)
  expect(metrics[0]).toMatchObject({ current: { value: 42, asOf: '2026-11-20', from: 'hand' }, standing: { state: 'met' } })
  expect(counts.met).toBe(1)
  const { plan: decided } = await getPlan(its.context, rita, customerId)
  expect(decided.gates.find(each => each.id === 'success-metrics')?.state).toBe('met')
  await removeReading(its.context, rita, { customerId, metric, day: '2026-11-20' as Day, version: await versionOf(customerId) })
  expect((await plan(customerId)).metrics[0]?.standing.state).toBe('unknown')
})

test('a program with a personal key records without a version, and that it did is said', async () => {
  const { customerId, metric } = await withMetric()
  await read(customerId, metric, '2026-11-20', 7, {}, bea)
  await read(customerId, metric, '2026-11-20', 8, {}, bea)
  expect((await plan(customerId)).metrics[0]?.readings).toMatchObject([{ day: '2026-11-20', value: 8, source: 'api', by: 'Bea' }])
})

test('of two readings of one day the later one is shown the other', async () => {
  const { customerId, metric, view } = await withMetric()
  await read(customerId, metric, '2026-11-20', 7, { version: view.version })
  await expect(read(customerId, metric, '2026-11-20', 9, { version: view.version })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { value: 7 }, yours: { value: 9 } },
  })
  // Another day is not the same thing.
  await read(customerId, metric, '2026-11-19', 9, { version: view.version })
})

test('a reading of a day to come is refused', async () => {
  const { customerId, metric } = await withMetric()
  await expect(read(customerId, metric, '2026-11-22', 1)).rejects.toMatchObject({ code: 'invalid-input' })
})

test('active usage is the users of the seats that rules count with, takes no readings and grows old as usage does', async () => {
  const { customerId, metric } = await withMetric({ kind: 'usage', service: 'teams', baseline: null, target: 10 })
  expect((await plan(customerId)).metrics[0]).toMatchObject({ unit: '%', current: null, standing: { state: 'unknown' } })
  await usage(customerId, 29, 300)
  const [known] = await loadKnown(its.context.db, [customerId])
  expect(sheetOf(known!, todayOf(its.context)).sheet.metrics).toEqual([
    { id: metric, name: 'Tickets solved', target: 10, usageOf: 'teams', current: 2900 / 300, asOf: '2026-11-19' },
  ])
  await usage(customerId, 30, 300)
  expect((await plan(customerId)).metrics[0]).toMatchObject({ current: { value: 10, from: 'r' }, standing: { state: 'met' } })
  await usage(customerId, 30, 300, '2026-11-01')
  expect((await plan(customerId)).metrics[0]?.standing).toMatchObject({
    state: 'unknown',
    because: { en: expect.stringContaining('20 days old') },
  })
  await usage(customerId, null, 300)
  expect((await plan(customerId)).metrics[0]?.current).toBeNull()
  await expect(read(customerId, metric, '2026-11-20', 12)).rejects.toMatchObject({ code: 'invalid-input' })
})

test('a removed metric counts no more and comes back with its readings', async () => {
  const { customerId, metric } = await withMetric()
  await read(customerId, metric, '2026-11-20', 42)
  const gone = await removeMetric(its.context, rita, { customerId, metric, version: await versionOf(customerId) })
  const [known] = await loadKnown(its.context.db, [customerId])
  expect([gone.metrics, known?.metrics]).toEqual([[], []])
  const back = await setMetric(its.context, rita, { ...metricInput(), customerId, metric, version: gone.version })
  expect(back.metrics[0]).toMatchObject({ current: { value: 42 }, baselineOn: '2026-11-21' })
})

test('a new baseline counts from today, the same one from when it did', async () => {
  const { customerId, metric, view } = await withMetric({ baselineOn: '2026-09-01' })
  const input = metricInput({ target: 50 })
  const kept = await setMetric(its.context, rita, { ...input, customerId, metric, version: view.version })
  expect(kept.metrics[0]?.baselineOn).toBe('2026-09-01')
  const other = await setMetric(its.context, rita, { ...input, baseline: 7, customerId, metric, version: kept.version })
  expect(other.metrics[0]?.baselineOn).toBe('2026-11-21')
})

test('names and texts of the plan stand in the record sealed', async () => {
  const { customerId } = await withMetric({ name: 'Calls that Joana answers' })
  const rows = await its.context.db.selectFrom('event').select('body').where('customer_id', '=', customerId).execute()
  expect(rows.some(row => row.body.includes('Joana'))).toBe(false)
  expect((await eventsOf(customerId))[0]?.summary.en).toBe('Success plan: metric Calls that Joana answers set')
})

const csv = async (customerId: string, text: string, preview = false) => {
  const folder = mkdtempSync(join(its.folder, 'csv-'))
  const path = join(folder, 'readings.csv')
  writeFileSync(path, text)
  const result = await importReadings(its.context, rita, { customerId, path, preview })
  rmSync(folder, { recursive: true })
  return result
}

test('a CSV is previewed, kept, kept once, and undone but for what changed since', async () => {
  const { customerId, metric } = await withMetric()
  await read(customerId, metric, '2026-11-01', 6, { note: 'counted by hand' })
  const text =
    '\uFEFFday;metric;value\r\n2026-11-01;tickets solved;10\r\n2026-11-08;tickets-solved;12.5\r\n2026-11-15;Tickets solved;15\r\n'
  const readings = async () => (await plan(customerId)).metrics[0]?.readings.map(each => [each.day, each.value, each.source, each.note])
  expect(await csv(customerId, text, true)).toEqual({ preview: true, rows: 3, added: 2, changed: 1, same: 0, errors: [], undo: null })
  expect(await readings()).toEqual([['2026-11-01', 6, 'hand', 'counted by hand']])
  const { undo } = await csv(customerId, text)
  expect(await readings()).toEqual([
    ['2026-11-01', 10, 'csv', 'counted by hand'],
    ['2026-11-08', 12.5, 'csv', null],
    ['2026-11-15', 15, 'csv', null],
  ])
  expect(await csv(customerId, text)).toMatchObject({ same: 3, undo: null })
  await read(customerId, metric, '2026-11-15', 16)
  await undoImport(its.context, rita, { customerId, event: undo ?? 0 })
  expect((await readings())?.map(each => each.slice(0, 2))).toEqual([
    ['2026-11-01', 6],
    ['2026-11-15', 16],
  ])
  expect((await eventsOf(customerId))[0]?.summary.en).toBe('Import of readings undone: 2')
})

test('rows that cannot be read are told with their lines, and nothing is kept', async () => {
  const { customerId } = await withMetric()
  await addMetric(its.context, rita, {
    ...metricInput({ name: 'Usage', kind: 'usage', service: 'teams', baseline: null }),
    customerId,
    version: await versionOf(customerId),
  })
  const rows = ['tickets-solved,2026-11-08,12', 'other,2026-11-08,1', 'Usage,2026-11-08,1', 'tickets-solved,8/11/2026,1']
  const more = ['tickets-solved,2026-11-09,"1,5"', 'tickets-solved,2026-11-22,1', 'tickets-solved,2026-11-08,13']
  const { errors, undo } = await csv(customerId, `metric,day,value\n${[...rows, ...more].join('\n')}\n`)
  expect(errors.map(each => [each.line, each.message.en])).toEqual([
    [3, 'there is no metric "other"'],
    [4, '"Usage" is read from usage; it takes no readings'],
    [5, 'day is "8/11/2026", expected YYYY-MM-DD'],
    [6, 'value is "1,5", expected a number such as 1234.5'],
    [7, '2026-11-22 is in the future'],
    [8, 'the same metric and day as line 2'],
  ])
  expect([undo, (await plan(customerId)).metrics.flatMap(each => each.readings)]).toEqual([null, []])
  expect((await csv(customerId, 'name,day\n')).errors[0]).toMatchObject({
    line: 1,
    message: { en: expect.stringContaining('lacks metric, value') },
  })
  expect((await csv(customerId, 'metric,day,value\n"open,1\n')).errors).toHaveLength(1)
})

test('a template is copied behind what is there, once per use, without what the customer does not have', async () => {
  const { customerId, view } = await withMetric()
  const use = (version: number) =>
    useTemplate(its.context, rita, { customerId, from: 'shipped', template: 'first-adoption', language: 'pt-BR', version })
  const once = await use(view.version)
  expect(once.metrics.map(each => each.name)).toEqual(['Tickets solved'])
  expect(once.objectives[0]).toMatchObject({ title: 'As pessoas trabalham com os novos serviços', standing: { state: 'unknown' } })
  // OneDrive is not the customer's.
  expect(once.objectives[0]?.metrics.map(each => [each.service, each.targetDate])).toEqual([
    ['exchange', '2027-02-19'],
    ['teams', '2027-02-19'],
  ])
  const twice = await use(once.version)
  expect(twice.objectives.length).toBe(once.objectives.length * 2)
  expect(twice.objectives.slice(0, once.objectives.length)).toEqual(once.objectives)
})

test('an own template is checked when it is saved and copied when it is used', async () => {
  const body = JSON.stringify({ objectives: [{ title: 'Ours', metrics: [{ name: 'Ours', kind: 'own', target: 3, days: 10 }] }] })
  const at = { kind: 'success-plan', id: 'ours', title: 'Our plan', language: 'en' } as const
  await setTemplate(its.context.as(rita), rita, { ...at, body, version: 0 })
  await expect(setTemplate(its.context, rita, { ...at, body: '{"objectives":[{}]}', version: 1 })).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path: 'body', message: expect.stringContaining('objectives.0.title') }],
  })
  await expect(setTemplate(its.context, rita, { ...at, title: 'Other', body, version: 0 })).rejects.toMatchObject({ code: 'conflict' })
  const customerId = await newCustomer()
  const used = await useTemplate(its.context, rita, { customerId, from: 'own', template: 'ours', language: 'en', version: 0 })
  expect(used.objectives).toMatchObject([{ title: 'Ours', metrics: [{ id: 'ours', targetDate: '2026-12-01' }] }])
})

const teamsOf = ({ seats }: SuccessPlanView) => seats.find(each => each.service === 'teams')
const split = (
  customerId: string,
  seats: number,
  version: number,
  parts: { intent: 'unknown' | 'blocked'; seats: number; reason: string | null }[],
) => setSeats(its.context, rita, { customerId, service: 'teams', seats, version, parts: parts.map(part => ({ ...part, note: null })) })

test('seats are split; when they change since, that is said and nothing breaks', async () => {
  const customerId = await newCustomer()
  await usage(customerId, 30, 300)
  const parts = [
    { intent: 'blocked' as const, seats: 100, reason: 'budget' },
    { intent: 'unknown' as const, seats: 200, reason: null },
  ]
  await expect(split(customerId, 299, 0, [{ intent: 'unknown', seats: 299, reason: null }])).rejects.toMatchObject({
    code: 'invalid-input',
  })
  expect(teamsOf(await split(customerId, 300, 0, parts))).toMatchObject({
    service: 'teams',
    entitled: 300,
    changed: null,
    split: { by: 'Rita', parts: [{ reasonText: { en: 'No budget for the work' } }, { reasonText: null }] },
  })
  await usage(customerId, 30, 350)
  expect(teamsOf(await plan(customerId))).toMatchObject({ entitled: 350, changed: { was: 300, now: 350 }, split: { seats: 300 } })
})

test('the database refuses parts that do not sum to the seats', async () => {
  const customerId = await newCustomer()
  const at = { customer_id: customerId, service: 'teams' }
  await expect(
    its.context.db
      .transaction()
      .execute(trx =>
        saveSplit(
          trx,
          { ...at, seats: 10, as_of: '2026-11-21' as Day, changed_by: 'rita', changed_at: '2026-11-21T10:00:00Z', version: 1 },
          [{ ...at, position: 1, intent: 'unknown', seats: 9 }],
        ),
      ),
  ).rejects.toMatchObject({ constraint: 'seat_split_sums' })
})

test('reasons are retired and never lost; what was given one keeps it as it was called', async () => {
  const customerId = await newCustomer()
  await usage(customerId, 30, 300)
  const before = await getReasons(its.context, rita)
  const without = before.reasons.filter(each => each.id !== 'budget')
  await expect(setReasons(its.context.as(rita), rita, { reasons: without, version: before.version })).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path: 'reasons', message: expect.stringContaining('"budget" is missing') }],
  })
  const given = await split(customerId, 300, 0, [{ intent: 'blocked', seats: 300, reason: 'budget' }])
  const renamed = before.reasons.map(each =>
    each.id === 'budget' ? { ...each, text: { en: 'Money', 'pt-BR': 'Dinheiro' }, retired: true } : each,
  )
  const after = await setReasons(its.context.as(rita), rita, { reasons: renamed, version: before.version })
  expect([after.version, after.versions[0]?.by]).toEqual([before.version + 1, 'Rita'])
  await expect(setReasons(its.context.as(rita), rita, { reasons: [...before.reasons], version: before.version })).rejects.toMatchObject({
    code: 'conflict',
    details: { version: after.version },
  })
  expect((await reasonsFor(its.context.db, 'seats')).reasons.some(each => each.id === 'budget')).toBe(false)
  expect(teamsOf(await plan(customerId))?.split?.parts[0]?.reasonText?.en).toBe('No budget for the work')
  // Where it stands it may stay; elsewhere it is not to be chosen.
  const kept = await split(customerId, 300, given.version, [
    { intent: 'blocked', seats: 299, reason: 'budget' },
    { intent: 'unknown', seats: 1, reason: null },
  ])
  expect(teamsOf(kept)?.split?.parts[0]?.reasonText?.en).toBe('No budget for the work')
  const other = await newCustomer()
  await expect(split(other, 1, 0, [{ intent: 'blocked', seats: 1, reason: 'budget' }])).rejects.toMatchObject({ code: 'invalid-input' })
})

test('a list of reasons is there as it was, the one that ships too', async () => {
  const before = await getReasons(its.context, rita)
  const added = { id: `ours-${before.version}`, text: { en: 'Ours', 'pt-BR': 'Nosso' }, uses: ['seats' as const] }
  const after = await setReasons(its.context.as(rita), rita, { reasons: [...before.reasons, added], version: before.version })
  expect(await getReasonsVersion(its.context, rita, after.version)).toEqual({
    version: after.version,
    reasons: after.reasons,
    by: 'Rita',
    at: '2026-11-21T10:00:00.000Z',
  })
  const shipped = await getReasonsVersion(its.context, rita, 0)
  expect(shipped).toMatchObject({ version: 0, by: null, at: null })
  expect(shipped.reasons.map(each => each.id)).not.toContain(added.id)
  await expect(getReasonsVersion(its.context, rita, 9999)).rejects.toMatchObject({ code: 'not-found' })
})

test('a template keeps how it was, also after it was removed and added again', async () => {
  const at = { kind: 'note' as const, id: 'check-in' }
  const call = { title: 'Our call', language: 'en', body: 'ours' }
  const shipped = async () => (await getTemplates(its.context, rita, 'note')).shipped.map(each => each.id)
  expect(await shipped()).toContain('check-in')
  await setTemplate(its.context.as(rita), rita, { ...at, ...call, version: 0 })
  expect(await shipped()).not.toContain('check-in')
  await setTemplate(its.context.as(rita), rita, { ...at, ...call, body: 'ours too', version: 1 })
  // The same again is no other version.
  await setTemplate(its.context.as(rita), rita, { ...at, ...call, body: 'ours too', version: 2 })
  await deleteTemplate(its.context.as(rita), rita, { ...at, version: 2 })
  expect(await shipped()).toContain('check-in')
  await setTemplate(its.context.as(rita), rita, { ...at, ...call, version: 0 })
  const { versions } = await getTemplateVersions(its.context, rita, at)
  expect(versions.map(each => [each.seq, each.content?.body ?? null, each.by])).toEqual([
    [4, 'ours', 'Rita'],
    [3, null, 'Rita'],
    [2, 'ours too', 'Rita'],
    [1, 'ours', 'Rita'],
  ])
  await deleteTemplate(its.context.as(rita), rita, { ...at, version: 1 })
})

test('of two who add the same template at once, one is told so', async () => {
  const input = { kind: 'note' as const, id: 'at-once', language: 'en', body: 'x', version: 0 }
  const tries = await Promise.allSettled(['One', 'Two'].map(title => setTemplate(its.context.as(rita), rita, { ...input, title })))
  const refused = tries.filter(each => each.status === 'rejected')
  expect(refused).toMatchObject([{ reason: { code: 'conflict' } }])
  expect((await getTemplateVersions(its.context, rita, input)).versions).toHaveLength(1)
})

test('each shipped plan can be taken as an own one', async () => {
  const { shipped } = await getTemplates(its.context, rita, 'success-plan')
  expect(shipped.length).toBeGreaterThan(1)
  for (const { id, title, language, body } of shipped) {
    const kept = `own-${id}-${language.toLowerCase()}`
    const after = await setTemplate(its.context.as(rita), rita, { kind: 'success-plan', id: kept, title, language, body, version: 0 })
    expect(JSON.parse(after.templates.find(each => each.id === kept)?.body ?? '')).toEqual(JSON.parse(body))
  }
})

test('the kick-off says what is missing of DIBS and SSAT, and what was captured stands in the record sealed', async () => {
  const customerId = await newCustomer()
  const { kickoff, version } = await plan(customerId)
  expect(kickoff).toMatchObject({
    process: 'conduct-customer-kickoff',
    lacksMetrics: true,
    missing: ['stakeholders', 'scenarios', 'awarenessPlan', 'trainingPlan'],
  })
  const dibs = { plannedOn: '2026-12-01' as Day, intent: 'Meetings', businessReason: null, successOwner: 'Joana Prado' }
  const first = await setServiceKickoff(its.context, rita, { ...dibs, customerId, service: 'teams', version })
  expect(first.kickoff.services.find(each => each.service === 'teams')).toMatchObject({ ...dibs, missing: ['businessReason'] })
  await expect(
    setServiceKickoff(its.context, rita, { ...dibs, intent: 'Calls', customerId, service: 'teams', version }),
  ).rejects.toMatchObject({ code: 'conflict', details: { theirs: { intent: 'Meetings' }, yours: { intent: 'Calls' } } })
  const ssat = { stakeholders: 'Joana Prado', scenarios: 'Meetings', awarenessPlan: null, trainingPlan: null }
  const second = await setKickoff(its.context, rita, { ...ssat, customerId, version: first.version })
  expect(second.kickoff.missing).toEqual(['awarenessPlan', 'trainingPlan'])
  const rows = await its.context.db.selectFrom('event').select('body').where('customer_id', '=', customerId).execute()
  expect(rows.some(row => row.body.includes('Joana'))).toBe(false)
})

test('who may not change the success plan is refused', async () => {
  const customerId = await newCustomer()
  const reader: Actor = { personId: 'reader', name: 'Reader', right: 'reader', scope: 'all' }
  await expect(addMetric(its.context, reader, { ...metricInput(), customerId, version: 0 })).rejects.toMatchObject({ code: 'forbidden' })
})

test('metrics of many customers cost no more queries than of one', async () => {
  const ids = [(await withMetric()).customerId, (await withMetric()).customerId, (await withMetric()).customerId]
  const tables: string[] = []
  const counted = its.context.db.withPlugin({
    transformQuery: ({ node }) => {
      tables.push(node.kind)
      return node
    },
    transformResult: async ({ result }) => result,
  })
  await loadKnown(counted, ids.slice(0, 1))
  const one = tables.length
  await loadKnown(counted, ids)
  expect([one > 0, tables.length]).toEqual([true, one * 2])
})
