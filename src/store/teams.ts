import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

/** Makes sure that teams are there, under their present names. */
export async function saveTeams(trx: Trx, teams: readonly Row<'team'>[]): Promise<void> {
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
