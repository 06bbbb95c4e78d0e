import { randomUUID } from 'node:crypto'
import { type Assignment, changeAssignment, findAssignments, insertAssignment } from '../../store/assignments.ts'
import type { Trx } from '../../store/database.ts'
import type { FoundRequest } from '../../store/expert-requests.ts'
import { told } from '../assignments/record.ts'
import { type Context, todayOf } from '../context.ts'
import type { Told } from '../events/record.ts'

const ROLE = 'subject-matter-expert'

type Helping = Readonly<{ assignmentId: string | null; told: readonly Told[] }>

/**
 * Gives an expert the customer, or the one service, from today on, so that they see what they help with. Whoever has it already keeps what
 * they have, which then does not end with the request. Runs as the system; the customer is locked.
 */
export async function beginHelp(
  trx: Trx,
  context: Pick<Context, 'now'>,
  { customer_id, service }: FoundRequest,
  personId: string,
  version: number,
): Promise<Helping> {
  const today = todayOf(context)
  const own = (await findAssignments(trx, customer_id)).filter(
    each => each.person_id === personId && each.role === ROLE && each.covers === null && each.since <= today,
  )
  const holding = own.find(each => each.until === null && (each.service === null || each.service === service))
  if (holding) return { assignmentId: null, told: [] }
  // Done with one request and asked for the next on the same day, or with a last day to come: it goes on.
  const going = own.find(each => each.service === service && each.until !== null && each.until >= today)
  if (going) {
    const { person: _, absent: __, ...before } = going
    const after: Assignment = { ...before, until: null }
    await changeAssignment(trx, before, { until: null })
    const data = { version, before: told(before), after: told(after) }
    return { assignmentId: going.id, told: [{ kind: 'assignment-changed', data }] }
  }
  const row: Assignment = {
    customer_id,
    id: randomUUID(),
    person_id: personId,
    role: ROLE,
    service,
    is_primary: false,
    since: today,
    until: null,
    covers: null,
  }
  await insertAssignment(trx, row)
  return { assignmentId: row.id, told: [{ kind: 'assignment-added', data: { version, before: null, after: told(row) } }] }
}

/** Today is the last day of what accepting the request gave; nothing where somebody else ended it before. Runs as the system. */
export async function endHelp(
  trx: Trx,
  context: Pick<Context, 'now'>,
  { customer_id, assignment_id }: Pick<FoundRequest, 'customer_id' | 'assignment_id'>,
  version: number,
): Promise<readonly Told[]> {
  if (assignment_id === null) return []
  const today = todayOf(context)
  const row = (await findAssignments(trx, customer_id)).find(each => each.id === assignment_id)
  if (!row || (row.until !== null && row.until <= today)) return []
  const { person: _, absent: __, ...before } = row
  await changeAssignment(trx, before, { until: today, is_primary: false })
  const data = { version, before: told(before), after: told({ ...before, until: today, is_primary: false }) }
  return [{ kind: 'assignment-changed', data }]
}
