import { afterAll, beforeAll, expect, test } from 'vitest'
import { Day } from '../../model/words.ts'
import { getEvents } from '../events/get-events.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getTargets, isLate } from './get-targets.ts'
import { clearMilestone, setMilestone } from './set-milestone.ts'

let its: TestContext
const lead: Actor = { personId: 'lead', name: 'Lia', right: 'lead', scope: 'all' }
const day = (text: string) => Day.parse(text)
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T08:00:00Z'))
  const used = { intended: true, activatedOn: '2026-03-01', handshake: 'offered' }
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' }, services: { teams: used, exchange: used } }, 'main')
  // Twenty weeks of Teams, ten users a week, 390 of 1,000 on the last Sunday but one; no figures of Exchange.
  await its.owner.query(`insert into usage_day (customer_id, tenant_id, service, day, active, assigned, entitled)
    select 'contoso', 'main', 'teams', '2026-11-15'::date - 7 * (19 - n), 200 + 10 * n, 1000, 1000 from generate_series(0, 19) n`)
  await its.owner.query(`insert into usage_current (customer_id, tenant_id, service, active, assigned, as_of, window_days, sources, is_concealed)
    values ('contoso', 'main', 'teams', 390, 900, '2026-11-15', 28, '{test}', false)`)
  await its.owner.query(`insert into entitlement values ('contoso', 'main', 'teams', 1000, 'test', '2026-11-15')`)
})
afterAll(() => its.close())

const teams = async () => (await getTargets(its.context, SYSTEM, 'contoso')).services.find(each => each.service === 'teams')!
const milestone = async (id: 'first' | 'broad' | 'max') => (await teams()).milestones.find(each => each.id === id)!
const set = (change: object) =>
  setMilestone(its.context.as(lead), lead, {
    customerId: 'contoso',
    service: 'teams',
    milestone: 'broad',
    percent: 50,
    targetDate: null,
    reason: null,
    version: 0,
    ...change,
  })

test('what is expected is told with the figures it comes from; what nobody can tell as such', async () => {
  const { services } = await getTargets(its.context, SYSTEM, 'contoso')
  expect(services.map(each => [each.service, each.band.length, each.milestones.map(({ forecast }) => forecast.state)])).toEqual([
    ['exchange', 0, ['too-little-data', 'too-little-data', 'too-little-data']],
    ['teams', 26, ['reached', 'expected', 'not-in-sight']],
  ])
  const broad = await milestone('broad')
  expect(broad).toMatchObject({ percent: 40, targetDate: null, reachedOn: null, late: false, version: 0, changes: [] })
  expect(broad.forecast).toMatchObject({ state: 'expected', expected: '2026-11-22' })
  expect(broad.because.en).toMatch(/figures up to 2026-11-15.*\+1\.00 points a week at 39\.0 %/)
  expect((await teams()).signals.map(each => each.kind)).toEqual(['licences-unassigned'])
})

test('a target has a history, an event and a reason; a lost update tells both values', async () => {
  await set({ targetDate: day('2026-12-31'), reason: 'as agreed with Ana' })
  const broad = await milestone('broad')
  expect(broad).toMatchObject({ percent: 50, targetDate: '2026-12-31', version: 1, late: true })
  expect(broad.changes).toEqual([
    { percent: 50, targetDate: '2026-12-31', reason: 'as agreed with Ana', by: 'Lia', at: '2026-11-21T08:00:00.000Z' },
  ])
  const [event] = (await getEvents(its.context, SYSTEM, 'contoso', { limit: 1 })).events
  expect(event).toMatchObject({
    kind: 'milestone-set',
    who: 'Lia',
    summary: { en: 'Target set: teams, 50 %, by 2026-12-31' },
    before: { percent: 40, targetDate: null },
    after: { percent: 50, targetDate: '2026-12-31', reason: 'as agreed with Ana' },
  })
  await expect(set({ percent: 60 })).rejects.toMatchObject({
    code: 'conflict',
    details: {
      theirs: { percent: 50, targetDate: '2026-12-31', by: 'Lia' },
      yours: { percent: 60, targetDate: null, by: 'Lia' },
      version: 1,
    },
  })
  // The same again is no change.
  await set({ targetDate: day('2026-12-31'), version: 1 })
  expect((await milestone('broad')).version).toBe(1)
  await expect(set({ percent: 60, version: 7 })).rejects.toMatchObject({ code: 'invalid-input' })
})

test('milestones come one after the other, and nothing changes otherwise', async () => {
  await expect(set({ percent: 9.9, version: 1 })).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path: 'percent', message: '9.9 % is below the 10 % of the milestone "first" before it' }],
  })
  await expect(set({ milestone: 'first', percent: 50.1 })).rejects.toMatchObject({
    details: [{ path: 'percent', message: '50.1 % is above the 50 % of the milestone "broad" after it' }],
  })
  await set({ milestone: 'first', percent: 45 })
  // The usual 40 % would stand below it.
  const back = () => clearMilestone(its.context, SYSTEM, { customerId: 'contoso', service: 'teams', milestone: 'broad', version: 1 })
  await expect(back()).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await milestone('broad')).toMatchObject({ percent: 50, version: 1 })
  await set({ milestone: 'first', percent: 10, version: 1 })
  await back()
})

test('taken back it is the usual one, and its history stays; nobody writes on top of that unseen', async () => {
  const broad = await milestone('broad')
  expect(broad).toMatchObject({ percent: 40, targetDate: null, version: 2, late: false })
  expect(broad.changes.map(({ percent, targetDate }) => [percent, targetDate])).toEqual([
    [40, null],
    [50, '2026-12-31'],
  ])
  await expect(set({ percent: 55 })).rejects.toMatchObject({ code: 'conflict' })
  await set({ percent: 55, version: 2 })
  expect(await milestone('broad')).toMatchObject({ percent: 55, version: 3 })
})

test('a service that the customer does not have has no milestones', async () => {
  await expect(set({ service: 'yammer' })).rejects.toMatchObject({ code: 'not-found' })
})

test('a sudden zero makes no forecast and no signal before it is believed', async () => {
  const zeroOn = (on: string) =>
    its.owner.query(
      `insert into usage_day (customer_id, tenant_id, service, day, active, assigned, entitled)
        values ('contoso', 'main', 'teams', $1, 0, 1000, 1000)`,
      [on],
    )
  await zeroOn('2026-11-18')
  await zeroOn('2026-11-19')
  const doubted = await teams()
  expect(doubted.signals.map(each => each.kind)).not.toContain('drop')
  expect(doubted.milestones[1]?.because.en).toContain('up to 2026-11-15')
  await zeroOn('2026-11-20')
  expect((await teams()).signals.map(each => each.kind)).toContain('drop')
})

test.each([
  ['not before its day when nobody can tell', '2026-12-01', { state: 'too-little-data', weeks: 3, needed: 8 }, false],
  ['after its day, whatever is expected', '2026-11-20', { state: 'too-little-data', weeks: 3, needed: 8 }, true],
  ['not in sight', '2027-12-01', { state: 'not-in-sight' }, true],
  ['expected in time', '2026-12-24', { state: 'expected', expected: day('2026-12-24'), earliest: day('2026-12-01'), latest: null }, false],
  [
    'expected a day late',
    '2026-12-23',
    { state: 'expected', expected: day('2026-12-24'), earliest: day('2026-12-01'), latest: null },
    true,
  ],
  ['reached', '2026-11-20', { state: 'reached', on: null }, false],
] as const)('late: %s', (_, targetDate, forecast, late) => {
  expect(isLate({ targetDate: day(targetDate) }, forecast, day('2026-11-21'))).toBe(late)
})
