import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ERASED_NAME } from '../../model/admin-api.ts'
import { addAssignments } from '../../store/access.ts'
import { savePeople } from '../../store/customers.ts'
import { insertMail } from '../../store/mail.ts'
import { savePreference } from '../../store/preferences.ts'
import { testOwner, textHolding } from '../../store/testing-text.ts'
import { type Auth, createAuth } from '../auth/auth.ts'
import { addPerson } from '../auth/people.ts'
import { getCustomer } from '../customers/get-customer.ts'
import { setFact } from '../customers/set-fact.ts'
import { getAudit } from '../events/get-audit.ts'
import { getEvents } from '../events/get-events.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer } from '../events/record.ts'
import { recordSignIn } from '../events/record-sign-in.ts'
import { verifyAll } from '../events/verify.ts'
import { notify } from '../notifications/notify.ts'
import { getPlan } from '../plans/get-plan.ts'
import { setItemStatus } from '../plans/item-status.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { eraseNamed, erasePerson } from './erase.ts'
import { exportOwn } from './export-person.ts'

const NOW = new Date('2026-11-21T10:00:00Z')
const ITEM = 'support-success-execution/csm-handshake/3731@teams'
const PASSWORD = 'slow green bicycles 42'
let its: TestContext
let auth: Auth
let boss: Actor

beforeAll(async () => {
  its = await testContext(NOW)
  auth = createAuth({
    databaseUrl: its.urls.auth,
    secret: 'a secret of at least thirty-two characters',
    origins: ['http://localhost:4100'],
  })
  boss = await add('Bettina Overseer', 'boss@example.com', 'administrator')
  const sheet = {
    customer: { id: 'contoso', name: 'Contoso', segment: 'enterprise', initiatives: ['customer-health'] },
    services: { teams: { intended: true, activatedOn: '2026-03-01' } },
  }
  await addTestCustomer(its.context, sheet, 'contoso-main')
})
afterAll(async () => {
  await auth.close()
  await its.close()
})

async function add(name: string, email: string, right: Actor['right']): Promise<Actor> {
  const personId = await addPerson(its.context, auth, { email, name, right, password: PASSWORD, isDemo: true })
  return { personId, name, right, scope: 'all', address: '198.51.100.77' }
}

const ANA = { name: 'Anabela Quintrell-Über', email: 'anabela@example.org', address: '203.0.113.99', agent: 'AnabelaBrowser/7' }
const version = async () => (await getCustomer(its.context, boss, 'contoso')).version

/** Somebody who left traces wherever one can. */
async function livedIn(): Promise<Actor> {
  const ana = { ...(await add(ANA.name, ANA.email, 'fasttrack-manager')), address: ANA.address }
  const own = its.context.as(ana)
  await recordSignIn(its.context, { kind: 'signed-in', personId: ana.personId, by: ana.personId, address: ANA.address, agent: ANA.agent })
  await auth.handler(
    new Request('http://localhost:4100/api/auth/sign-in/email', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: 'http://localhost:4100',
        'x-impulso-client-address': ANA.address,
        'user-agent': ANA.agent,
      },
      body: JSON.stringify({ email: ANA.email, password: PASSWORD }),
    }),
  )
  await setItemStatus(own, ana, {
    customerId: 'contoso',
    item: ITEM,
    status: 'blocked',
    reason: 'customer',
    note: 'they are on holiday',
    version: await version(),
  })
  await setFact(own, ana, { customerId: 'contoso', name: 'csm.assigned', service: null, value: true, version: await version() })
  await setFact(own, ana, { customerId: 'contoso', name: 'csm.name', service: null, value: ANA.name, version: await version() })
  await setFact(own, ana, { customerId: 'contoso', name: 'service.owner', service: 'teams', value: ANA.name, version: await version() })
  await getPlan(own, ana, 'contoso')
  await its.context.db.transaction().execute(async trx => {
    const assignment = { customer_id: 'contoso', person_id: ana.personId, role: 'fasttrack-manager', service: null, covers: null }
    await addAssignments(trx, [
      { ...assignment, id: `one-${ana.personId}`, is_primary: true, since: '2026-01-01' as never, until: null },
      { ...assignment, id: `two-${ana.personId}`, is_primary: false, since: '2027-01-01' as never, until: null },
    ])
    await insertMail(trx, {
      id: crypto.randomUUID(),
      key: `test:${ana.personId}`,
      kind: 'invitation',
      person_id: ana.personId,
      address: ANA.email,
      subject: `Welcome, ${ANA.name}`,
      text: `Hello ${ANA.name}`,
      html: null,
      message_id: `<${ana.personId}@example.com>`,
      state: 'captured',
      created_at: NOW.toISOString(),
      sent_at: NOW.toISOString(),
    })
  })
  return ana
}

/** Where words about Ana stand. Addresses that were slowed down go with the hour, whoever they were. */
const traces = async () => {
  await auth.purge(new Date(Date.now() + 2 * 3600_000))
  const found: string[] = []
  for (const word of Object.values(ANA)) found.push(...(await textHolding(its.urls.owner, word)))
  return [...new Set(found)].sort()
}

test('erasing a person leaves no trace of them in any column of any table, and every chain valid', async () => {
  const ana = await livedIn()
  expect(await traces()).toEqual(
    expect.arrayContaining([
      'auth.session.ip_address',
      'auth.user.email',
      'public.fact.value',
      'public.mail.text',
      'public.person.name',
      'public.plan.csm',
    ]),
  )
  const before = await getEvents(its.context, boss, 'contoso', { limit: 50 })
  expect(before.events.find(event => event.kind === 'item-status-set')).toMatchObject({
    who: ANA.name,
    after: { note: 'they are on holiday' },
  })
  await its.context.db.transaction().execute(async trx => {
    const about = { to: [ana.personId], key: 'x', kind: 'mention', customerId: 'contoso', path: '/x', summary: { en: 'Told' } } as const
    await notify(trx, its.context, about)
    const told = { to: [boss.personId], kind: 'mention', customerId: 'contoso', path: '/x' } as const
    await notify(trx, its.context, { ...told, key: 'y', summary: { en: `${ANA.name} mentioned you`, 'pt-BR': `Citado por ${ANA.name}` } })
    await notify(trx, its.context, { ...told, key: 'z', summary: { en: `Mc${ANA.name}s mentioned you` } })
    await insertMail(trx, {
      id: crypto.randomUUID(),
      key: 'of-ana',
      kind: 'meeting',
      person_id: boss.personId,
      address: 'boss@example.com',
      subject: 'Invitation to a meeting',
      text: 'A meeting',
      html: null,
      attachments: JSON.stringify([{ name: 'a.ics', type: 'text/calendar', content: `ORGANIZER:mailto:${ANA.email}` }]),
      message_id: '<of-ana@example.com>',
      state: 'captured',
      created_at: NOW.toISOString(),
      sent_at: NOW.toISOString(),
    })
    await savePreference(trx, ana.personId, 'formats', 'en-GB')
    await savePreference(trx, ana.personId, 'time-zone', 'Europe/Lisbon')
  })
  const copy = await exportOwn(its.context, auth, ana)
  expect(JSON.stringify(copy)).toContain(ANA.address)
  expect(copy.kinds.find(each => each.kind === 'notifications')?.rows).toMatchObject([{ kind: 'mention', summary: { en: 'Told' } }])
  expect(copy.kinds.find(each => each.kind === 'preferences')?.rows).toMatchObject([{ value: 'en-GB' }, { value: 'Europe/Lisbon' }])
  const bodies = await testOwner(its.urls.owner, 'select body from event order by seq')

  const erasure = await erasePerson(its.context.as(boss), auth, boss, { personId: ana.personId, email: ` ${ANA.email.toUpperCase()}` })
  expect(Object.fromEntries(erasure.erased.map(each => [each.kind, each.count]))).toEqual({
    account: 1,
    name: 1,
    key: 2,
    fact: 2,
    assignment: 2,
    team: 0,
    notification: 2,
    preference: 2,
    mail: 2,
    answer: 0,
  })
  const { rows: notices } = await its.owner.query<{ en: string }>(`select summary ->> 'en' as en from notification order by key`)
  expect(notices.map(each => each.en)).toEqual([`${ERASED_NAME} mentioned you`, `Mc${ANA.name}s mentioned you`])
  await its.owner.query(`delete from notification where key = 'z'`)
  expect(await traces()).toEqual([])
  expect((await verifyAll(its.context.db)).broken).toEqual([])
  // What was there before is there still, byte for byte.
  expect((await testOwner(its.urls.owner, 'select body from event order by seq')).slice(0, bodies.length)).toEqual(bodies)

  const after = await getEvents(its.context, boss, 'contoso', { limit: 50 })
  expect(after.events.find(event => event.kind === 'item-status-set')).toMatchObject({
    who: ERASED_NAME,
    after: { status: 'blocked', note: { erased: true } },
  })
  expect((await getPlan(its.context, boss, 'contoso')).marks[ITEM]).toMatchObject({ note: 'they are on holiday', by: ERASED_NAME })
  const { events } = await getAudit(its.context, boss, { limit: 50 })
  expect(events[0]).toMatchObject({
    kind: 'person-erased',
    who: { name: 'Bettina Overseer' },
    summary: { en: 'Person erased: Erased person', 'pt-BR': 'Pessoa apagada: Pessoa apagada' },
  })
  expect(events.find(event => event.kind === 'signed-in')).toMatchObject({ who: { id: ana.personId, name: ERASED_NAME }, from: null })
  await expect(exportOwn(its.context, auth, ana)).rejects.toMatchObject({ code: 'not-found' })
})

test('the same person comes back as somebody new', async () => {
  const again = await livedIn()
  expect(await testOwner(its.urls.owner, `select count(*)::int from person where name = '${ANA.name}'`)).toEqual([1])
  await erasePerson(its.context.as(boss), auth, boss, { personId: again.personId, email: ANA.email })
  expect(await traces()).toEqual([])
})

test('a request that was under way when the person was erased leaves nothing of them', async () => {
  const ghost = { ...(await add('Gaspar Oldfield', 'gaspar@example.org', 'lead')), address: '203.0.113.50' }
  await erasePerson(its.context.as(boss), auth, boss, { personId: ghost.personId, email: 'gaspar@example.org' })
  await setItemStatus(its.context.as(ghost), ghost, {
    customerId: 'contoso',
    item: ITEM,
    status: 'in-progress',
    note: 'a secret of his',
    version: await version(),
  })
  for (const word of ['Gaspar', 'gaspar@', '203.0.113.50']) expect(await textHolding(its.urls.owner, word)).toEqual([])
  expect(await textHolding(its.urls.owner, 'a secret of his')).toEqual(['public.item.note'])
  expect((await verifyAll(its.context.db)).broken).toEqual([])
})

test('neither oneself nor the last administrator is erased, and a refusal changes nothing', async () => {
  const other = await add('Second Chief', 'chief@example.com', 'administrator')
  await expect(erasePerson(its.context.as(boss), auth, boss, { personId: boss.personId, email: 'boss@example.com' })).rejects.toMatchObject(
    { code: 'conflict' },
  )
  await expect(
    erasePerson(its.context.as(boss), auth, boss, { personId: other.personId, email: 'boss@example.com' }),
  ).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(
    erasePerson(its.context.as(boss), auth, { ...boss, right: 'lead' }, { personId: other.personId, email: 'chief@example.com' }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  await erasePerson(its.context.as(boss), auth, boss, { personId: other.personId, email: 'chief@example.com' })
  const before = await testOwner(its.urls.owner, 'select count(*)::int from installation_event')
  // Boss is the last one; asked for by somebody whose right was taken meanwhile.
  await expect(
    erasePerson(its.context, auth, { ...boss, personId: 'system' }, { personId: boss.personId, email: 'boss@example.com' }),
  ).rejects.toMatchObject({ code: 'conflict' })
  expect(await testOwner(its.urls.owner, 'select count(*)::int from installation_event')).toEqual(before)
  expect(await textHolding(its.urls.owner, 'Bettina Overseer')).toEqual(['auth.user.name', 'public.person.name'])
})

test('somebody who is only named in facts is erased by name', async () => {
  await setFact(its.context.as(boss), boss, {
    customerId: 'contoso',
    name: 'csm.name',
    service: null,
    value: 'Wilhelmina Noaccount',
    version: await version(),
  })
  await setFact(its.context.as(boss), boss, {
    customerId: 'contoso',
    name: 'csm.name',
    service: null,
    value: 'Wilhelmina Noaccount Jr',
    version: await version(),
  })
  await eraseNamed(its.context.as(boss), auth, boss, 'Wilhelmina Noaccount Jr')
  expect(await textHolding(its.urls.owner, 'Noaccount Jr')).toEqual([])
  expect(await textHolding(its.urls.owner, 'Wilhelmina')).toEqual(['public.person.name'])
  await eraseNamed(its.context.as(boss), auth, boss, 'Wilhelmina Noaccount')
  expect(await textHolding(its.urls.owner, 'Wilhelmina')).toEqual([])
  await expect(eraseNamed(its.context.as(boss), auth, boss, 'Wilhelmina Noaccount')).rejects.toMatchObject({ code: 'not-found' })
  await expect(eraseNamed(its.context.as(boss), auth, boss, 'Bettina Overseer')).rejects.toMatchObject({ code: 'conflict' })
  expect((await verifyAll(its.context.db)).broken).toEqual([])
})

test('whoever is erased while everybody writes, chains stay valid and nothing of the erased is left', async () => {
  let round = 0
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1 }), fc.nat({ max: 3 }), async (erased, writes) => {
      round++
      const people = await Promise.all(
        [0, 1, 2, 3].map(n =>
          add(`Wanderer${round}x${n} Surname`, `wanderer${round}x${n}@example.org`, 'lead').then(who => ({
            ...who,
            address: `203.0.113.${round}-${n}`,
          })),
        ),
      )
      const write = async (who: Actor) => {
        for (let n = 0; n <= writes; n++) {
          await recordSignIn(its.context, {
            kind: 'signed-in',
            personId: who.personId,
            by: who.personId,
            address: who.address ?? null,
            agent: `${who.name}/1`,
          })
          await its.context
            .as(who)
            .db.transaction()
            .execute(async trx => {
              await savePeople(trx, [{ id: who.personId, name: who.name }])
              await recordCustomer(trx, its.context, who, {
                customerId: 'contoso',
                kind: 'test',
                data: { after: personal(who.personId, who.name) },
              })
            })
        }
      }
      const erase = (who: Actor) =>
        erasePerson(its.context.as(boss), auth, boss, {
          personId: who.personId,
          email: `wanderer${round}x${people.findIndex(each => each.personId === who.personId)}@example.org`,
        })
      await Promise.all([...people.map(write), ...erased.map(n => erase(people[n] as Actor))])
      expect((await verifyAll(its.context.db)).broken).toEqual([])
      for (const n of erased) {
        for (const word of [`Wanderer${round}x${n}`, `203.0.113.${round}-${n}`]) expect(await textHolding(its.urls.owner, word)).toEqual([])
      }
    }),
    { numRuns: 5 },
  )
  // It looks through every column of every table some ten times.
}, 180_000)
