import { ASSIGNED_ROLES, type AssignmentView, type CustomerPeople } from '../../model/admin-api.ts'
import { findAssignments } from '../../store/assignments.ts'
import { findTeams } from '../../store/teams.ts'
import type { Auth } from '../auth/auth.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { everyPerson } from '../people/every-person.ts'
import { type Actor, refusal } from '../policy.ts'
import { stateOn } from './period.ts'

/** Who works for a customer, and whom one may choose. Throws `not-found` for a customer that the actor may not see. */
export async function getCustomerPeople(context: Context, auth: Auth, actor: Actor, customerId: string): Promise<CustomerPeople> {
  const { customer } = await visibleCustomer(context, actor, customerId)
  const reason = refusal(actor, 'assign')
  return {
    team: customer.team_id === null ? null : { id: customer.team_id, name: customer.team ?? customer.team_id },
    assignments: await assignmentViews(context, customerId),
    canAssign: reason ? { ok: false, reason: { ...reason } } : { ok: true },
    candidates: reason ? [] : await candidates(auth),
    teams: reason ? [] : (await findTeams(context.db)).map(({ id, name }) => ({ id, name })),
    version: customer.version,
  }
}

/** Those who can sign in, or will when they accept. */
const candidates = async (auth: Auth): Promise<CustomerPeople['candidates']> =>
  (await everyPerson(auth)).filter(each => each.state !== 'disabled').map(({ id, name, right }) => ({ id, name, right }))

async function assignmentViews(context: Context, customerId: string): Promise<AssignmentView[]> {
  const today = todayOf(context)
  return (await findAssignments(context.db, customerId)).map(row => ({
    id: row.id,
    person: { id: row.person_id, name: row.person },
    role: roleOf(row.role),
    service: row.service,
    isPrimary: row.is_primary,
    since: row.since,
    until: row.until,
    covers: row.covers === null ? null : { id: row.covers, name: row.absent ?? row.covers },
    state: stateOn(row, today),
  }))
}

function roleOf(text: string): AssignmentView['role'] {
  const role = ASSIGNED_ROLES.find(each => each === text)
  if (!role) throw new Error(`somebody is assigned as ${text}, which is no role`)
  return role
}
