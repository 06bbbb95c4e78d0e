import { randomUUID } from 'node:crypto'
import type { AddBlocker, BlockersView, ChangeBlocker, ResolveBlocker } from '../../model/blocker-api.ts'
import { AppError } from '../../model/errors.ts'
import {
  type BlockerChange,
  type BlockerWithNames,
  changeBlocker as changeRow,
  findBlocker,
  findOwners,
  insertBlockers,
} from '../../store/blockers.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findItems } from '../../store/items.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { checkReason } from '../lists/reasons.ts'
import { FIRST_ENGAGEMENT, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { figuresOf } from './figures.ts'
import { getBlockers } from './get-blockers.ts'

type Locked = Awaited<ReturnType<typeof lockForChange>>
type At = Readonly<{ customerId: string; blocker: string }>

/** Opens a blocker. What its services were used that day is kept beside it. */
export async function addBlocker(
  context: Context,
  actor: Actor,
  { customerId, ...input }: AddBlocker & { customerId: string },
): Promise<BlockersView> {
  await context.db.transaction().execute(async trx => {
    const { access } = await lockForChange(trx, context, actor, 'set-blocker', customerId)
    authorizeAll(access, input.services)
    const { known } = await upToDate(trx, context, customerId)
    await checkParts(trx, context, actor, customerId, input, null)
    const reasonVersion = await checkReason(trx, 'blocker', input.reason)
    const id = randomUUID()
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    await insertBlockers(trx, [
      {
        customer_id: customerId,
        id,
        ...columnsOf(input),
        reason_version: reasonVersion,
        opened_by: actor.personId,
        opened_at: context.now().toISOString(),
        usage_opened: JSON.stringify(figuresOf(context, known, input.services)),
        version: 1,
      },
    ])
    await record(trx, context, actor, customerId, 'blocker-opened', id, input.title, null, told(actor, input))
  })
  return getBlockers(context, actor, customerId)
}

/** Changes what is known of a blocker; another day for its next action is another occasion to remind and to escalate. */
export async function changeBlocker(
  context: Context,
  actor: Actor,
  { customerId, blocker, version, ...input }: ChangeBlocker & At,
): Promise<BlockersView> {
  await context.db.transaction().execute(async trx => {
    const locked = await lockForChange(trx, context, actor, 'set-blocker', customerId)
    const before = await found(trx, locked, { customerId, blocker })
    authorizeAll(locked.access, input.services)
    const wanted = columnsOf(input)
    if (isSame(before, wanted)) return
    refuseLostUpdate(before, version, input)
    if (before.resolved_at !== null) throw new AppError('conflict', 'the blocker is resolved; open it again first')
    await checkParts(trx, context, actor, customerId, input, before)
    // One that is no longer to be chosen stays where it was given.
    const reasonVersion = input.reason === before.reason ? before.reason_version : await checkReason(trx, 'blocker', input.reason)
    const isOtherDay = before.next_action_on !== input.nextActionOn
    await changeRow(trx, before, {
      ...wanted,
      reason_version: reasonVersion,
      ...(isOtherDay ? { reminded_on: null, escalated_at: null, escalated_to: null } : {}),
      version: before.version + 1,
    })
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    await record(
      trx,
      context,
      actor,
      customerId,
      'blocker-changed',
      blocker,
      input.title,
      told(actor, contentOf(before)),
      told(actor, input),
    )
  })
  return getBlockers(context, actor, customerId)
}

/** What was done about it. What its services are used on that day is kept, to see what comes of it. */
export async function resolveBlocker(
  context: Context,
  actor: Actor,
  { customerId, blocker, resolution, version }: ResolveBlocker & At,
): Promise<BlockersView> {
  await context.db.transaction().execute(async trx => {
    const locked = await lockForChange(trx, context, actor, 'set-blocker', customerId)
    const before = await found(trx, locked, { customerId, blocker })
    refuseLostUpdate(before, version, { resolution })
    if (before.resolved_at !== null) throw new AppError('conflict', 'the blocker is resolved already')
    const { known } = await upToDate(trx, context, customerId)
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    await changeRow(trx, before, {
      resolved_by: actor.personId,
      resolved_at: context.now().toISOString(),
      resolution,
      usage_resolved: JSON.stringify(figuresOf(context, known, before.services)),
      version: before.version + 1,
    })
    const after = { state: 'resolved', resolution: personal(actor.personId, resolution) }
    await record(trx, context, actor, customerId, 'blocker-resolved', blocker, before.title, { state: 'open' }, after)
  })
  return getBlockers(context, actor, customerId)
}

/** Open again, as if it had not been resolved; that it was stays on record. */
export async function reopenBlocker(
  context: Context,
  actor: Actor,
  { customerId, blocker, version }: At & { version: number },
): Promise<BlockersView> {
  await context.db.transaction().execute(async trx => {
    const locked = await lockForChange(trx, context, actor, 'set-blocker', customerId)
    const before = await found(trx, locked, { customerId, blocker })
    refuseLostUpdate(before, version, { state: 'open' })
    if (before.resolved_at === null) return
    const unresolved: BlockerChange = { resolved_by: null, resolved_at: null, resolution: null, usage_resolved: null }
    // The timer starts anew: who resolved it did not have to look at it meanwhile.
    const anew: BlockerChange = { reminded_on: null, escalated_at: null, escalated_to: null }
    await changeRow(trx, before, { ...unresolved, ...anew, version: before.version + 1 })
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const was = { state: 'resolved', resolution: personal(actor.personId, before.resolution ?? '') }
    await record(trx, context, actor, customerId, 'blocker-reopened', blocker, before.title, was, { state: 'open' })
  })
  return getBlockers(context, actor, customerId)
}

/** A blocker of the whole customer is for who may change it as a whole. */
function authorizeAll(access: Locked['access'], services: readonly string[]): void {
  if (services.length === 0) authorizeService(access, null)
  for (const service of services) authorizeService(access, service)
}

async function found(trx: Trx, { access }: Locked, { customerId, blocker }: At): Promise<BlockerWithNames> {
  const row = UUID.test(blocker) ? await findBlocker(trx, customerId, blocker) : undefined
  if (!row) throw new AppError('not-found', `customer ${customerId} has no blocker ${blocker}`)
  authorizeAll(access, row.services)
  return row
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The services are the playbook's, the items the plan's, the owner somebody of the customer; what stood there before may stay. */
async function checkParts(
  trx: Trx,
  context: Context,
  actor: Actor,
  customerId: string,
  { services, items, owner }: AddBlocker,
  before: BlockerWithNames | null,
): Promise<void> {
  const unknown = services.find(each => !context.playbook.services.some(({ id }) => id === each))
  if (unknown !== undefined) throw invalidField('services', `the playbook knows no service "${unknown}"`)
  const fresh = items.filter(each => !before?.items.includes(each))
  if (fresh.length > 0) {
    const { known } = await upToDate(trx, context, customerId)
    const there = new Set((await findItems(trx, customerId, known.engagement?.id ?? FIRST_ENGAGEMENT, fresh)).map(row => row.id))
    const missing = fresh.find(each => !there.has(each))
    if (missing !== undefined) throw invalidField('items', `the plan has no item ${missing}`)
  }
  if (owner === null || owner === before?.owner_id || owner === actor.personId) return
  const owners = await findOwners(trx, customerId, todayOf(context))
  if (!owners.some(each => each.id === owner)) throw invalidField('owner', `nobody who works for the customer is ${owner}`)
}

const columnsOf = (input: AddBlocker) => ({
  title: input.title,
  services: input.services,
  items: input.items,
  reason: input.reason,
  seats: input.seats,
  owner_id: input.owner,
  next_action: input.nextAction,
  next_action_on: input.nextActionOn,
})

const contentOf = (row: BlockerWithNames): AddBlocker => ({
  title: row.title,
  services: [...row.services],
  items: [...row.items],
  reason: row.reason,
  seats: row.seats,
  owner: row.owner_id,
  nextAction: row.next_action,
  nextActionOn: row.next_action_on,
})

const isSame = (row: BlockerWithNames, wanted: ReturnType<typeof columnsOf>): boolean =>
  (Object.keys(wanted) as (keyof typeof wanted)[]).every(key => JSON.stringify(row[key]) === JSON.stringify(wanted[key]))

function refuseLostUpdate(row: BlockerWithNames, version: number, yours: unknown): void {
  if (version > row.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
  if (version === row.version) return
  const theirs = { ...contentOf(row), ownerName: row.owner, resolution: row.resolution }
  throw new AppError('conflict', 'somebody else changed this blocker meanwhile', { details: { theirs, yours, version: row.version } })
}

/** Free text may name people: it is on record for as long as the one who acts is known. */
const told = ({ personId }: Actor, { title, nextAction, owner, ...rest }: AddBlocker) => ({
  ...rest,
  title: personal(personId, title),
  nextAction: nextAction === null ? null : personal(personId, nextAction),
  owner: owner === null ? null : { person: owner },
})

async function record(
  trx: Trx,
  context: Context,
  actor: Actor,
  customerId: string,
  kind: string,
  blocker: string,
  title: string,
  before: unknown,
  after: unknown,
): Promise<void> {
  await raiseVersion(trx, customerId)
  await recordCustomerEvents(trx, context, actor, customerId, [
    { kind, data: { blocker, title: personal(actor.personId, title), before, after } },
  ])
}
