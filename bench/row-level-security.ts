import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, type KyselyPlugin, PostgresDialect, QueryNode, SelectQueryNode, sql, TableNode } from 'kysely'
import pg from 'pg'
import { PortfolioQuery } from '../src/model/portfolio-api.ts'
import { openCluster } from '../src/store/cluster.ts'
import { type Db, openDatabase } from '../src/store/database.ts'
import { migrate } from '../src/store/migrate.ts'
import { findPortfolio } from '../src/store/portfolio.ts'
import type { Database } from '../src/store/tables.ts'
import { TODAY } from './customers.ts'
import { type Bench, compared, interleave, type Measurement, round } from './measure.ts'

const CUSTOMERS = 60_000
const PEOPLE = 200
const RUNS = 15
const ONE = 'person-7'
const AT = { now: `${TODAY}T08:00:00.000Z`, phases: [] }

const QUERIES: Readonly<Record<string, PortfolioQuery>> = {
  'first page by priority': PortfolioQuery.parse({}),
  'by name': PortfolioQuery.parse({ sort: 'name', order: 'asc' }),
  search: PortfolioQuery.parse({ q: 'tailspin 12' }),
  filter: PortfolioQuery.parse({ segment: 'corporate', attention: 'due', sort: 'teams' }),
  'far down': PortfolioQuery.parse({ at: 40_000 }),
}

/** The portfolio with and without policies: for somebody who sees all of 60,000 customers, and for somebody who has 300. */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'impulso-bench-'))
  const cluster = await openCluster(folder, { unsafeFast: true })
  const database = openDatabase(cluster.urls.app, { max: 1 })
  // The owner sees everything by being no subject of the policies; the names are for what the query itself asks.
  const names = { person: ONE, scope: 'all', today: TODAY }
  const options = Object.entries(names).map(([name, value]) => `-c impulso.${name}=${value}`)
  const pool = new pg.Pool({ connectionString: cluster.urls.owner, max: 1, options: options.join(' ') })
  try {
    await migrate(cluster.urls.owner)
    await pool.query(fill())
    await pool.query('vacuum analyze')
    const past = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
    const all = database.as({ personId: ONE, right: 'administrator', scope: 'all', today: TODAY })
    const few = database.as({ personId: ONE, right: 'fasttrack-manager', scope: 'customers', today: TODAY })
    const ids = await findIds(few)
    const explicit = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), plugins: [only(ids)] })
    return [await seesAll(all, past), await seesFew(few, explicit, ids.length), await besideExists(few, all, pool)]
  } finally {
    await database.close()
    await pool.end()
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same queries past the policies, as the owner of the database: what they cost without any. */
async function seesAll(all: Db, past: Db): Promise<Measurement> {
  const sums = { ours: 0, other: 0 }
  const parts: string[] = []
  for (const [name, query] of Object.entries(QUERIES)) {
    await refuseDifference(all, past, query)
    const { ours, other } = await interleave(
      RUNS,
      () => findPortfolio(all, query, AT),
      () => findPortfolio(past, query, AT),
    )
    sums.ours += ours
    sums.other += other
    parts.push(`${name} ${round(ours)} / ${round(other)} = ${round(ours / other)}`)
  }
  const size = `${CUSTOMERS.toLocaleString('en')} customers, all seen; ${parts.join('; ')}`
  return compared({
    name: 'rls-portfolio-all',
    ...sums,
    unit: 'ms',
    against: 'the same queries past every policy',
    kind: 'limit',
    size,
    runs: RUNS,
  })
}

/** The same queries past the policies with the customers listed in them. */
async function seesFew(few: Db, explicit: Db, count: number): Promise<Measurement> {
  const sums = { ours: 0, other: 0 }
  const parts: string[] = []
  for (const [name, query] of Object.entries({ ...QUERIES, 'far down': PortfolioQuery.parse({ at: 200 }) })) {
    await refuseDifference(few, explicit, query)
    const { ours, other } = await interleave(
      RUNS,
      () => findPortfolio(few, query, AT),
      () => findPortfolio(explicit, query, AT),
    )
    sums.ours += ours
    sums.other += other
    parts.push(`${name} ${round(ours)} - ${round(other)} = ${round(ours - other)} ms more`)
  }
  const size = `${count} of ${CUSTOMERS.toLocaleString('en')} customers seen; ${parts.join('; ')}`
  return compared({
    name: 'rls-portfolio-300',
    ...sums,
    unit: 'ms',
    against: 'the same queries past every policy, with the customers listed',
    kind: 'limit',
    size,
    runs: RUNS,
  })
}

/** What the policies would cost in the shape that comes to mind first: looked up for each row. */
async function besideExists(few: Db, all: Db, pool: pg.Pool): Promise<Measurement> {
  const query = QUERIES['first page by priority'] as PortfolioQuery // one of the list above
  const runs = 5
  const both = async () =>
    [
      await interleave(
        runs,
        () => findPortfolio(few, query, AT),
        () => findPortfolio(all, query, AT),
      ),
    ] as const
  const [ours] = await both()
  for (const [table, key] of [
    ['customer', 'id'],
    ['engagement', 'customer_id'],
    ['plan', 'customer_id'],
    ['tenant', 'customer_id'],
  ] as const) {
    await pool.query(`alter policy seen on ${table} using (sees_all() or exists (
      select from assignment a where a.customer_id = ${table}.${key} and a.person_id = acting_person() and a.since <= acting_day()
        and (a.until is null or a.until >= acting_day())))`)
  }
  const [exists] = await both()
  return compared({
    name: 'rls-portfolio-exists',
    ours: ours.ours,
    other: exists.ours,
    unit: 'ms',
    against: 'policies that look up the assignment of each row with exists',
    kind: 'peer',
    size: `300 customers seen; for those who see all ${round(ours.other)} / ${round(exists.other)} ms`,
    runs,
  })
}

/** Both sides must answer the same, or nothing is measured. */
async function refuseDifference(ours: Db, other: Db, query: PortfolioQuery): Promise<void> {
  const ids = async (db: Db) => {
    const { rows, total } = await findPortfolio(db, query, AT)
    return [Number(total), ...rows.map(row => row.id)]
  }
  const [a, b] = [await ids(ours), await ids(other)]
  if (a.length < 2 || a.join() !== b.join()) throw new Error(`the answers differ: ${a[0]} and ${b[0]} customers`)
}

const findIds = async (db: Db) => (await db.selectFrom('customer').select('id').execute()).map(row => row.id)

/** Adds the customers that may be seen to every query of their plans, as a program without policies would. */
const only = (ids: readonly string[]): KyselyPlugin => ({
  transformQuery: ({ node }) => {
    const from = SelectQueryNode.is(node) ? node.from?.froms[0] : undefined
    if (!SelectQueryNode.is(node) || !from || !TableNode.is(from) || from.table.identifier.name !== 'plan') return node
    return QueryNode.cloneWithWhere(node, sql`plan.customer_id in (${sql.join(ids)})`.toOperationNode())
  },
  transformResult: async ({ result }) => result,
})

/** Plausible rows: every customer has one tenant, one engagement, a plan and an owner of 200 people. */
const fill = () => `
insert into person select 'person-' || n, 'Person ' || n from generate_series(0, ${PEOPLE - 1}) n;
insert into playbook_release values ('sha256:bench', null, null, '{}', now());
insert into customer (id, name, search_key, segment, created_at)
  select 'customer-' || n, name || n, lower(name) || n, (array['enterprise', 'corporate', 'small-business'])[1 + n % 3], now()
  from generate_series(1, ${CUSTOMERS}) n, lateral (select (array['Contoso ', 'Fabrikam ', 'Tailspin ', 'Woodgrove '])[1 + n % 4] as name) named;
insert into tenant select id, 'main', name from customer;
insert into engagement (customer_id, id, cycle, playbook_hash, opened_at) select id, '1', 1, 'sha256:bench', now() from customer;
insert into assignment (customer_id, id, person_id, role, is_primary, since)
  select 'customer-' || n, 'owner', 'person-' || (n / 4) % ${PEOPLE}, 'fasttrack-manager', true, '2026-01-01' from generate_series(1, ${CUSTOMERS}) n;
insert into plan
  select 'customer-' || n, '1', '2026-11-21', 'sha256:bench', '{"items":[]}', n % 7, n % 5, n % 3, n % 2, '2026-12-01', (n * 7919) % 1000,
    '{"en":"Two tasks are due","pt-BR":"Duas tarefas vencem"}', (array['met', 'not-met', 'unknown'])[1 + n % 3], 'open', n % 5000, null,
    '[{"service":"teams"},{"service":"exchange"}]', jsonb_build_object('teams', n % 100, 'exchange', n % 90), n % 11 = 0, n % 13 = 0
  from generate_series(1, ${CUSTOMERS}) n`
