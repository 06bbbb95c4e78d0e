import { afterAll, beforeAll, expect, test } from 'vitest'
import { InvitePerson, PeopleQuery } from '../../model/admin-api.ts'
import { openDatabase } from '../../store/database.ts'
import { contextFor } from '../context.ts'
import type { Actor } from '../policy.ts'
import { saveTeam } from '../teams/teams.ts'
import { acceptInvitation } from './invitation.ts'
import { changePerson, getPeople, inviteAgain, invitePerson, signOutPerson } from './people.ts'
import { TEST_PASSWORD, type TestPeople, testPeople } from './testing.ts'

let its: TestPeople
const clock = new Date('2026-11-21T10:00:00Z')
let [ada, lead]: Actor[] = []
beforeAll(async () => {
  its = await testPeople(clock)
  ada = await its.person('Ada', 'administrator', 'all')
  lead = await its.person('Lea', 'lead', 'all')
  await saveTeam(its.as(ada), ada, { id: 'north', name: 'North', members: [lead.personId] })
})
afterAll(() => its.close())

const invite = (email: string, more: object = {}, as: Actor = ada!) =>
  invitePerson(its.as(as), its.auth, as, InvitePerson.parse({ email, name: 'Ida New', right: 'engineer', scope: 'team', ...more }))
const change = (id: string, input: object, as: Actor = ada!) => changePerson(its.as(as), its.auth, as, { id, ...input })
const list = (query: object = {}, as: Actor = ada!) => getPeople(its.as(as), its.auth, as, PeopleQuery.parse(query))
const lastEvent = () => its.context.db.selectFrom('installation_event').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
const body = async () => JSON.parse((await lastEvent())?.body ?? '{}') as { who: string; kind: string; data: unknown }

test('somebody is asked in, comes in by the link of the mail, and it is on record who asked', async () => {
  const { person, link } = await invite('Ida@Example.com', { teams: ['north'] })
  expect(person).toMatchObject({
    email: 'ida@example.com',
    state: 'invited',
    teams: [{ id: 'north', name: 'North' }],
    ways: { password: false },
  })
  expect(link).toMatch(/^http:\/\/localhost:4100\/invitation\S*token=/)
  const kept = await lastEvent()
  expect(JSON.parse(kept!.body)).toMatchObject({
    who: ada!.personId,
    kind: 'person-invited',
    data: { person: person.id, after: { right: 'engineer' } },
  })
  expect(kept!.body).not.toMatch(/ida@|Ida/i)
  const token = new URL(link!).searchParams.get('token')!
  await acceptInvitation(its.auth, ada!, { token, password: TEST_PASSWORD })
  const [now] = (await list({ q: 'ida@' })).people
  expect(now).toMatchObject({ state: 'active', ways: { password: true, passkeys: 0, twoFactor: false, sso: false } })
  await expect(acceptInvitation(its.auth, ada!, { token, password: TEST_PASSWORD })).rejects.toMatchObject({ code: 'not-found' })
})

test('asked again, the link of before opens nothing', async () => {
  const first = await invite('again@example.com')
  clock.setUTCMinutes(1)
  const second = await inviteAgain(its.as(ada!), its.auth, ada!, first.person.id)
  expect(second.link).not.toBe(first.link)
  const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? ''
  const accept = (link: string | null) => acceptInvitation(its.auth, ada!, { token: tokenOf(link), password: TEST_PASSWORD })
  await expect(accept(first.link)).rejects.toMatchObject({ code: 'not-found' })
  await accept(second.link)
})

test('an address is asked in once, and only into teams that are there', async () => {
  await expect(invite('ada@example.com')).rejects.toMatchObject({ code: 'conflict' })
  await expect(invite('b@example.com', { teams: ['south'] })).rejects.toMatchObject({ code: 'invalid-input', message: /^teams: / })
  expect((await list({ q: 'b@example.com' })).people).toEqual([])
})

test('a changed access is on record with before and after, a name only as a fact', async () => {
  const person = await its.person('Cai')
  await change(person.personId, { name: 'Cai Quint', right: 'lead', scope: 'all', teams: ['north'] })
  expect(await body()).toMatchObject({
    kind: 'person-changed',
    who: ada!.personId,
    data: {
      person: person.personId,
      before: { right: 'engineer', scope: 'customers', teams: [] },
      after: { right: 'lead', scope: 'all', teams: ['north'] },
      isRenamed: true,
    },
  })
  expect((await lastEvent())?.body).not.toContain('Quint')
  const named = await its.context.db.selectFrom('person').select('name').where('id', '=', person.personId).executeTakeFirst()
  expect(named?.name).toBe('Cai Quint')
})

test('nothing changed is nothing on record', async () => {
  const person = await its.person('Eva')
  const before = (await lastEvent())?.seq
  await change(person.personId, { right: 'engineer' })
  expect((await lastEvent())?.seq).toBe(before)
})

test('one’s own name is changed in one’s own name, once', async () => {
  const before = (await lastEvent())?.seq ?? 0
  await change(ada!.personId, { name: 'Ada Quint' })
  expect(await body()).toMatchObject({ kind: 'person-changed', who: ada!.personId, data: { isRenamed: true } })
  expect((await lastEvent())?.seq).toBe(before + 1)
})

test.each([{ right: 'reader' }, { scope: 'team' }, { disabled: true }])('nobody changes their own access: %j', async input => {
  await expect(change(ada!.personId, input)).rejects.toMatchObject({
    code: 'forbidden',
    details: { reason: { 'pt-BR': expect.any(String) } },
  })
  expect((await list({ q: 'ada@' })).people[0]).toMatchObject({ right: 'administrator', scope: 'all', state: 'active' })
})

test('the last administrator stays, also when two take each other’s right at once', async () => {
  const other = await its.person('Odo', 'administrator', 'all')
  const done = await Promise.allSettled([change(other.personId, { right: 'reader' }), change(ada!.personId, { right: 'reader' }, other)])
  expect(done.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await its.auth.countAdministrators()).toBe(1)
  await its.auth.changePerson(ada!.personId, { right: 'administrator' })
  await its.auth.changePerson(other.personId, { right: 'reader' })
  await expect(change(ada!.personId, { disabled: true }, { ...other, right: 'administrator' })).rejects.toMatchObject({ code: 'conflict' })
})

test('two who narrow each other’s scope at once leave one administrator of everything', async () => {
  const other = await its.person('Uli', 'administrator', 'all')
  const done = await Promise.allSettled([change(other.personId, { scope: 'team' }), change(ada!.personId, { scope: 'team' }, other)])
  expect(done.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await its.auth.countAdministrators()).toBe(1)
  await its.auth.changePerson(ada!.personId, { scope: 'all' })
})

test('who is disabled is signed out and cannot come back', async () => {
  const person = await its.person('Fay')
  await change(person.personId, { disabled: true })
  expect((await body()).kind).toBe('person-disabled')
  expect((await list({ q: 'fay' })).people[0]?.state).toBe('disabled')
  await change(person.personId, { disabled: false })
  expect((await body()).kind).toBe('person-enabled')
})

test('the number of queries does not grow with the people', async () => {
  const database = openDatabase(its.urls.app)
  const context = contextFor(database, ada!, its.context)
  const costOf = async (limit: number) => {
    const before = database.queryCount()
    const { people } = await getPeople(context, its.auth, ada!, PeopleQuery.parse({ limit }))
    return [people.length, database.queryCount() - before]
  }
  const [[few, cost], [many, same]] = [await costOf(1), await costOf(100)]
  await database.close()
  expect(few).toBe(1)
  expect(many).toBeGreaterThan(5)
  expect(same).toBe(cost)
})

test('pages follow each other without gaps', async () => {
  const all = (await list()).people.map(each => each.id)
  const seen: string[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await list({ limit: 2, ...(after === undefined ? {} : { after }) })
    seen.push(...page.people.map(each => each.id))
    after = page.next
  }
  expect(seen).toEqual(all)
})

test('a lead sees people and manages none; others see none', async () => {
  expect((await list({}, lead)).people.length).toBeGreaterThan(1)
  await expect(invite('x@example.com', {}, lead)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(change(ada!.personId, { name: 'X' }, lead)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(signOutPerson(its.as(lead!), its.auth, lead!, ada!.personId)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(list({}, { ...lead!, scope: 'team' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(list({}, { ...ada!, right: 'engineer' })).rejects.toMatchObject({ code: 'forbidden' })
})
