import { afterAll, beforeAll, expect, test } from 'vitest'
import { savePeople } from '../../store/customers.ts'
import { verifyEvents } from '../../store/events.ts'
import { findFollowUps } from '../../store/follow-ups.ts'
import { getEvents } from '../events/get-events.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { addFollowUp, type NewFollowUp } from './add-follow-up.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }

let its: TestContext
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' }, services: { teams: {} } }, 'contoso.example')
  await its.context.db.transaction().execute(trx => savePeople(trx, [{ id: 'tomas', name: 'Tomás' }]))
})
afterAll(() => its.close())

const wanted: NewFollowUp = {
  customerId: 'contoso',
  title: ' Send the list ',
  service: 'teams',
  madeFor: 'meeting:1',
  assignee: 'tomas',
  due: null,
  note: ' ',
}
const add = (change: Partial<NewFollowUp> = {}) =>
  its.context.db.transaction().execute(trx => addFollowUp(trx, its.context, rita, { ...wanted, ...change }))
const all = () => findFollowUps(its.context.db, 'contoso', '1')

test('a follow-up is kept, stands on record with its title and is told to the one who has it', async () => {
  const id = await add()
  expect(await all()).toMatchObject([
    { id, title: 'Send the list', note: null, status: 'not-started', assignee_name: 'Tomás', maker: 'Rita', made_for: 'meeting:1' },
  ])
  const { events } = await getEvents(its.context, rita, 'contoso', { limit: 1 })
  expect(events[0]).toMatchObject({ who: 'Rita', kind: 'follow-up-added', summary: { en: 'Follow-up added: Send the list' } })
  const stored = await its.context.db.selectFrom('event').select('body').where('kind', '=', 'follow-up-added').execute()
  expect(stored[0]?.body).not.toContain('Send the list')
  const told = await its.context.db.selectFrom('notification').selectAll().execute()
  expect(told).toMatchObject([{ person_id: 'tomas', kind: 'item-assigned', path: `/customers/contoso/plan?item=follow-up%3A${id}` }])
  expect((await verifyEvents(its.context.db, 'contoso')).broken).toEqual([])
})

test('who takes a follow-up is not told of it', async () => {
  const before = await its.context.db.selectFrom('notification').selectAll().execute()
  await add({ assignee: 'rita' })
  expect(await its.context.db.selectFrom('notification').selectAll().execute()).toEqual(before)
})

test.each([
  ['no title', { title: '  ' }],
  ['a service that the playbook does not know', { service: 'fax' }],
  ['a person who is not there', { assignee: 'nobody' }],
])('%s is refused and nothing is kept', async (_, change) => {
  const before = await all()
  await expect(add(change)).rejects.toMatchObject({ code: 'invalid-input' })
  expect(await all()).toEqual(before)
})
