import { afterAll, beforeAll, expect, test } from 'vitest'
import { FOLLOW_UP, type ItemChange, LOAD_CAP } from '../../model/item-api.ts'
import type { Day } from '../../model/words.ts'
import { removeService, savePeople } from '../../store/customers.ts'
import { verifyEvents } from '../../store/events.ts'
import { getEvents } from '../events/get-events.ts'
import { addFollowUpByHand } from '../follow-ups/add-by-hand.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getPlan } from './get-plan.ts'
import { changeItems } from './item-changes.ts'
import { getItems, getLoad } from './item-view.ts'
import { recomputeOne } from './recompute.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const tomas: Actor = { personId: 'tomas', name: 'Tomás', right: 'fasttrack-manager', scope: 'all' }
const lead: Actor = { personId: 'lena', name: 'Lena', right: 'lead', scope: 'all' }
const HANDSHAKE = 'support-success-execution/csm-handshake/3731@teams'
const CHECK_INS = 'support-success-execution/success-check-ins@exchange'
const day = (text: string) => text as Day

let its: TestContext
let count = 0
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  const people = [rita, tomas, lead, { personId: 'ana', name: 'Ana' }, { personId: 'sam', name: 'Sam' }].map(({ personId, name }) => ({
    id: personId,
    name,
  }))
  await its.context.db.transaction().execute(trx => savePeople(trx, people))
})
afterAll(() => its.close())

/** Tomás is its FastTrack Manager, Ana an engineer of it. */
const newCustomer = async () => {
  const id = `contoso-${++count}`
  const services = {
    teams: { activatedOn: '2026-03-01', usage: { active: 45, asOf: '2026-11-19' } },
    exchange: { activatedOn: '2026-03-01' },
  }
  await addTestCustomer(its.context, { customer: { id, name: 'Contoso' }, csm: { assigned: true }, services }, 'contoso.example')
  const row = { customer_id: id, service: null, since: day('2026-01-01'), until: null, covers: null }
  await its.context.db
    .insertInto('assignment')
    .values([
      { ...row, id: '1', person_id: 'tomas', role: 'fasttrack-manager', is_primary: true },
      { ...row, id: '2', person_id: 'ana', role: 'engineer', is_primary: false },
    ])
    .execute()
  return id
}
const change = async (customerId: string, changes: readonly ItemChange[], as = rita, version?: number) =>
  changeItems(its.context, as, {
    customerId,
    changes: [...changes],
    version: version ?? (await getItems(its.context, rita, customerId)).version,
  })
const done = { status: 'complete' as const, reason: null, note: null }
const everything = async (customerId: string) => ({
  items: await getItems(its.context, rita, customerId),
  plan: await getPlan(its.context, rita, customerId),
  events: (await getEvents(its.context, rita, customerId, { limit: 100 })).events.length,
})

test('several items and a follow-up change together, and one undo takes all of it back', async () => {
  const id = await newCustomer()
  const { followUps } = await addFollowUpByHand(its.context, rita, {
    customerId: id,
    title: 'Send the list',
    service: null,
    assignee: null,
    due: null,
    note: null,
  })
  const followUp = followUps[0]?.id ?? ''
  const before = await everything(id)
  const { items, undo } = await change(id, [
    { item: HANDSHAKE, status: done, assignee: 'tomas' },
    { item: CHECK_INS, due: day('2026-12-01'), dueReason: 'asked for by the sponsor' },
    { item: followUp, status: done, assignee: 'ana', due: day('2026-11-30') },
  ])
  expect(items.items).toEqual({
    [HANDSHAKE]: { assignee: { id: 'tomas', name: 'Tomás' }, due: null, regressedOn: null },
    [CHECK_INS]: { assignee: null, due: '2026-12-01', regressedOn: null },
  })
  expect(items.followUps).toMatchObject([
    { status: 'complete', assignee: { name: 'Ana' }, due: '2026-11-30', closedAt: expect.any(String) },
  ])
  expect((await getPlan(its.context, rita, id)).marks[HANDSHAKE]).toMatchObject({ status: 'complete', by: 'Rita' })
  await change(id, undo)
  const after = await everything(id)
  expect(after.items.items).toEqual({})
  expect(after.items.followUps).toEqual(before.items.followUps)
  expect(after.plan.marks).toEqual({})
  expect(after.plan.plan).toEqual(before.plan.plan)
  expect((await verifyEvents(its.context.db, id)).broken).toEqual([])
})

test('one that cannot be changed keeps all of them from changing, and is named with the reason', async () => {
  const id = await newCustomer()
  const before = await everything(id)
  const refused = change(id, [
    { item: HANDSHAKE, status: done },
    { item: CHECK_INS, assignee: 'lena' },
  ])
  await expect(refused).rejects.toMatchObject({
    code: 'invalid-input',
    details: { refusals: [{ item: CHECK_INS, reason: { en: 'this person is not assigned to the customer' } }] },
  })
  await expect(
    change(id, [
      { item: HANDSHAKE, status: done },
      { item: 'no/such', status: done },
    ]),
  ).rejects.toMatchObject({
    code: 'not-found',
    details: { refusals: [{ item: 'no/such' }] },
  })
  expect(await everything(id)).toEqual(before)
})

test('who is assigned to one service changes its items and is told which of the others are not theirs', async () => {
  const id = await newCustomer()
  await its.context.db
    .insertInto('assignment')
    .values({
      ...{ customer_id: id, id: '3', person_id: 'sam', role: 'engineer', service: 'teams' },
      ...{ since: day('2026-01-01'), until: null, covers: null, is_primary: false },
    })
    .execute()
  const sam: Actor = { personId: 'sam', name: 'Sam', right: 'engineer', scope: 'services' }
  const context = its.context.as(sam)
  const version = (await getItems(its.context, rita, id)).version
  const mixed = changeItems(context, sam, {
    customerId: id,
    version,
    changes: [
      { item: HANDSHAKE, status: done },
      { item: CHECK_INS, status: done },
    ],
  })
  await expect(mixed).rejects.toMatchObject({ code: 'forbidden', details: { refusals: [{ item: CHECK_INS }] } })
  const own = await changeItems(context, sam, { customerId: id, version, changes: [{ item: HANDSHAKE, status: done, assignee: 'sam' }] })
  expect(own.items.items[HANDSHAKE]?.assignee).toEqual({ id: 'sam', name: 'Sam' })
})

test.each<[string, ItemChange, ItemChange, object]>([
  [
    'a status',
    { item: HANDSHAKE, status: done },
    { item: HANDSHAKE, status: { status: 'cancelled', reason: 'business', note: null } },
    { status: 'complete' },
  ],
  ['whose it is', { item: HANDSHAKE, assignee: 'tomas' }, { item: HANDSHAKE, assignee: 'ana' }, { assignee: { name: 'Tomás' } }],
  ['a day', { item: HANDSHAKE, due: day('2026-12-01') }, { item: HANDSHAKE, due: day('2026-12-08') }, { due: '2026-12-01' }],
])('of two people who set %s the second is told what stands now and by whom, and nothing changes', async (_, first, second, theirs) => {
  const id = await newCustomer()
  const { version } = await getItems(its.context, rita, id)
  await change(id, [first], rita, version)
  const before = await everything(id)
  const lost = change(id, [{ item: CHECK_INS, due: day('2027-01-01') }, second], tomas, version)
  await expect(lost).rejects.toMatchObject({
    code: 'conflict',
    details: { conflicts: [{ item: HANDSHAKE, theirs, by: 'Rita' }], version: before.items.version },
  })
  expect(await everything(id)).toEqual(before)
  // Having seen it, the second may go on.
  await change(id, [second], tomas, before.items.version)
})

test('people who work on different items do not stand in each other’s way', async () => {
  const id = await newCustomer()
  const { version } = await getItems(its.context, rita, id)
  await change(id, [{ item: HANDSHAKE, status: done }], rita, version)
  const { items } = await change(id, [{ item: CHECK_INS, assignee: 'ana' }], tomas, version)
  expect(items.items[CHECK_INS]?.assignee?.name).toBe('Ana')
})

test('of ten people who change the same item at once exactly one wins', async () => {
  const id = await newCustomer()
  const { version } = await getItems(its.context, rita, id)
  const writes = Array.from({ length: 10 }, (_, n) =>
    change(id, [{ item: HANDSHAKE, due: day(`2026-12-${n + 10}`) }], n % 2 ? rita : tomas, version),
  )
  const settled = await Promise.allSettled(writes)
  expect(settled.filter(each => each.status === 'fulfilled')).toHaveLength(1)
})

test('a day that a person set counts in the portfolio at once: what is late and what is due next', async () => {
  const id = await newCustomer()
  const counted = () =>
    its.context.db
      .selectFrom('plan')
      .select(['late_count', 'next_due', 'due_count'])
      .where('customer_id', '=', id)
      .executeTakeFirstOrThrow()
  const before = await counted()
  const { undo } = await change(id, [{ item: HANDSHAKE, due: day('2026-01-01') }])
  expect(await counted()).toEqual({ ...before, late_count: before.late_count + 1, next_due: '2026-01-01' })
  await change(id, [{ item: HANDSHAKE, due: day('2027-11-01') }])
  expect((await counted()).late_count).toBe(before.late_count)
  await change(id, undo)
  expect(await counted()).toEqual(before)
})

test('what changes nothing leaves no event and no version', async () => {
  const id = await newCustomer()
  await change(id, [{ item: HANDSHAKE, status: done, assignee: 'tomas', due: day('2026-12-01') }])
  const before = await everything(id)
  const { undo } = await change(id, [{ item: HANDSHAKE, status: done, assignee: 'tomas', due: day('2026-12-01') }])
  expect(undo).toEqual([])
  expect(await everything(id)).toEqual(before)
})

test('who is given an item is told once, who takes it is not', async () => {
  const id = await newCustomer()
  const told = () => its.context.db.selectFrom('notification').select(['person_id', 'kind']).where('customer_id', '=', id).execute()
  await change(id, [{ item: HANDSHAKE, assignee: 'tomas' }], tomas)
  expect(await told()).toEqual([])
  await change(id, [{ item: HANDSHAKE, assignee: 'ana' }], tomas)
  await change(id, [{ item: HANDSHAKE, assignee: 'ana', status: done }], tomas)
  expect(await told()).toEqual([{ person_id: 'ana', kind: 'item-assigned' }])
})

test('another role and a load above the cap are warned of and change all the same', async () => {
  const id = await newCustomer()
  const { warnings } = await change(id, [{ item: HANDSHAKE, assignee: 'ana' }])
  expect(warnings).toEqual([{ item: HANDSHAKE, code: 'other-role', person: 'Ana', open: null }])
  for (let n = 0; n < LOAD_CAP; n++) {
    await addFollowUpByHand(its.context, rita, {
      customerId: id,
      title: `Thing ${n}`,
      service: null,
      assignee: 'tomas',
      due: day('2026-11-01'),
      note: null,
    })
  }
  const loaded = await change(id, [{ item: CHECK_INS, assignee: 'tomas' }])
  expect(loaded.warnings).toContainEqual({ item: CHECK_INS, code: 'over-load', person: 'Tomás', open: expect.any(Number) })
  expect(loaded.items.items[CHECK_INS]?.assignee?.name).toBe('Tomás')
  const load = await getLoad(its.context, lead)
  const own = load.people.find(each => each.id === 'tomas')
  const here = own?.customers.find(each => each.id === id)
  expect(here).toEqual({ id, name: 'Contoso', open: LOAD_CAP + 1, overdue: LOAD_CAP, dueSoon: 0 })
  await change(id, [{ item: CHECK_INS, due: day('2026-11-27') }])
  const soon = (await getLoad(its.context, lead)).people.find(each => each.id === 'tomas')
  expect([soon?.dueSoon, soon?.open]).toEqual([(own?.dueSoon ?? 0) + 1, own?.open])
  await change(id, [{ item: CHECK_INS, due: day('2026-11-28') }])
  expect((await getLoad(its.context, lead)).people.find(each => each.id === 'tomas')?.dueSoon).toBe(own?.dueSoon)
  // Ana has customers and hardly any work; she is there all the same.
  expect(load.people.find(each => each.id === 'ana')?.assigned).toBeGreaterThan(0)
  await expect(getLoad(its.context, rita)).rejects.toMatchObject({ code: 'forbidden' })
})

test('what the data no longer shows is done is confirmed by a person, or reopened', async () => {
  const id = await newCustomer()
  await change(id, [{ item: HANDSHAKE, status: done }])
  const regress = () =>
    its.context.db
      .updateTable('item')
      .set({ regressed_on: day('2026-11-20') })
      .where('customer_id', '=', id)
      .where('id', '=', HANDSHAKE)
      .execute()
  await regress()
  expect((await getItems(its.context, rita, id)).items[HANDSHAKE]?.regressedOn).toBe('2026-11-20')
  await change(id, [{ item: HANDSHAKE, stillDone: true }])
  expect((await getItems(its.context, rita, id)).items).toEqual({})
  await expect(change(id, [{ item: HANDSHAKE, stillDone: true }])).rejects.toMatchObject({ code: 'invalid-input' })
  await regress()
  await change(id, [{ item: HANDSHAKE, status: { status: 'in-progress', reason: null, note: null } }])
  expect((await getItems(its.context, rita, id)).items).toEqual({})
})

test('a follow-up gets another title and note, on record in one event, and one undo gives both back', async () => {
  const id = await newCustomer()
  const added = { customerId: id, title: 'Send the list', service: null, assignee: null, due: null, note: null }
  const { followUps } = await addFollowUpByHand(its.context, rita, added)
  const item = followUps[0]?.id ?? ''
  const { items, undo } = await change(id, [{ item, title: 'Send the seat list', note: ' As of November ' }])
  expect(items.followUps).toMatchObject([{ title: 'Send the seat list', note: 'As of November', status: 'not-started' }])
  const { events } = await getEvents(its.context, rita, id, { limit: 2 })
  expect(events.map(each => each.kind)).toEqual(['follow-up-changed', 'follow-up-added'])
  expect(events[0]?.summary.en).toBe('Follow-up changed: Send the seat list')
  // Free text may name people: the record keeps it sealed.
  const stored = await its.context.db.selectFrom('event').select('body').where('customer_id', '=', id).execute()
  expect(stored.filter(each => each.body.includes('November'))).toEqual([])
  expect((await change(id, undo)).items.followUps).toEqual(followUps)
  expect((await verifyEvents(its.context.db, id)).broken).toEqual([])
})

test('the title and note of a task of the playbook stay, and who changes a follow-up second sees its title', async () => {
  const id = await newCustomer()
  await expect(change(id, [{ item: HANDSHAKE, note: 'x' }])).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(change(id, [{ item: HANDSHAKE, title: 'x' }])).rejects.toMatchObject({ code: 'invalid-input' })
  const added = { customerId: id, title: 'Send the list', service: null, assignee: null, due: null, note: null }
  const { followUps, version } = await addFollowUpByHand(its.context, rita, added)
  const item = followUps[0]?.id ?? ''
  await change(id, [{ item, title: 'Send it' }], rita, version)
  await expect(change(id, [{ item, title: 'Post it' }], tomas, version)).rejects.toMatchObject({
    code: 'conflict',
    details: { conflicts: [{ item, theirs: { title: 'Send it' }, by: 'Rita' }] },
  })
})

test('what an earlier engagement left open stands with the present one until it is closed', async () => {
  const id = await newCustomer()
  const added = { customerId: id, title: 'Send the list', service: null, assignee: null, due: null, note: null }
  const { followUps } = await addFollowUpByHand(its.context, rita, added)
  await addFollowUpByHand(its.context, rita, { ...added, title: 'Done long ago' })
  const [open, closed] = (await getItems(its.context, rita, id)).followUps.map(each => each.id)
  await change(id, [{ item: closed ?? '', status: done }])
  const { db } = its.context
  await db
    .updateTable('engagement')
    .set({ state: 'cancelled', cancel_reason: 'over', closed_at: '2026-11-21T10:00:00Z' })
    .where('customer_id', '=', id)
    .execute()
  const first = await db.selectFrom('engagement').selectAll().where('customer_id', '=', id).executeTakeFirstOrThrow()
  await db
    .insertInto('engagement')
    .values({ ...first, id: '2', cycle: 2, state: 'open', cancel_reason: null, closed_at: null })
    .execute()
  expect((await getItems(its.context, rita, id)).followUps).toMatchObject([{ id: open, isEarlier: true }])
  const { items } = await change(id, [{ item: open ?? '', status: done }])
  expect(items.followUps).toEqual([])
  expect(followUps).toMatchObject([{ isEarlier: false }])
})

test('a reader changes nothing, and a follow-up of another customer is not there', async () => {
  const id = await newCustomer()
  const other = await newCustomer()
  const { followUps } = await addFollowUpByHand(its.context, rita, {
    customerId: other,
    title: 'x',
    service: null,
    assignee: null,
    due: null,
    note: null,
  })
  const reader: Actor = { personId: 'jonas', name: 'Jonas', right: 'reader', scope: 'all' }
  await expect(change(id, [{ item: HANDSHAKE, status: done }], reader)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(change(id, [{ item: followUps[0]?.id ?? FOLLOW_UP, status: done }])).rejects.toMatchObject({ code: 'not-found' })
})

test('whose an item is and its day outlive a plan that does not hold it for a while', async () => {
  const id = await newCustomer()
  await change(id, [{ item: HANDSHAKE, assignee: 'ana', due: day('2026-12-01') }])
  const state = () =>
    its.context.db
      .selectFrom('item')
      .select(['state', 'assignee', 'due_set'])
      .where('customer_id', '=', id)
      .where('id', '=', HANDSHAKE)
      .execute()
  await its.context.db.transaction().execute(async trx => {
    await removeService(trx, id, 'teams')
    await recomputeOne(trx, its.context, id)
  })
  expect(await state()).toEqual([{ state: null, assignee: 'ana', due_set: '2026-12-01' }])
})
