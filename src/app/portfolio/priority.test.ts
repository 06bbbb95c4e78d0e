import { afterAll, beforeAll, expect, test } from 'vitest'
import { PORTFOLIO_GROUPS, PORTFOLIO_SORTS } from '../../model/choices.ts'
import { PortfolioQuery, PRIORITY_PARTS } from '../../model/portfolio-api.ts'
import type { Context } from '../context.ts'
import { loadDemo } from '../demo/load.ts'
import type { Actor } from '../policy.ts'
import { type TestContext, testContext } from '../testing.ts'
import { getPortfolio } from './get-portfolio.ts'
import { clearPriority, getPriority, setPriority } from './priority.ts'
import { changeView, getViews, removeView, saveView, setDefaultView } from './saved-views.ts'

const lead: Actor = { personId: 'lead', name: 'Lead', right: 'lead', scope: 'all' }
const other: Actor = { personId: 'other', name: 'Other', right: 'fasttrack-manager', scope: 'all' }
let its: TestContext
let own: Context
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  own = its.context.as(lead)
  await loadDemo(its.context, { customers: 60 })
  await its.owner.query(`insert into person (id, name) values ('lead', 'Lead'), ('other', 'Other') on conflict do nothing;
    delete from priority_override`)
})
afterAll(() => its?.close())

const list = async (query: Record<string, unknown> = {}) => getPortfolio(own, lead, PortfolioQuery.parse({ limit: 200, ...query }))

test('every priority is the sum of its parts, none of them above its most', async () => {
  for (const { id, priority } of (await list()).rows) {
    const view = await getPriority(own, lead, id)
    expect([view.computed, view.priority]).toEqual([view.parts.reduce((sum, part) => sum + part.points, 0), priority])
    for (const { points, most } of view.parts) expect(points >= 0 && points <= most).toBe(true)
    expect(view.parts.map(part => part.id).sort()).toEqual(Object.keys(PRIORITY_PARTS).sort())
  }
  expect(Object.values(PRIORITY_PARTS).reduce((sum, most) => sum + most, 0)).toBe(999)
})

test('an override sorts, is shown as one, is on record, and ends by itself', async () => {
  const last = (await list()).rows.at(-1)!
  const set = await setPriority(own, lead, last.id, { priority: 999, reason: 'The sponsor leaves', until: '2026-11-30' as never })
  expect(set).toMatchObject({
    priority: 999,
    computed: last.priority,
    override: { by: 'Lead', reason: 'The sponsor leaves', until: '2026-11-30' },
  })
  const { rows } = await list()
  expect([rows[0]?.id, rows[0]?.override?.by]).toEqual([last.id, 'Lead'])
  expect((await list({ attention: 'overridden' })).rows.map(row => row.id)).toEqual([last.id])
  const later = (await testLater('2026-12-01T10:00:00Z')).as(lead)
  const then = (await getPortfolio(later, lead, PortfolioQuery.parse({ limit: 200 }))).rows.find(row => row.id === last.id)
  expect([then?.override, then?.priority]).toEqual([null, last.priority])
  expect(await clearPriority(own, lead, last.id)).toMatchObject({ override: null, priority: last.priority })
  const kinds = await its.context.db
    .selectFrom('event')
    .select('kind')
    .where('customer_id', '=', last.id)
    .orderBy('seq', 'desc')
    .limit(2)
    .execute()
  expect(kinds.map(each => each.kind)).toEqual(['priority-cleared', 'priority-set'])
})

/** The same database on another day. */
const testLater = async (at: string): Promise<Context> => {
  const { contextFor } = await import('../context.ts')
  const { openDatabase } = await import('../../store/database.ts')
  const { SYSTEM } = await import('../policy.ts')
  const database = openDatabase(its.urls.app)
  closing.push(database.close)
  const { db, as, ...shared } = its.context
  return contextFor(database, SYSTEM, { ...shared, now: () => new Date(at) })
}
const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
})

test.each(PORTFOLIO_SORTS)('sorted by %s, both ways, the same customers come, the unknown ones last', async sort => {
  const all = (await list()).rows.map(row => row.id).sort()
  const up = (await list({ sort, order: 'asc' })).rows.map(row => row.id)
  const down = (await list({ sort, order: 'desc' })).rows.map(row => row.id)
  expect([[...up].sort(), [...down].sort()]).toEqual([all, all])
})

test.each(PORTFOLIO_GROUPS)('grouped by %s the counts are those of the rows, in their order', async group => {
  const page = await list({ group })
  const keyOf = { owner: 'owner', phase: 'phase', segment: 'segment' } as const
  const seen: (string | null)[] = []
  for (const row of page.rows) if (seen.at(-1) !== row[keyOf[group]] || seen.length === 0) seen.push(row[keyOf[group]])
  expect(page.groups?.map(each => (group === 'owner' ? each.name : each.key))).toEqual(seen)
  expect(page.groups?.reduce((sum, each) => sum + each.count, 0)).toBe(page.total)
  expect((await list({ group, at: 10 })).groups).toBeNull()
})

test('silent are customers of more than 14 days without a note or a held meeting in 14 days', async () => {
  await its.owner.query(`update customer set created_at = '2026-10-01T00:00Z'`)
  await its.owner.query(`delete from note_version; delete from note; update meeting set state = 'missed' where state = 'held'`)
  const [first, second] = (await list()).rows.map(row => row.id)
  const note = (customer: string, n: number, day: string) =>
    `('${customer}', '00000000-0000-4000-8000-00000000000${n}', 'x', 'x', 'lead', '${day}', '${day}', 1)`
  await its.owner.query(`insert into note (customer_id, id, body, search_key, written_by, written_at, changed_at, version) values
    ${note(first!, 1, '2026-11-07T00:00Z')}, ${note(second!, 2, '2026-11-06T23:00Z')}`)
  const { rows } = await list()
  expect(rows.filter(row => !row.silent).map(row => row.id)).toEqual([first])
  expect((await list({ attention: 'silent' })).total).toBe(59)
  expect(rows.find(row => row.id === second)?.lastNote).toBe('2026-11-06')
  await its.owner.query(`insert into meeting (customer_id, id, kind, title, starts_at, ends_at, time_zone, organizer_id, uid, made_by, version, state)
    values ('${second}', '00000000-0000-4000-8000-0000000000aa', 'customer', 'M', '2026-11-08T09:00Z', '2026-11-08T10:00Z', 'UTC', 'lead', 'silent', 'lead', 1, 'held')`)
  expect((await list({ attention: 'silent' })).total).toBe(58)
  await its.owner.query(`update customer set created_at = '2026-11-20T00:00Z'`)
  expect((await list({ attention: 'silent' })).total).toBe(0)
})

test('views are one’s own until they are shared, are opened by whoever chose them, and changed by their owner only', async () => {
  const search = { attention: 'late', mine: true }
  const { views } = await saveView(own, lead, { screen: 'portfolio', name: 'Late ones', shared: false, search })
  expect(views).toEqual([{ id: expect.any(String), name: 'Late ones', by: null, shared: false, search, version: 1 }])
  const [{ id }] = views as [(typeof views)[0]]
  const theirs = its.context.as(other)
  expect((await getViews(theirs, other, 'portfolio')).views).toEqual([])
  await expect(saveView(own, lead, { screen: 'portfolio', name: 'Late ones', shared: false, search })).rejects.toMatchObject({
    code: 'conflict',
  })
  await changeView(own, lead, id, { name: 'Late ones', shared: true, search, version: 1 })
  expect((await getViews(theirs, other, 'portfolio')).views).toMatchObject([{ by: 'Lead', shared: true, version: 2 }])
  expect((await setDefaultView(theirs, other, { screen: 'portfolio', view: id })).default).toBe(id)
  await expect(removeView(theirs, other, id)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(changeView(own, lead, id, { name: 'x', shared: true, search, version: 1 })).rejects.toMatchObject({ code: 'conflict' })
  await removeView(own, lead, id)
  expect(await getViews(theirs, other, 'portfolio')).toEqual({ views: [], default: null })
})
