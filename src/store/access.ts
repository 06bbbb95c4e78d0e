import { sql } from 'kysely'
import type { Day } from '../model/words.ts'
import { OWNER_ROLE } from './customers.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

export type Tie = Readonly<{ role: string; service: string | null; until: Day | null; covers: string | null }>
export type FoundTies = Readonly<{ assignments: readonly Tie[]; isTeam: boolean; unassigned: 'hidden' | 'read-only' }>

/** What ties a person to a customer on a day, and what the installation shows of other customers. One query. */
export async function findTies(db: Db, of: { personId: string; customerId: string; today: Day }): Promise<FoundTies> {
  const { rows } = await sql<FoundTies>`
    select i.unassigned,
      exists (select from team_member m join customer c on c.team_id = m.team_id
        where c.id = ${of.customerId} and m.person_id = ${of.personId}) as "isTeam",
      coalesce((select json_agg(json_build_object('role', a.role, 'service', a.service, 'until', a.until, 'covers', p.name)
          order by a.role, a.service, a.id)
        from assignment a left join person p on p.id = a.covers
        where a.customer_id = ${of.customerId} and a.person_id = ${of.personId}
          and a.since <= ${of.today} and (a.until is null or a.until >= ${of.today})), '[]') as assignments
    from installation i`.execute(db)
  // The migration made the one row of this table, and nobody may delete it.
  return rows[0] as FoundTies
}

export async function addAssignments(trx: Trx, rows: readonly Row<'assignment'>[]): Promise<void> {
  if (rows.length > 0)
    await trx
      .insertInto('assignment')
      .values([...rows])
      .execute()
}

/** Customers in the order of their ids: with a CSM, with an intended service, or with this primary owner. */
export async function customersFor(
  db: Db,
  { having, limit }: { having: { service: string } | { csm: true } | { owner: string }; limit: number },
): Promise<readonly string[]> {
  const wanted =
    'service' in having
      ? sql`select customer_id from customer_service where service = ${having.service} and intended`
      : 'csm' in having
        ? sql`select customer_id from fact where name = 'csm.assigned' and value = 'true'`
        : sql`select customer_id from assignment where person_id = ${having.owner} and role = ${OWNER_ROLE} and is_primary`
  const { rows } = await sql<{ customer_id: string }>`${wanted} order by customer_id limit ${limit}`.execute(db)
  return rows.map(row => row.customer_id)
}

/** Whether a person is tied to anything at all. */
export const hasTies = async (db: Db, personId: string): Promise<boolean> => {
  const { rows } = await sql<{ yes: boolean }>`select exists (select from team_member where person_id = ${personId})
    or exists (select from assignment where person_id = ${personId}) as yes`.execute(db)
  return rows[0]?.yes ?? false
}
