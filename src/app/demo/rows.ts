import type { FactSheet } from '../../model/facts.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { Day } from '../../model/words.ts'
import { type BulkRow, type BulkTable, listText } from '../../store/bulk.ts'
import { OWNER_ROLE, searchKey } from '../../store/customers.ts'
import { chain, type NewEvent } from '../../store/events.ts'
import { FIRST_ENGAGEMENT } from '../plans/recompute.ts'
import { metricRows } from '../success-plan/metric-rows.ts'
import { dayOf } from './days.ts'
import type { DemoCustomer } from './generate.ts'
import { DEMO_PEOPLE, DEMO_RECORDER, teamOf } from './people.ts'
import { addTenant, SOURCE } from './usage-rows.ts'
import { addBlockers } from './work/blockers.ts'
import { addContacts } from './work/contacts.ts'
import { addDecisions, addEvidence, addStepEvidence } from './work/decisions.ts'
import { addDiscussions } from './work/discussions.ts'
import { addExpertRequests } from './work/expert-requests.ts'
import { addHandshakes } from './work/handshakes.ts'
import { addMeetings } from './work/meetings.ts'
import { addNotes } from './work/notes.ts'
import { addPlanNews, addPriorities } from './work/plan-news.ts'
import { addReviewRecord } from './work/review-record.ts'
import { addSuccessPlan } from './work/success-plan.ts'
import { addSurveys } from './work/surveys.ts'

export type DemoRows = { [Table in Exclude<BulkTable, 'person'>]: BulkRow<Table>[] }

export type RowsFor = Readonly<{ playbook: Playbook; today: Day; at: string }>

export const noRows = (): DemoRows => ({
  customer: [],
  assignment: [],
  tenant: [],
  customer_service: [],
  entitlement: [],
  fact: [],
  objective: [],
  metric: [],
  metric_reading: [],
  seat_split: [],
  seat_intent: [],
  kickoff_service: [],
  kickoff: [],
  usage_import: [],
  usage_report_service: [],
  usage_current: [],
  usage_day: [],
  usage_count: [],
  usage_version: [],
  usage_activation: [],
  engagement: [],
  item: [],
  outcome: [],
  contact: [],
  survey_invitation: [],
  survey_answer: [],
  note: [],
  note_version: [],
  review_record: [],
  review_entry: [],
  review_letter: [],
  follow_up: [],
  plan_change: [],
  priority_override: [],
  value_discussion: [],
  usage_discussion: [],
  blocker: [],
  evidence: [],
  decision: [],
  expert_request: [],
  expert_request_message: [],
  handshake: [],
  handshake_message: [],
  adoption_owner: [],
  cadence: [],
  meeting: [],
  attendee: [],
  event: [],
})

/** Adds one customer to the rows, in the shape of the tables. */
export function addCustomer(rows: DemoRows, customer: DemoCustomer, { playbook, today, at }: RowsFor): void {
  const { sheet, manager } = customer
  const { id } = sheet.customer
  rows.customer.push({
    id,
    name: sheet.customer.name,
    search_key: searchKey(sheet.customer.name),
    segment: sheet.customer.segment ?? null,
    initiatives: listText(sheet.customer.initiatives),
    assigned_on: sheet.customer.assignedOn ?? null,
    thresholds: JSON.stringify(sheet.thresholds),
    team_id: teamOf(manager).id,
    version: 0,
    is_demo: true,
    // With us since it was assigned: silence counts from then on.
    created_at: sheet.customer.assignedOn ? `${sheet.customer.assignedOn}T09:00:00.000Z` : at,
  })
  const since = sheet.customer.assignedOn ?? today
  const assigned = { customer_id: id, service: null, since, until: null, covers: null }
  rows.assignment.push({ ...assigned, id: 'owner', person_id: manager.id, role: OWNER_ROLE, is_primary: true })
  addServices(rows, id, sheet)
  for (const tenant of customer.tenants) addTenant(rows, tenant, { customer, today, at })
  for (const { name, service = '', value, asOf } of factsOf(sheet)) {
    rows.fact.push({
      customer_id: id,
      name,
      service,
      value: JSON.stringify(value),
      source: SOURCE,
      as_of: asOf === undefined ? today : asOf,
      recorded_at: at,
      recorded_by: DEMO_RECORDER.id,
    })
  }
  for (const { metric, reading } of metricRows(id, sheet.metrics)) {
    rows.metric.push(metric)
    if (reading) rows.metric_reading.push({ ...reading, source: 'demo', note: null, recorded_by: DEMO_RECORDER.id, recorded_at: at })
  }
  addSuccessPlan(rows, customer, today)
  addBlockers(rows, customer, today)
  addHandshakes(rows, customer, today)
  addExpertRequests(rows, customer, today)
  addNotes(rows, customer, today)
  addContacts(rows, customer, today)
  addSurveys(rows, customer, today)
  addDecisions(rows, customer, today)
  addEvidence(rows, customer, playbook, today)
  addStepEvidence(rows, customer)
  addMeetings(rows, customer, today)
  addDiscussions(rows, customer, today)
  addPlanNews(rows, customer, { playbook, today })
  addPriorities(rows, customer, today)
  addEngagement(rows, id, sheet, playbook, at)
  addReviewRecord(rows, customer, today)
  const marks = addMarks(rows, id, sheet, playbook)
  rows.event.push(...chain([...marks, loaded(id, customer.story, at)], undefined))
}

function addServices(rows: DemoRows, id: string, sheet: FactSheet): void {
  for (const [service, facts] of Object.entries(sheet.services)) {
    rows.customer_service.push({
      customer_id: id,
      service,
      intended: facts.intended,
      is_activation_known: facts.activatedOn !== undefined,
      activated_on: facts.activatedOn ?? null,
    })
  }
}

/** `asOf` absent = of today; null = without a date. */
type DemoFact = Readonly<{ name: string; service?: string; value: unknown; asOf?: Day | null }>

/** What is neither a figure nor a mark, by the names of `customers/fact-names.ts`; unknown values have no row. */
function factsOf(sheet: FactSheet): DemoFact[] {
  const { csm, review } = sheet
  const facts: DemoFact[] = [
    { name: 'csm.assigned', value: csm?.assigned },
    { name: 'csm.name', value: csm?.name },
    { name: 'csm.since', value: csm?.since },
    { name: 'program.onedrive-adoption', value: sheet.programs['onedrive-adoption'] },
    { name: 'review.meetingHeldOn', value: review.meetingHeldOn ?? undefined },
    { name: 'review.wantsMore', value: review.wantsMore },
    { name: 'review.wantsUsageReports', value: review.wantsUsageReports },
    { name: 'review.readyForMaintenance', value: review.readyForMaintenance },
    { name: 'history.measuringSuccessDiscussed', value: sheet.history.measuringSuccessDiscussed || undefined },
    { name: 'survey.completed', value: sheet.survey.completed || undefined },
  ]
  for (const [service, { handshake, threshold, owner }] of Object.entries(sheet.services)) {
    facts.push({ name: 'service.handshake', service, value: handshake }, { name: 'service.threshold', service, value: threshold })
    // false = nobody, which is known; absent = not known.
    facts.push({ name: 'service.owner', service, value: owner === null ? false : owner })
  }
  for (const [service, value] of Object.entries(sheet.accelerators)) facts.push({ name: 'accelerator', service, value })
  for (const { to, ...transition } of sheet.transitions)
    facts.push({ name: `transition.${to}`, value: transition, asOf: transition.on ?? null })
  for (const { id, ...check } of sheet.checks) facts.push({ name: `check.${id}`, value: check, asOf: check.on ?? null })
  return facts.filter(fact => fact.value !== undefined)
}

function addEngagement(rows: DemoRows, id: string, sheet: FactSheet, playbook: Playbook, at: string): void {
  const key = { customer_id: id, engagement_id: FIRST_ENGAGEMENT }
  // R6: the task of the review and an outcome; another playbook may ask for another task, then it stays open.
  const task = playbook.overall?.task
  const isDone = sheet.tasks.some(each => each.id === task && each.status === 'complete')
  const closing = isDone && sheet.review.outcomes.length > 0 ? (sheet.review.meetingHeldOn ?? null) : null
  rows.engagement.push({
    customer_id: id,
    id: FIRST_ENGAGEMENT,
    cycle: 1,
    playbook_hash: playbook.playbook.hash,
    overall_task: task ?? null,
    state: closing ? 'complete' : 'open',
    cancel_reason: null,
    opened_at: noon(sheet.customer.assignedOn ?? dayOf(0)),
    closed_at: closing ? noon(closing) : null,
  })
  if (!isDone) return
  for (const outcome of sheet.review.outcomes) rows.outcome.push({ ...key, outcome, recorded_at: at, recorded_by: DEMO_RECORDER.id })
}

/** Marks on items that the playbook has; answers the events of setting them, oldest first. */
function addMarks(rows: DemoRows, id: string, sheet: FactSheet, playbook: Playbook): NewEvent[] {
  const places = placesIn(playbook)
  const events: NewEvent[] = []
  for (const mark of [...sheet.tasks, ...sheet.steps]) {
    const task = 'step' in mark ? null : mark.id
    const place = 'step' in mark ? mark.step : places.get(mark.id)
    const [process, step] = place?.split('/') ?? []
    if (!place || !process || !step || !places.has(place)) continue
    const item = `${place}${task === null ? '' : `/${task}`}${mark.service === null ? '' : `@${mark.service}`}`
    const reason = mark.reason ?? null
    const at = noon(mark.on ?? dayOf(0))
    rows.item.push({
      customer_id: id,
      engagement_id: FIRST_ENGAGEMENT,
      id: item,
      process,
      step,
      task,
      service: mark.service,
      status: mark.status,
      reason,
      note: mark.note ?? null,
      set_by: DEMO_PEOPLE.find(person => person.name === mark.by)?.id ?? DEMO_RECORDER.id,
      set_at: at,
    })
    const after = { status: mark.status, reason, hasNote: mark.note !== undefined }
    events.push({ customerId: id, at, who: DEMO_RECORDER.id, kind: 'item-status-set', data: { item, before: null, after } })
  }
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

const placesOf = new WeakMap<Playbook, ReadonlyMap<string, string>>()

/** `process/step` of each task, and of each step. */
function placesIn(playbook: Playbook): ReadonlyMap<string, string> {
  const known = placesOf.get(playbook)
  if (known) return known
  const places = new Map<string, string>()
  for (const process of playbook.processes)
    for (const step of process.steps) {
      places.set(`${process.id}/${step.id}`, `${process.id}/${step.id}`)
      for (const task of step.tasks) places.set(task.id, `${process.id}/${step.id}`)
    }
  placesOf.set(playbook, places)
  return places
}

const loaded = (customerId: string, story: string, at: string): NewEvent => ({
  customerId,
  at,
  who: DEMO_RECORDER.id,
  kind: 'demo-loaded',
  data: { story },
})

const noon = (day: Day): string => `${day}T12:00:00.000Z`
