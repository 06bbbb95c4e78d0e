import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChangePreferences } from '../../model/preference-api.ts'
import type { Day } from '../../model/words.ts'
import type { Context } from '../context.ts'
import type { MailContext } from '../mail/settings.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { changePreferences, chosenOf, getPreferences } from '../preferences/preferences.ts'
import { addTestCustomer } from '../testing.ts'
import { countOwnUnseen, listNotifications, markSeen } from './notifications.ts'
import { type Notification, notify } from './notify.ts'
import { tellPeople } from './tell.ts'

// A Monday.
let clock = new Date('2026-11-23T12:00:00Z')
let its: TestPeople
let context: Context & MailContext
let [ana, bea]: Actor[] = []
const mail = { smtp: null, publicUrl: 'https://impulso.example.com' }
beforeAll(async () => {
  its = await testPeople(clock)
  context = { ...its.context, now: () => clock, mail }
  ana = await its.person('Ana')
  bea = await its.person('Bea', 'engineer', 'all')
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' } }, 'main')
})
afterAll(() => its.close())

let count = 0
const about = (to: Actor, more: Partial<Notification> = {}): Notification => ({
  to: [to.personId],
  key: `occasion ${++count}`,
  kind: 'assigned',
  customerId: null,
  path: '/portfolio',
  summary: { en: `Something ${count}`, 'pt-BR': `Algo ${count}` },
  ...more,
})
const tell = (what: Notification, by: Actor = bea!) => {
  clock = new Date(clock.getTime() + 1)
  return context
    .as(by)
    .db.transaction()
    .execute(trx => notify(trx, context, what))
}
const choose = (who: Actor, change: ChangePreferences) =>
  changePreferences({ ...context, ...context.as(who), now: context.now }, who, change)
const atOnce = () => tellPeople(context, its.auth, 'at-once')
const digest = () => tellPeople(context, its.auth, 'digest')
const mailsTo = async (who: Actor) => {
  const rows = await context.db.selectFrom('mail').selectAll().where('person_id', '=', who.personId).orderBy('created_at').execute()
  return rows.filter(row => row.kind === 'notification' || row.kind === 'digest')
}
const later = (text: string) => {
  clock = new Date(text)
}

test('whoever changes something tells others, once per occasion, and may not read what they were told', async () => {
  const what = about(ana!)
  await tell(what)
  await tell({ ...what, summary: { en: 'other' } })
  const page = await listNotifications(context.as(ana!), ana!)
  expect(page).toMatchObject({
    unseen: 1,
    next: null,
    notifications: [{ kind: 'assigned', summary: what.summary, customer: null, seenAt: null }],
  })
  expect((await listNotifications(context.as(bea!), bea!)).notifications).toEqual([])
})

test('what is chosen at once is a mail of its own, once, that leads there', async () => {
  expect(await atOnce()).toBe(1)
  expect(await atOnce()).toBe(0)
  await Promise.all([atOnce(), atOnce()])
  const [sent, ...more] = await mailsTo(ana!)
  expect(more).toEqual([])
  expect(sent).toMatchObject({ address: 'ana@example.com', subject: 'Impulso - You were assigned to a customer', state: 'captured' })
  expect(sent?.text).toContain('Something 1')
  expect(sent?.text).toContain('https://impulso.example.com/portfolio')
})

test('two that tell beside each other write one mail', async () => {
  const before = (await mailsTo(ana!)).length
  for (let each = 0; each < 5; each++) await tell(about(ana!))
  const told = await Promise.all([atOnce(), atOnce(), atOnce()])
  expect(told.reduce((sum, each) => sum + each, 0)).toBe(5)
  expect(await mailsTo(ana!)).toHaveLength(before + 5)
})

test('what was looked at, and what is chosen for the portal only, is not written about', async () => {
  const before = (await mailsTo(ana!)).length
  await tell(about(ana!))
  const { notifications } = await listNotifications(context.as(ana!), ana!)
  await markSeen({ ...context, ...context.as(ana!), now: context.now }, ana!, { ids: [notifications[0]!.id], seen: true })
  await choose(ana!, { telling: { ways: { mention: 'portal' }, digestHour: 8, quiet: null } })
  await tell(about(ana!, { kind: 'mention' }))
  expect(await atOnce()).toBe(0)
  later('2026-11-24T09:00:00Z')
  expect(await digest()).toBe(0)
  expect(await mailsTo(ana!)).toHaveLength(before)
})

test('one marks one’s own as seen and new again, never another’s', async () => {
  const own = { ...context, ...context.as(ana!), now: context.now }
  const { notifications } = await listNotifications(own, ana!)
  const ids = notifications.map(each => each.id)
  await markSeen({ ...context, ...context.as(bea!), now: context.now }, bea!, { ids, seen: true })
  expect((await countOwnUnseen(own, ana!)).unseen).toBeGreaterThan(0)
  expect((await markSeen(own, ana!, { until: clock.toISOString() })).unseen).toBe(0)
  expect((await markSeen(own, ana!, { ids: ids.slice(0, 1), seen: false })).unseen).toBe(1)
  await markSeen(own, ana!, { ids, seen: true })
})

test('quiet hours hold mail until they end', async () => {
  const before = (await mailsTo(ana!)).length
  await choose(ana!, { timeZone: 'America/Sao_Paulo', telling: { ways: {}, digestHour: 8, quiet: { from: '20:00', until: '07:00' } } })
  later('2026-11-24T23:30:00Z')
  await tell(about(ana!))
  expect(await atOnce()).toBe(0)
  later('2026-11-25T09:59:00Z')
  expect(await atOnce()).toBe(0)
  later('2026-11-25T10:00:00Z')
  expect(await atOnce()).toBe(1)
  expect(await mailsTo(ana!)).toHaveLength(before + 1)
})

test('the digest comes once a day at the hour of the person and lists what is new since the last; without news there is none', async () => {
  await choose(ana!, { timeZone: 'America/Sao_Paulo', telling: { ways: { assigned: 'digest' }, digestHour: 8, quiet: null } })
  const before = (await mailsTo(ana!)).length
  await tell(about(ana!, { summary: { en: 'First', 'pt-BR': 'Primeira' } }))
  await tell(about(ana!, { summary: { en: 'Second', 'pt-BR': 'Segunda' }, path: '/customers/contoso/plan' }))
  expect([await atOnce(), await digest()]).toEqual([0, 0])
  later('2026-11-25T11:30:00Z')
  expect(await digest()).toBe(1)
  expect(await digest()).toBe(0)
  const [sent, ...more] = (await mailsTo(ana!)).slice(before)
  expect(more).toEqual([])
  expect(sent).toMatchObject({ kind: 'digest', key: `digest:${ana!.personId}:2026-11-25`, subject: 'Impulso - what is new for you' })
  expect(sent?.text).toContain('- Second\n  https://impulso.example.com/customers/contoso/plan\n\n- First')

  // After the hour: tomorrow.
  await tell(about(ana!, { summary: { en: 'Third', 'pt-BR': 'Terceira' } }))
  later('2026-11-25T23:00:00Z')
  expect(await digest()).toBe(0)
  later('2026-11-26T11:00:00Z')
  expect(await digest()).toBe(1)
  const text = (await mailsTo(ana!)).at(-1)?.text
  expect(text).toContain('- Third')
  expect(text).not.toContain('First')
  later('2026-11-27T11:00:00Z')
  expect(await digest()).toBe(0)
})

test('what came up on a weekend waits for Monday', async () => {
  later('2026-11-28T12:00:00Z')
  await tell(about(ana!))
  expect(await digest()).toBe(0)
  later('2026-11-29T12:00:00Z')
  expect(await digest()).toBe(0)
  later('2026-11-30T11:00:00Z')
  expect(await digest()).toBe(1)
})

test('nothing is told of a customer that the person may no longer see: no mail, no line, no count', async () => {
  await choose(ana!, { telling: null })
  await tell(about(ana!, { customerId: 'contoso', summary: { en: 'Secret of Contoso' } }))
  await tell(about(bea!, { customerId: 'contoso', summary: { en: 'Contoso for Bea' } }))
  expect(await atOnce()).toBe(1)
  expect((await mailsTo(ana!)).filter(each => each.text.includes('Secret'))).toEqual([])
  const { notifications, unseen } = await listNotifications(context.as(ana!), ana!)
  expect(notifications.filter(each => each.customer !== null)).toEqual([])
  expect(unseen).toBe((await countOwnUnseen(context.as(ana!), ana!)).unseen)
  expect((await listNotifications(context.as(bea!), bea!)).notifications[0]).toMatchObject({ customer: { id: 'contoso', name: 'Contoso' } })
})

test('who is disabled is not written to', async () => {
  const eve = await its.person('Eve')
  await tell(about(eve))
  await its.auth.changePerson(eve.personId, { disabled: true })
  expect(await atOnce()).toBe(0)
  expect(await mailsTo(eve)).toEqual([])
})

test('no digest is written on a holiday of the person’s team; the next one tells of it', async () => {
  const dora = await its.person('Dora')
  await choose(dora, { telling: { ways: { assigned: 'digest' }, digestHour: 8, quiet: null } })
  const { db } = context.as(SYSTEM)
  await db.insertInto('team').values({ id: 'resting', name: 'Resting' }).execute()
  await db.insertInto('team_member').values({ team_id: 'resting', person_id: dora.personId }).execute()
  await db
    .insertInto('team_holiday')
    .values({ team_id: 'resting', day: '2026-12-08' as Day, name: 'Holiday' })
    .execute()
  later('2026-12-07T20:00:00Z')
  await tell(about(dora))
  later('2026-12-08T09:00:00Z')
  await digest()
  expect(await mailsTo(dora)).toEqual([])
  later('2026-12-09T09:00:00Z')
  await digest()
  expect(await mailsTo(dora)).toMatchObject([{ kind: 'digest', key: `digest:${dora.personId}:2026-12-09` }])
})

test('choices are one’s own; what is not chosen is told', async () => {
  await choose(bea!, { formats: 'en-GB', singleKeys: false })
  expect(await getPreferences(context.as(bea!), bea!)).toMatchObject({
    timeZone: null,
    formats: 'en-GB',
    singleKeys: false,
    telling: { ways: {}, digestHour: 8, quiet: null },
  })
  expect(await getPreferences(context.as(ana!), ana!)).toMatchObject({ formats: null, singleKeys: true })
  expect((await choose(bea!, { formats: null })).formats).toBeNull()
  const planFilters = { service: 'teams', state: 'due' as const }
  expect((await choose(bea!, { planFilters })).planFilters).toEqual(planFilters)
  expect([
    (await chosenOf(context.as(bea!), bea!.personId)).planFilters,
    (await chosenOf(context.as(ana!), ana!.personId)).planFilters,
  ]).toEqual([planFilters, null])
  expect((await choose(bea!, { planFilters: null })).planFilters).toBeNull()
})

test('a wrong person’s rows are refused by the database too', async () => {
  const row = { person_id: ana!.personId, name: 'formats', value: '"en"' }
  await expect(context.as(bea!).db.insertInto('preference').values(row).execute()).rejects.toThrow('row-level security')
  expect(await context.as(SYSTEM).db.selectFrom('preference').select('name').where('person_id', '=', bea!.personId).execute()).toEqual([
    { name: 'keys.single' },
  ])
})

test('somebody whose address nobody can write to keeps nobody else from being told', async () => {
  later('2026-12-14T12:00:00Z')
  const telling = { ways: { assigned: 'at-once' }, digestHour: 8, quiet: null } as const
  for (const each of [ana!, bea!]) await choose(each, { telling })
  const people = [ana!, bea!].sort((a, b) => (a.personId < b.personId ? -1 : 1))
  const [first, second] = people as [Actor, Actor]
  const setAddress = (email: string) => its.owner.query('update auth."user" set email = $2 where id = $1', [first.personId, email])
  await setAddress('a..a@example.org')
  const before = (await mailsTo(second)).length
  await tell({ ...about(first), to: [first.personId, second.personId] })
  await atOnce()
  expect((await mailsTo(second)).length).toBe(before + 1)
  await setAddress('first@example.org')
})
