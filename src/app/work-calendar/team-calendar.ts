import { AppError } from '../../model/errors.ts'
import type { SetTeamCalendar, TeamCalendar } from '../../model/handshake-api.ts'
import { isTimeZone } from '../../model/working-calendar.ts'
import type { Db } from '../../store/database.ts'
import { findTeam, lockTeam } from '../../store/teams.ts'
import { findCalendar, findHolidays, saveCalendar } from '../../store/work-calendar.ts'
import type { Context } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorize } from '../policy.ts'

/** When a team works. */
export async function getTeamCalendar({ db }: Pick<Context, 'db'>, actor: Actor, id: string): Promise<TeamCalendar> {
  authorize(actor, 'see-people')
  return calendarView(db, await foundTeam(findTeam(db, id), id))
}

/** Sets when a team works. Deadlines counted from now on follow it. Throws `invalid-input` naming the field. */
export function setTeamCalendar(context: Context, actor: Actor, { id, ...input }: SetTeamCalendar & { id: string }): Promise<TeamCalendar> {
  authorize(actor, 'manage-teams')
  refuseWrong(input)
  return context.db.transaction().execute(async trx => {
    const team = await foundTeam(lockTeam(trx, id), id)
    const { team: _, ...before } = await calendarView(trx, team)
    const { holidays, ...hours } = { ...input, workDays: input.workDays.toSorted((a, b) => a - b) }
    await saveCalendar(trx, id, hours, holidays)
    const after = await calendarView(trx, team)
    await recordInstallation(trx, context, actor, { kind: 'team-calendar-set', data: { team: id, before, after: { ...after, team: id } } })
    return after
  })
}

function refuseWrong({ timeZone, workDays, from, until, holidays }: SetTeamCalendar): void {
  if (!isTimeZone(timeZone)) throw invalidField('timeZone', `"${timeZone}" is not a time zone; write it like America/Sao_Paulo`)
  if (new Set(workDays).size < workDays.length) throw invalidField('workDays', 'a day of the week stands there twice')
  if (from >= until) throw invalidField('until', 'the working day ends before it begins')
  const twice = holidays.find((each, index) => holidays.findIndex(other => other.day === each.day) < index)
  if (twice) throw invalidField('holidays', `${twice.day} stands there twice`)
}

async function calendarView(db: Db, { id, name }: Readonly<{ id: string; name: string }>): Promise<TeamCalendar> {
  const { timeZone, workDays, from, until } = await findCalendar(db, id)
  return { team: { id, name }, timeZone, workDays: [...workDays], from, until, holidays: [...(await findHolidays(db, id))] }
}

async function foundTeam<Team>(found: Promise<Team | undefined>, id: string): Promise<Team> {
  const team = await found
  if (!team) throw new AppError('not-found', `there is no team ${id}`)
  return team
}
