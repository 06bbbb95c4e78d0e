import type { Asked, DiscussionsView, ServiceDiscussion } from '../../model/discussion-api.ts'
import { Day } from '../../model/words.ts'
import {
  type FoundFact,
  findFacts,
  findUsageDiscussions,
  findValueDiscussions,
  type UsageDiscussionRow,
  type ValueDiscussionRow,
} from '../../store/discussions.ts'
import { findEngagement, findFollowUps } from '../../store/follow-ups.ts'
import { loadKnown } from '../../store/known.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { assignable, named } from '../plans/item-view.ts'
import { FIRST_ENGAGEMENT } from '../plans/recompute.ts'
import { type Actor, writeAccess } from '../policy.ts'

const FACTS = ['review.wantsMore', 'review.wantsUsageReports', 'history.measuringSuccessDiscussed', 'review.meetingHeldOn'] as const

/** What follow-ups of a business value discussion are made for. */
export const followsFrom = (service: string) => `discussion:${service}`

/** What was asked and talked about around the review: services, and the usage reports. */
export async function getDiscussions(context: Context, actor: Actor, customerId: string): Promise<DiscussionsView> {
  const { customer, ties } = await visibleCustomer(context, actor, customerId)
  const { db, playbook } = context
  const facts = await findFacts(db, customerId, FACTS)
  const engagementId = (await findEngagement(db, customerId))?.id ?? FIRST_ENGAGEMENT
  const rows = await findValueDiscussions(db, customerId)
  const [known] = await loadKnown(db, [customerId])
  const followUps = await findFollowUps(db, customerId, engagementId)
  const services = playbook.services.map(({ id: service }): ServiceDiscussion => {
    const own = rows.filter(row => row.service === service)
    const present = own.find(row => row.engagement_id === engagementId)
    return {
      service,
      intended: known?.services.find(each => each.service === service)?.intended ?? null,
      discussion: present ? discussionOf(present) : null,
      earlier: own.flatMap(row => (row === present || row.held_on === null ? [] : [row.held_on])),
      followUps: followUps
        .filter(each => each.made_for === followsFrom(service))
        .map(each => ({
          id: each.id,
          title: each.title,
          assignee: named(each.assignee, each.assignee_name),
          due: each.due,
          status: each.status,
        })),
    }
  })
  const wantsMore = askedOf(facts, 'review.wantsMore', isBoolean)
  return {
    customer: customerId,
    version: customer.version,
    today: todayOf(context),
    wantsMore,
    wantsUsageReports: askedOf(facts, 'review.wantsUsageReports', isBoolean),
    measuringSuccessDiscussed: askedOf(facts, 'history.measuringSuccessDiscussed', isBoolean),
    reviewHeldOn: askedOf(facts, 'review.meetingHeldOn', (value): value is Day => Day.safeParse(value).success),
    proposesMore: wantsMore.value === null && services.some(each => each.discussion?.interest === true),
    services,
    usage: (await findUsageDiscussions(db, customerId)).map(usageOf),
    assignees: (await assignable(context, customerId)).map(({ id, name }) => ({ id, name })),
    canSet: writeAccess(actor, 'set-discussion', ties),
    canSetFacts: writeAccess(actor, 'set-fact', ties),
  }
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'

function askedOf<Value>(
  facts: readonly FoundFact[],
  name: (typeof FACTS)[number],
  isIts: (value: unknown) => value is Value,
): Asked<Value> {
  const found = facts.find(each => each.name === name)
  return found && isIts(found.value)
    ? { value: found.value, source: found.source, asOf: found.as_of }
    : { value: null, source: null, asOf: null }
}

const discussionOf = (row: ValueDiscussionRow) => ({
  interest: row.interest,
  status: row.status,
  plannedFor: row.planned_for,
  heldOn: row.held_on,
  successFactors: row.success_factors,
  participants: row.participants,
  outcome: row.outcome,
  by: row.by,
  at: row.changed_at,
  version: row.version,
})

const usageOf = (row: UsageDiscussionRow) => ({
  id: row.id,
  heldOn: row.held_on,
  participants: row.participants,
  note: row.note,
  links: row.links,
  by: row.by,
  at: row.recorded_at,
})
