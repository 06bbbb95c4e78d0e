import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

export async function saveMetrics(trx: Trx, rows: readonly NewRow<'metric'>[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('metric')
    .values([...rows])
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'id']).doUpdateSet(eb => ({
        objective_id: eb.ref('excluded.objective_id'),
        name: eb.ref('excluded.name'),
        kind: eb.ref('excluded.kind'),
        service: eb.ref('excluded.service'),
        unit: eb.ref('excluded.unit'),
        baseline: eb.ref('excluded.baseline'),
        baseline_on: eb.ref('excluded.baseline_on'),
        target: eb.ref('excluded.target'),
        direction: eb.ref('excluded.direction'),
        target_date: eb.ref('excluded.target_date'),
        removed_at: eb.ref('excluded.removed_at'),
        version: eb.ref('excluded.version'),
      })),
    )
    .execute()
}

/** Notes that a metric changed with this version of the customer. */
export async function touchMetric(trx: Trx, customerId: string, id: string, version: number): Promise<void> {
  await trx.updateTable('metric').set({ version }).where('customer_id', '=', customerId).where('id', '=', id).execute()
}

/** One reading per metric and day, the newer replacing. */
export async function saveReadings(trx: Trx, rows: readonly NewRow<'metric_reading'>[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('metric_reading')
    .values([...rows])
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'metric_id', 'day']).doUpdateSet(eb => ({
        value: eb.ref('excluded.value'),
        source: eb.ref('excluded.source'),
        note: eb.ref('excluded.note'),
        recorded_by: eb.ref('excluded.recorded_by'),
        recorded_at: eb.ref('excluded.recorded_at'),
      })),
    )
    .execute()
}

type ReadingKey = Readonly<{ customer_id: string; metric_id: string; day: Day }>

export async function removeReadings(trx: Trx, keys: readonly ReadingKey[]): Promise<void> {
  for (const { customer_id, metric_id, day } of keys)
    await trx
      .deleteFrom('metric_reading')
      .where('customer_id', '=', customer_id)
      .where('metric_id', '=', metric_id)
      .where('day', '=', day)
      .execute()
}

export type Reading = Row<'metric_reading'> & Readonly<{ by: string | null }>

/** Readings of a customer's metrics, oldest first, at most `most` per metric, the newest of them. */
export const findReadings = async (db: Db, customerId: string, most: number): Promise<readonly Reading[]> =>
  db
    .with('ranked', query =>
      query
        .selectFrom('metric_reading')
        .leftJoin('person', 'person.id', 'metric_reading.recorded_by')
        .selectAll('metric_reading')
        .select('person.name as by')
        .select(sql<number>`row_number() over (partition by metric_id order by day desc)`.as('place'))
        .where('customer_id', '=', customerId),
    )
    .selectFrom('ranked')
    .select(['customer_id', 'metric_id', 'day', 'value', 'source', 'note', 'recorded_by', 'recorded_at', 'by'])
    .where('place', '<=', most)
    .orderBy('metric_id')
    .orderBy('day')
    .execute()

export type Objective = Row<'objective'> & Readonly<{ owner: string | null }>

/** Objectives of a customer in their order, those removed too. */
export const findObjectives = (db: Db, customerId: string): Promise<readonly Objective[]> =>
  db
    .selectFrom('objective')
    .leftJoin('person', 'person.id', 'objective.owner_id')
    .selectAll('objective')
    .select('person.name as owner')
    .where('customer_id', '=', customerId)
    .orderBy('position')
    .orderBy('objective.id')
    .execute()

export async function saveObjectives(trx: Trx, rows: readonly NewRow<'objective'>[]): Promise<void> {
  if (rows.length === 0) return
  await trx
    .insertInto('objective')
    .values([...rows])
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'id']).doUpdateSet(eb => ({
        title: eb.ref('excluded.title'),
        description: eb.ref('excluded.description'),
        service: eb.ref('excluded.service'),
        owner_id: eb.ref('excluded.owner_id'),
        target_date: eb.ref('excluded.target_date'),
        position: eb.ref('excluded.position'),
        removed_at: eb.ref('excluded.removed_at'),
        version: eb.ref('excluded.version'),
      })),
    )
    .execute()
}

/** Metrics of a customer, those removed too. */
export const findMetrics = (db: Db, customerId: string): Promise<readonly Row<'metric'>[]> =>
  db.selectFrom('metric').selectAll().where('customer_id', '=', customerId).orderBy('name').orderBy('id').execute()

/** The reading of each metric of the customer on each of these days. */
export const findReadingsOn = (db: Db, customerId: string, days: readonly Day[]): Promise<readonly Row<'metric_reading'>[]> =>
  days.length === 0
    ? Promise.resolve([])
    : db.selectFrom('metric_reading').selectAll().where('customer_id', '=', customerId).where('day', 'in', days).execute()

/** The first reading of each metric, by id. */
export async function firstReadings(db: Db, customerId: string): Promise<ReadonlyMap<string, Day>> {
  const rows = await db
    .selectFrom('metric_reading')
    .select(['metric_id', eb => eb.fn.min('day').as('day')])
    .where('customer_id', '=', customerId)
    .groupBy('metric_id')
    .execute()
  return new Map(rows.map(row => [row.metric_id, row.day]))
}

export type Split = Row<'seat_split'> & Readonly<{ by: string; parts: readonly Row<'seat_intent'>[] }>

/** How the seats of each service are split, by service. */
export async function findSplits(db: Db, customerId: string): Promise<ReadonlyMap<string, Split>> {
  const splits = await db
    .selectFrom('seat_split')
    .innerJoin('person', 'person.id', 'seat_split.changed_by')
    .selectAll('seat_split')
    .select('person.name as by')
    .where('customer_id', '=', customerId)
    .execute()
  const parts = await db.selectFrom('seat_intent').selectAll().where('customer_id', '=', customerId).orderBy('position').execute()
  return new Map(splits.map(split => [split.service, { ...split, parts: parts.filter(part => part.service === split.service) }]))
}

/** Writes a split anew. Throws a violation of `seat_split_sums` at the end of the transaction when the parts do not sum to the seats. */
export async function saveSplit(trx: Trx, split: Row<'seat_split'>, parts: readonly NewRow<'seat_intent'>[]): Promise<void> {
  const { customer_id, service, ...changed } = split
  await trx
    .insertInto('seat_split')
    .values(split)
    .onConflict(conflict => conflict.columns(['customer_id', 'service']).doUpdateSet(changed))
    .execute()
  await trx.deleteFrom('seat_intent').where('customer_id', '=', customer_id).where('service', '=', service).execute()
  if (parts.length > 0)
    await trx
      .insertInto('seat_intent')
      .values([...parts])
      .execute()
}

export const findEvent = (db: Db, customerId: string, seq: number): Promise<Pick<Row<'event'>, 'kind' | 'body'> | undefined> =>
  db.selectFrom('event').select(['kind', 'body']).where('customer_id', '=', customerId).where('seq', '=', seq).executeTakeFirst()
