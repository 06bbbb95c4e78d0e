import type { PersonView } from '../../model/admin-api.ts'
import type { Db } from '../../store/database.ts'
import { teamsOf } from '../../store/people.ts'
import type { Auth } from '../auth/auth.ts'
import type { PersonAccount } from '../auth/types.ts'

/** Accounts with their teams and ways in; the same number of queries for one as for two hundred. */
export async function personViews(db: Db, auth: Auth, people: readonly PersonAccount[]): Promise<PersonView[]> {
  const ids = people.map(each => each.id)
  const [teams, ways] = await Promise.all([teamsOf(db, ids), auth.waysInOfAll(ids)])
  return people.map(person => {
    const { hasPassword = false, sso = false, passkeys = 0 } = ways.get(person.id) ?? {}
    return {
      id: person.id,
      name: person.name,
      email: person.email,
      right: person.right,
      scope: person.scope,
      locale: person.locale,
      teams: [...(teams.get(person.id) ?? [])],
      state: person.state,
      isDemo: person.isDemo,
      ways: { password: hasPassword, passkeys, twoFactor: person.hasTwoFactor, sso },
      lastSignInAt: person.lastSignInAt,
    }
  })
}

export async function personView(db: Db, auth: Auth, id: string): Promise<PersonView> {
  const [view] = await personViews(db, auth, [await auth.getPerson(id)])
  // One account in, one view out.
  return view as PersonView
}
