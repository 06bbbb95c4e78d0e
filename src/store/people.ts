import type { Db, Trx } from './database.ts'
import { deleteOwn } from './notifications.ts'

/** A person the record knows; undefined for nobody and for one who was erased. */
export const findPerson = (db: Db, id: string) =>
  db.selectFrom('person').select(['id', 'name']).where('id', '=', id).where('erased_at', 'is', null).executeTakeFirst()

/** Which of these people the record knows. */
export async function knownPeople(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('person').select('id').where('id', 'in', ids).where('erased_at', 'is', null).execute()
  return new Set(rows.map(row => row.id))
}

/** Teams of each person, by name. One query for a page of people. */
export async function teamsOf(db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, readonly { id: string; name: string }[]>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('team_member')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .select(['team_member.person_id', 'team.id', 'team.name'])
    .where('team_member.person_id', 'in', personIds)
    .orderBy('team.name')
    .orderBy('team.id')
    .execute()
  const teams = new Map<string, { id: string; name: string }[]>()
  for (const { person_id, ...team } of rows) teams.set(person_id, [...(teams.get(person_id) ?? []), team])
  return teams
}

/** The teams of a person become exactly these. */
export async function setTeamsOf(trx: Trx, personId: string, teams: readonly string[]): Promise<void> {
  let gone = trx.deleteFrom('team_member').where('person_id', '=', personId)
  if (teams.length > 0) gone = gone.where('team_id', 'not in', teams)
  await gone.execute()
  if (teams.length === 0) return
  await trx
    .insertInto('team_member')
    .values(teams.map(team_id => ({ team_id, person_id: personId })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Takes a person away, out of every team; throws a violation of a foreign key when something refers to them still. */
export async function forgetPerson(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('team_member').where('person_id', '=', id).execute()
  await trx.deleteFrom('person_key').where('person_id', '=', id).execute()
  await trx.deleteFrom('mail').where('person_id', '=', id).execute()
  await deleteOwn(trx, id)
  await trx.deleteFrom('person').where('id', '=', id).execute()
}

/** The text of the newest captured invitation of a person; undefined where mail goes out. */
export async function findCapturedInvitation(db: Db, personId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('mail')
    .select('text')
    .where('person_id', '=', personId)
    .where('kind', '=', 'invitation')
    .where('state', '=', 'captured')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.text
}
