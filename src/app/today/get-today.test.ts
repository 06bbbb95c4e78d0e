import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TodayQuery, TodayQuery as TodayQuerySchema } from '../../model/today-api.ts'
import { savePeople } from '../../store/customers.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../testing.ts'
import { getToday, setLooked } from './get-today.ts'

const NOW = '2026-11-21T10:00:00.000Z'
const SHEET = {
  csm: { assigned: true, name: 'Ana', since: '2026-03-03' },
  services: {
    teams: { intended: true, entitled: 100, activatedOn: '2026-03-01', handshake: 'declined' },
    yammer: { intended: true, entitled: 100, activatedOn: '2026-03-01', handshake: 'declined' },
  },
}
const ana: Actor = { personId: 'ana', name: 'Ana', right: 'fasttrack-manager', scope: 'all' }
let its: TestContext
let own: Context

beforeAll(async () => {
  its = await testContext(new Date(NOW))
  own = its.context.as(ana)
  for (const id of ['mine', 'other']) await addTestCustomer(its.context, { ...SHEET, customer: { id, name: id } }, `${id}-main`)
  await its.context.db.transaction().execute(trx =>
    savePeople(trx, [
      { id: 'ana', name: 'Ana' },
      { id: 'rui', name: 'Rui' },
    ]),
  )
  await its.owner.query(
    `insert into assignment (customer_id, id, person_id, role, is_primary, since) values ('mine', 'x', 'ana', 'fasttrack-manager', true, '2026-01-01')`,
  )
})
afterAll(() => its?.close())

const today = (query: Partial<TodayQuery> = {}) => getToday(own, ana, TodayQuerySchema.parse(query))
/** Gives some due items of a customer these days, mandatory ones first. */
const setDays = (customer: string, days: readonly string[]) =>
  its.owner.query(`with ranked as (
      select id, row_number() over (order by id) as n from item where customer_id = '${customer}' and state = 'due')
    update item i set due_set = (array['${days.join("','")}']::date[])[ranked.n] from ranked
    where i.customer_id = '${customer}' and i.id = ranked.id`)

test('what is late, what comes within the week, each with its title, role and reason in both languages', async () => {
  await setDays('mine', ['2026-11-10', '2026-11-21', '2026-11-27', '2026-11-28'])
  const view = await today()
  const rows = [...view.overdue.rows, ...view.week.rows]
  expect(rows.map(row => row.due).sort()).toEqual(['2026-11-10', '2026-11-21', '2026-11-27'])
  expect(view.overdue.rows.every(row => row.mandatory === true && row.due! < '2026-11-21')).toBe(true)
  for (const row of rows) {
    expect(row).toMatchObject({ kind: 'item', customer: { id: 'mine' }, subject: expect.stringMatching(/^item:/) })
    for (const text of [row.title, row.why]) expect(Object.keys(text).sort()).toEqual(['en', 'pt-BR'])
    expect(row.why.en).not.toBe('Due by its plan')
  }
})

test('mine leaves out what others were given, and holds what I was given elsewhere', async () => {
  await setDays('other', ['2026-11-21', '2026-11-22', '2026-11-23'])
  const before = (await today()).week.rows
  expect(before.every(row => row.customer.id === 'mine')).toBe(true)
  await its.owner.query(`update item set assignee = 'rui' where customer_id = 'mine' and due_set = '2026-11-21'`)
  await its.owner.query(`update item set assignee = 'ana' where customer_id = 'other' and due_set = '2026-11-22'`)
  const mine = (await today()).week.rows.map(row => [row.customer.id, row.due, row.assignee])
  expect(mine).toContainEqual(['other', '2026-11-22', 'Ana'])
  expect(mine).not.toContainEqual(expect.arrayContaining(['2026-11-21']))
  const all = (await today({ whose: 'all' })).week
  expect(all.rows.map(row => row.assignee)).toContain('Rui')
  expect(all.total).toBe(all.rows.length)
})

test('follow-ups are there like the items of a playbook', async () => {
  await its.owner.query(`insert into follow_up (customer_id, id, engagement_id, title, assignee, due, made_by, made_at, version) values
    ('mine', '00000000-0000-4000-8000-000000000001', '1', 'Send the deck', 'ana', '2026-11-20', 'ana', now(), 1),
    ('mine', '00000000-0000-4000-8000-000000000002', '1', 'Ask again', null, '2026-11-24', 'ana', now(), 1)`)
  const { overdue, week } = await today()
  expect(overdue.rows.filter(row => row.kind === 'follow-up').map(row => row.title.en)).toEqual(['Send the deck'])
  expect(week.rows.filter(row => row.kind === 'follow-up').map(row => row.title['pt-BR'])).toEqual(['Ask again'])
})

test('a part that is longer than asked for says how long it is', async () => {
  const { total } = (await today({ whose: 'all' })).week
  const view = await today({ whose: 'all', limit: 1 })
  expect([view.week.rows.length, view.week.total, total > 1]).toEqual([1, total, true])
})

test('changes are new until one looked; a passed day and a waiting handshake stay', async () => {
  await its.owner.query(`insert into plan_change (customer_id, id, at, kind, subject, service, before, after) values
    ('mine', '00000000-0000-4000-8000-00000000000a', '2026-11-20T08:00Z', 'gate-opened', 'review', null, 'not-met', 'met'),
    ('mine', '00000000-0000-4000-8000-00000000000b', '2026-11-19T08:00Z', 'usage-fell', 'teams', 'teams', '12.5', '8'),
    ('other', '00000000-0000-4000-8000-00000000000c', '2026-11-20T08:00Z', 'gate-opened', 'review', null, 'not-met', 'met')`)
  await its.owner.query(`insert into blocker (customer_id, id, title, reason, reason_version, next_action, next_action_on, opened_by, opened_at, version)
    values ('mine', '00000000-0000-4000-8000-00000000000d', 'No licences', 'other', 1, 'Call', '2026-11-18', 'ana', '2026-11-01T00:00Z', 1)`)
  await its.owner.query(`insert into handshake (customer_id, id, service, state, offered_by, offered_to, offered_at, remind_on, version)
    values ('other', '00000000-0000-4000-8000-00000000000e', 'teams', 'offered', 'rui', 'ana', '2026-11-17T00:00Z', '2026-11-24', 1)`)
  const kinds = async () => (await today()).changed.rows.map(row => row.kind)
  expect(await kinds()).toEqual(['gate-opened', 'usage-fell', 'blocker-due', 'handshake-waiting'])
  expect((await today()).changed.rows[1]?.why['pt-BR']).toContain('12,5 %')
  // To that one, not only to the screen.
  expect((await today()).changed.rows.find(row => row.kind === 'handshake-waiting')?.path).toBe(
    '/requests?box=inbox&handshake=00000000-0000-4000-8000-00000000000e',
  )
  expect(await setLooked(own, ana, { at: '2026-11-20T00:00:00Z' })).toEqual({ since: '2026-11-20T00:00:00.000Z' })
  expect(await kinds()).toEqual(['gate-opened', 'blocker-due', 'handshake-waiting'])
  // An older window that is closed later takes nothing back.
  expect(await setLooked(own, ana, { at: '2026-11-01T00:00:00Z' })).toEqual({ since: '2026-11-20T00:00:00.000Z' })
  await expect(setLooked(own, ana, { at: '2026-11-22T00:00:00Z' })).rejects.toMatchObject({ code: 'invalid-input' })
})

test('a request for an expert waits for the expert, also of a customer that is not theirs, and its question for whoever asked', async () => {
  const request = (id: string, state: string, asker: string, expert: string) => `('other', '${id}', 'security', 'P', '${state}', '${asker}',
    '2026-11-17T00:00Z', '${expert}', '2026-11-18', '2026-11-24', 1)`
  await its.owner.query(`insert into expert_request
    (customer_id, id, skill, purpose, state, requested_by, requested_at, expert_id, acknowledge_by, decide_by, version) values
    ${request('00000000-0000-4000-8000-0000000000e1', 'open', 'rui', 'ana')},
    ${request('00000000-0000-4000-8000-0000000000e2', 'needs-detail', 'ana', 'rui')},
    ${request('00000000-0000-4000-8000-0000000000e3', 'open', 'ana', 'rui')}`)
  const rows = (await today()).changed.rows.filter(row => row.kind === 'expert-waiting')
  expect(rows.map(row => [row.title.en, row.customer.id, row.why.en, row.due, row.path])).toEqual([
    [
      'Expert: Security',
      'other',
      'Rui waits for your answer',
      '2026-11-18',
      '/requests?list=experts&box=inbox&request=00000000-0000-4000-8000-0000000000e1',
    ],
    [
      'Expert: Security',
      'other',
      'A question waits for your answer',
      '2026-11-24',
      '/requests?list=experts&box=outbox&request=00000000-0000-4000-8000-0000000000e2',
    ],
  ])
})

test('a meeting is today where the one who asks is', async () => {
  await its.owner.query(`insert into meeting (customer_id, id, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version) values
    ('mine', '00000000-0000-4000-8000-0000000000f1', 'customer', 'Check-in', '2026-11-22T01:00Z', '2026-11-22T02:00Z', 'UTC', 'ana', 'u1', 'ana', 1),
    ('mine', '00000000-0000-4000-8000-0000000000f2', 'customer', 'Called off', '2026-11-21T12:00Z', '2026-11-21T13:00Z', 'UTC', 'ana', 'u2', 'ana', 1)`)
  await its.owner.query(`update meeting set state = 'cancelled' where uid = 'u2'`)
  expect((await today()).meetings).toEqual([])
  expect((await today({ zone: 'America/Sao_Paulo' })).meetings.map(each => each.title)).toEqual(['Check-in'])
})

test('gaps and next steps of a review stand there for who sees to them, until they are closed', async () => {
  const add = (list: string, what: string, more: Readonly<Record<string, string>>) =>
    its.owner.query(
      `insert into review_entry (customer_id, id, engagement_id, list, what, made_at, version, ${Object.keys(more).join(', ')})
       values ('other', gen_random_uuid(), '1', '${list}', '${what}', '${NOW}', 1, '${Object.values(more).join("', '")}')`,
    )
  await add('step', 'Mine', { owner_id: 'ana', due: '2026-11-22' })
  await add('gap', 'Late', { owner_id: 'ana', due: '2026-11-01', kind: 'benefits', service: 'teams' })
  await add('step', 'Another’s', { owner_id: 'rui', due: '2026-11-22' })
  await add('step', 'Done', { owner_id: 'ana', due: '2026-11-22', closed_on: '2026-11-20' })
  await add('step', 'Nobody’s', { due: '2026-11-22' })
  await add('prerequisite', 'Network', { owner_id: 'ana', due: '2026-11-22', state: 'open' })
  const { overdue, week } = await today()
  const agreed = (rows: typeof week.rows) => rows.filter(row => row.kind === 'review-entry')
  expect(agreed(week.rows).map(row => [row.title.en, row.path])).toEqual([['Mine', '/customers/other/review']])
  expect(agreed(overdue.rows).map(row => [row.title.en, row.service, row.why.en])).toEqual([
    ['Late', 'teams', 'Agreed in the success review'],
  ])
})
