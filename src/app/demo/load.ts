import { AppError } from '../../model/errors.ts'
import { hasRealCustomers, insertRows, knownIds } from '../../store/bulk.ts'
import { savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { openDemoReviews } from '../../store/demo-work.ts'
import { saveTeams } from '../../store/teams.ts'
import { type Context, todayOf } from '../context.ts'
import { backfillForecasts } from '../milestones/make-forecasts.ts'
import { recomputeAll } from '../plans/recompute.ts'
import { REVIEW_GATE } from '../plans/summary.ts'
import { DEMO_CUSTOMERS, type DemoCustomer, demoPortfolio } from './generate.ts'
import { DEMO_PEOPLE, DEMO_TEAMS } from './people.ts'
import { addCustomer, type DemoRows, noRows } from './rows.ts'

export type DemoProgress = (step: 'customers' | 'plans', done: number, total: number) => void

/** A small portfolio is loaded whole or not at all; a large one a batch at a time, so that memory and locks stay small. */
const BATCH = 250
/** The order that foreign keys ask for. */
const TABLES = [
  'customer',
  'assignment',
  'tenant',
  'customer_service',
  'entitlement',
  'fact',
  'objective',
  'metric',
  'metric_reading',
  'seat_split',
  'seat_intent',
  'kickoff_service',
  'kickoff',
  'usage_import',
  'usage_report_service',
  'usage_current',
  'usage_day',
  'usage_count',
  'usage_version',
  'usage_activation',
  'engagement',
  'item',
  'outcome',
  'contact',
  'survey_invitation',
  'survey_answer',
  'note',
  'note_version',
  'review_record',
  'review_entry',
  'review_letter',
  'follow_up',
  'plan_change',
  'priority_override',
  'value_discussion',
  'usage_discussion',
  'blocker',
  'evidence',
  'decision',
  'expert_request',
  'expert_request_message',
  'handshake',
  'handshake_message',
  'adoption_owner',
  'cadence',
  'meeting',
  'attendee',
  'event',
] as const satisfies readonly (keyof DemoRows)[]

/**
 * Loads the demo portfolio and makes its plans. Customers that are there already stay as they are, so that a cut-off run may be repeated
 * and a small portfolio grown. Answers how many customers were added.
 */
export async function loadDemo(
  context: Context,
  { customers = DEMO_CUSTOMERS, onProgress }: { customers?: number; onProgress?: DemoProgress } = {},
): Promise<number> {
  let [done, added] = [0, 0]
  for (const batch of batchesOf(demoPortfolio({ customers, today: todayOf(context) }), BATCH)) {
    added += await context.db.transaction().execute(trx => insertBatch(trx, context, batch))
    done += batch.length
    onProgress?.('customers', done, customers)
  }
  await recomputeAll(context, { onProgress: (plans, total) => onProgress?.('plans', plans, total) })
  const process = context.playbook.overall?.process
  if (process !== undefined) await context.db.transaction().execute(trx => openDemoReviews(trx, { process, gate: REVIEW_GATE }))
  // Half a year of forecasts to compare with what came; in a large portfolio, made to measure something, nobody reads them.
  if (customers <= BATCH) await backfillForecasts(context, 26)
  return added
}

/** Invented customers do not belong among real ones. Throws `conflict` when there are any. */
export async function refuseBesideRealCustomers({ db }: Pick<Context, 'db'>): Promise<void> {
  if (!(await hasRealCustomers(db))) return
  throw new AppError('conflict', 'there are customers of your own here; load the demo into another data folder (IMPULSO_DATA)')
}

async function insertBatch(trx: Trx, context: Context, batch: readonly DemoCustomer[]): Promise<number> {
  const known = await knownIds(
    trx,
    batch.map(each => each.sheet.customer.id),
  )
  const fresh = batch.filter(each => !known.has(each.sheet.customer.id))
  const rows = noRows()
  const at = { playbook: context.playbook, today: todayOf(context), at: context.now().toISOString() }
  for (const customer of fresh) addCustomer(rows, customer, at)
  await savePeople(trx, DEMO_PEOPLE)
  await saveTeams(trx, DEMO_TEAMS)
  for (const table of TABLES) await insertTable(trx, table, rows)
  return fresh.length
}

const insertTable = <Table extends keyof DemoRows>(trx: Trx, table: Table, rows: DemoRows) => insertRows(trx, table, rows[table])

function* batchesOf<T>(values: Iterable<T>, size: number): Generator<readonly T[]> {
  let batch: T[] = []
  for (const value of values) {
    batch.push(value)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
