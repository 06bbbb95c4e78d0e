import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PortfolioRow } from '../../model/api.ts'
import { PORTFOLIO_SORTS } from '../../model/choices.ts'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
import { searchKey } from '../../store/customers.ts'
import { loadDemo } from '../demo/load.ts'
import type { Actor } from '../policy.ts'
import { type TestContext, testContext } from '../testing.ts'
import { getPortfolio } from './get-portfolio.ts'

/** More than a page holds. */
const CUSTOMERS = 120
const lead: Actor = { personId: 'lead', name: 'Lead', right: 'lead', scope: 'all' }
let its: TestContext
let all: readonly PortfolioRow[]
beforeAll(async () => {
  its = await testContext(new Date('2026-11-21T10:00:00Z'))
  await loadDemo(its.context, { customers: CUSTOMERS })
  await its.owner.query(`insert into person (id, name) values ('lead', 'Lead');
    insert into team (id, name) values ('north', 'North'), ('accents', 'Équipe'), ('none', 'Nobody’s');
    update customer set team_id = (array['north', 'accents', null])[1 + length(id) % 3];
    update customer set segment = null where id in (select id from customer order by id limit 5);
    update plan set late_count = length(customer_id) % 4;
    update item i set regressed_on = '2026-11-20' from (select customer_id, min(id) as id from item group by 1) first
      where (i.customer_id, i.id) = (first.customer_id, first.id) and length(i.customer_id) % 2 = 0;
    update item i set regressed_on = '2026-11-20' from (select customer_id, max(id) as id from item group by 1) last
      where (i.customer_id, i.id) = (last.customer_id, last.id) and length(i.customer_id) % 3 = 0;
    insert into priority_override select id, 500 + length(id), 'So', 'lead', now(), case when length(id) % 2 = 0 then date '2026-11-21' else '2026-11-20' end
      from customer order by search_key limit 60 on conflict do nothing`)
  all = await everything({ sort: 'name', order: 'asc' })
}, 300_000)
afterAll(() => its?.close())

/** Every page, one after the other. */
async function everything(query: Record<string, unknown>): Promise<readonly PortfolioRow[]> {
  const rows: PortfolioRow[] = []
  for (let at: string | null = '0'; at !== null; ) {
    const page: Awaited<ReturnType<typeof getPortfolio>> = await getPortfolio(
      its.context.as(lead),
      lead,
      PortfolioQuery.parse({ ...query, at, limit: 100 }),
    )
    rows.push(...page.rows)
    at = page.next
  }
  return rows
}

type Key = string | number | null
const REVIEW = ['not-met', 'unknown', 'met']
const OVERALL = ['open', 'completable']
const KEYS: Readonly<Record<string, (row: PortfolioRow) => Key>> = {
  name: row => searchKey(row.name),
  priority: row => row.priority,
  review: row => Math.max(0, REVIEW.indexOf(row.review)),
  due: row => row.dueCount,
  late: row => row.lateCount,
  nextDue: row => row.nextDue,
  unknown: row => row.unknownCount,
  warnings: row => row.warningCount,
  proposals: row => row.proposalCount,
  blockers: row => row.blockerCount || null,
  regressed: row => row.regressedCount || null,
  lastNote: row => row.lastNote,
  meeting: row => row.nextMeeting,
  phase: row => phaseOf(row),
  overall: row => (OVERALL.includes(row.overall) ? OVERALL.indexOf(row.overall) + 1 : 0),
  signals: row => row.signals.length || null,
  figures: row => row.oldestFigure,
  segment: row => row.segment,
  seats: row => row.seats,
  owner: row => row.owner,
  csm: row => row.csm,
  team: row => row.team,
}
const phaseOf = ({ phase }: PortfolioRow) => {
  const place = its.context.playbook.phases.findIndex(each => each.id === phase)
  return place < 0 ? null : place
}
const keyOf = (sort: string, row: PortfolioRow): Key =>
  KEYS[sort] ? KEYS[sort](row) : (row.services.find(cell => cell.service === sort)?.percent ?? null)

const compare = (a: string | number, b: string | number) =>
  typeof a === 'string' && typeof b === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : Number(a) - Number(b)

/** As a person would sort them: unknown ones last whichever way, then by name, then by id. */
function sorted(sort: string, order: 'asc' | 'desc'): readonly string[] {
  const by = (a: PortfolioRow, b: PortfolioRow) => {
    const [one, other] = [keyOf(sort, a), keyOf(sort, b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return order === 'asc' ? compare(one, other) : compare(other, one)
  }
  return [...all].sort((a, b) => by(a, b) || compare(searchKey(a.name), searchKey(b.name)) || compare(a.id, b.id)).map(row => row.id)
}

test('there is something to sort by in every column', () => {
  expect(all).toHaveLength(CUSTOMERS)
  const alike = PORTFOLIO_SORTS.filter(sort => new Set(all.map(row => keyOf(sort, row))).size < 2)
  expect(alike).toEqual([])
})

test.each(PORTFOLIO_SORTS.flatMap(sort => [[sort, 'asc'] as const, [sort, 'desc'] as const]))(
  'page by page by %s, %s, the order is that of sorting the rows themselves',
  async (sort, order) => {
    expect((await everything({ sort, order })).map(row => row.id)).toEqual(sorted(sort, order))
  },
)

test('filters and the search find the rows that fit, in the order asked for', async () => {
  const order = sorted('teams', 'asc')
  const asked: readonly [Record<string, unknown>, (row: PortfolioRow) => boolean][] = [
    [{ segment: 'enterprise' }, row => row.segment === 'enterprise'],
    [{ phase: 'success' }, row => row.phase === 'success'],
    [{ review: 'unknown', attention: 'due' }, row => row.review === 'unknown' && row.dueCount > 0],
    [{ attention: 'late' }, row => row.lateCount > 0],
    [{ attention: 'signal' }, row => row.signals.length > 0],
    [{ attention: 'silent' }, row => row.silent],
    [{ attention: 'blocked' }, row => row.blockerCount > 0],
    [{ attention: 'overridden' }, row => row.override !== null],
    [{ q: 'an', attention: 'warning' }, row => searchKey(row.name).includes('an') && row.warningCount > 0],
    [{ owner: all.find(row => row.owner)?.owner }, row => row.owner === all.find(each => each.owner)?.owner],
  ]
  for (const [query, fits] of asked) {
    const wanted = new Set(all.filter(fits).map(row => row.id))
    const found = (await everything({ ...query, sort: 'teams', order: 'asc' })).map(row => row.id)
    expect([query, found]).toEqual([query, order.filter(id => wanted.has(id))])
  }
})
