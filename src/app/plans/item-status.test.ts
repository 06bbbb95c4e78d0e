import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyEvents } from '../../store/events.ts'
import { getEvents } from '../events/get-events.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getPlan } from './get-plan.ts'
import { clearItemStatus, setItemStatus } from './item-status.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const tomas: Actor = { personId: 'tomas', name: 'Tomás', right: 'fasttrack-manager', scope: 'all' }
const reader: Actor = { personId: 'jonas', name: 'Jonas', right: 'reader', scope: 'all' }
const HANDSHAKE = 'support-success-execution/csm-handshake/3731@teams'

let test_: TestContext
let count = 0
beforeAll(async () => {
  test_ = await testContext(new Date('2026-11-21T10:00:00Z'))
})
afterAll(() => test_.close())

const newCustomer = async () => {
  const id = `contoso-${++count}`
  const services = {
    teams: { activatedOn: '2026-03-01', usage: { active: 45, asOf: '2026-11-19' } },
    exchange: { activatedOn: '2026-03-01' },
  }
  await addTestCustomer(test_.context, { customer: { id, name: 'Contoso' }, csm: { assigned: true }, services }, 'contoso.example')
  return id
}
const eventCount = async (customerId: string) => (await getEvents(test_.context, rita, customerId, { limit: 100 })).events.length
const itemOf = ({ plan }: Awaited<ReturnType<typeof getPlan>>, id: string) =>
  plan.processes.flatMap(process => process.steps.flatMap(step => step.items)).find(item => item.id === id)

test('completing a task changes the plan, the mark, the version and the record', async () => {
  const customerId = await newCustomer()
  const before = await getPlan(test_.context, rita, customerId)
  expect(itemOf(before, HANDSHAKE)?.state).toBe('due')
  const after = await setItemStatus(test_.context, rita, {
    customerId,
    item: HANDSHAKE,
    status: 'complete',
    note: ' agreed ',
    version: before.version,
  })
  expect(itemOf(after, HANDSHAKE)?.state).toBe('done')
  expect(after.marks[HANDSHAKE]).toEqual({ status: 'complete', reason: null, note: 'agreed', by: 'Rita', at: '2026-11-21T10:00:00.000Z' })
  expect(after.version).toBe(before.version + 1)
  expect(await getPlan(test_.context, rita, customerId)).toEqual(after)
  const { events } = await getEvents(test_.context, rita, customerId, { limit: 1 })
  expect(events[0]).toMatchObject({ who: 'Rita', kind: 'item-status-set', before: null, after: { status: 'complete', note: 'agreed' } })
  expect(events[0]?.summary.en).toMatch(/\(Teams\): complete$/)
})

test('the same status again changes nothing and leaves no event', async () => {
  const customerId = await newCustomer()
  const first = await setItemStatus(test_.context, rita, { customerId, item: HANDSHAKE, status: 'in-progress', version: 0 })
  const events = await eventCount(customerId)
  const again = await setItemStatus(test_.context, rita, { customerId, item: HANDSHAKE, status: 'in-progress', version: first.version })
  expect(again).toEqual(first)
  expect(await eventCount(customerId)).toBe(events)
})

test('undo takes the status back', async () => {
  const customerId = await newCustomer()
  const before = await getPlan(test_.context, rita, customerId)
  const set = await setItemStatus(test_.context, rita, { customerId, item: HANDSHAKE, status: 'blocked', reason: 'customer', version: 0 })
  const back = await clearItemStatus(test_.context, rita, { customerId, item: HANDSHAKE, version: set.version })
  expect(back.marks).toEqual({})
  expect(back.plan).toEqual(before.plan)
})

test('a lost update is refused with both marks and changes nothing', async () => {
  const customerId = await newCustomer()
  const { version } = await getPlan(test_.context, rita, customerId)
  const won = await setItemStatus(test_.context, rita, { customerId, item: HANDSHAKE, status: 'complete', version })
  const lost = setItemStatus(test_.context, tomas, { customerId, item: HANDSHAKE, status: 'cancelled', reason: 'business', version })
  await expect(lost).rejects.toMatchObject({
    code: 'conflict',
    details: {
      theirs: { status: 'complete', by: 'Rita' },
      yours: { status: 'cancelled', reason: 'business', by: 'Tomás' },
      version: won.version,
    },
  })
  expect(await getPlan(test_.context, rita, customerId)).toEqual(won)
})

test('undoing what somebody else set meanwhile is a lost update too', async () => {
  const customerId = await newCustomer()
  const mine = await setItemStatus(test_.context, rita, { customerId, item: HANDSHAKE, status: 'paused', reason: 'other', version: 0 })
  await setItemStatus(test_.context, tomas, { customerId, item: HANDSHAKE, status: 'complete', version: mine.version })
  await expect(clearItemStatus(test_.context, rita, { customerId, item: HANDSHAKE, version: mine.version })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('of two people who write at once exactly one wins', async () => {
  const customerId = await newCustomer()
  await getPlan(test_.context, rita, customerId)
  const writes = (['complete', 'in-progress', 'not-started'] as const).map((status, index) =>
    setItemStatus(test_.context, index % 2 ? rita : tomas, { customerId, item: HANDSHAKE, status, version: 0 }),
  )
  const settled = await Promise.allSettled(writes)
  expect(settled.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  expect((await verifyEvents(test_.context.db, customerId)).broken).toEqual([])
})

test('people who work on different items do not stand in each other’s way', async () => {
  const customerId = await newCustomer()
  const { version } = await getPlan(test_.context, rita, customerId)
  const other = 'support-success-execution/success-check-ins@exchange'
  await setItemStatus(test_.context, rita, { customerId, item: HANDSHAKE, status: 'complete', version })
  const both = await setItemStatus(test_.context, tomas, { customerId, item: other, status: 'in-progress', version })
  expect(Object.keys(both.marks).sort()).toEqual([HANDSHAKE, other].sort())
})

test.each([
  ['a reader', reader, { item: HANDSHAKE }, 'forbidden'],
  ['an item that is not there', rita, { item: 'nothing/here' }, 'not-found'],
  ['a customer that is not there', rita, { customerId: 'nobody' }, 'not-found'],
  ['a version that is not yet there', rita, { version: 99 }, 'invalid-input'],
] as const)('%s is refused and nothing is written', async (_, actor, change, code) => {
  const customerId = await newCustomer()
  const events = await eventCount(customerId)
  const input = { customerId, item: HANDSHAKE, status: 'complete' as const, version: 0, ...change }
  await expect(setItemStatus(test_.context, actor, input)).rejects.toMatchObject({ code })
  expect(await eventCount(customerId)).toBe(events)
})

test('a plan of yesterday is made anew when it is asked for', async () => {
  const customerId = await newCustomer()
  const tomorrow = { ...test_.context, now: () => new Date('2026-12-21T10:00:00Z') }
  const { plan } = await getPlan(tomorrow, rita, customerId)
  expect(plan.date).toBe('2026-12-21')
})
