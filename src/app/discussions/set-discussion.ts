import { randomUUID } from 'node:crypto'
import type { DiscussionsView, NewDiscussionFollowUp, NewUsageDiscussion, SetValueDiscussion } from '../../model/discussion-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Day } from '../../model/words.ts'
import { namesOf, raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import {
  findFacts,
  findUsageDiscussions,
  findValueDiscussion,
  insertUsageDiscussion,
  removeUsageDiscussion as removeUsageRow,
  removeValueDiscussion as removeValueRow,
  saveValueDiscussion,
} from '../../store/discussions.ts'
import { forgetFact, saveFacts } from '../../store/facts.ts'
import { findEngagement } from '../../store/follow-ups.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents, type Told } from '../events/record.ts'
import { addFollowUp } from '../follow-ups/add-follow-up.ts'
import { invalidField } from '../invalid-field.ts'
import { FIRST_ENGAGEMENT, recomputeOne } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { followsFrom, getDiscussions } from './get-discussions.ts'

type Of = Readonly<{ customerId: string }>
type OfService = Of & Readonly<{ service: string }>

/**
 * What is known of a business value discussion of one service, as a whole (R7). What rules read of the customer as a whole, a person tells
 * apart: interest in one service does not say it. Throws `conflict` with both when somebody else changed it after `version`.
 */
export async function setValueDiscussion(
  context: Context,
  actor: Actor,
  { customerId, service, version, ...input }: SetValueDiscussion & OfService,
): Promise<DiscussionsView> {
  await context.db.transaction().execute(async trx => {
    const engagementId = await locked(trx, context, actor, { customerId, service })
    refuseFuture(context, 'heldOn', input.heldOn)
    const before = await findValueDiscussion(trx, { customerId, engagementId, service })
    if (before && isSame(before, input)) return
    refuseLostUpdate(before, version, input)
    await saveValueDiscussion(trx, {
      customer_id: customerId,
      engagement_id: engagementId,
      service,
      ...columnsOf(input),
      changed_by: actor.personId,
      changed_at: context.now().toISOString(),
      // Of the customer: one that was removed and recorded anew does not count from one again.
      version: await raiseVersion(trx, customerId),
    })
    const data = { service, before: before ? told(actor, contentOf(before)) : null, after: told(actor, input) }
    await recordCustomerEvents(trx, context, actor, customerId, [{ kind: 'discussion-set', data }])
  })
  return getDiscussions(context, actor, customerId)
}

/** As if nothing had been recorded; that it was stays on record. Its follow-ups stay, to be closed one by one. */
export async function removeValueDiscussion(
  context: Context,
  actor: Actor,
  { customerId, service, version }: OfService & Readonly<{ version: number }>,
): Promise<DiscussionsView> {
  await context.db.transaction().execute(async trx => {
    const engagementId = await locked(trx, context, actor, { customerId, service })
    const before = await findValueDiscussion(trx, { customerId, engagementId, service })
    if (!before) throw new AppError('not-found', `nothing is recorded of a discussion of ${service}`)
    refuseLostUpdate(before, version, null)
    await removeValueRow(trx, { customerId, engagementId, service })
    const data = { service, before: told(actor, contentOf(before)), after: null }
    await raiseVersion(trx, customerId)
    await recordCustomerEvents(trx, context, actor, customerId, [{ kind: 'discussion-removed', data }])
  })
  return getDiscussions(context, actor, customerId)
}

/** What was agreed in a discussion becomes an item. */
export async function addDiscussionFollowUp(
  context: Context,
  actor: Actor,
  { customerId, service, title, assignee, due }: NewDiscussionFollowUp & OfService,
): Promise<DiscussionsView> {
  await context.db.transaction().execute(async trx => {
    await locked(trx, context, actor, { customerId, service })
    if (assignee !== null && assignee !== actor.personId && !(await namesOf(trx, [assignee])).has(assignee))
      throw invalidField('assignee', `there is no person ${assignee}`)
    await addFollowUp(trx, context, actor, { customerId, title, service, madeFor: followsFrom(service), assignee, due, note: null })
  })
  return getDiscussions(context, actor, customerId)
}

const DISCUSSED = 'history.measuringSuccessDiscussed'
/** The fact follows what is recorded here, and is taken back with it; one that a person told stays. */
const SOURCE = 'discussion'

/** Usage reports and measuring success were talked about (R9): rules know from now on that they were. */
export async function addUsageDiscussion(
  context: Context,
  actor: Actor,
  { customerId, heldOn, participants, note, links }: NewUsageDiscussion & Of,
): Promise<DiscussionsView> {
  await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-discussion', customerId)
    authorizeService(access, null)
    refuseFuture(context, 'heldOn', heldOn)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const row = { held_on: heldOn, participants, note, links }
    await insertUsageDiscussion(trx, {
      customer_id: customerId,
      id: randomUUID(),
      ...row,
      recorded_by: actor.personId,
      recorded_at: context.now().toISOString(),
    })
    const data = { day: heldOn, before: null, after: usageTold(actor, row) }
    await settle(trx, context, actor, customerId, { kind: 'discussion-usage-held', data })
  })
  return getDiscussions(context, actor, customerId)
}

/** Recorded by mistake. */
export async function removeUsageDiscussion(
  context: Context,
  actor: Actor,
  { customerId, discussion }: Of & Readonly<{ discussion: string }>,
): Promise<DiscussionsView> {
  await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-discussion', customerId)
    authorizeService(access, null)
    const row = (await findUsageDiscussions(trx, customerId)).find(each => each.id === discussion)
    if (!row) throw new AppError('not-found', `customer ${customerId} has no discussion ${discussion}`)
    await removeUsageRow(trx, customerId, discussion)
    const data = { day: row.held_on, before: usageTold(actor, row), after: null }
    await settle(trx, context, actor, customerId, { kind: 'discussion-usage-removed', data })
  })
  return getDiscussions(context, actor, customerId)
}

/** Writes what rules read after the discussions of usage reports changed, and puts both on record. */
async function settle(trx: Trx, context: Context, actor: Actor, customerId: string, change: Told): Promise<void> {
  const [newest] = await findUsageDiscussions(trx, customerId)
  const [fact] = await findFacts(trx, customerId, [DISCUSSED])
  const version = await raiseVersion(trx, customerId)
  const isToldApart = fact?.value === true && fact.source !== SOURCE
  const before = fact?.value ?? null
  const after = isToldApart ? before : newest ? true : fact?.source === SOURCE ? null : before
  const asOf = newest?.held_on ?? null
  if (!isToldApart && newest) {
    const row = { customerId, name: DISCUSSED, service: '', source: SOURCE, at: context.now().toISOString(), who: actor.personId }
    await saveFacts(trx, [{ ...row, value: true, asOf, version }])
  } else if (after === null && before !== null) await forgetFact(trx, customerId, DISCUSSED, '')
  const isOther = before !== after
  await recordCustomerEvents(trx, context, actor, customerId, [
    change,
    ...(isOther ? [{ kind: 'fact-set', data: { fact: DISCUSSED, service: null, before, after, asOf } }] : []),
  ])
  if (!isToldApart) await recomputeOne(trx, context, customerId)
}

/** The customer locked for a change of one service; answers its present engagement, opened if there is none yet. */
async function locked(trx: Trx, context: Context, actor: Actor, { customerId, service }: OfService): Promise<string> {
  const { access } = await lockForChange(trx, context, actor, 'set-discussion', customerId)
  if (!context.playbook.services.some(each => each.id === service))
    throw new AppError('not-found', `the playbook knows no service "${service}"`)
  authorizeService(access, service)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  const engagement = await findEngagement(trx, customerId)
  if (engagement) return engagement.id
  await recomputeOne(trx, context, customerId)
  return FIRST_ENGAGEMENT
}

function refuseFuture(context: Context, field: string, day: Day | null): void {
  if (day !== null && day > todayOf(context)) throw invalidField(field, 'a day that has come')
}

type Content = Omit<SetValueDiscussion, 'version'>

const columnsOf = (input: Content) => ({
  interest: input.interest,
  status: input.status,
  planned_for: input.plannedFor,
  held_on: input.heldOn,
  success_factors: input.successFactors,
  participants: input.participants,
  outcome: input.outcome,
})

const contentOf = (row: Row<'value_discussion'>): Content => ({
  interest: row.interest,
  status: row.status,
  plannedFor: row.planned_for,
  heldOn: row.held_on,
  successFactors: row.success_factors,
  participants: row.participants,
  outcome: row.outcome,
})

const isSame = (row: Row<'value_discussion'>, wanted: Content): boolean =>
  JSON.stringify(columnsOf(contentOf(row))) === JSON.stringify(columnsOf(wanted))

function refuseLostUpdate(row: Row<'value_discussion'> | undefined, version: number, yours: unknown): void {
  const now = row?.version ?? 0
  if (version === now) return
  throw new AppError('conflict', 'somebody else changed this discussion meanwhile', {
    details: { theirs: row ? contentOf(row) : null, yours, version: now },
  })
}

/** Free text may name people: it is on record for as long as the one who acts is known. */
const sealed = ({ personId }: Actor, text: string | null) => (text === null ? null : personal(personId, text))

const told = (actor: Actor, { successFactors, participants, outcome, ...rest }: Content) => ({
  ...rest,
  successFactors: sealed(actor, successFactors),
  participants: sealed(actor, participants),
  outcome: sealed(actor, outcome),
})

const usageTold = (actor: Actor, row: Pick<Row<'usage_discussion'>, 'held_on' | 'participants' | 'note' | 'links'>) => ({
  heldOn: row.held_on,
  participants: sealed(actor, row.participants),
  note: sealed(actor, row.note),
  links: row.links,
})
