import { afterAll, beforeAll, expect, test } from 'vitest'
import { AddAssignment, type CustomerPeople } from '../../model/admin-api.ts'
import type { Day } from '../../model/words.ts'
import { verifyEvents } from '../../store/events.ts'
import { getCustomer } from '../customers/get-customer.ts'
import { getEvents } from '../events/get-events.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import { getPlan } from '../plans/get-plan.ts'
import { setItemStatus } from '../plans/item-status.ts'
import type { Actor } from '../policy.ts'
import { saveTeam } from '../teams/teams.ts'
import { addTestCustomer } from '../testing.ts'
import { addAssignment, changeAssignment, removeAssignment, setTeam } from './change.ts'
import { getCustomerPeople } from './get-people.ts'

let its: TestPeople
let [lead, ana, bea]: Actor[] = []
let count = 0
beforeAll(async () => {
  its = await testPeople(new Date('2026-11-21T10:00:00Z'))
  lead = await its.person('Lea', 'lead', 'all')
  ana = await its.person('Ana')
  bea = await its.person('Bea', 'subject-matter-expert', 'services')
})
afterAll(() => its.close())

const newCustomer = async () => {
  const id = `contoso-${++count}`
  const service = { intended: true, activatedOn: '2026-03-01' }
  await addTestCustomer(
    its.context,
    { customer: { id, name: 'Contoso' }, services: { teams: service, exchange: service } },
    `${id}.example`,
  )
  return id
}
const people = (id: string, as: Actor = lead!) => getCustomerPeople(its.as(as), its.auth, as, id)
const add = async (id: string, input: Record<string, unknown>, as: Actor = lead!) => {
  const version = (await people(id)).version
  return addAssignment(its.as(as), its.auth, as, {
    ...AddAssignment.parse({ person: ana!.personId, role: 'fasttrack-manager', version, ...input }),
    customerId: id,
  })
}
const primaries = ({ assignments }: CustomerPeople) => assignments.filter(each => each.isPrimary).map(each => each.person.name)
const code = (expected: string) => expect.objectContaining({ code: expected })

test('an assignment begins today, is seen by the one assigned, and is on record with ids only', async () => {
  const id = await newCustomer()
  await expect(getCustomer(its.as(ana!), ana!, id)).rejects.toEqual(code('not-found'))
  const { assignments } = await add(id, {})
  expect(assignments).toEqual([
    {
      id: expect.any(String),
      person: { id: ana!.personId, name: 'Ana' },
      role: 'fasttrack-manager',
      service: null,
      isPrimary: false,
      since: '2026-11-21',
      until: null,
      covers: null,
      state: 'current',
    },
  ])
  expect((await getCustomer(its.as(ana!), ana!, id)).canWrite.ok).toBe(true)
  const { events } = await getEvents(its.as(lead!), lead!, id, { limit: 1 })
  expect(events[0]).toMatchObject({ kind: 'assignment-added', who: 'Lea', after: { person: ana!.personId, since: '2026-11-21' } })
  expect(JSON.stringify(events[0]?.after)).not.toContain('Ana')
})

test('an assignment that ended or has not begun opens nothing', async () => {
  const id = await newCustomer()
  await add(id, { since: '2026-11-01', until: '2026-11-20' })
  await add(id, { since: '2026-11-22' })
  const states = (await people(id)).assignments.map(each => each.state)
  expect(states).toEqual(['future', 'ended'])
  await expect(getCustomer(its.as(ana!), ana!, id)).rejects.toEqual(code('not-found'))
})

test('a new primary takes the place of the one before, who stays assigned', async () => {
  const id = await newCustomer()
  await add(id, { isPrimary: true })
  const after = await add(id, { person: bea!.personId, isPrimary: true })
  expect([primaries(after), after.assignments.length]).toEqual([['Bea'], 2])
  const { events } = await getEvents(its.as(lead!), lead!, id, { limit: 2 })
  expect(events.map(each => [each.kind, (each.after as { isPrimary: boolean }).isPrimary])).toEqual([
    ['assignment-added', true],
    ['assignment-changed', false],
  ])
  const ofAna = after.assignments.find(each => each.person.name === 'Ana')
  const back = await changeAssignment(its.as(lead!), its.auth, lead!, {
    customerId: id,
    assignment: ofAna!.id,
    isPrimary: true,
    version: after.version,
  })
  expect(primaries(back)).toEqual(['Ana'])
})

test('of two primaries at once there is one, and nothing is half done', async () => {
  const id = await newCustomer()
  const { version } = await people(id)
  const at = (person: Actor) =>
    addAssignment(its.as(lead!), its.auth, lead!, {
      ...AddAssignment.parse({ person: person.personId, role: 'fasttrack-manager', isPrimary: true, version }),
      customerId: id,
    })
  const done = await Promise.allSettled([at(ana!), at(bea!)])
  expect(done.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(done.flatMap(each => (each.status === 'rejected' ? [each.reason.code] : []))).toEqual(['conflict'])
  const now = await people(id)
  expect([primaries(now).length, now.assignments.length]).toEqual([1, 1])
  expect((await verifyEvents(its.context.db, id)).broken).toEqual([])
})

test('the same twice is refused, naming what is there', async () => {
  const id = await newCustomer()
  await add(id, { until: '2026-12-31' })
  await expect(add(id, { since: '2026-12-31' })).rejects.toThrow('Ana is assigned like this already, from 2026-11-21 to 2026-12-31')
  expect((await add(id, { since: '2027-01-01' })).assignments).toHaveLength(2)
  expect((await add(id, { service: 'teams' })).assignments).toHaveLength(3)
})

test('what somebody else changed meanwhile is shown, not overwritten; a changed task is no conflict', async () => {
  const id = await newCustomer()
  const { version } = await people(id)
  const item = 'support-success-execution/csm-handshake/3731@teams'
  await setItemStatus(its.as(lead!), lead!, { customerId: id, item, status: 'in-progress', version })
  const input = { ...AddAssignment.parse({ person: ana!.personId, role: 'fasttrack-manager', version }), customerId: id }
  const first = await addAssignment(its.as(lead!), its.auth, lead!, input)
  await expect(setTeam(its.as(lead!), its.auth, lead!, { customerId: id, team: null, version })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { assignments: [expect.objectContaining({ person: ana!.personId })] }, version: first.version },
  })
  await expect(setTeam(its.as(lead!), its.auth, lead!, { customerId: id, team: null, version: first.version + 1 })).rejects.toEqual(
    code('invalid-input'),
  )
})

test.each([
  [{ person: 'nobody' }, /^person: /],
  [{ service: 'no-such-service' }, /^service: /],
  [{ since: '2026-12-02', until: '2026-12-01' }, /^until: /],
  [{ since: '2026-12-02', isPrimary: true }, /^isPrimary: /],
  [{ until: '2026-11-20', since: '2026-11-01', isPrimary: true }, /^isPrimary: /],
  [{ covers: 'nobody', until: '2026-12-01' }, /^covers: /],
])('%j is refused, naming the field', async (input, message) => {
  const id = await newCustomer()
  await expect(add(id, input)).rejects.toMatchObject({ code: 'invalid-input', message })
})

test('who is disabled is assigned to nothing new', async () => {
  const cai = await its.person('Cai')
  await its.auth.changePerson(cai.personId, { disabled: true })
  const id = await newCustomer()
  await expect(add(id, { person: cai.personId })).rejects.toMatchObject({ code: 'invalid-input', message: /Cai is disabled/ })
  expect((await people(id)).candidates.map(each => each.name)).not.toContain('Cai')
})

test('who may not assign is told why; a customer one may not see is not there', async () => {
  const id = await newCustomer()
  await expect(add(id, {}, ana!)).rejects.toEqual(code('not-found'))
  await expect(people(id, ana!)).rejects.toEqual(code('not-found'))
  await add(id, {})
  await expect(add(id, { person: bea!.personId }, ana!)).rejects.toMatchObject({
    code: 'forbidden',
    details: { reason: { en: /assign people/ } },
  })
  const seen = await people(id, ana!)
  expect([seen.canAssign.ok, seen.candidates, seen.teams, seen.assignments.length]).toEqual([false, [], [], 1])
  const narrow: Actor = { ...lead!, scope: 'team' }
  await expect(add(id, {}, narrow)).rejects.toEqual(code('not-found'))
})

test('an assignment of another customer is not there', async () => {
  const [one, other] = [await newCustomer(), await newCustomer()]
  const { assignments } = await add(other, {})
  const input = { customerId: one, assignment: assignments[0]!.id, version: 0 }
  await expect(removeAssignment(its.as(lead!), its.auth, lead!, input)).rejects.toEqual(code('not-found'))
  await expect(changeAssignment(its.as(lead!), its.auth, lead!, { ...input, until: null })).rejects.toEqual(code('not-found'))
  expect((await people(other)).assignments).toHaveLength(1)
})

test('an expert writes what is assigned today: the next service with the next assignment, nothing when it is taken away', async () => {
  const id = await newCustomer()
  const { plan } = await getPlan(its.as(lead!), lead!, id)
  const items = plan.processes.flatMap(process => process.steps.flatMap(step => step.items))
  const set = async (service: string) =>
    setItemStatus(its.as(bea!), bea!, {
      customerId: id,
      item: items.find(each => each.service === service)?.id ?? '',
      status: 'in-progress',
      version: (await people(id)).version,
    })
  const first = await add(id, { person: bea!.personId, role: 'subject-matter-expert', service: 'teams' })
  await set('teams')
  await expect(set('exchange')).rejects.toEqual(code('forbidden'))
  const second = await add(id, { person: bea!.personId, role: 'subject-matter-expert', service: 'exchange' })
  await set('exchange')
  const both = [...second.assignments]
  expect(both).toHaveLength(2)
  await changeAssignment(its.as(lead!), its.auth, lead!, {
    customerId: id,
    assignment: first.assignments[0]!.id,
    until: '2026-11-21' as Day,
    version: (await people(id)).version,
  })
  await set('teams')
  for (const { id: assignment } of both) {
    await removeAssignment(its.as(lead!), its.auth, lead!, { customerId: id, assignment, version: (await people(id)).version })
  }
  await expect(getCustomer(its.as(bea!), bea!, id)).rejects.toEqual(code('not-found'))
})

test('a customer given to a team is its members’, and nobody’s when it is taken out', async () => {
  const id = await newCustomer()
  const dora = await its.person('Dora', 'engineer', 'team')
  await saveTeam(its.as(lead!), lead!, { id: 'north', name: 'North', members: [dora.personId] })
  const { version, team } = await setTeam(its.as(lead!), its.auth, lead!, { customerId: id, team: 'north', version: 0 })
  expect(team).toEqual({ id: 'north', name: 'North' })
  expect((await getCustomer(its.as(dora), dora, id)).canWrite).toEqual({ ok: true, limit: null })
  await setTeam(its.as(lead!), its.auth, lead!, { customerId: id, team: null, version })
  await expect(getCustomer(its.as(dora), dora, id)).rejects.toEqual(code('not-found'))
  await expect(setTeam(its.as(lead!), its.auth, lead!, { customerId: id, team: 'no-team', version: version + 1 })).rejects.toThrow(
    /^team: /,
  )
})

test('who is assigned as customer success manager is known to the plan, from the first day to the last', async () => {
  const id = await newCustomer()
  const csmAt = async () => (await getCustomer(its.as(lead!), lead!, id)).csm
  const handshake = async () => {
    const { plan } = await getPlan(its.as(lead!), lead!, id)
    return plan.proposals.find(each => each.id === 'handshake:teams')?.state
  }
  expect([await csmAt(), await handshake()]).toEqual([{ assigned: null, name: null, since: null }, 'unknown'])
  const { assignments } = await add(id, { role: 'customer-success-manager', isPrimary: true })
  expect([await csmAt(), await handshake()]).toEqual([{ assigned: true, name: 'Ana', since: '2026-11-21' }, 'open'])
  const { version } = await people(id)
  await changeAssignment(its.as(lead!), its.auth, lead!, {
    customerId: id,
    assignment: assignments[0]!.id,
    until: '2026-11-21' as Day,
    version,
  })
  expect(await handshake()).toBe('open')
  const tomorrow = { ...its.as(lead!), now: () => new Date('2026-11-22T10:00:00Z') }
  expect((await getCustomer(tomorrow, lead!, id)).csm).toEqual({ assigned: false, name: null, since: null })
})
