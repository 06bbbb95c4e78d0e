import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { REVIEW_COLUMNS } from '../../model/choices.ts'
import { REVIEW_CARDS, type ReviewColumn, ReviewsQuery } from '../../model/reviews-board-api.ts'
import { testDatabase } from '../../store/testing.ts'
import { type Context, contextFor } from '../context.ts'
import { loadDemo } from '../demo/load.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { releaseFolder } from '../releases/release.ts'
import { TEST_SEAL_KEY } from '../testing.ts'
import { getReviewsBoard } from './get-reviews-board.ts'

const NOW = '2026-11-21T08:00:00Z'
const reader: Actor = { personId: 'jonas', name: 'Jonas', right: 'reader', scope: 'all' }
let database: Awaited<ReturnType<typeof testDatabase>>
let context: Context
beforeAll(async () => {
  database = await testDatabase()
  const now = () => new Date(NOW)
  const playbook = await releaseFolder(database.db, resolve('playbooks/microsoft-365-success'), now(), () => {})
  context = contextFor(database, SYSTEM, { now, log: () => {}, sealKey: TEST_SEAL_KEY, playbook, reports: '', temp: '' })
  await loadDemo(context, { customers: 60 })
})
afterAll(() => database?.close())

const see = (query: Record<string, unknown> = {}, actor = reader, at = 0) =>
  getReviewsBoard(context.as(actor), actor, { ...ReviewsQuery.parse(query), at })
const column = async (name: ReviewColumn, query = {}) => {
  const found = (await see(query)).columns.find(each => each.column === name)
  if (!found) throw new Error(`no column ${name}`)
  return found
}
const placeOf = async (customer: string) => (await see()).columns.find(each => each.cards.some(card => card.customer === customer))?.column
const customerIn = async (name: ReviewColumn): Promise<string> => (await column(name)).cards[0]?.customer ?? ''

test('every customer is in exactly one column, counted by the database in one query', async () => {
  const before = database.queryCount()
  const { columns } = await see()
  expect(database.queryCount() - before).toBe(1)
  expect(columns.map(each => each.column)).toEqual(REVIEW_COLUMNS)
  const cards = columns.flatMap(each => each.cards)
  expect(new Set(cards.map(card => card.customer)).size).toBe(60)
  expect(columns.reduce((sum, each) => sum + each.total, 0)).toBe(60)
  for (const { total, cards: shown, column: name } of columns) expect([name, shown.length]).toEqual([name, Math.min(total, REVIEW_CARDS)])
})

test('a card says why, since when, and what helps from there', async () => {
  const [notReady] = (await column('not-ready')).cards
  expect(notReady?.gate).toMatchObject({ state: 'not-met', since: '2026-11-21', because: { en: expect.stringMatching(/^Not met: /) } })
  const unknown = (await column('cannot-tell')).cards
  for (const card of unknown) {
    expect(card.gate.because?.['pt-BR']).toMatch(/^Não se sabe: /)
    const says = card.gate.because?.en ?? ''
    const help = says.includes('no service is known') ? 'services' : /metric|reading of/.test(says) ? 'success' : 'usage'
    expect([says, card.helps.includes(help)]).toEqual([says, true])
  }
  expect(new Set(unknown.flatMap(card => card.helps))).toEqual(new Set(['usage', 'success', 'services']))
  const [agreed] = (await column('outcome')).cards
  expect([(agreed?.outcomes.length ?? 0) > 0, agreed?.helps]).toEqual([true, ['review']])
})

test('a review that is planned, held, and then agreed upon moves on', async () => {
  const customer = await customerIn('ready')
  const meeting = (state: string, starts: string) =>
    database.owner.query(
      `insert into meeting (customer_id, id, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version, about, state)
        select $1, gen_random_uuid(), 'customer', 'Review', $2::timestamptz, $2::timestamptz + interval '1 hour', 'UTC', min(id), 'u', min(id), 1, 'review', $3
        from person where id like 'demo-%'`,
      [customer, starts, state],
    )
  await meeting('cancelled', '2026-11-25T10:00:00Z')
  expect(await placeOf(customer)).toBe('ready')
  await meeting('scheduled', '2026-11-20T10:00:00Z')
  const scheduled = await column('scheduled')
  expect(scheduled.cards.find(card => card.customer === customer)?.meeting).toMatchObject({ at: '2026-11-20T10:00:00.000Z', isOver: true })
  await database.owner.query(
    `insert into fact (customer_id, name, service, value, source, as_of, recorded_at, version)
      values ($1, 'review.meetingHeldOn', '', '"2026-11-20"', 'meeting', '2026-11-20', now(), 1)`,
    [customer],
  )
  expect(await placeOf(customer)).toBe('held')
  // A later cycle begins anew, whatever the one before had.
  await database.owner.query(`update engagement set opened_at = '2026-11-21T00:00:00Z', cycle = 2 where customer_id = $1`, [customer])
  expect(await placeOf(customer)).toBe('scheduled')
  await database.owner.query(
    `update engagement set state = 'cancelled', closed_at = '2026-11-21T00:00:00Z', cancel_reason = 'lost' where customer_id = $1`,
    [customer],
  )
  expect(await placeOf(customer)).toBeUndefined()
})

test('a column goes on from where it ended, each card once', async () => {
  const first = (await see({ segment: 'enterprise' })).columns
  const all = (await see()).columns
  expect(first.reduce((sum, each) => sum + each.total, 0)).toBeLessThan(all.reduce((sum, each) => sum + each.total, 0))
  const { columns } = await see({ column: 'not-ready' }, reader, 2)
  const whole = all.find(each => each.column === 'not-ready')
  expect(columns).toMatchObject([{ column: 'not-ready', total: whole?.total, next: null }])
  expect(columns[0]?.cards).toEqual(whole?.cards.slice(2))
})

test('who is assigned to some customers sees those, and finds by name and by oneself', async () => {
  const customer = await customerIn('not-ready')
  await database.owner.query(
    `insert into person (id, name) values ('edu', 'Edu');
     insert into assignment (customer_id, id, person_id, role, is_primary, since) values ('${customer}', 'edu', 'edu', 'engineer', false, '2026-01-01')`,
  )
  const counts = async (scope: 'customers' | 'all', query = {}) =>
    (await see(query, { personId: 'edu', name: 'Edu', right: 'engineer', scope })).columns.flatMap(each =>
      each.cards.map(card => card.customer),
    )
  expect(await counts('customers')).toEqual([customer])
  expect(await counts('all', { mine: 'true' })).toEqual([customer])
  const [card] = (await column('not-ready')).cards
  expect((await column('not-ready', { q: card?.name.toUpperCase() })).cards.map(each => each.customer)).toEqual([customer])
  expect((await see({ q: '%' })).columns.every(each => each.total === 0)).toBe(true)
})
