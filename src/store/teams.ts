import { OWNER_ROLE } from './customers.ts'
import type { Db, Trx } from './database.ts'
import type { NewRow, Row } from './tables.ts'

/** Makes sure that teams are there, under their present names. */
export async function saveTeams(trx: Trx, teams: readonly NewRow<'team'>[]): Promise<void> {
  if (teams.length === 0) return
  await trx
    .insertInto('team')
    .values([...teams])
    .onConflict(conflict => conflict.column('id').doUpdateSet(eb => ({ name: eb.ref('excluded.name') })))
    .execute()
}

/** Adds people to teams; those who are in stay in. */
export async function addMembers(trx: Trx, members: readonly Row<'team_member'>[]): Promise<void> {
  if (members.length === 0) return
  await trx
    .insertInto('team_member')
    .values([...members])
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export const findTeams = (db: Db) => db.selectFrom('team').selectAll().orderBy('name').orderBy('id').execute()

export const findMembers = (db: Db) =>
  db
    .selectFrom('team_member')
    .innerJoin('person', 'person.id', 'team_member.person_id')
    .select(['team_member.team_id', 'person.id', 'person.name'])
    .where('person.erased_at', 'is', null)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute()

export const findTeam = (db: Db, id: string) => db.selectFrom('team').selectAll().where('id', '=', id).executeTakeFirst()

/** The team with its row locked; undefined when there is none. */
export const lockTeam = (trx: Trx, id: string) => trx.selectFrom('team').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** How many customers each team has; a team without any is not in it. */
export async function countByTeam(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('customer')
    .select(eb => ['team_id', eb.fn.countAll<number>().as('count')])
    .where('team_id', 'is not', null)
    .where('archived_at', 'is', null)
    .groupBy('team_id')
    .execute()
  return new Map(rows.map(row => [row.team_id ?? '', row.count]))
}

export const membersOf = async (db: Db, teamId: string): Promise<readonly string[]> =>
  (await db.selectFrom('team_member').select('person_id').where('team_id', '=', teamId).orderBy('person_id').execute()).map(
    row => row.person_id,
  )

/** The members become exactly these. */
export async function setMembers(trx: Trx, teamId: string, people: readonly string[]): Promise<void> {
  let gone = trx.deleteFrom('team_member').where('team_id', '=', teamId)
  if (people.length > 0) gone = gone.where('person_id', 'not in', people)
  await gone.execute()
  await addMembers(
    trx,
    people.map(person_id => ({ team_id: teamId, person_id })),
  )
}

/** Some customers of a team, locked, in the order of their ids; archived ones too. */
export const lockCustomersOf = (trx: Trx, teamId: string, limit: number) =>
  trx.selectFrom('customer').select('id').where('team_id', '=', teamId).orderBy('id').limit(limit).forNoKeyUpdate().execute()

/** Demo customers of this primary owner that are in no team come into this one. */
export const teamUpDemo = (trx: Trx, { owner, teamId }: { owner: string; teamId: string }) =>
  trx
    .updateTable('customer')
    .set({ team_id: teamId })
    .where('is_demo', '=', true)
    .where('team_id', 'is', null)
    .where('id', 'in', owned =>
      owned
        .selectFrom('assignment')
        .select('customer_id')
        .where('person_id', '=', owner)
        .where('role', '=', OWNER_ROLE)
        .where('is_primary', '=', true),
    )
    .execute()

export const removeTeam = (trx: Trx, id: string) => trx.deleteFrom('team').where('id', '=', id).execute()
