import type { SaveTeam, Teams } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import { raiseVersions, setTeamOf } from '../../store/assignments.ts'
import type { Db, Trx } from '../../store/database.ts'
import { knownPeople } from '../../store/people.ts'
import {
  countByTeam,
  findMembers,
  findTeam,
  findTeams,
  lockCustomersOf,
  lockTeam,
  membersOf,
  removeTeam as removeRow,
  saveTeams,
  setMembers,
} from '../../store/teams.ts'
import type { Context } from '../context.ts'
import { recordCustomers, recordInstallation } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorize } from '../policy.ts'

/** Teams by name, with their members and how many customers each has. */
export async function getTeams({ db }: Pick<Context, 'db'>, actor: Actor): Promise<Teams> {
  authorize(actor, 'see-people')
  return teamViews(db)
}

async function teamViews(db: Db): Promise<Teams> {
  const members = await findMembers(db)
  const counts = await countByTeam(db)
  return {
    teams: (await findTeams(db)).map(({ id, name }) => ({
      id,
      name,
      members: members.filter(each => each.team_id === id).map(each => ({ id: each.id, name: each.name })),
      customers: counts.get(id) ?? 0,
    })),
  }
}

/** Makes a team, or changes its name; its members become exactly those given. Throws `invalid-input` for somebody nobody knows. */
export function saveTeam(context: Context, actor: Actor, { id, ...input }: SaveTeam & { id: string }): Promise<Teams> {
  authorize(actor, 'manage-teams')
  return context.db.transaction().execute(async trx => {
    const members = [...new Set(input.members)].sort()
    const known = await knownPeople(trx, members)
    const unknown = members.find(each => !known.has(each))
    if (unknown !== undefined) throw invalidField('members', `there is no person ${unknown}`)
    const team = await lockTeam(trx, id)
    const before = team ? { name: team.name, members: await membersOf(trx, id) } : null
    const after = { name: input.name, members }
    await saveTeams(trx, [{ id, name: input.name }])
    await setMembers(trx, id, members)
    await recordInstallation(trx, context, actor, { kind: 'team-saved', data: { team: id, before, after } })
    return teamViews(trx)
  })
}

/** Customers that leave a team together: each costs a lock. */
const BATCH = 500

/** Takes a team away; its customers then have none, each with a line in its own record. Cut off, it may be asked again. */
export async function removeTeam(context: Context, actor: Actor, id: string): Promise<Teams> {
  authorize(actor, 'manage-teams')
  if (!(await findTeam(context.db, id))) throw missing(id)
  let customers = 0
  for (let left = BATCH; left === BATCH; customers += left) {
    left = await context.db.transaction().execute(trx => emptyTeam(trx, context, actor, id))
  }
  return context.db.transaction().execute(async trx => {
    // Customers given to it meanwhile lock the team's row, so there are none after this.
    const team = await lockTeam(trx, id)
    if (!team) throw missing(id)
    await emptyTeam(trx, context, actor, id)
    const before = { name: team.name, members: await membersOf(trx, id), customers }
    await removeRow(trx, id)
    await recordInstallation(trx, context, actor, { kind: 'team-removed', data: { team: id, before, after: null } })
    return teamViews(trx)
  })
}

/** Takes some customers out of a team; answers how many. */
async function emptyTeam(trx: Trx, context: Context, actor: Actor, id: string): Promise<number> {
  const customers = (await lockCustomersOf(trx, id, BATCH)).map(row => row.id)
  if (customers.length === 0) return 0
  const versions = await raiseVersions(trx, customers)
  await setTeamOf(trx, customers, null)
  const told = (customerId: string) => ({
    customerId,
    kind: 'team-set',
    data: { version: versions.get(customerId) ?? 0, before: id, after: null },
  })
  await recordCustomers(trx, context, actor, customers.map(told))
  return customers.length
}

const missing = (id: string) => new AppError('not-found', `there is no team ${id}`)
