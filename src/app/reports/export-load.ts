import type { LoadView } from '../../model/item-api.ts'
import { type Context, todayOf } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { type Columns, csvOf } from '../exports/csv.ts'
import { CSV, type Download } from '../exports/download.ts'
import { getLoad } from '../plans/item-view.ts'
import type { Actor } from '../policy.ts'

/** What everybody has open and looks after as CSV; goes on record. */
export async function exportLoad(context: Context, actor: Actor): Promise<Download> {
  const { people, cap } = await getLoad(context, actor)
  await context.db.transaction().execute(async trx => {
    const data = { what: 'report-load', format: 'csv', count: people.length, filters: {} }
    await recordInstallation(trx, context, actor, { kind: 'export-made', data })
  })
  return { fileName: `load-${todayOf(context)}.csv`, contentType: CSV, body: csvOf(columnsFor(cap), once(people)) }
}

async function* once<T>(rows: T): AsyncGenerator<T> {
  yield rows
}

const columnsFor = (cap: number): Columns<LoadView['people'][number]> => [
  { name: 'person', of: row => row.id },
  { name: 'name', of: row => row.name },
  { name: 'open', of: row => row.open },
  { name: 'cap', of: () => cap },
  { name: 'due_this_week', of: row => row.dueSoon },
  { name: 'late', of: row => row.overdue },
  { name: 'customers', of: row => row.assigned },
  { name: 'owned', of: row => row.owned },
]
