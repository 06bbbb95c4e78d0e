import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import { FOLLOW_UP } from '../../model/item-api.ts'
import type { Day, Text } from '../../model/words.ts'
import { namesOf, raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findEngagement, insertFollowUp } from '../../store/follow-ups.ts'
import type { Context } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { notify } from '../notifications/notify.ts'
import { FIRST_ENGAGEMENT, recomputeOne } from '../plans/recompute.ts'
import type { Actor } from '../policy.ts'

export type NewFollowUp = Readonly<{
  customerId: string
  title: string
  service: string | null
  /** `meeting:…`, `blocker:…`, `accelerator:…`; null: by hand. */
  madeFor: string | null
  /** A person by id. */
  assignee: string | null
  due: Day | null
  note: string | null
}>

/**
 * A task of one customer that no playbook holds, in the caller's transaction: the caller has locked the customer (`lockForChange`) and
 * asked what the actor may. Raises the customer's version, records the event and tells the one it is assigned to. Answers its id.
 */
export async function addFollowUp(
  trx: Trx,
  context: Pick<Context, 'now' | 'playbook' | 'sealKey'>,
  actor: Actor,
  { customerId, title, service, madeFor, assignee, due, note }: NewFollowUp,
): Promise<string> {
  const text = title.trim()
  if (text === '') throw new AppError('invalid-input', 'a follow-up needs a title')
  if (service !== null && !context.playbook.services.some(each => each.id === service))
    throw new AppError('invalid-input', `the playbook knows no service "${service}"`)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  if (assignee !== null && !(await namesOf(trx, [assignee])).has(assignee))
    throw new AppError('invalid-input', `there is no person ${assignee}`)
  const engagementId = (await findEngagement(trx, customerId))?.id ?? (await firstEngagement(trx, context, customerId))
  const id = randomUUID()
  await insertFollowUp(trx, {
    customer_id: customerId,
    id,
    engagement_id: engagementId,
    title: text,
    service,
    made_for: madeFor,
    assignee,
    due,
    note: note?.trim() || null,
    made_by: actor.personId,
    made_at: context.now().toISOString(),
    version: await raiseVersion(trx, customerId),
  })
  const after = { title: personal(actor.personId, text), service, assignee: assignee === null ? null : { person: assignee }, due }
  await recordCustomerEvents(trx, context, actor, customerId, [
    { kind: 'follow-up-added', data: { item: `${FOLLOW_UP}${id}`, madeFor, title: after.title, before: null, after } },
  ])
  if (assignee !== null) await tellAssignee(trx, context, actor, { customerId, item: `${FOLLOW_UP}${id}`, title: { en: text }, assignee })
  return id
}

async function firstEngagement(trx: Trx, context: Pick<Context, 'now' | 'playbook'>, customerId: string): Promise<string> {
  await recomputeOne(trx, context, customerId)
  return FIRST_ENGAGEMENT
}

type Assigned = Readonly<{ customerId: string; item: string; title: Text; assignee: string }>

/** Tells a person that something is theirs now; who took it themselves is not told. */
export async function tellAssignee(
  trx: Trx,
  context: Pick<Context, 'now'>,
  actor: Actor,
  { customerId, item, title, assignee }: Assigned,
): Promise<void> {
  if (assignee === actor.personId) return
  await notify(trx, context, {
    to: [assignee],
    // Given away and back again is another occasion.
    key: `item-assigned ${customerId} ${item} ${context.now().toISOString()}`,
    kind: 'item-assigned',
    customerId,
    path: `/customers/${customerId}/plan?item=${encodeURIComponent(item)}`,
    summary: { en: `Assigned to you: ${title.en}`, 'pt-BR': `Atribuído a você: ${title['pt-BR'] ?? title.en}` },
  })
}
