import { afterAll, beforeAll, expect, test } from 'vitest'
import { AddAssignment, MakeKey } from '../../model/admin-api.ts'
import { addAssignment } from '../assignments/change.ts'
import type { SignedIn } from '../auth/types.ts'
import { TEST_PASSWORD, type TestPeople, testPeople } from '../people/testing.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { endOtherSessions, endSession, getAccount, makeKey, removeKey } from './account.ts'

const ORIGIN = 'http://localhost:4100'
let its: TestPeople
let [lead, ana, bea]: Actor[] = []
beforeAll(async () => {
  its = await testPeople(new Date('2026-11-21T10:00:00Z'))
  lead = await its.person('Lea', 'lead', 'all')
  ana = await its.person('Ana')
  bea = await its.person('Bea')
  await addTestCustomer(its.context, { customer: { id: 'alpha', name: 'Alpha' }, services: { teams: {} } }, 'alpha.example')
})
afterAll(() => its.close())

async function signIn(name: string): Promise<SignedIn> {
  const response = await its.auth.handler(
    new Request(`${ORIGIN}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN },
      body: JSON.stringify({ email: `${name}@example.com`, password: TEST_PASSWORD }),
    }),
  )
  const cookie = response.headers
    .getSetCookie()
    .map(each => each.split(';')[0])
    .join('; ')
  const person = await its.auth.actorOf(new Headers({ cookie }))
  if (!person) throw new Error(`${name} could not sign in: ${response.status}`)
  return person
}
const account = (as: Actor, person: SignedIn) => getAccount(its.as(as), its.auth, as, person)
const key = (as: Actor, person: SignedIn, scopes: ('read' | 'write')[] = ['read']) =>
  makeKey(its.as(as), its.auth, as, person, MakeKey.parse({ name: 'Reports', scopes }))
const kinds = async () => (await its.context.db.selectFrom('installation_event').select('kind').execute()).map(row => row.kind)

test('one sees what one’s access rests on', async () => {
  const input = AddAssignment.parse({
    person: ana!.personId,
    role: 'subject-matter-expert',
    service: 'teams',
    until: '2026-12-24',
    version: 0,
  })
  await addAssignment(its.as(lead!), its.auth, lead!, { ...input, customerId: 'alpha' })
  const mine = await account(ana!, await signIn('ana'))
  expect(mine.assignments).toEqual([
    { customer: { id: 'alpha', name: 'Alpha' }, role: 'subject-matter-expert', service: 'teams', until: '2026-12-24', covers: null },
  ])
  expect(mine.person).toMatchObject({ email: 'ana@example.com', ways: { password: true } })
  expect((await account(bea!, await signIn('bea'))).assignments).toEqual([])
})

test('a session of one’s own is ended, another’s is not there', async () => {
  const [here, there, other] = [await signIn('ana'), await signIn('ana'), await signIn('bea')]
  await expect(endSession(its.as(ana!), its.auth, ana!, here, other.sessionId)).rejects.toMatchObject({ code: 'not-found' })
  const after = await endSession(its.as(ana!), its.auth, ana!, here, there.sessionId)
  expect(after.sessions.map(each => each.id)).not.toContain(there.sessionId)
  const { sessions } = await endOtherSessions(its.as(ana!), its.auth, ana!, here)
  expect(sessions.map(each => [each.id, each.isCurrent])).toEqual([[here.sessionId, true]])
  expect((await account(bea!, other)).sessions.map(each => each.id)).toContain(other.sessionId)
  expect(await kinds()).toContain('session-revoked')
})

test('a key is shown once, acts with its scopes only, and goes with its owner’s word', async () => {
  const here = await signIn('ana')
  const made = await key(ana!, here)
  const [kept] = made.account.keys
  expect(made.key.startsWith(kept?.start ?? '-')).toBe(true)
  expect(JSON.stringify(await account(ana!, here))).not.toContain(made.key)
  expect(await its.auth.actorOf(new Headers({ authorization: `Bearer ${made.key}` }))).toMatchObject({
    id: ana!.personId,
    keyScopes: ['read'],
  })
  const other = await signIn('bea')
  await expect(removeKey(its.as(bea!), its.auth, bea!, other, kept?.id ?? '')).rejects.toMatchObject({ code: 'not-found' })
  expect((await removeKey(its.as(ana!), its.auth, ana!, here, kept?.id ?? '')).keys).toEqual([])
  expect(await its.auth.actorOf(new Headers({ authorization: `Bearer ${made.key}` }))).toBeUndefined()
  expect(await kinds()).toEqual(expect.arrayContaining(['key-made', 'key-removed']))
})

test('a key makes no keys and ends no sessions', async () => {
  const here = await signIn('ana')
  const made = await key(ana!, here, ['read', 'write'])
  const asKey = await its.auth.actorOf(new Headers({ authorization: `Bearer ${made.key}` }))
  const actor: Actor = { ...ana!, keyScopes: asKey?.keyScopes ?? null }
  await expect(key(actor, asKey!)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(endOtherSessions(its.as(actor), its.auth, actor, asKey!)).rejects.toMatchObject({ code: 'forbidden' })
  expect((await account(actor, asKey!)).person.id).toBe(ana!.personId)
})

test('an old session makes no key', async () => {
  const here = await signIn('bea')
  await its.owner.query(`update auth.session set created_at = now() - interval '61 minutes' where id = $1`, [here.sessionId])
  await expect(key(bea!, here)).rejects.toMatchObject({ code: 'forbidden', details: { code: 'sign-in-again' } })
})
