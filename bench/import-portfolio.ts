import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../src/app/context.ts'
import { COMMAND_LINE } from '../src/app/policy.ts'
import { addTestCustomer, type TestContext, testContext } from '../src/app/testing.ts'
import { importReports } from '../src/app/usage/import-reports.ts'
import setup from '../src/store/testing.ts'
import { writeReport } from '../src/usage/fixtures.ts'
import { TODAY } from './customers.ts'
import { type Bench, compared, median, millisecondsOf, round } from './measure.ts'

const SMALL = 6000
const LARGE = 60_000
/** Imports measured in each portfolio. */
const RUNS = 120
const SERVICES = ['exchange', 'outlook-mobile', 'teams', 'sharepoint', 'onedrive', 'yammer', 'office-proplus']
/** Together they speak of the seven services. */
const REPORTS = ['getOffice365ActiveUserDetail', 'getEmailAppUsageUserDetail', 'getM365AppUserDetail'] as const
const USERS = 50
const ACTIVE = 0.3
const REFRESHED = '2026-11-19'

/**
 * Importing three reports of a customer with seven services, deciding and saving: one customer after another in a portfolio of 6,000 and
 * in one of 60,000, in turns. What a whole portfolio takes is the number of customers times that.
 */
export const bench: Bench = async () => {
  const sweep = await setup()
  const folder = await mkdtemp(join(tmpdir(), 'impulso-bench-'))
  const [small, large] = [await portfolioOf(SMALL), await portfolioOf(LARGE)]
  try {
    const files = await writeReports(folder)
    const times: { small: number[]; large: number[] } = { small: [], large: [] }
    for (let run = 0; run <= RUNS; run++) {
      const sides = [
        ['small', small.context, SMALL],
        ['large', large.context, LARGE],
      ] as const
      for (const [side, context, size] of run % 2 === 0 ? sides : sides.toReversed()) {
        // Spread over the portfolio: neighbours would find each other's pages in memory.
        const customerId = copyId(Math.floor((run * size) / (RUNS + 1)))
        const time = await millisecondsOf(() => importReports(context, COMMAND_LINE, { customerId, tenantId: 'main', files }))
        if (run > 0) times[side].push(time)
      }
    }
    await refuseWrong(large.context)
    const [ours, other] = [median(times.large), median(times.small)]
    const hours = (perCustomer: number, customers: number) => round((perCustomer * customers) / 3_600_000)
    return [
      compared({
        name: 'import-portfolio-60k',
        ours,
        other,
        unit: 'ms',
        against: 'the same import where 6,000 customers are',
        kind: 'limit',
        size: `one of 60,000 customers, 7 services, 3 reports of ${USERS} users, read, decided and saved; all of them in a row ${hours(ours, LARGE)} h, 6,000 of 6,000 ${hours(other, SMALL)} h: × ${round((ours * LARGE) / (other * SMALL))}`,
        runs: RUNS,
      }),
    ]
  } finally {
    await small.close()
    await large.close()
    await rm(folder, { recursive: true, force: true })
    await sweep()
  }
}

async function writeReports(folder: string) {
  await mkdir(folder, { recursive: true })
  const files: { path: string; name: string }[] = []
  for (const report of REPORTS) {
    const path = join(folder, `${report}.csv`)
    await writeReport(path, { report, users: USERS, refreshDate: REFRESHED, activeShare: ACTIVE })
    files.push({ path, name: `${report}.csv` })
  }
  return files
}

/** A database with one customer made by the program, and copies of it with 35 days and 18 months of figures each. */
async function portfolioOf(size: number): Promise<TestContext> {
  const test = await testContext(new Date(`${TODAY}T08:00:00Z`))
  const services = Object.fromEntries(SERVICES.map(id => [id, { intended: true, entitled: 60, activatedOn: '2026-01-05' }]))
  await addTestCustomer(test.context, { customer: { id: copyId(0), name: 'Customer 0' }, services }, 'main')
  await test.owner.query(copies(size))
  await test.owner.query('vacuum analyze')
  return test
}

const copyId = (index: number) => `customer-${index}`

/** Every row of the first customer again for each of the others, and the days that usage came. */
const copies = (size: number): string => {
  const first = copyId(0)
  const again = (table: string, columns: string) =>
    `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('${columns}', 'customer-' || n))).*
     from ${table} t, generate_series(1, ${size - 1}) n where t.${columns} = '${first}';`
  // `json` columns go through unchanged: only the key is replaced.
  return `
    ${again('customer', 'id')}
    ${['tenant', 'customer_service', 'entitlement', 'engagement', 'item', 'gate_state', 'plan'].map(table => again(table, 'customer_id')).join('\n')}
    insert into usage_day (customer_id, tenant_id, service, day, active, assigned, entitled)
      select 'customer-' || n, 'main', s, date '${REFRESHED}' - d, 12, 50, 60
      from generate_series(0, ${size - 1}) n, unnest(array['${SERVICES.join("', '")}']) s,
        unnest(array(select generate_series(1, 35)) || array(select 35 + 30 * generate_series(1, 18))) d;`
}

/** A fast import that says something else is no import. */
async function refuseWrong({ db }: Context): Promise<void> {
  const rows = await db.selectFrom('usage_current').select(['service', 'active']).where('customer_id', '=', copyId(0)).execute()
  const wrong = SERVICES.filter(service => rows.find(row => row.service === service)?.active !== Math.floor(USERS * ACTIVE))
  if (wrong.length > 0) throw new Error(`imported wrongly: ${wrong.join(', ')}`)
}
