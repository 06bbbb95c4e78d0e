import type { Day } from '../model/words.ts'
import type { Db } from './database.ts'
import type { Row } from './tables.ts'

/** Everything recorded of one customer that a plan is made from. */
export type Known = Readonly<{
  customer: Row<'customer'>
  tenants: readonly Row<'tenant'>[]
  services: readonly Row<'customer_service'>[]
  entitlements: readonly Row<'entitlement'>[]
  usage: readonly Row<'usage_current'>[]
  facts: readonly Row<'fact'>[]
  /** Metrics of the success plan, with their newest reading. */
  metrics: readonly KnownMetric[]
  /** The open engagement, else the last one. */
  engagement: Row<'engagement'> | undefined
  /** Items that a person has touched. */
  marks: readonly (Row<'item'> & { by: string | null })[]
  /** Days that people set for items instead of the playbook's, by the item's id. */
  dueSet: Readonly<Record<string, Day>>
  outcomes: readonly Row<'outcome'>[]
  /** Whoever is, was or will be assigned as customer success manager. */
  csms: readonly KnownCsm[]
}>

export type KnownCsm = Pick<Row<'assignment'>, 'customer_id' | 'since' | 'until' | 'covers' | 'is_primary'> & Readonly<{ name: string }>

export type KnownMetric = Readonly<{ metric: Row<'metric'>; reading: Row<'metric_reading'> | undefined }>

/** What is known of these customers: one query per table, however many customers. Archived and missing ones are left out. */
export async function loadKnown(db: Db, ids: readonly string[]): Promise<readonly Known[]> {
  if (ids.length === 0) return []
  const of = <T extends 'tenant' | 'customer_service' | 'entitlement' | 'usage_current' | 'fact'>(table: T) =>
    // Each of these tables has a customer_id; the builder cannot see that through the type parameter.
    db
      .selectFrom(table as 'tenant')
      .selectAll()
      .where('customer_id', 'in', ids)
      .execute() as unknown as Promise<Row<T>[]>
  const customers = await db
    .selectFrom('customer')
    .selectAll()
    .where('id', 'in', ids)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .execute()
  const tenants = byCustomer(await of('tenant'))
  const services = byCustomer(await of('customer_service'))
  const entitlements = byCustomer(await of('entitlement'))
  const usage = byCustomer(await of('usage_current'))
  const facts = byCustomer(await of('fact'))
  const metrics = await db
    .selectFrom('metric')
    .selectAll()
    .where('customer_id', 'in', ids)
    .where('removed_at', 'is', null)
    .orderBy('customer_id')
    .orderBy('id')
    .execute()
  const readings = await newestReadings(db, metrics.length === 0 ? [] : ids)
  const engagements = await db
    .selectFrom('engagement')
    .selectAll()
    .distinctOn('customer_id')
    .where('customer_id', 'in', ids)
    .orderBy('customer_id')
    .orderBy('cycle', 'desc')
    .execute()
  const engagement = new Map(engagements.map(row => [row.customer_id, row]))
  const touched = byCustomer(
    await db
      .selectFrom('item')
      .leftJoin('person', 'person.id', 'item.set_by')
      .selectAll('item')
      .select('person.name as by')
      .where('customer_id', 'in', ids)
      .where(eb => eb.or([eb('status', 'is not', null), eb('due_set', 'is not', null)]))
      .orderBy('set_at')
      .orderBy('item.id')
      .execute(),
  )
  const outcomes = byCustomer(await db.selectFrom('outcome').selectAll().where('customer_id', 'in', ids).orderBy('outcome').execute())
  const csms = byCustomer(
    await db
      .selectFrom('assignment')
      .innerJoin('person', 'person.id', 'assignment.person_id')
      .select(['assignment.customer_id', 'since', 'until', 'covers', 'is_primary', 'person.name'])
      .where('customer_id', 'in', ids)
      .where('role', '=', 'customer-success-manager')
      .orderBy('is_primary', 'desc')
      .orderBy('since')
      .orderBy('assignment.id')
      .execute(),
  )
  const metricsOf = byCustomer(metrics)
  return customers.map(customer => {
    const current = engagement.get(customer.id)
    const ofCurrent = (row: { engagement_id: string }) => row.engagement_id === current?.id
    return {
      customer,
      tenants: sorted(tenants.get(customer.id), row => row.id),
      services: sorted(services.get(customer.id), row => row.service),
      entitlements: sorted(entitlements.get(customer.id), row => `${row.service} ${row.tenant_id}`),
      usage: sorted(usage.get(customer.id), row => `${row.service} ${row.tenant_id}`),
      facts: sorted(facts.get(customer.id), row => `${row.name} ${row.service}`),
      metrics: sorted(metricsOf.get(customer.id), row => row.id).map(metric => ({
        metric,
        reading: readings.get(JSON.stringify([customer.id, metric.id])),
      })),
      engagement: current,
      marks: (touched.get(customer.id) ?? []).filter(row => ofCurrent(row) && row.status !== null),
      dueSet: Object.fromEntries(
        (touched.get(customer.id) ?? []).filter(ofCurrent).flatMap(({ id, due_set: day }) => (day === null ? [] : [[id, day]])),
      ),
      outcomes: (outcomes.get(customer.id) ?? []).filter(ofCurrent),
      csms: csms.get(customer.id) ?? [],
    }
  })
}

/** The newest reading of each metric, by customer and metric. */
async function newestReadings(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Row<'metric_reading'>>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('metric_reading')
    .selectAll()
    .distinctOn(['customer_id', 'metric_id'])
    .where('customer_id', 'in', ids)
    .orderBy('customer_id')
    .orderBy('metric_id')
    .orderBy('day', 'desc')
    .execute()
  return new Map(rows.map(row => [JSON.stringify([row.customer_id, row.metric_id]), row]))
}

function byCustomer<T extends { customer_id: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.customer_id)
    if (group) group.push(row)
    else groups.set(row.customer_id, [row])
  }
  return groups
}

/** By code units, so that the same rows come in the same order whatever the server's collation. */
function sorted<T>(rows: readonly T[] | undefined, key: (row: T) => string): readonly T[] {
  return (rows ?? [])
    .map(row => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(each => each.row)
}
