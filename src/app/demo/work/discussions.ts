import { createHash } from 'node:crypto'
import type { DiscussionStatus } from '../../../model/discussion-api.ts'
import type { Day } from '../../../model/words.ts'
import { listText } from '../../../store/bulk.ts'
import { FIRST_ENGAGEMENT } from '../../plans/recompute.ts'
import { daysBefore, workdayBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import { DEMO_RECORDER } from '../people.ts'
import type { DemoRows } from '../rows.ts'

type Talk = Readonly<{
  interest: boolean | null
  status: DiscussionStatus
  /** Days from today; before it they are negative. Of one that is planned or was held. */
  days?: number
  successFactors?: string
  outcome?: string
}>

const HELD: Talk = {
  interest: true,
  status: 'held',
  days: -12,
  successFactors: 'Leaders use it themselves and say so',
  outcome: 'They begin with one department after the holidays',
}
const PLANNED: Talk = { interest: true, status: 'planned', days: 9, successFactors: 'Half of the sales team uses it every week' }
const PROPOSED: Talk = { interest: null, status: 'proposed' }
const DECLINED: Talk = { interest: false, status: 'declined' }
/** What occurs, by story: of each service that the customer does not use yet, in turn. */
const TALKS: Readonly<Record<string, readonly Talk[]>> = {
  // There is interest, and nobody has said yet whether the customer wants more.
  'review-held-questions-open': [{ ...PROPOSED, interest: true }, PROPOSED],
  'outcome-value-discussion': [HELD, PROPOSED],
  'outcome-activate-workloads': [HELD, DECLINED],
  'outcomes-both-ways': [PLANNED, DECLINED],
  'second-cycle': [DECLINED],
}
/** What customers like to hear about. */
const OFFERED = ['copilot', 'power-bi', 'intune', 'stream', 'project']
/** Of these, the review is planned. */
const SCHEDULED = ['csm-handshake-accepted', 'program-agreed']
const SCHEDULED_IN = 8
/** One talked about usage reports so many days before the review. */
const USAGE_BEFORE = 21

/** Business value discussions, a talk about usage reports, and the meetings of reviews, as far as the story of the customer has them. */
export function addDiscussions(rows: DemoRows, { sheet, story, manager }: DemoCustomer, today: Day): void {
  const { id } = sheet.customer
  const at = `${daysBefore(today, 2)}T15:00:00.000Z`
  const unused = OFFERED.filter(each => sheet.services[each]?.intended !== true)
  for (const [index, talk] of (TALKS[story] ?? []).entries()) {
    const service = unused[index]
    if (service === undefined) continue
    const day = talk.days === undefined ? null : workdayBefore(daysBefore(today, -talk.days))
    rows.value_discussion.push({
      customer_id: id,
      engagement_id: FIRST_ENGAGEMENT,
      service,
      interest: talk.interest,
      status: talk.status,
      planned_for: talk.status === 'planned' ? day : null,
      held_on: talk.status === 'held' ? day : null,
      success_factors: talk.successFactors ?? null,
      participants: talk.status === 'held' ? 'Head of IT and two department leads' : null,
      outcome: talk.outcome ?? null,
      changed_by: manager.id,
      changed_at: at,
      version: 1,
    })
  }
  const heldOn = sheet.review.meetingHeldOn ?? null
  if (heldOn !== null && sheet.history.measuringSuccessDiscussed) {
    rows.usage_discussion.push({
      customer_id: id,
      id: idOf(id, 'usage discussion'),
      held_on: daysBefore(heldOn, USAGE_BEFORE),
      participants: 'Adoption lead',
      note: 'Read the reports of the last quarter together',
      links: listText([]),
      recorded_by: DEMO_RECORDER.id,
      recorded_at: at,
    })
  }
  // Its series was added just before. Those that nobody meets any more have none, and stay overdue.
  if (rows.cadence.at(-1)?.customer_id !== id) return
  if (heldOn !== null) addReview(rows, id, manager.id, { day: heldOn, state: 'held' })
  else if (SCHEDULED.includes(story))
    addReview(rows, id, manager.id, { day: workdayBefore(daysBefore(today, -SCHEDULED_IN)), state: 'scheduled' })
}

function addReview(rows: DemoRows, customer: string, organizer: string, { day, state }: Readonly<{ day: Day; state: string }>): void {
  const id = idOf(customer, 'review')
  rows.meeting.push({
    customer_id: customer,
    id,
    cadence_id: null,
    occurrence: null,
    kind: 'customer',
    title: 'Success review',
    starts_at: `${day}T17:00:00.000Z`,
    ends_at: `${day}T18:00:00.000Z`,
    time_zone: 'America/Sao_Paulo',
    organizer_id: organizer,
    services: listText([]),
    items: listText([]),
    state,
    agenda: state === 'held' ? '## Achievements\n\n- The goals of the success plan\n' : '',
    outcome: null,
    about: 'review',
    uid: `${id}@impulso`,
    made_by: organizer,
    version: 1,
  })
}

/** The same for the same customer each time. */
function idOf(customer: string, what: string): string {
  const hex = createHash('sha256').update(`${what} of ${customer}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
