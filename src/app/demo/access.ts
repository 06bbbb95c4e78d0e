import type { AccessRight } from '../../model/api.ts'
import { addAssignments, customersFor, hasTies } from '../../store/access.ts'
import { OWNER_ROLE } from '../../store/customers.ts'
import { giveRequests, saveProfile } from '../../store/expert-requests.ts'
import { giveHandshakes } from '../../store/handshakes.ts'
import { customerNames } from '../../store/notifications.ts'
import type { Row } from '../../store/tables.ts'
import { addMembers, saveTeams, teamUpDemo } from '../../store/teams.ts'
import { type Context, todayOf } from '../context.ts'
import { dayNumber, dayOf } from './days.ts'
import { DEMO_MANAGERS, DEMO_TEAMS, teamOf } from './people.ts'
import { DEMO_HELP } from './work/expert-requests.ts'
import { giveNotifications } from './work/notifications.ts'
import { giveOwnWork, giveViews } from './work/own-work.ts'

/** A cover that one can see running out. */
const COVER_DAYS = 14
const COVERED = 4
const WITH_CSM = 12
const WITH_TEAMS = 15
/** What an expert of the demo says. */
const KNOWN = {
  is_expert: false,
  skills: ['adoption', 'business-value', 'compliance', 'meetings-calling', 'security'],
  services: ['exchange', 'onedrive', 'sharepoint', 'teams'],
  languages: [] as readonly string[],
  regions: [] as readonly string[],
}

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
    await giveOwnWork(trx, context, { manager, customers: covered })
    await giveViews(trx, { manager, lead: of('lead') })
    await giveHandshakes(trx, { customers: withCsm, manager, csm })
    await giveRequests(trx, { team: north.id, manager, expert, help: DEMO_HELP })
    const at = context.now().toISOString()
    for (const each of [
      { ...KNOWN, person_id: expert, languages: ['en', 'pt'], regions: ['europe', 'latin-america'], at_once: 5 },
      // An engineer is asked by name alone, and says nothing of languages.
      { ...KNOWN, person_id: engineer, is_expert: true, skills: ['deployment', 'migration'], services: [], at_once: 2 },
    ]) {
      await saveProfile(trx, { ...each, changed_by: each.person_id, changed_at: at, version: 0 })
    }
    const names = [...(await customerNames(trx, withCsm))].map(([id, name]) => ({ id, name })).sort((a, b) => (a.id < b.id ? -1 : 1))
    await giveNotifications(trx, context, { people: [csm, of('lead')].filter(each => each !== undefined), customers: names })
  })
}
