import { randomUUID } from 'node:crypto'
import type { CoverPerson, CoverResult } from '../../model/admin-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Day } from '../../model/words.ts'
import { type Assignment, insertAssignments, openAssignments, prolong, raiseVersions } from '../../store/assignments.ts'
import { lockCustomers } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findPerson } from '../../store/people.ts'
import { refuseAbsent } from '../assignments/change.ts'
import { earlier, holdsOn, overlap } from '../assignments/period.ts'
import { told as toldOf } from '../assignments/record.ts'
import type { Auth } from '../auth/auth.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomers, recordInstallation } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorize } from '../policy.ts'

/**
 * Somebody stands in for a person until a day: every assignment that holds on the first day is given to them as a cover, unless they have
 * it already. Asked again with a later day, the covers last longer; asked again with the same, nothing happens.
 */
export async function coverPerson(
  context: Context,
  auth: Auth,
  actor: Actor,
  { person, ...input }: CoverPerson & { person: string },
): Promise<CoverResult> {
  authorize(actor, 'assign')
  const since = input.since ?? todayOf(context)
  if (input.until < since) throw invalidField('until', 'the last day is before the first')
  if (input.by === person) throw invalidField('by', 'nobody stands in for oneself')
  if (!(await findPerson(context.db, person))) throw new AppError('not-found', `there is no person ${person}`)
  await refuseAbsent(auth, 'by', input.by)
  return context.db.transaction().execute(async trx => {
    const plan = await planCovers(trx, { person, by: input.by, since, until: input.until, customers: input.customers })
    const customers = [...new Set([...plan.added, ...plan.longer.map(each => each.after)].map(row => row.customer_id))]
    if (customers.length === 0) return { added: 0, customers: 0 }
    const versions = await raiseVersions(trx, customers)
    const told = (kind: 'assignment-added' | 'assignment-changed', before: Assignment | null, after: Assignment) => ({
      customerId: after.customer_id,
      kind,
      data: { version: versions.get(after.customer_id) ?? 0, before: before && toldOf(before), after: toldOf(after) },
    })
    await insertAssignments(trx, plan.added)
    await prolong(
      trx,
      plan.longer.map(each => each.after),
    )
    await recordCustomers(trx, context, actor, [
      ...plan.added.map(row => told('assignment-added', null, row)),
      ...plan.longer.map(({ before, after }) => told('assignment-changed', before, after)),
    ])
    const result = { added: plan.added.length + plan.longer.length, customers: customers.length }
    const data = { person, by: input.by, since, until: input.until, ...result }
    await recordInstallation(trx, context, actor, { kind: 'cover-added', data: { before: null, after: data } })
    return result
  })
}

type Wanted = Readonly<{ person: string; by: string; since: Day; until: Day; customers: readonly string[] | null }>
type Plan = Readonly<{ added: readonly Assignment[]; longer: readonly Longer[] }>
type Longer = Readonly<{ before: Assignment; after: Assignment & { until: Day } }>

/** What is to be added, and which covers of before are to last longer. Locks the customers first, so that nobody changes it meanwhile. */
async function planCovers(trx: Trx, { person, by, since, until, customers }: Wanted): Promise<Plan> {
  const found = await openAssignments(trx, [person], since, customers)
  if (found.length === 0) return { added: [], longer: [] }
  await lockCustomers(trx, [...new Set(found.map(row => row.customer_id))])
  const rows = await openAssignments(trx, [person, by], since, customers)
  const own = rows.filter(row => row.person_id === by)
  const added: Assignment[] = []
  const longer: Longer[] = []
  for (const row of rows.filter(each => each.person_id === person && holdsOn(each, since))) {
    const end = earlier(row.until, until)
    const same = own.filter(each => each.customer_id === row.customer_id && each.role === row.role && each.service === row.service)
    const cover = same.find(each => each.covers === person && overlap(each, { since, until: end }))
    if (cover) {
      if (cover.until !== null && cover.until < end) longer.push({ before: cover, after: { ...cover, until: end } })
      continue
    }
    if (isHad(own, row, since, end)) continue
    const made = { customer_id: row.customer_id, id: randomUUID(), person_id: by, role: row.role, service: row.service }
    added.push({ ...made, is_primary: false, since, until: end, covers: person })
    own.push({ ...made, is_primary: false, since, until: end, covers: person })
  }
  return { added, longer }
}

/** Has the one who stands in this role there already, for all these days, for the service or for all? */
const isHad = (own: readonly Assignment[], row: Assignment, since: Day, end: Day): boolean =>
  own.some(
    each =>
      each.customer_id === row.customer_id &&
      each.role === row.role &&
      (each.service === null || each.service === row.service) &&
      each.since <= since &&
      (each.until === null || each.until >= end),
  )
