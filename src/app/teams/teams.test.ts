import { afterAll, beforeAll, expect, test } from 'vitest'
import { setTeam } from '../assignments/change.ts'
import { getEvents } from '../events/get-events.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { getTeams, removeTeam, saveTeam } from './teams.ts'

let its: TestPeople
let [lead, ana, bea]: Actor[] = []
beforeAll(async () => {
  its = await testPeople(new Date('2026-11-21T10:00:00Z'))
  lead = await its.person('Lea', 'lead', 'all')
  ana = await its.person('Ana')
  bea = await its.person('Bea')
  for (const id of ['alpha', 'beta']) await addTestCustomer(its.context, { customer: { id, name: id } }, `${id}.example`)
})
afterAll(() => its.close())

const save = (id: string, members: string[], as: Actor = lead!) => saveTeam(its.as(as), as, { id, name: `Team ${id}`, members })
const lastEvent = async () => {
  const row = await its.context.db.selectFrom('installation_event').select('body').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return JSON.parse(row?.body ?? '{}') as unknown
}

test('the members become exactly those given, with before and after on record', async () => {
  await save('north', [ana!.personId])
  const { teams } = await save('north', [bea!.personId, bea!.personId])
  expect(teams).toEqual([{ id: 'north', name: 'Team north', members: [{ id: bea!.personId, name: 'Bea' }], customers: 0 }])
  expect(await lastEvent()).toMatchObject({
    kind: 'team-saved',
    data: { team: 'north', before: { members: [ana!.personId] }, after: { members: [bea!.personId] } },
  })
})

test('nobody unknown becomes a member', async () => {
  await expect(save('south', ['nobody'])).rejects.toMatchObject({ code: 'invalid-input', message: /^members: / })
  expect((await getTeams(its.as(lead!), lead!)).teams.map(each => each.id)).toEqual(['north'])
})

test('the customers of a team that goes have none, each with a line in its record', async () => {
  for (const id of ['alpha', 'beta']) {
    await setTeam(its.as(lead!), its.auth, lead!, { customerId: id, team: 'north', version: 0 })
  }
  expect((await getTeams(its.as(lead!), lead!)).teams[0]?.customers).toBe(2)
  expect(await removeTeam(its.as(lead!), lead!, 'north')).toEqual({ teams: [] })
  const { events } = await getEvents(its.as(lead!), lead!, 'beta', { limit: 1 })
  expect(events[0]).toMatchObject({ kind: 'team-set', before: 'north', after: null, who: 'Lea' })
  const rows = await its.context.db.selectFrom('customer').select(['id', 'team_id', 'version']).orderBy('id').execute()
  expect(rows).toEqual(['alpha', 'beta'].map(id => ({ id, team_id: null, version: 2 })))
  expect(await lastEvent()).toMatchObject({ kind: 'team-removed', data: { before: { customers: 2 }, after: null } })
  await expect(removeTeam(its.as(lead!), lead!, 'north')).rejects.toMatchObject({ code: 'not-found' })
})

test('teams are for those who manage people', async () => {
  await expect((async () => save('east', [], ana!))()).rejects.toMatchObject({ code: 'forbidden' })
  await expect(getTeams(its.as(ana!), ana!)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(removeTeam(its.as(ana!), { ...lead!, scope: 'team' }, 'east')).rejects.toMatchObject({ code: 'forbidden' })
})
