import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { USUAL_MOMENTUM } from '../../model/review-record.ts'
import { type ReviewRecordView, SetReviewEntry } from '../../model/review-record-api.ts'
import { savePeople } from '../../store/customers.ts'
import { verifyEvents } from '../../store/events.ts'
import type { Context } from '../context.ts'
import { mergeCustomers } from '../customers/merge-customers.ts'
import { getEvents } from '../events/get-events.ts'
import type { MailContext } from '../mail/settings.ts'
import type { Actor } from '../policy.ts'
import { beginCycle } from '../reviews/cycles.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { addReviewEntry, removeReviewEntry, setReviewEntry } from './entries.ts'
import { getReviewRecord } from './get-review-record.ts'
import { sendReviewSummary, writeReviewLetters } from './letters.ts'
import { proposeMomentum } from './momentum.ts'
import { setExpectations, setReviewTalk } from './talk.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const reader: Actor = { personId: 'reader', name: 'Reader', right: 'reader', scope: 'all' }

let its: TestContext
let count = 0
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  await its.context.db.transaction().execute(trx =>
    savePeople(
      trx,
      ['rita', 'tomas'].map(id => ({ id, name: id })),
    ),
  )
})
afterAll(() => its.close())

const as = (actor: Actor): Context => its.context.as(actor)

/** With three contacts: one as usual, one not to be written to, one without an address. */
async function newCustomer(): Promise<string> {
  const id = `customer-${++count}`
  await addTestCustomer(its.context, { customer: { id, name: `Customer ${count}` }, services: { teams: {} } }, `${id}.example`)
  await its.owner.query(
    `insert into contact (customer_id, id, name, email, language, do_not_contact, version) values
    ($1, $2, 'Ana', 'ana@example.org', 'pt-BR', null, 1), ($1, $3, 'Eve', 'eve@example.org', null, 'asked us not to', 1),
    ($1, $4, 'Leo', null, null, null, 1)`,
    [id, randomUUID(), randomUUID(), randomUUID()],
  )
  return id
}
/** Of no customer. */
const NO_CONTACT = '00000000-0000-4000-8000-000000000001'
const contactsOf = async (customerId: string) =>
  new Map((await read(customerId)).recipients.map(each => [each.name, each.contact] as const))

const read = (customerId: string, engagement?: string) => getReviewRecord(as(rita), rita, customerId, engagement)
const add = async (customerId: string, input: object): Promise<ReviewRecordView> => {
  const { version } = await read(customerId)
  return addReviewEntry(as(rita), rita, { ...SetReviewEntry.parse({ ...input, version }), customerId })
}
const last = (view: ReviewRecordView, list: string) => {
  const found = view.entries.filter(each => each.list === list).at(-1)
  if (!found) throw new Error(`no ${list}`)
  return found
}
const step = (what: string, more: object = {}) => ({ list: 'step', what, ...more })

test('an intent that was not established is said as such, and what is written is kept and told without its words', async () => {
  const customerId = await newCustomer()
  const before = await read(customerId)
  expect(before).toMatchObject({ intent: null, achievements: null, scenarios: [], entries: [], canWrite: { ok: true } })
  const talk = { intent: 'sustaining' as const, achievements: '**Joana** did it', scenarios: ['Frontline'] }
  const after = await setReviewTalk(as(rita), rita, { ...talk, customerId, version: before.version })
  expect(after).toMatchObject(talk)
  await setReviewTalk(as(rita), rita, { ...talk, customerId, version: after.version })
  expect((await read(customerId)).version).toBe(after.version)
  const { events } = await getEvents(as(rita), rita, customerId, { limit: 1 })
  expect(events[0]).toMatchObject({ kind: 'review-talk-set', summary: { 'pt-BR': expect.stringContaining('Revisão de sucesso') } })
  const rows = await its.context.db.selectFrom('event').select('body').where('customer_id', '=', customerId).execute()
  expect(rows.some(row => row.body.includes('Joana'))).toBe(false)
  expect((await verifyEvents(its.context.db, customerId)).broken).toEqual([])
})

test('what somebody else changed meanwhile is not lost: both stand in the refusal', async () => {
  const customerId = await newCustomer()
  const { version } = await read(customerId)
  const talk = { achievements: null, scenarios: [], customerId, version }
  await setReviewTalk(as(rita), rita, { ...talk, intent: 'sustaining' })
  await expect(setReviewTalk(as(rita), rita, { ...talk, intent: 'new-workloads' })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { intent: 'sustaining' }, yours: { intent: 'new-workloads' } },
  })
  // Another part of the record is not touched by that.
  const texts = { experience: 'You ask in the community first', reducedSupport: null, reducedSupportWhy: null }
  expect(await setExpectations(as(rita), rita, { ...texts, customerId, version })).toMatchObject({
    expectations: texts,
    intent: 'sustaining',
  })
  const view = await add(customerId, step('Train'))
  const entry = last(view, 'step')
  const change = (what: string) => ({ ...SetReviewEntry.parse(step(what, { version: view.version })), customerId, entry: entry.id })
  await setReviewEntry(as(rita), rita, change('Train the trainers'))
  await expect(setReviewEntry(as(rita), rita, change('Train all'))).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { what: 'Train the trainers' }, yours: { what: 'Train all' } },
  })
  await expect(removeReviewEntry(as(rita), rita, { customerId, entry: entry.id, version: view.version })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('each list keeps its lines; a line that was removed comes back as it was', async () => {
  const customerId = await newCustomer()
  const contacts = await contactsOf(customerId)
  const owner = { contact: contacts.get('Ana') }
  await add(customerId, {
    list: 'gap',
    kind: 'benefits',
    service: 'teams',
    what: 'Why chat?',
    approach: 'Show it',
    owner,
    due: '2026-12-01',
  })
  await add(customerId, { list: 'prerequisite', what: 'Network ready', state: 'open' })
  await add(customerId, { list: 'alignment', what: 'Help desk', owner: { person: 'tomas' }, closedOn: '2026-11-20', state: 'in-place' })
  const view = await add(customerId, step('Train', { owner: { person: 'tomas' } }))
  expect(view.entries.map(each => [each.list, each.owner?.name ?? null])).toEqual([
    ['gap', 'Ana'],
    ['prerequisite', null],
    ['step', 'tomas'],
    ['alignment', 'tomas'],
  ])
  const told = await its.context.db.selectFrom('notification').selectAll().where('customer_id', '=', customerId).execute()
  expect(told.map(each => [each.person_id, each.kind, each.path])).toEqual([
    ['tomas', 'item-assigned', `/customers/${customerId}/review`],
    ['tomas', 'item-assigned', `/customers/${customerId}/review`],
  ])
  const gap = last(view, 'gap')
  const without = await removeReviewEntry(as(rita), rita, { customerId, entry: gap.id, version: view.version })
  expect(without.entries.some(each => each.id === gap.id)).toBe(false)
  const { kind, service, what, approach, due } = gap
  const body = SetReviewEntry.parse({ list: 'gap', kind, service, what, approach, owner, due, version: without.version })
  const back = await setReviewEntry(as(rita), rita, { ...body, customerId, entry: gap.id })
  expect(last(back, 'gap')).toEqual(gap)
})

test.each([
  ['a person who is not there', step('A', { owner: { person: 'nobody' } }), 'owner'],
  ['a contact who is not there', step('A', { owner: { contact: NO_CONTACT } }), 'owner'],
  ['a service that the playbook does not know', { list: 'gap', kind: 'benefits', what: 'A', service: 'fax' }, 'service'],
  ['a day that is still to come', step('A', { closedOn: '2027-01-01' }), 'closedOn'],
])('%s is refused, naming the field, and nothing is kept', async (_, input, path) => {
  const customerId = await newCustomer()
  await expect(add(customerId, input)).rejects.toMatchObject({ code: 'invalid-input', details: [{ path }] })
  expect((await read(customerId)).entries).toEqual([])
})

test.each([
  ['an own part of the momentum plan without a title', { list: 'momentum', kind: 'other', state: 'planned' }],
  ['a usual part with a title', { list: 'momentum', kind: 'new-training', what: 'x', state: 'planned' }],
  ['what is not needed without a reason', { list: 'momentum', kind: 'new-training', state: 'not-needed' }],
  [
    'a link that is not https',
    { list: 'momentum', kind: 'new-training', state: 'done', resources: [{ title: 'x', url: 'http://a.example' }] },
  ],
  [
    'a link with a password',
    { list: 'momentum', kind: 'new-training', state: 'done', resources: [{ title: 'x', url: 'https://a:b@c.example' }] },
  ],
  ['an owner who is both', step('A', { owner: { person: 'tomas', contact: NO_CONTACT } })],
])('%s cannot be said', (_, input) => {
  expect(SetReviewEntry.safeParse({ ...input, version: 0 }).success).toBe(false)
})

test('the database refuses what a list cannot hold', async () => {
  const customerId = await newCustomer()
  await add(customerId, step('A'))
  const set = (sql: string) => its.owner.query(`update review_entry set ${sql} where customer_id = $1`, [customerId])
  for (const wrong of [`state = 'met'`, `kind = 'benefits'`, `approach = 'x'`, `what = null`, `resources = '[1]'`, `list = 'momentum'`])
    await expect(set(wrong)).rejects.toMatchObject({ code: '23514' })
})

test('the usual parts of a momentum plan are proposed once; those that stand there stay as they are', async () => {
  const customerId = await newCustomer()
  const own = await add(customerId, { list: 'momentum', kind: 'new-training', state: 'not-needed', reason: 'They have their own' })
  const view = await proposeMomentum(as(rita), rita, { customerId, version: own.version })
  expect(view.entries.map(each => [each.kind, each.state])).toEqual(
    USUAL_MOMENTUM.map(kind => [kind, kind === 'new-training' ? 'not-needed' : 'planned']),
  )
  await expect(proposeMomentum(as(rita), rita, { customerId, version: view.version })).rejects.toMatchObject({ code: 'conflict' })
  await expect(add(customerId, { list: 'momentum', kind: 'best-practices', state: 'done' })).rejects.toMatchObject({ code: 'conflict' })
  const events = await getEvents(as(rita), rita, customerId, { limit: 2 })
  expect(events.events.map(each => each.summary.en)).toEqual([
    'Momentum plan: usual parts added, 6',
    'Momentum plan: New training resources',
  ])
})

/** Ends the engagement, past the rules of when it may. */
const end = (customerId: string) =>
  its.owner.query(`update engagement set state = 'cancelled', cancel_reason = 'x', closed_at = now() where customer_id = $1`, [customerId])
const openNext = async (customerId: string) => {
  const { version } = await read(customerId)
  return beginCycle(as(rita), rita, { customerId, services: ['teams'], reason: 'They came back', version })
}

test('after the engagement its review is read only, and what goes on is still written', async () => {
  const customerId = await newCustomer()
  const view = await add(customerId, step('Train'))
  await end(customerId)
  const over = await read(customerId)
  expect(over).toMatchObject({ canWrite: { ok: false, reason: { en: expect.stringContaining('over') } }, canWriteOngoing: { ok: true } })
  const talk = { intent: 'sustaining' as const, achievements: null, scenarios: [], customerId, version: over.version }
  await expect(setReviewTalk(as(rita), rita, talk)).rejects.toMatchObject({ code: 'conflict' })
  await expect(add(customerId, { list: 'alignment', what: 'Help desk' })).rejects.toMatchObject({ code: 'conflict' })
  const done = SetReviewEntry.parse(step('Train', { closedOn: '2026-11-21', version: over.version }))
  const after = await setReviewEntry(as(rita), rita, { ...done, customerId, entry: last(view, 'step').id })
  expect(last(after, 'step').closedOn).toBe('2026-11-21')
  expect(last(await add(customerId, { list: 'momentum', kind: 'best-practices', state: 'planned' }), 'momentum').state).toBe('planned')
})

test('the momentum plan goes over into the next engagement; gaps and steps that were left open are listed there and can be closed', async () => {
  const customerId = await newCustomer()
  await add(customerId, step('Done before', { closedOn: '2026-11-20' }))
  await add(customerId, { list: 'gap', kind: 'benefits', what: 'Still open' })
  const plan = await proposeMomentum(as(rita), rita, { customerId, version: (await read(customerId)).version })
  const removed = last(plan, 'momentum')
  await removeReviewEntry(as(rita), rita, { customerId, entry: removed.id, version: plan.version })
  await end(customerId)
  expect((await openNext(customerId)).engagement).toMatchObject({ id: '2', state: 'open' })
  const { events } = await getEvents(as(rita), rita, customerId, { limit: 1 })
  expect(events[0]?.summary.en).toBe('Momentum plan taken over into the next engagement: 6')
  const now = await read(customerId)
  expect(now.entries.map(each => [each.list, each.what ?? each.kind, each.leftByCycle])).toEqual([
    ['gap', 'Still open', 1],
    ...USUAL_MOMENTUM.filter(kind => kind !== removed.kind).map(kind => ['momentum', kind, null]),
  ])
  const earlier = await read(customerId, '1')
  expect(earlier.entries.map(each => each.list)).toEqual(['gap', 'step'])
  expect(earlier).toMatchObject({ canWrite: { ok: false }, canWriteOngoing: { ok: false }, engagement: { cycle: 1 } })
  const gap = last(now, 'gap')
  const set = (version: number, closedOn: string | null) => ({
    ...SetReviewEntry.parse({ list: 'gap', kind: 'benefits', what: 'Still open', closedOn, version }),
    customerId,
    entry: gap.id,
  })
  const closed = await setReviewEntry(as(rita), rita, set(now.version, '2026-11-21'))
  expect(closed.entries.some(each => each.id === gap.id)).toBe(false)
  // The last change can be undone, an older one no more.
  const open = await setReviewEntry(as(rita), rita, set(closed.version, null))
  const again = await setReviewEntry(as(rita), rita, set(open.version, '2026-11-21'))
  const later = await add(customerId, step('Another'))
  expect(again.version).toBeLessThan(later.version)
  await expect(setReviewEntry(as(rita), rita, set(later.version, null))).rejects.toMatchObject({ code: 'conflict' })
  await expect(read(customerId, '9')).rejects.toMatchObject({ code: 'not-found' })
})

const jobs = async () => {
  const { rows } = await its.owner.query<{ data: unknown }>(
    `select data from pgboss.job where name = 'review-letters' and state = 'created' order by created_on, id`,
  )
  await its.owner.query(`delete from pgboss.job where name = 'review-letters'`)
  return rows.map(each => each.data)
}
const writing = (): MailContext & Context => ({ ...its.context, mail: { smtp: null, publicUrl: 'https://impulso.example' } })

test('a summary is written in the language of each contact, once, and stands on record', async () => {
  const customerId = await newCustomer()
  const contacts = await contactsOf(customerId)
  const ana = contacts.get('Ana') ?? ''
  const empty = await read(customerId)
  const send = (more: object = {}) =>
    sendReviewSummary(as(rita), rita, { customerId, contacts: [ana], again: false, version: empty.version, ...more })
  await expect(send()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('nothing to write') })
  await setExpectations(as(rita), rita, {
    ...{ experience: 'First.\n\nSecond.', reducedSupport: 'Less', reducedSupportWhy: 'You do well', customerId, version: empty.version },
  })
  await expect(send()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('changed meanwhile') })
  await add(customerId, step('Train', { owner: { contact: ana }, due: '2026-12-01' }))
  await add(customerId, step('Over', { closedOn: '2026-11-20' }))
  await add(customerId, { list: 'momentum', kind: 'new-training', state: 'not-needed', reason: 'x' })
  const resources = [{ title: 'Start here', url: 'https://learn.example/start' }]
  const { version } = await add(customerId, { list: 'momentum', kind: 'best-practices', state: 'in-place', resources })
  const asked = await send({ version })
  expect(asked.letters).toMatchObject([{ name: 'Ana', askedBy: 'Rita', writtenAt: null, refused: null }])
  const [job] = await jobs()
  expect([await writeReviewLetters(writing(), job), await writeReviewLetters(writing(), job)]).toEqual([1, 0])
  const mails = await its.context.db.selectFrom('mail').selectAll().where('customer_id', '=', customerId).execute()
  expect(mails.map(each => [each.kind, each.address, each.contact_id, each.sent_by])).toEqual([
    ['review-summary', 'ana@example.org', ana, 'rita'],
  ])
  const text = mails[0]?.text ?? ''
  for (const part of [
    'Olá, Ana!',
    'First.\n\nSecond.',
    'Less',
    '- Boas práticas (já existe)\n  Start here:\n  https://learn.example/start',
    '- Train (Ana, até 1 de dezembro de 2026)',
  ])
    expect(text).toContain(part)
  expect(text).not.toMatch(/Over|Novos recursos/)
  const after = await read(customerId)
  expect(after.letters).toMatchObject([{ writtenAt: '2026-11-21T10:00:00.000Z' }])
  await expect(send({ version: after.version })).rejects.toMatchObject({ code: 'conflict', details: { already: [ana] } })
  expect((await send({ version: after.version, again: true })).letters).toHaveLength(2)
  await its.owner.query(`update contact set do_not_contact = 'no more' where customer_id = $1 and id = $2`, [customerId, ana])
  expect(await writeReviewLetters(writing(), (await jobs())[0])).toBe(0)
  expect((await read(customerId)).letters.map(each => each.refused)).toEqual(expect.arrayContaining(['do-not-contact', null]))
  expect(await its.context.db.selectFrom('mail').selectAll().where('customer_id', '=', customerId).execute()).toHaveLength(1)
})

test.each([
  ['Eve', 'do-not-contact', 'is not to be contacted'],
  ['Leo', 'no-address', 'has no mail address'],
])('nobody writes to %s: %s', async (name, problem, words) => {
  const customerId = await newCustomer()
  const { version } = await add(customerId, step('Train'))
  const view = await read(customerId)
  const found = view.recipients.find(each => each.name === name)
  expect(found).toMatchObject({ problem })
  const input = { customerId, contacts: [found?.contact ?? ''], again: false, version }
  await expect(sendReviewSummary(as(rita), rita, input)).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path: 'contacts.0', message: `${name} ${words}` }],
  })
  expect((await read(customerId)).letters).toEqual([])
})

test('who may not change the review reads it and is refused with the reason; who is away from it does not know of it', async () => {
  const customerId = await newCustomer()
  const view = await getReviewRecord(as(reader), reader, customerId)
  expect(view).toMatchObject({ canWrite: { ok: false }, canWriteOngoing: { ok: false } })
  await expect(proposeMomentum(as(reader), reader, { customerId, version: view.version })).rejects.toMatchObject({ code: 'forbidden' })
  const engineer: Actor = { personId: 'tomas', name: 'Tomás', right: 'engineer', scope: 'all' }
  await expect(proposeMomentum(as(engineer), engineer, { customerId, version: view.version })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(read('nobody')).rejects.toMatchObject({ code: 'not-found' })
})

test('however long the lists, the record costs the same few queries', async () => {
  const customerId = await newCustomer()
  await add(customerId, step('One'))
  let queries = 0
  const db = as(rita).db.withPlugin({
    transformQuery: ({ node }) => {
      queries++
      return node
    },
    transformResult: async ({ result }) => result,
  })
  await getReviewRecord({ ...as(rita), db }, rita, customerId)
  const few = queries
  for (let index = 0; index < 5; index++) await add(customerId, step(`More ${index}`))
  queries = 0
  await getReviewRecord({ ...as(rita), db }, rita, customerId)
  expect([queries, few]).toEqual([6, 6])
})

test('a customer that is merged takes its lists along; of the usual parts the other’s stay', async () => {
  const [from, into] = [await newCustomer(), await newCustomer()]
  // Both have contacts of these addresses.
  await its.owner.query(`update contact set email = null where customer_id = $1`, [from])
  const owner = { contact: (await contactsOf(from)).get('Ana') }
  await add(from, step('Train', { owner }))
  await add(from, { list: 'momentum', kind: 'best-practices', state: 'planned' })
  await add(from, { list: 'momentum', kind: 'new-training', state: 'planned' })
  await add(into, { list: 'momentum', kind: 'best-practices', state: 'done' })
  await end(from)
  const lead: Actor = { personId: 'lea', name: 'Lea', right: 'lead', scope: 'all' }
  await mergeCustomers(as(lead), lead, { customerId: into, from, preview: false })
  const { entries } = await read(into)
  expect(entries.map(each => [each.list, each.what ?? each.kind, each.state, each.owner?.name ?? null])).toEqual([
    ['step', 'Train', null, 'Ana'],
    ['momentum', 'best-practices', 'done', null],
    ['momentum', 'new-training', 'planned', null],
  ])
})
