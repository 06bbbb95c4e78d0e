import type { Day } from '../model/words.ts'
import { USUAL_CALENDAR, type WorkingCalendar } from '../model/working-calendar.ts'
import type { Db, Trx } from './database.ts'
import type { Row } from './tables.ts'

export type Holiday = Readonly<{ day: Day; name: string }>

/** When a team works; the usual calendar for customers of no team. */
export async function findCalendar(db: Db, teamId: string | null): Promise<WorkingCalendar> {
  if (teamId === null) return USUAL_CALENDAR
  return (await findCalendars(db, [teamId])).get(teamId) ?? USUAL_CALENDAR
}

/** When these teams work. */
export async function findCalendars(db: Db, teamIds: readonly string[]): Promise<ReadonlyMap<string, WorkingCalendar>> {
  if (teamIds.length === 0) return new Map()
  const teams = await db
    .selectFrom('team')
    .selectAll()
    .where('id', 'in', [...new Set(teamIds)])
    .execute()
  const holidays = await db
    .selectFrom('team_holiday')
    .select(['team_id', 'day'])
    .where('team_id', 'in', teams.map(team => team.id).concat(''))
    .execute()
  return new Map(
    teams.map(team => [
      team.id,
      calendarOf(
        team,
        holidays.filter(each => each.team_id === team.id).map(each => each.day),
      ),
    ]),
  )
}

/** When the teams of these people work, by person; who is in no team is left out. */
export async function calendarsOfPeople(db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, readonly WorkingCalendar[]>> {
  if (personIds.length === 0) return new Map()
  const members = await db
    .selectFrom('team_member')
    .select(['person_id', 'team_id'])
    .where('person_id', 'in', [...personIds])
    .execute()
  const calendars = await findCalendars(
    db,
    members.map(each => each.team_id),
  )
  const found = new Map<string, WorkingCalendar[]>()
  for (const { person_id: person, team_id: team } of members)
    found.set(person, [...(found.get(person) ?? []), ...[calendars.get(team) ?? []].flat()])
  return found
}

const calendarOf = (team: Row<'team'>, holidays: readonly Day[]): WorkingCalendar => ({
  timeZone: team.time_zone,
  workDays: team.work_days,
  // The database says seconds.
  from: team.work_from.slice(0, 5),
  until: team.work_until.slice(0, 5),
  holidays,
})

export const findHolidays = (db: Db, teamId: string): Promise<Holiday[]> =>
  db.selectFrom('team_holiday').select(['day', 'name']).where('team_id', '=', teamId).orderBy('day').execute()

/** When the team works becomes exactly this. */
export async function saveCalendar(
  trx: Trx,
  teamId: string,
  { timeZone, workDays, from, until }: Omit<WorkingCalendar, 'holidays'>,
  holidays: readonly Holiday[],
): Promise<void> {
  await trx
    .updateTable('team')
    .set({ time_zone: timeZone, work_days: workDays, work_from: from, work_until: until })
    .where('id', '=', teamId)
    .execute()
  await trx.deleteFrom('team_holiday').where('team_id', '=', teamId).execute()
  if (holidays.length === 0) return
  await trx
    .insertInto('team_holiday')
    .values(holidays.map(({ day, name }) => ({ team_id: teamId, day, name })))
    .execute()
}
