import type { FactSheet } from '../../model/facts.ts'
import type { Playbook } from '../../model/playbook.ts'
import { addAssignments } from '../../store/access.ts'
import { addTenants, insertCustomers, OWNER_ROLE, savePeople, saveServices } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { type NewFact, saveFacts } from '../../store/facts.ts'
import { type NewMark, saveMarks, saveOutcomes } from '../../store/items.ts'
import { openEngagements } from '../../store/plans.ts'
import { saveMetrics, saveReadings } from '../../store/success-plan.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomer } from '../events/record.ts'
import { FIRST_ENGAGEMENT } from '../plans/recompute.ts'
import type { Actor } from '../policy.ts'
import { metricRows } from '../success-plan/metric-rows.ts'

type Person = Readonly<{ id: string; name: string }>

export type NewCustomer = Readonly<{
  /** What is known; its usage and entitled seats belong to tenants and are written apart. */
  sheet: FactSheet
  tenants: readonly Readonly<{ id: string; name: string }>[]
  owner: Person | null
  language?: string
  team?: string | null
  isDemo: boolean
  /** Where the facts come from: `demo`, `facts file`. */
  source: string
  /** Ids of people whom the sheet names; others named in it are taken as the actor. */
  people: readonly Person[]
}>

/** Writes a new customer with everything its sheet says, and the first event. The plan is made by the next `recompute`. */
export async function addCustomer(
  trx: Trx,
  context: Pick<Context, 'now' | 'playbook' | 'sealKey'>,
  actor: Actor,
  added: NewCustomer,
): Promise<void> {
  const { sheet, tenants, owner } = added
  const { id, name, segment, initiatives, assignedOn } = sheet.customer
  const at = context.now().toISOString()
  await savePeople(trx, [{ id: actor.personId, name: actor.name }, ...(owner ? [owner] : []), ...added.people])
  const columns = { id, name, segment: segment ?? null, initiatives, assignedOn: assignedOn ?? null, thresholds: sheet.thresholds }
  const { language = 'en', team = null } = added
  await insertCustomers(trx, [{ ...columns, language, teamId: team, isDemo: added.isDemo, at }])
  if (owner) {
    const since = assignedOn ?? todayOf(context)
    await addAssignments(trx, [
      {
        customer_id: id,
        id: 'owner',
        person_id: owner.id,
        role: OWNER_ROLE,
        service: null,
        is_primary: true,
        since,
        until: null,
        covers: null,
      },
    ])
  }
  await addTenants(
    trx,
    tenants.map(tenant => ({ ...tenant, customer_id: id })),
  )
  await saveServices(
    trx,
    Object.entries(sheet.services).map(([service, { intended, activatedOn }]) => ({
      customer_id: id,
      service,
      intended,
      is_activation_known: activatedOn !== undefined,
      activated_on: activatedOn ?? null,
    })),
  )
  await saveFacts(
    trx,
    factRows(sheet).map(row => ({ ...row, customerId: id, source: added.source, at, who: actor.personId, version: 0 })),
  )
  const metrics = metricRows(id, sheet.metrics)
  await saveMetrics(
    trx,
    metrics.map(each => each.metric),
  )
  const by = { recorded_by: actor.personId, recorded_at: at }
  await saveReadings(
    trx,
    metrics.flatMap(({ reading }) => (reading ? [{ ...reading, source: 'api' as const, ...by }] : [])),
  )
  const { hash } = context.playbook.playbook
  await openEngagements(trx, [id], { id: FIRST_ENGAGEMENT, hash, overallTask: context.playbook.overall?.task ?? null, at })
  await saveMarks(trx, marksOf(context, actor, added, at))
  await saveOutcomes(trx, { customerId: id, engagementId: FIRST_ENGAGEMENT }, sheet.review.outcomes, { at, who: actor.personId })
  await recordCustomer(trx, context, actor, { customerId: id, kind: 'customer-added', data: { source: added.source } })
}

/** The sheet's values that are rows of their own. */
function factRows(sheet: FactSheet): Pick<NewFact, 'name' | 'service' | 'value' | 'asOf'>[] {
  const rows: Pick<NewFact, 'name' | 'service' | 'value' | 'asOf'>[] = []
  const add = (name: string, value: unknown, service = '', asOf: NewFact['asOf'] = null) => {
    if (value !== undefined) rows.push({ name, service, value, asOf })
  }
  add('csm.assigned', sheet.csm?.assigned)
  add('csm.name', sheet.csm?.name)
  add('csm.since', sheet.csm?.since)
  for (const [service, facts] of Object.entries(sheet.services)) {
    add('service.threshold', facts.threshold, service)
    add('service.handshake', facts.handshake, service)
    add('service.owner', facts.owner === null ? false : facts.owner, service)
  }
  for (const [service, state] of Object.entries(sheet.accelerators)) add('accelerator', state, service)
  for (const [program, state] of Object.entries(sheet.programs)) add(`program.${program}`, state)
  const { meetingHeldOn, wantsMore, wantsUsageReports, readyForMaintenance } = sheet.review
  add('review.meetingHeldOn', meetingHeldOn ?? undefined)
  add('review.wantsMore', wantsMore)
  add('review.wantsUsageReports', wantsUsageReports)
  add('review.readyForMaintenance', readyForMaintenance)
  add('history.measuringSuccessDiscussed', sheet.history.measuringSuccessDiscussed || undefined)
  add('survey.completed', sheet.survey.completed || undefined)
  for (const { to, ...taken } of sheet.transitions) add(`transition.${to}`, taken)
  for (const { id, ...confirmed } of sheet.checks) add(`check.${id}`, confirmed)
  return rows
}

function marksOf({ playbook }: Pick<Context, 'playbook'>, actor: Actor, { sheet, people }: NewCustomer, at: string): NewMark[] {
  const whoIs = (name: string | undefined) => people.find(person => person.name === name)?.id ?? actor.personId
  const common = (mark: FactSheet['tasks'][number] | FactSheet['steps'][number]) => ({
    customerId: sheet.customer.id,
    engagementId: FIRST_ENGAGEMENT,
    service: mark.service,
    status: mark.status,
    reason: mark.reason ?? null,
    note: mark.note ?? null,
    setBy: whoIs(mark.by),
    setAt: mark.on ? `${mark.on}T12:00:00.000Z` : at,
    version: 0,
  })
  const tasks = sheet.tasks.map(mark => ({ ...common(mark), ...placeOf(playbook, mark.id), task: mark.id }))
  const steps = sheet.steps.map(mark => {
    const [process = '', step = ''] = mark.step.split('/')
    return { ...common(mark), process, step, task: null }
  })
  const marks = [...tasks, ...steps].map(mark => ({ ...mark, id: itemId(mark) }))
  // The last one set counts, as in a facts file.
  return [...new Map(marks.map(mark => [mark.id, mark])).values()]
}

/** The step that holds a task; one that no step holds keeps its mark under the name the playbook gives to such tasks. */
function placeOf(playbook: Playbook, task: string): { process: string; step: string } {
  for (const process of playbook.processes) {
    for (const step of process.steps) if (step.tasks.some(each => each.id === task)) return { process: process.id, step: step.id }
  }
  return { process: '', step: 'uncategorised-tasks' }
}

const itemId = ({ process, step, task, service }: Pick<NewMark, 'process' | 'step' | 'task' | 'service'>) =>
  `${[process, step, ...(task === null ? [] : [task])].join('/')}${service === null ? '' : `@${service}`}`
