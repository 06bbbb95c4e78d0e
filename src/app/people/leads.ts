import type { Db } from '../../store/database.ts'
import { membersOf } from '../../store/teams.ts'
import type { Auth } from '../auth/auth.ts'
import type { PersonAccount } from '../auth/types.ts'
import { everyPerson } from './every-person.ts'

/** Who has an account here. */
export type Directory = Pick<Auth, 'listPeople'>

/**
 * Whom something is escalated to that is late at a customer of this team: leads of the team; without one, leads of all customers; without
 * one, administrators. Of those, who can sign in, by id.
 */
export async function leadsFor(db: Db, directory: Directory, teamId: string | null): Promise<readonly string[]> {
  const present = (await everyPerson(directory)).filter(each => each.state === 'active')
  const members = new Set(teamId === null ? [] : await membersOf(db, teamId))
  const leads = present.filter(each => each.right === 'lead')
  const choices: readonly (readonly PersonAccount[])[] = [
    leads.filter(each => members.has(each.id)),
    leads.filter(each => each.scope === 'all'),
    present.filter(each => each.right === 'administrator' && each.scope === 'all'),
  ]
  const found = choices.find(each => each.length > 0) ?? []
  return found.map(each => each.id).sort()
}
