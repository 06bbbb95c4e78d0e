import { randomUUID } from 'node:crypto'
import type { AssignmentChange, BulkAssign, BulkAssigned } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Day, Text } from '../../model/words.ts'
import { type Assignment, raiseVersions } from '../../store/assignments.ts'
import { assignmentsOfMany, writeAssignments } from '../../store/bulk-assignments.ts'
import { insertBulkChange } from '../../store/bulk-changes.ts'
import { chosenCustomers } from '../../store/customer-changes.ts'
import { lockCustomers } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findPerson } from '../../store/people.ts'
import type { Auth } from '../auth/auth.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomers, recordInstallation, type Told } from '../events/record.ts'
import { CSM_ROLE } from '../handshakes/csm.ts'
import { invalidField } from '../invalid-field.ts'
import { recompute } from '../plans/recompute.ts'
import { type Actor, authorize } from '../policy.ts'
import { refuseAbsent } from './change.ts'
import { holdsOn, overlap } from './period.ts'
import { told } from './record.ts'

/** Each customer's record is locked until all is written: some thousands at most. */
export const MAX_CUSTOMERS = 2000

/** One assignment before and after; null: it was not there, or is no more. */
export type Step = Readonly<{ before: Assignment | null; after: Assignment | null }>
/** What a bulk change of assignments keeps, to be undone: each step, and the version that it made. */
export type AssignmentsContent = Readonly<{
  change: AssignmentChange
  customers: readonly Readonly<{ id: string; name: string; version: number; steps: readonly Step[] }>[]
}>

type Decided =
  | Readonly<{ outcome: 'changed'; steps: readonly Step[] }>
  | Readonly<{ outcome: 'unchanged' | 'refused'; why: Text; steps: readonly Step[] }>

/**
 * Changes who works for many customers, as one change that can be undone. Customers that it cannot be done for are named with the reason
 * and stay as they are. With `preview` nothing changes.
 */
export async function bulkAssign(
  context: Context,
  auth: Auth,
  actor: Actor,
  { customers, change, preview }: BulkAssign,
): Promise<BulkAssigned> {
  authorize(actor, 'assign')
  await refuseWrong(context, auth, change)
  return context.db.transaction().execute(async trx => {
    const chosen = await chosenCustomers(trx, customers, MAX_CUSTOMERS + 1)
    if (chosen.length > MAX_CUSTOMERS)
      throw new AppError('invalid-input', `these are more than ${MAX_CUSTOMERS} customers; choose fewer at a time`)
    const ids = chosen.map(each => each.id)
    if (ids.length === 0) return { preview, customers: [], bulk: null }
    if (!preview) await lockCustomers(trx, ids)
    const rows = Map.groupBy(await assignmentsOfMany(trx, ids), row => row.customer_id)
    const today = todayOf(context)
    const decided = chosen.map(each => ({ ...each, ...decide(each.id, rows.get(each.id) ?? [], change, today) }))
    const answer = decided.map(each => ({
      id: each.id,
      name: each.name,
      outcome: each.outcome,
      why: 'why' in each ? { ...each.why } : null,
    }))
    const changed = decided.filter(each => each.outcome === 'changed')
    if (preview || changed.length === 0) return { preview, customers: answer, bulk: null }
    const bulk = randomUUID()
    const versions = await applySteps(trx, context, actor, changed, bulk)
    const content: AssignmentsContent = {
      change,
      customers: changed.map(({ id, name, steps }) => ({ id, name, steps, version: versions.get(id) ?? 0 })),
    }
    await insertBulkChange(trx, { id: bulk, kind: 'assignments', made_by: actor.personId, made_at: context.now().toISOString(), content })
    const data = { before: null, after: { bulk, change, count: changed.length }, count: changed.length }
    await recordInstallation(trx, context, actor, { kind: 'bulk-made', data })
    return { preview, customers: answer, bulk }
  })
}

/** Writes steps of many customers with their events; answers the new versions. */
export async function applySteps(
  trx: Trx,
  context: Context,
  actor: Actor,
  customers: readonly Readonly<{ id: string; steps: readonly Step[] }>[],
  bulk: string,
): Promise<ReadonlyMap<string, number>> {
  const versions = await raiseVersions(
    trx,
    customers.map(each => each.id),
  )
  await writeAssignments(
    trx,
    customers.flatMap(each => each.steps),
  )
  await recordCustomers(
    trx,
    context,
    actor,
    customers.flatMap(({ id, steps }) => steps.map(step => ({ customerId: id, ...eventOf(step, versions.get(id) ?? 0, bulk) }))),
  )
  // Who the customer success manager is, is a fact that plans are made from (E2).
  const concerned = customers.filter(({ steps }) => steps.some(({ before, after }) => [before, after].some(row => row?.role === CSM_ROLE)))
  for (let at = 0; at < concerned.length; at += PLANS_AT_ONCE)
    await recompute(
      trx,
      context,
      concerned.slice(at, at + PLANS_AT_ONCE).map(each => each.id),
    )
  return versions
}

/** As many plans as are held in memory together. */
const PLANS_AT_ONCE = 200

const eventOf = ({ before, after }: Step, version: number, bulk: string): Told => ({
  kind: before === null ? 'assignment-added' : after === null ? 'assignment-removed' : 'assignment-changed',
  data: { version, bulk, before: before && told(before), after: after && told(after) },
})

async function refuseWrong(context: Context, auth: Auth, change: AssignmentChange): Promise<void> {
  const today = todayOf(context)
  const needs = async (field: string, id: string) => {
    if (!(await findPerson(context.db, id))) throw invalidField(field, `there is no person ${id}`)
  }
  switch (change.is) {
    case 'replace':
      if (change.from === change.to) throw invalidField('change.to', 'nobody takes the place of oneself')
      await needs('change.from', change.from)
      return refuseAbsent(auth, 'change.to', change.to)
    case 'assign':
      if (change.until !== null && change.until < change.since) throw invalidField('change.until', 'the last day is before the first')
      if (change.isPrimary && !holdsOn(change, today)) throw invalidField('change.isPrimary', 'who is primary works here today')
      return refuseAbsent(auth, 'change.person', change.person)
    case 'end':
      return needs('change.person', change.person)
  }
}

/** What becomes of one customer. */
export function decide(customerId: string, rows: readonly Assignment[], change: AssignmentChange, today: Day): Decided {
  const inRole = rows.filter(row => row.role === change.role)
  if (change.is === 'replace') return replace(inRole, change, today)
  if (change.is === 'assign') return assign(customerId, inRole, change)
  const ended = inRole.filter(row => row.person_id === change.person && (row.until === null || row.until > change.until))
  if (ended.length === 0) return { outcome: 'unchanged', why: NOT_ASSIGNED, steps: [] }
  if (ended.some(row => row.since > change.until)) return { outcome: 'refused', why: BEGINS_LATER, steps: [] }
  return { outcome: 'changed', steps: ended.map(before => ({ before, after: { ...before, until: change.until, is_primary: false } })) }
}

type Replace = Extract<AssignmentChange, { is: 'replace' }>

function replace(inRole: readonly Assignment[], { from, to, since }: Replace, today: Day): Decided {
  const theirs = inRole.filter(row => row.person_id === from && (row.until === null || row.until >= since))
  if (theirs.length === 0) return { outcome: 'unchanged', why: NOT_ASSIGNED, steps: [] }
  if (theirs.some(row => row.covers === to)) return { outcome: 'refused', why: COVERS_ONESELF, steps: [] }
  const steps: Step[] = []
  for (const row of theirs) {
    const taken: Assignment = { ...row, id: randomUUID(), person_id: to, since: row.since > since ? row.since : since }
    const clash = inRole.some(
      each => each.person_id === to && each.service === taken.service && each.covers === taken.covers && overlap(each, taken),
    )
    if (clash) return { outcome: 'refused', why: THERE_ALREADY, steps: [] }
    // Who is primary works here today: the new one becomes it on a day to come only by hand.
    if (row.is_primary && since > today) return { outcome: 'refused', why: PRIMARY_LATER, steps: [] }
    const ends = dayBefore(since)
    steps.push({ before: row, after: ends < row.since ? null : { ...row, until: ends, is_primary: false } }, { before: null, after: taken })
  }
  return { outcome: 'changed', steps }
}

type Assign = Extract<AssignmentChange, { is: 'assign' }>

function assign(customerId: string, inRole: readonly Assignment[], { person, role, isPrimary, since, until }: Assign): Decided {
  const made: Assignment = {
    customer_id: customerId,
    id: randomUUID(),
    person_id: person,
    role,
    service: null,
    is_primary: isPrimary,
    since,
    until,
    covers: null,
  }
  const same = inRole.find(row => row.person_id === person && row.service === null && row.covers === null && overlap(row, made))
  if (same && (same.is_primary || !isPrimary)) return { outcome: 'unchanged', why: THERE_ALREADY, steps: [] }
  const primary = isPrimary ? inRole.find(row => row.is_primary) : undefined
  const dropped: Step[] = primary ? [{ before: primary, after: { ...primary, is_primary: false } }] : []
  if (same && !holdsToday(same, since)) return { outcome: 'refused', why: THERE_ALREADY, steps: [] }
  return {
    outcome: 'changed',
    steps: [...dropped, same ? { before: same, after: { ...same, is_primary: true } } : { before: null, after: made }],
  }
}

const holdsToday = (row: Assignment, since: Day) => holdsOn(row, since)

function dayBefore(day: Day): Day {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() - 1)
  // A day before a day is one.
  return at.toISOString().slice(0, 10) as Day
}

const NOT_ASSIGNED: Text = { en: 'is not assigned in this role in these days', 'pt-BR': 'não está atribuído a este papel nestes dias' }
const THERE_ALREADY: Text = { en: 'is assigned in this role already', 'pt-BR': 'já está atribuído a este papel' }
const COVERS_ONESELF: Text = { en: 'would stand in for oneself', 'pt-BR': 'substituiria a si mesmo' }
const BEGINS_LATER: Text = { en: 'the assignment begins after that day', 'pt-BR': 'a atribuição começa depois deste dia' }
const PRIMARY_LATER: Text = {
  en: 'is primary today: replace the primary from today on, or on the day itself',
  'pt-BR': 'é o principal hoje: substitua o principal a partir de hoje, ou no próprio dia',
}
