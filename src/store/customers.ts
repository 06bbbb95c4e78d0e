import type { Denominator } from '../model/usage-api.ts'
import type { Day, Initiative, Segment } from '../model/words.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow } from './tables.ts'

/** The primary assignment in this role is the one who owns the customer. */
export const OWNER_ROLE = 'fasttrack-manager'

/** The customer, or undefined; archived ones count as gone. */
export const findCustomer = (db: Db, id: string) =>
  db
    .selectFrom('customer')
    .leftJoin('assignment as primary', join =>
      join.onRef('primary.customer_id', '=', 'customer.id').on('primary.role', '=', OWNER_ROLE).on('primary.is_primary', '=', true),
    )
    .leftJoin('person as owner', 'owner.id', 'primary.person_id')
    .leftJoin('team', 'team.id', 'customer.team_id')
    .selectAll('customer')
    .select(['owner.name as owner', 'team.name as team'])
    .where('customer.id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst()

/**
 * The customer with its row locked until the transaction ends: writers of one customer follow each other. Not its key, which whoever adds
 * to its record refers to: they hold the record and would wait for the row, we hold the row and may wait for the record.
 */
export const lockCustomer = (trx: Trx, id: string) =>
  trx.selectFrom('customer').selectAll().where('id', '=', id).where('archived_at', 'is', null).forNoKeyUpdate().executeTakeFirst()

/** Locks several, in the order of their ids, so that two such calls never wait for each other. */
export const lockCustomers = (trx: Trx, ids: readonly string[]) =>
  trx.selectFrom('customer').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute()

/** Counts a change of the customer; answers the new version. */
export async function raiseVersion(trx: Trx, id: string): Promise<number> {
  const { version } = await trx
    .updateTable('customer')
    .set(eb => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export type NewCustomer = Readonly<{
  id: string
  name: string
  segment: Segment | null
  initiatives: readonly Initiative[]
  assignedOn: Day | null
  thresholds: Readonly<Record<string, number | undefined>>
  isDemo: boolean
  /** In which the customer is written to; English without. */
  language?: string
  teamId?: string | null
  at: string
}>

/** Writes new customers; throws on an id that is taken. */
export async function insertCustomers(trx: Trx, customers: readonly NewCustomer[]): Promise<void> {
  if (customers.length === 0) return
  await trx
    .insertInto('customer')
    .values(
      customers.map(each => ({
        id: each.id,
        name: each.name,
        search_key: searchKey(each.name),
        segment: each.segment,
        initiatives: each.initiatives,
        assigned_on: each.assignedOn,
        thresholds: JSON.stringify(each.thresholds),
        is_demo: each.isDemo,
        language: each.language ?? 'en',
        team_id: each.teamId ?? null,
        archived_at: null,
        created_at: each.at,
      })),
    )
    .execute()
}

export type CustomerChange = {
  name?: string
  segment?: Segment | null
  initiatives?: readonly Initiative[]
  language?: string
  assigned_on?: Day | null
}

export const changeCustomer = (trx: Trx, id: string, change: CustomerChange) =>
  trx
    .updateTable('customer')
    .set({ ...change, ...(change.name === undefined ? {} : { search_key: searchKey(change.name) }) })
    .where('id', '=', id)
    .execute()

export const findTenants = (db: Db, customerId: string) =>
  db.selectFrom('tenant').selectAll().where('customer_id', '=', customerId).orderBy('id').execute()

/** Adds tenants that are not there yet. */
export async function addTenants(trx: Trx, tenants: readonly NewRow<'tenant'>[]): Promise<void> {
  if (tenants.length === 0) return
  await trx
    .insertInto('tenant')
    .values([...tenants])
    .onConflict(conflict => conflict.columns(['customer_id', 'id']).doNothing())
    .execute()
}

/** Writes what is known of services: intended, and since when activated. */
export async function saveServices(trx: Trx, services: readonly NewRow<'customer_service'>[]): Promise<void> {
  if (services.length === 0) return
  await trx
    .insertInto('customer_service')
    .values([...services])
    .onConflict(conflict =>
      conflict.columns(['customer_id', 'service']).doUpdateSet(eb => ({
        intended: eb.ref('excluded.intended'),
        is_activation_known: eb.ref('excluded.is_activation_known'),
        activated_on: eb.ref('excluded.activated_on'),
      })),
    )
    .execute()
}

/** Makes sure that people are there, under their present names; who was erased stays without one. */
export async function savePeople(trx: Trx, people: readonly Readonly<{ id: string; name: string }>[]): Promise<void> {
  const unique = [...new Map(people.map(person => [person.id, person])).values()]
  if (unique.length === 0) return
  await trx
    .insertInto('person')
    .values(unique)
    .onConflict(conflict =>
      conflict
        .column('id')
        .doUpdateSet(eb => ({ name: eb.ref('excluded.name') }))
        .whereRef('person.name', '!=', 'excluded.name')
        .where('person.erased_at', 'is', null),
    )
    .execute()
}

export const findPersonNamed = (db: Db, name: string) =>
  db.selectFrom('person').selectAll().where('name', '=', name).where('erased_at', 'is', null).orderBy('id').limit(1).executeTakeFirst()

export async function namesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(row => [row.id, row.name]))
}

export const countCustomers = async (db: Db): Promise<number> => {
  const { count } = await db
    .selectFrom('customer')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** A name without case and accents, so that "sao" finds "São". */
export const searchKey = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** The service is no longer one of the customer's. What was measured of it stays. */
export async function removeService(trx: Trx, customerId: string, service: string): Promise<void> {
  await trx.deleteFrom('customer_service').where('customer_id', '=', customerId).where('service', '=', service).execute()
}

export const findServices = (db: Db, customerId: string) =>
  db.selectFrom('customer_service').selectAll().where('customer_id', '=', customerId).execute()

/** Of what active users of a service are a share; null: the usual way. */
export const saveDenominator = (
  trx: Trx,
  {
    customerId,
    service,
    denominator,
    seats,
  }: { customerId: string; service: string; denominator: Denominator | null; seats: number | null },
) =>
  trx
    .updateTable('customer_service')
    .set({ denominator, custom_seats: seats })
    .where('customer_id', '=', customerId)
    .where('service', '=', service)
    .execute()
