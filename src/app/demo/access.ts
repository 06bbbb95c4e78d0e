import type { AccessRight } from '../../model/api.ts'
import { addAssignments, customersFor, hasTies } from '../../store/access.ts'
import { OWNER_ROLE } from '../../store/customers.ts'
import type { Row } from '../../store/tables.ts'
import { addMembers, saveTeams, teamUpDemo } from '../../store/teams.ts'
import { type Context, todayOf } from '../context.ts'
import { dayNumber, dayOf } from './days.ts'
import { DEMO_MANAGERS, DEMO_TEAMS, teamOf } from './people.ts'

/** A cover that one can see running out. */
const COVER_DAYS = 14
const COVERED = 4
const WITH_CSM = 12
const WITH_TEAMS = 15

/**
 * Gives the demo accounts something to do: a team to the manager and the engineer, customers to the customer success manager, one service
 * to the expert, and a cover to the manager. What is there already stays as it is.
 */
export async function giveDemoAccess(context: Context, accounts: ReadonlyMap<AccessRight, string>): Promise<void> {
  const of = (right: AccessRight) => accounts.get(right)
  const [manager, engineer, csm, expert] = [
    of('fasttrack-manager'),
    of('engineer'),
    of('customer-success-manager'),
    of('subject-matter-expert'),
  ]
  if (!manager || !engineer || !csm || !expert) return
  const since = todayOf(context)
  const until = dayOf(dayNumber(since) + COVER_DAYS)
  const [north] = DEMO_TEAMS
  // Of the other team: the own one sees its customers anyway.
  const absent = DEMO_MANAGERS[1]
  await context.db.transaction().execute(async trx => {
    if (await hasTies(trx, manager)) return
    // A demo that was loaded before there were teams has none.
    await saveTeams(trx, DEMO_TEAMS)
    for (const owner of DEMO_MANAGERS) await teamUpDemo(trx, { owner: owner.id, teamId: teamOf(owner).id })
    await addMembers(
      trx,
      [manager, engineer].map(person_id => ({ team_id: north.id, person_id })),
    )
    const rows = (ids: readonly string[], more: Pick<Row<'assignment'>, 'id' | 'person_id' | 'role'> & Partial<Row<'assignment'>>) =>
      ids.map(customer_id => ({ customer_id, service: null, is_primary: false, since, until: null, covers: null, ...more }))
    const covered = absent ? await customersFor(trx, { having: { owner: absent.id }, limit: COVERED }) : []
    const withCsm = await customersFor(trx, { having: { csm: true }, limit: WITH_CSM })
    const withTeams = await customersFor(trx, { having: { service: 'teams' }, limit: WITH_TEAMS })
    await addAssignments(trx, [
      ...rows(covered, { id: 'demo-cover', person_id: manager, role: OWNER_ROLE, until, covers: absent?.id ?? null }),
      ...rows(withCsm, { id: 'demo-csm', person_id: csm, role: 'customer-success-manager', is_primary: true }),
      ...rows(withTeams, { id: 'demo-expert', person_id: expert, role: 'subject-matter-expert', service: 'teams' }),
    ])
  })
}
