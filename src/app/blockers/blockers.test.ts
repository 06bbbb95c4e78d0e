import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AddBlocker, BlockersView, BlockerView } from '../../model/blocker-api.ts'
import { Day } from '../../model/words.ts'
import type { Context } from '../context.ts'
import { getEvents } from '../events/get-events.ts'
import { addLink } from '../evidence/evidence.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { ESCALATE_AFTER_WORKING_DAYS, escalateBlockers } from './escalate.ts'
import { getBlockers } from './get-blockers.ts'
import { exportBlockers, getBlockerReport } from './report.ts'
import { addBlocker, changeBlocker, reopenBlocker, resolveBlocker } from './set-blocker.ts'

// A Monday.
const NOW = new Date('2026-11-16T08:00:00Z')
const day = (text: string) => Day.parse(text)
let its: TestPeople
let lead: Actor
let rita: Actor
let engineer: Actor
beforeAll(async () => {
  its = await testPeople(NOW)
  const used = { intended: true, activatedOn: '2026-03-01' }
  for (const id of ['contoso', 'fabrikam'])
    await addTestCustomer(
      its.context,
      { customer: { id, name: id === 'contoso' ? 'Contoso' : 'Fabrikam' }, services: { teams: used, exchange: used } },
      'main',
    )
  lead = await its.person('Lia', 'lead', 'team')
  rita = await its.person('Rita', 'fasttrack-manager', 'customers')
  engineer = await its.person('Edu', 'engineer', 'services')
  await its.owner.query(`insert into team (id, name) values ('north', 'North')`)
  await its.owner.query(`insert into team_holiday values ('north', '2026-11-18', 'Local day')`)
  await its.owner.query(`update customer set team_id = 'north' where id = 'contoso'`)
  await its.owner.query(`insert into team_member values ('north', $1)`, [lead.personId])
  await its.owner.query(
    `insert into assignment (customer_id, id, person_id, role, service, is_primary, since) values
      ('contoso', 'rita', $1, 'fasttrack-manager', null, true, '2026-01-01'), ('contoso', 'edu', $2, 'fasttrack-engineer', 'teams', false, '2026-01-01')`,
    [rita.personId, engineer.personId],
  )
  await its.owner.query(`insert into entitlement values ('contoso', 'main', 'teams', 1000, 'test', '2026-11-15')`)
  await use(60, '2026-11-14')
})
afterAll(() => its.close())

/** As a report would leave it. */
const use = (active: number, asOf: string) =>
  its.owner.query(
    `insert into usage_current (customer_id, tenant_id, service, active, assigned, as_of, window_days, sources, is_concealed)
      values ('contoso', 'main', 'teams', $1, 900, $2, 28, '{teams-user-activity}', false)
      on conflict (customer_id, tenant_id, service) do update set active = excluded.active, as_of = excluded.as_of`,
    [active, asOf],
  )
const blocker: AddBlocker = {
  title: 'Sign-in is not federated',
  services: ['teams'],
  items: [],
  reason: 'identity',
  seats: 120,
  owner: null,
  nextAction: 'Call the identity team',
  nextActionOn: day('2026-11-17'),
}
const add = (actor: Actor, more: Partial<AddBlocker> = {}) =>
  addBlocker(its.as(actor), actor, { ...blocker, ...more, customerId: 'contoso' })
const named = ({ blockers }: BlockersView, title: string): BlockerView => {
  const found = blockers.find(each => each.title === title)
  if (!found) throw new Error(`no blocker ${title}`)
  return found
}
const at = (instant: string): Context => ({ ...its.context, now: () => new Date(instant) })
const told = async () =>
  (
    await its.owner.query(
      `select p.name as who, n.kind, n.key from notification n join person p on p.id = n.person_id order by n.made_at, n.kind, p.name`,
    )
  ).rows as { who: string; kind: string; key: string }[]

test('a blocker is on record with reason, seats, owner, next step and the use of its services that day', async () => {
  const view = await add(rita, { owner: engineer.personId, title: 'First' })
  expect(named(view, 'First')).toMatchObject({
    services: ['teams'],
    reason: { id: 'identity', text: { en: 'Sign-in or identities are not ready' } },
    seats: 120,
    owner: { name: 'Edu' },
    openedBy: 'Rita',
    isOverdue: false,
    version: 1,
    usage: [
      {
        service: 'teams',
        opened: { percent: 6, percentOf: 'entitled', active: 60, asOf: '2026-11-14', sources: ['teams-user-activity'], quality: 'fresh' },
        resolved: null,
        sinceOpened: null,
      },
    ],
  })
  expect(view.owners.map(each => each.name)).toEqual(['Edu', 'Lia', 'Rita'])
  const [event] = (await getEvents(its.context, SYSTEM, 'contoso', { limit: 1 })).events
  expect(event).toMatchObject({ kind: 'blocker-opened', who: 'Rita', summary: { 'pt-BR': 'Bloqueio aberto: First' } })
})

test('links and files of a blocker stand with it, and only with it', async () => {
  const first = named(await add(rita, { title: 'With evidence' }), 'With evidence')
  await add(rita, { title: 'Without evidence' })
  const link = { customerId: 'contoso', subject: `blocker:${first.id}`, title: 'Trace', href: 'https://files.example.com/trace' }
  await addLink(its.as(rita), rita, link)
  const view = await getBlockers(its.as(rita), rita, 'contoso')
  expect(named(view, 'With evidence').evidence).toMatchObject([
    { title: 'Trace', kept: { kind: 'link', host: 'files.example.com' }, by: 'Rita' },
  ])
  expect(named(view, 'Without evidence').evidence).toEqual([])
  expect(view.canAddEvidence).toMatchObject({ ok: true })
})

test('the second of two who change one sees both values, and nothing is lost', async () => {
  const { id } = named(await getBlockers(its.context, SYSTEM, 'contoso'), 'First')
  const change = (more: Partial<AddBlocker>, version: number) =>
    changeBlocker(its.as(rita), rita, { ...blocker, title: 'First', ...more, customerId: 'contoso', blocker: id, version })
  await change({ seats: 80 }, 1)
  await expect(change({ seats: 70 }, 1)).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { seats: 80 }, yours: { seats: 70 }, version: 2 },
  })
  await expect(change({ seats: 70 }, 9)).rejects.toMatchObject({ code: 'invalid-input' })
  // The same again is no change.
  expect(named(await change({ seats: 80 }, 1), 'First')).toMatchObject({ seats: 80, version: 2 })
})

test('resolved, it shows what its services do since; opened again it is as before', async () => {
  const { id } = named(await getBlockers(its.context, SYSTEM, 'contoso'), 'First')
  const resolve = (version: number) =>
    resolveBlocker(its.as(rita), rita, { customerId: 'contoso', blocker: id, resolution: 'Federated', version })
  expect(named(await resolve(2), 'First')).toMatchObject({ resolved: { by: 'Rita', resolution: 'Federated' }, version: 3 })
  await expect(resolve(3)).rejects.toMatchObject({ code: 'conflict' })
  await use(185, '2026-11-15')
  const [usage] = named(await getBlockers(its.context, SYSTEM, 'contoso'), 'First').usage
  expect(usage).toMatchObject({ resolved: { percent: 6 }, now: { percent: 18.5 }, sinceOpened: 12.5, sinceResolved: 12.5 })
  const again = await reopenBlocker(its.as(rita), rita, { customerId: 'contoso', blocker: id, version: 3 })
  expect(named(again, 'First')).toMatchObject({ resolved: null, version: 4 })
  await resolve(4)
})

test('who is assigned to a service records what blocks that service, not another nor the customer', async () => {
  await add(engineer, { title: 'By Edu' })
  await expect(add(engineer, { services: ['exchange'] })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(add(engineer, { services: [] })).rejects.toMatchObject({ code: 'forbidden' })
  const { id, version } = named(await getBlockers(its.context, SYSTEM, 'contoso'), 'By Edu')
  const widen = { ...blocker, services: ['teams', 'exchange'], customerId: 'contoso', blocker: id, version }
  await expect(changeBlocker(its.as(engineer), engineer, widen)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(addBlocker(its.as(rita), rita, { ...blocker, customerId: 'fabrikam' })).rejects.toMatchObject({ code: 'not-found' })
})

test.each([
  ['a service nobody knows', { services: ['abacus'] }, 'services'],
  ['an item the plan does not have', { items: ['no/such'] }, 'items'],
  ['an owner who does not work for the customer', { owner: 'system' }, 'owner'],
  ['a reason that is not on the list', { reason: 'weather' }, 'reason'],
])('refused with the field: %s', async (_, more, path) => {
  const before = (await getBlockers(its.context, SYSTEM, 'contoso')).blockers.length
  await expect(add(rita, more)).rejects.toMatchObject({ code: 'invalid-input', details: [{ path }] })
  expect((await getBlockers(its.context, SYSTEM, 'contoso')).blockers).toHaveLength(before)
})

test('on the day the owner is reminded, working days later the lead is told, each once', async () => {
  await its.owner.query('delete from blocker')
  await its.owner.query('delete from notification')
  await add(rita, { title: 'Late', owner: engineer.personId })
  const run = (instant: string) => escalateBlockers(at(instant), its.auth)
  expect(ESCALATE_AFTER_WORKING_DAYS).toBe(3)
  expect(await run('2026-11-16T06:20:00Z')).toEqual({ reminded: 0, escalated: 0 })
  expect(await run('2026-11-17T06:20:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect(await run('2026-11-17T07:00:00Z')).toEqual({ reminded: 0, escalated: 0 })
  // Tuesday, then a holiday, Thursday, Friday and the third working day is Monday.
  expect(await run('2026-11-20T06:20:00Z')).toEqual({ reminded: 0, escalated: 0 })
  expect(await run('2026-11-22T06:20:00Z')).toEqual({ reminded: 0, escalated: 0 })
  expect(await run('2026-11-23T06:20:00Z')).toEqual({ reminded: 0, escalated: 1 })
  expect(await run('2026-11-24T06:20:00Z')).toEqual({ reminded: 0, escalated: 0 })
  expect((await told()).map(({ who, kind }) => [who, kind])).toEqual([
    ['Edu', 'blocker-due'],
    ['Lia', 'blocker-escalated'],
  ])
  const late = named(await getBlockers(its.context, SYSTEM, 'contoso'), 'Late')
  expect(late).toMatchObject({ remindedOn: '2026-11-17', escalated: { to: 'Lia', at: '2026-11-23T06:20:00.000Z' } })
  const { events } = await getEvents(its.context, SYSTEM, 'contoso', { limit: 2 })
  expect(events.map(({ kind, who }) => [kind, who])).toEqual([
    ['blocker-escalated', SYSTEM.name],
    ['blocker-reminded', SYSTEM.name],
  ])
})

test('another day is another occasion; who resolved it is left in peace', async () => {
  const { id, version } = named(await getBlockers(its.context, SYSTEM, 'contoso'), 'Late')
  const moved = { ...blocker, title: 'Late', owner: engineer.personId, nextActionOn: day('2026-12-01') }
  const view = await changeBlocker(its.as(rita), rita, { ...moved, customerId: 'contoso', blocker: id, version })
  expect(named(view, 'Late')).toMatchObject({ remindedOn: null, escalated: null })
  expect(await escalateBlockers(at('2026-12-01T06:20:00Z'), its.auth)).toEqual({ reminded: 1, escalated: 0 })
  await resolveBlocker(its.as(rita), rita, { customerId: 'contoso', blocker: id, resolution: 'Done', version: version + 1 })
  expect(await escalateBlockers(at('2026-12-20T06:20:00Z'), its.auth)).toEqual({ reminded: 0, escalated: 0 })
  expect(await told()).toHaveLength(3)
})

test('one that nobody owns and nobody plans is not forgotten', async () => {
  await its.owner.query('delete from notification')
  await add(rita, { title: 'Forgotten', nextAction: null, nextActionOn: null })
  expect(await escalateBlockers(at('2026-12-20T06:20:00Z'), its.auth)).toEqual({ reminded: 1, escalated: 1 })
  expect((await told()).map(({ who, kind }) => [who, kind])).toEqual([
    ['Rita', 'blocker-due'],
    ['Lia', 'blocker-escalated'],
  ])
})

test('the report holds the blockers of customers one sees, filtered, with sums; as CSV too', async () => {
  await its.owner.query('delete from blocker')
  await add(rita, { title: 'A', nextActionOn: day('2026-11-10'), owner: rita.personId })
  await add(rita, { title: 'B', services: [], seats: null, nextAction: null, nextActionOn: null, reason: 'budget' })
  await addBlocker(its.context, SYSTEM, { ...blocker, title: 'C', services: ['exchange'], customerId: 'fabrikam' })
  const report = async (actor: Actor, query: object) => {
    const { rows, ...sums } = await getBlockerReport(actor === SYSTEM ? its.context : its.as(actor), actor, {
      state: 'open',
      limit: 10,
      at: 0,
      ...query,
    })
    return { titles: rows.map(row => row.title), ...sums }
  }
  expect(await report(SYSTEM, {})).toMatchObject({ titles: ['A', 'C', 'B'], total: 3, seats: 240, withoutSeats: 1, next: null })
  expect(await report(rita, {})).toMatchObject({ titles: ['A', 'B'], total: 2, seats: 120, withoutSeats: 1 })
  const { byReason } = await report(SYSTEM, {})
  expect(byReason.reduce((sum, { count }) => sum + count, 0)).toBe(3)
  expect(await report(SYSTEM, { limit: 2 })).toMatchObject({ titles: ['A', 'C'], next: '2' })
  expect((await report(SYSTEM, { state: 'overdue' })).titles).toEqual(['A'])
  expect((await report(SYSTEM, { service: 'exchange' })).titles).toEqual(['C', 'B'])
  expect((await report(SYSTEM, { reason: 'budget' })).titles).toEqual(['B'])
  expect((await report(rita, { mine: true })).titles).toEqual(['A'])
  expect((await report(SYSTEM, { q: 'fabri' })).titles).toEqual(['C'])
  expect((await report(SYSTEM, { q: '%' })).titles).toEqual([])
  expect((await report(SYSTEM, { state: 'resolved' })).titles).toEqual([])
  const lines: string[] = []
  for await (const part of (await exportBlockers(its.as(rita), rita, { state: 'open' })).body) lines.push(String(part))
  expect(lines.join('').trim().split('\r\n')).toHaveLength(3)
  expect(lines.join('')).not.toContain('Fabrikam')
})
