import { afterAll, beforeAll, expect, test } from 'vitest'
import { AddAssignment, CoverPerson } from '../../model/admin-api.ts'
import { openDatabase } from '../../store/database.ts'
import { verifyEvents } from '../../store/events.ts'
import { addAssignment } from '../assignments/change.ts'
import { getCustomerPeople } from '../assignments/get-people.ts'
import { contextFor } from '../context.ts'
import { getCustomer } from '../customers/get-customer.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { coverPerson } from './cover.ts'
import { type TestPeople, testPeople } from './testing.ts'

let its: TestPeople
let [lead, ana, bea]: Actor[] = []
const IDS = ['alpha', 'beta', 'gamma', 'delta']

beforeAll(async () => {
  its = await testPeople(new Date('2026-11-21T10:00:00Z'))
  lead = await its.person('Lea', 'lead', 'all')
  ana = await its.person('Ana', 'fasttrack-manager')
  bea = await its.person('Bea', 'fasttrack-manager')
  for (const id of IDS) await addTestCustomer(its.context, { customer: { id, name: id }, services: { teams: {} } }, `${id}.example`)
  const add = (customerId: string, input: Record<string, unknown>) =>
    addAssignment(its.as(lead!), its.auth, lead!, {
      ...AddAssignment.parse({ person: ana!.personId, role: 'fasttrack-manager', version: 0, ...input }),
      customerId,
    })
  await add('alpha', { isPrimary: true })
  await add('beta', { until: '2026-11-30', service: 'teams' })
  await add('gamma', { since: '2026-01-01', until: '2026-11-20' })
  await add('delta', {})
  const { version } = await getCustomerPeople(its.as(lead!), its.auth, lead!, 'delta')
  await addAssignment(its.as(lead!), its.auth, lead!, {
    ...AddAssignment.parse({ person: bea!.personId, role: 'fasttrack-manager', version }),
    customerId: 'delta',
  })
})
afterAll(() => its.close())

const cover = (until: string, more: object = {}) =>
  coverPerson(its.as(lead!), its.auth, lead!, { ...CoverPerson.parse({ by: bea!.personId, until, ...more }), person: ana!.personId })
const covers = async () => {
  const rows = await its.context.db.selectFrom('assignment').selectAll().where('covers', 'is not', null).orderBy('customer_id').execute()
  return rows.map(row => [row.customer_id, row.service, row.since, row.until, row.is_primary])
}
/** Another day: what the program lets through, and what the database shows. */
async function on(day: string, actor: Actor): Promise<readonly [boolean, number]> {
  const database = openDatabase(its.urls.app)
  try {
    const context = contextFor(database, actor, { ...its.context, now: () => new Date(`${day}T10:00:00Z`) })
    const isSeen = await getCustomer(context, actor, 'alpha').then(
      () => true,
      () => false,
    )
    return [isSeen, (await context.db.selectFrom('customer').select('id').where('id', '=', 'alpha').execute()).length]
  } finally {
    await database.close()
  }
}

test('every assignment of today is covered until the day, those the other has already are not', async () => {
  expect(await cover('2026-12-06')).toEqual({ added: 2, customers: 2 })
  expect(await covers()).toEqual([
    ['alpha', null, '2026-11-21', '2026-12-06', false],
    ['beta', 'teams', '2026-11-21', '2026-11-30', false],
  ])
  expect((await getCustomer(its.as(bea!), bea!, 'alpha')).ties).toEqual([
    { role: 'fasttrack-manager', service: null, until: '2026-12-06', covers: 'Ana' },
  ])
})

test('asked again nothing is added; asked for longer the covers last longer', async () => {
  expect(await cover('2026-12-06')).toEqual({ added: 0, customers: 0 })
  expect(await cover('2026-12-24')).toEqual({ added: 1, customers: 1 })
  expect((await covers()).map(row => row[3])).toEqual(['2026-12-24', '2026-11-30'])
})

test('two who ask at once add each cover once', async () => {
  const cai = await its.person('Cai')
  const done = await Promise.allSettled([1, 2].map(() => cover('2026-12-06', { by: cai.personId })))
  const added = done.map(each => (each.status === 'fulfilled' ? each.value.added : 0))
  const rows = await its.context.db.selectFrom('assignment').selectAll().where('person_id', '=', cai.personId).execute()
  expect([added.sort(), rows.length]).toEqual([[0, 3], 3])
})

test('the cover ends with its day, by the program and by the database', async () => {
  expect(await on('2026-12-24', bea!)).toEqual([true, 1])
  expect(await on('2026-12-25', bea!)).toEqual([false, 0])
})

test('each customer has it on record, and every chain holds', async () => {
  const rows = await its.context.db.selectFrom('event').select(['customer_id', 'kind']).where('who', '=', lead!.personId).execute()
  expect(rows.filter(row => row.customer_id === 'alpha').map(row => row.kind)).toEqual([
    'assignment-added',
    'assignment-added',
    'assignment-changed',
    'assignment-added',
  ])
  expect((await verifyEvents(its.context.db)).broken).toEqual([])
  const kinds = await its.context.db.selectFrom('installation_event').select('kind').execute()
  expect(kinds.filter(row => row.kind === 'cover-added')).toHaveLength(3)
})

test('only some customers, when only some are named', async () => {
  const dora = await its.person('Dora')
  expect(await cover('2026-12-06', { by: dora.personId, customers: ['alpha', 'gamma'] })).toEqual({ added: 1, customers: 1 })
})

test.each([
  [{ by: 'nobody' }, '2026-12-06', 'invalid-input'],
  [{}, '2026-11-20', 'invalid-input'],
] as const)('%j until %s is refused', async (more, until, code) => {
  await expect(cover(until, more)).rejects.toMatchObject({ code })
})

test('nobody stands in for oneself, for nobody, or without the right', async () => {
  await expect(cover('2026-12-06', { by: ana!.personId })).rejects.toMatchObject({ code: 'invalid-input' })
  const input = { ...CoverPerson.parse({ by: bea!.personId, until: '2026-12-06' }), person: 'nobody' }
  await expect(coverPerson(its.as(lead!), its.auth, lead!, input)).rejects.toMatchObject({ code: 'not-found' })
  await expect(coverPerson(its.as(bea!), its.auth, bea!, { ...input, person: ana!.personId })).rejects.toMatchObject({ code: 'forbidden' })
})
