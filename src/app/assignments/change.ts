import { randomUUID } from 'node:crypto'
import type { AddAssignment, ChangeAssignment, CustomerPeople } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import {
  type Assignment,
  changeAssignment as changeRow,
  dropPrimary,
  findAssignments,
  insertAssignment,
  removeAssignment as removeRow,
  setTeamOf,
  versionOfNewest,
} from '../../store/assignments.ts'
import { raiseVersion } from '../../store/customers.ts'
import { type Trx, violationOf } from '../../store/database.ts'
import { findPerson } from '../../store/people.ts'
import { findTeam } from '../../store/teams.ts'
import type { Auth } from '../auth/auth.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { CSM_ROLE } from '../handshakes/csm.ts'
import { releaseAdoption } from '../handshakes/owners.ts'
import { invalidField } from '../invalid-field.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorize } from '../policy.ts'
import { getCustomerPeople } from './get-people.ts'
import { holdsOn, overlap } from './period.ts'
import { KINDS, told } from './record.ts'

type Customer = Awaited<ReturnType<typeof lockForChange>>['customer']
/** What happened, in the order it is put on record; `version` is the one that it makes. */
type Happened = Readonly<{ kind: (typeof KINDS)[number]; before: unknown; after: unknown }>

/**
 * Assigns a person. A new primary takes the place of the one before. Throws `invalid-input` naming the field, `conflict` when the person
 * does this already in these days, or when somebody else changed who works here after `version`.
 */
export function addAssignment(
  context: Context,
  auth: Auth,
  actor: Actor,
  input: AddAssignment & { customerId: string },
): Promise<CustomerPeople> {
  const row: Assignment = {
    customer_id: input.customerId,
    id: randomUUID(),
    person_id: input.person,
    role: input.role,
    service: input.service,
    is_primary: input.isPrimary,
    since: input.since ?? todayOf(context),
    until: input.until,
    covers: input.covers,
  }
  const add: Work = async trx => {
    await refuseTwice(trx, row)
    const before = row.is_primary ? await dropPrimary(trx, row.customer_id, row.role) : undefined
    await insertAssignment(trx, row)
    return [
      ...(before ? [changed({ ...before, is_primary: true }, before)] : []),
      { kind: 'assignment-added', before: null, after: told(row) },
    ]
  }
  return change(context, auth, actor, input, add, trx => refuseWrong(trx, context, auth, row))
}

/** What is wrong with an assignment whoever else works there. */
async function refuseWrong(trx: Trx, context: Context, auth: Auth, row: Assignment): Promise<void> {
  if (row.until !== null && row.until < row.since) throw invalidField('until', 'the last day is before the first')
  if (row.is_primary && !holdsOn(row, todayOf(context))) throw invalidField('isPrimary', 'who is primary works here today')
  if (row.service !== null && !context.playbook.services.some(each => each.id === row.service)) {
    throw invalidField('service', `the playbook knows no service "${row.service}"`)
  }
  await refuseAbsent(auth, 'person', row.person_id)
  if (row.covers !== null && !(await findPerson(trx, row.covers))) throw invalidField('covers', `there is no person ${row.covers}`)
}

/** Changes the last day, or who is primary. */
export const changeAssignment = (
  context: Context,
  auth: Auth,
  actor: Actor,
  input: ChangeAssignment & { customerId: string; assignment: string },
): Promise<CustomerPeople> =>
  change(context, auth, actor, input, async (trx, customer) => {
    const row = await getRow(trx, customer, input.assignment)
    const after: Assignment = {
      ...row,
      until: input.until === undefined ? row.until : input.until,
      is_primary: input.isPrimary ?? row.is_primary,
    }
    if (after.until !== null && after.until < after.since) throw invalidField('until', 'the last day is before the first')
    if (after.covers !== null && after.until === null) throw invalidField('until', 'a cover needs its last day')
    if (after.covers !== null && after.is_primary) throw invalidField('isPrimary', 'a cover cannot be primary')
    const becomesPrimary = after.is_primary && !row.is_primary
    if (becomesPrimary && !holdsOn(after, todayOf(context))) throw invalidField('isPrimary', 'who is primary works here today')
    if (after.until === row.until && after.is_primary === row.is_primary) return []
    await refuseTwice(trx, after)
    const before = becomesPrimary ? await dropPrimary(trx, customer.id, row.role) : undefined
    await changeRow(trx, row, { until: after.until, is_primary: after.is_primary })
    return [...(before ? [changed({ ...before, is_primary: true }, before)] : []), changed(row, after)]
  })

export const removeAssignment = (
  context: Context,
  auth: Auth,
  actor: Actor,
  input: { customerId: string; assignment: string; version: number },
): Promise<CustomerPeople> =>
  change(context, auth, actor, input, async (trx, customer) => {
    const row = await getRow(trx, customer, input.assignment)
    await removeRow(trx, customer.id, row.id)
    return [{ kind: 'assignment-removed', before: told(row), after: null }]
  })

/** Gives the customer to a team, or to none. */
export const setTeam = (
  context: Context,
  auth: Auth,
  actor: Actor,
  input: { customerId: string; team: string | null; version: number },
): Promise<CustomerPeople> =>
  change(context, auth, actor, input, async (trx, customer) => {
    if (input.team !== null && !(await findTeam(trx, input.team))) throw invalidField('team', `there is no team ${input.team}`)
    if (input.team === customer.team_id) return []
    await setTeamOf(trx, [customer.id], input.team)
    return [{ kind: 'team-set', before: customer.team_id, after: input.team }]
  })

const changed = (before: Assignment, after: Assignment): Happened => ({
  kind: 'assignment-changed',
  before: told(before),
  after: told(after),
})

/** Who the customer success manager is, is a fact that the plan is made from (E2). */
const concernsCsm = ({ before, after }: Happened): boolean => [before, after].some(each => isAssignmentOf(each, CSM_ROLE))
const isAssignmentOf = (told: unknown, role: string) => typeof told === 'object' && told !== null && 'role' in told && told.role === role

type Work = (trx: Trx, customer: Customer) => Promise<readonly Happened[]>

/** One change of who works for a customer, on record; answers how it is now. */
async function change(
  context: Context,
  auth: Auth,
  actor: Actor,
  input: { customerId: string; version: number },
  work: Work,
  /** What may be wrong with the values themselves is said before what has changed meanwhile. */
  check: (trx: Trx) => Promise<void> = async () => {},
): Promise<CustomerPeople> {
  try {
    await context.db.transaction().execute(async trx => {
      const { customer } = await lockForChange(trx, context, actor, 'assign', input.customerId)
      // The same as `lockForChange` asks today; what concerns the installation is asked of it by name.
      authorize(actor, 'assign')
      await check(trx)
      await refuseLostUpdate(trx, customer, input.version)
      const happened = await work(trx, customer)
      if (happened.length === 0) return
      const version = await raiseVersion(trx, customer.id)
      const told = happened.map(({ kind, before, after }) => ({ kind, data: { version, before, after } }))
      const released = await releaseAdoption(trx, context, actor, { customerId: customer.id, version })
      await recordCustomerEvents(trx, context, actor, customer.id, [...told, ...released])
      if (released.length > 0 || happened.some(concernsCsm)) await recomputeOne(trx, context, customer.id)
    })
  } catch (error) {
    throw conflictOf(error) ?? error
  }
  return getCustomerPeople(context, auth, actor, input.customerId)
}

/** What two writers at once can bring about; the lock of the customer's row keeps them apart, the database is the last to say no. */
function conflictOf(error: unknown): AppError | undefined {
  const constraint = violationOf(error)?.constraint
  if (constraint === 'assignment_one_primary') return new AppError('conflict', 'there is a primary in this role already', { cause: error })
  if (constraint === 'assignment_once') return new AppError('conflict', 'this person is assigned like this already', { cause: error })
  if (constraint === 'customer_team_id_fkey') return new AppError('conflict', 'this team has just been taken away', { cause: error })
  return undefined
}

/** Other changes of a customer raise its version too; only those of who works for it are lost here. */
async function refuseLostUpdate(trx: Trx, customer: Customer, version: number): Promise<void> {
  if (version > customer.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
  if ((await versionOfNewest(trx, customer.id, KINDS)) <= version) return
  const theirs = (await findAssignments(trx, customer.id)).map(row => ({ ...told(row), name: row.person }))
  throw new AppError('conflict', 'somebody else changed who works for this customer meanwhile', {
    details: { theirs: { team: customer.team_id, assignments: theirs }, version: customer.version },
  })
}

/** The same person in the same role for the same service, on a day that both hold. */
async function refuseTwice(trx: Trx, row: Assignment): Promise<void> {
  const same = (await findAssignments(trx, row.customer_id)).find(
    each =>
      each.id !== row.id &&
      each.person_id === row.person_id &&
      each.role === row.role &&
      each.service === row.service &&
      each.covers === row.covers &&
      overlap(each, row),
  )
  if (!same) return
  throw new AppError('conflict', `${same.person} is assigned like this already, from ${same.since} to ${same.until ?? 'no end'}`, {
    details: { theirs: told(same), yours: told(row) },
  })
}

async function getRow(trx: Trx, customer: Customer, id: string): Promise<Assignment> {
  const row = (await findAssignments(trx, customer.id)).find(each => each.id === id)
  if (!row) throw new AppError('not-found', `customer ${customer.id} has no assignment ${id}`)
  const { person, absent, ...assignment } = row
  return assignment
}

/** Throws `invalid-input` naming the field for somebody without an account, or with one that is disabled. */
export async function refuseAbsent(auth: Auth, field: string, personId: string): Promise<void> {
  const account = await auth.getPerson(personId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not-found') return undefined
    throw error
  })
  if (!account) throw invalidField(field, `there is no person ${personId}`)
  if (account.state === 'disabled') throw invalidField(field, `${account.name} is disabled`)
}
