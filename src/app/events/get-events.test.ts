import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Day } from '../../model/words.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getEvents } from './get-events.ts'
import { personal } from './personal-value.ts'
import { recordCustomerEvents, type Told } from './record.ts'

const rita: Actor = { personId: 'rita', name: 'Rita', right: 'fasttrack-manager', scope: 'all' }
const tomas: Actor = { personId: 'tomas', name: 'Tomás', right: 'fasttrack-manager', scope: 'all' }

let its: TestContext
let now = new Date('2026-11-01T10:00:00Z')
beforeAll(async () => {
  const test_ = await testContext(now)
  its = { ...test_, context: { ...test_.context, now: () => now } }
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' }, services: {} }, 'contoso.example')
  const item = 'support-success-execution/csm-handshake/3731@teams'
  for (let n = 1; n <= 30; n++) {
    now = new Date(Date.UTC(2026, 10, n, 12))
    const note: Told = { kind: 'note-written', data: { note: 'n', subject: null, text: personal('rita', `Reunião ${n}`) } }
    const mark: Told = { kind: 'item-status-set', data: { item, before: null, after: { status: 'complete', reason: null, note: null } } }
    const strange: Told = { kind: 'something-new', data: { service: 'exchange' } }
    const told = n % 3 === 0 ? mark : n % 3 === 1 ? note : strange
    await its.context.db.transaction().execute(trx => recordCustomerEvents(trx, its.context, n % 2 ? rita : tomas, 'contoso', [told]))
  }
})
afterAll(() => its.close())

const look = (query: Partial<Parameters<typeof getEvents>[3]>) => getEvents(its.context, rita, 'contoso', { limit: 50, ...query })
const seqs = async (query: Parameters<typeof look>[0]) => (await look(query)).events.map(each => each.seq)

test('pages older and newer meet without a gap and without an event twice', async () => {
  const all = await seqs({ limit: 200 })
  for (const filter of [{}, { group: 'notes' as const }, { q: 'reuniao' }, { person: 'rita', service: 'teams' }]) {
    const wanted = await seqs({ ...filter, limit: 200 })
    const older: number[] = []
    for (let before: number | null | undefined; before !== null; ) {
      const page = await look({ ...filter, limit: 4, ...(before === undefined ? {} : { before }) })
      older.push(...page.events.map(each => each.seq))
      before = page.next
    }
    expect(older).toEqual(wanted)
    const newer: number[] = []
    for (let after: number | null = 1; after !== null; ) {
      const page: Awaited<ReturnType<typeof look>> = await look({ ...filter, limit: 4, after })
      newer.unshift(...page.events.map(each => each.seq))
      after = page.previous
    }
    expect(newer).toEqual(wanted.filter(seq => seq > 1))
  }
  expect(all).toHaveLength(31)
})

test('a link to an event shows it with those before and after it, and goes on both ways', async () => {
  const { events, next, previous } = await look({ around: 15, limit: 7 })
  expect(events.map(each => each.seq)).toEqual([18, 17, 16, 15, 14, 13, 12])
  expect(await seqs({ before: next ?? 0, limit: 2 })).toEqual([11, 10])
  expect(await seqs({ after: previous ?? 0, limit: 2 })).toEqual([20, 19])
  expect(await seqs({ around: 31, limit: 3 })).toEqual([31, 30])
})

test('events are chosen by what they are about, who, which service, the day and a text', async () => {
  const kinds = async (query: Parameters<typeof look>[0]) => [...new Set((await look(query)).events.map(each => each.kind))]
  expect(await kinds({ group: 'tasks' })).toEqual(['item-status-set'])
  expect(await kinds({ group: 'notes' })).toEqual(['note-written'])
  expect(await kinds({ group: 'other' })).toEqual(['something-new', 'customer-added'])
  expect(await kinds({ service: 'teams' })).toEqual(['item-status-set'])
  expect(await kinds({ service: 'exchange' })).toEqual(['something-new'])
  expect(await kinds({ service: 'onedrive' })).toEqual([])
  expect(new Set((await look({ person: 'tomas' })).events.map(each => each.who))).toEqual(new Set(['Tomás']))
  const days = (await look({ from: '2026-11-10' as Day, until: '2026-11-11' as Day })).events.map(each => each.at.slice(0, 10))
  expect(days).toEqual(['2026-11-11', '2026-11-10'])
  expect((await look({ q: 'REUNIAO 10' })).events.map(each => each.summary.en)).toEqual(['Note written: Reunião 10'])
  expect((await look({ q: 'tomas' })).events).toHaveLength(15)
  expect((await look({})).people.map(each => each.name)).toEqual(['Command line', 'Rita', 'Tomás'])
})
