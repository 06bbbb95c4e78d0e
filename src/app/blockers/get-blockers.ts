import type { BlockersView, BlockerView } from '../../model/blocker-api.ts'
import type { Day } from '../../model/words.ts'
import { type BlockerWithNames, findBlockers, findOwners } from '../../store/blockers.ts'
import { findEvidence } from '../../store/evidence.ts'
import { type Known, loadKnown } from '../../store/known.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { evidenceView } from '../evidence/evidence.ts'
import { reasonKey, reasonsFor, reasonTexts } from '../lists/reasons.ts'
import { type Actor, may, writeAccess } from '../policy.ts'
import { figuresOf, pointsBetween } from './figures.ts'

/** What stands in the way of usage at a customer, with what came of what was resolved. */
export async function getBlockers(context: Context, actor: Actor, customerId: string): Promise<BlockersView> {
  const { ties } = await visibleCustomer(context, actor, customerId)
  const { db } = context
  const today = todayOf(context)
  const rows = await findBlockers(db, customerId)
  const [known] = await loadKnown(db, [customerId])
  const texts = await reasonTexts(
    db,
    rows.map(row => ({ reason: row.reason, version: row.reason_version })),
  )
  const evidence = (await findEvidence(db, customerId, { prefix: 'blocker:' })).map(evidenceView)
  const owners = await findOwners(db, customerId, today)
  // Who sees everything may own what they are not assigned to.
  const own =
    may(actor, 'set-blocker') && !owners.some(each => each.id === actor.personId) ? [{ id: actor.personId, name: actor.name }] : []
  return {
    customer: customerId,
    today,
    blockers: known
      ? rows.map(row => ({
          ...viewOf(context, known, row, texts.get(reasonKey({ reason: row.reason, version: row.reason_version }))),
          evidence: evidence.filter(each => each.subject === `blocker:${row.id}`),
        }))
      : [],
    reasons: (await reasonsFor(db, 'blocker')).reasons,
    owners: [...owners, ...own],
    canSet: writeAccess(actor, 'set-blocker', ties),
    canAddEvidence: writeAccess(actor, 'add-evidence', ties),
  }
}

function viewOf(
  context: Pick<Context, 'now' | 'playbook'>,
  known: Known,
  row: BlockerWithNames,
  reason: BlockerView['reason']['text'] | undefined,
): Omit<BlockerView, 'evidence'> {
  return {
    id: row.id,
    title: row.title,
    services: row.services,
    items: row.items,
    reason: { id: row.reason, text: reason ?? { en: row.reason } },
    seats: row.seats,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner ?? row.owner_id },
    nextAction: row.next_action,
    nextActionOn: row.next_action_on,
    isOverdue: isOverdue(row, todayOf(context)),
    openedBy: row.opener,
    openedAt: row.opened_at,
    remindedOn: row.reminded_on,
    escalated: row.escalated_at === null ? null : { at: row.escalated_at, to: row.escalated_name },
    resolved: row.resolved_at === null ? null : { by: row.resolver ?? '', at: row.resolved_at, resolution: row.resolution ?? '' },
    usage: figuresOf(context, known, row.services).map(now => {
      const opened = row.usage_opened.find(each => each.service === now.service) ?? null
      const resolved = row.usage_resolved?.find(each => each.service === now.service) ?? null
      const sinceResolved = resolved === null ? null : pointsBetween(resolved, now)
      return { service: now.service, opened, resolved, now, sinceOpened: pointsBetween(opened, now), sinceResolved }
    }),
    version: row.version,
  }
}

export const isOverdue = (row: Readonly<{ resolved_at: string | null; next_action_on: Day | null }>, today: Day): boolean =>
  row.resolved_at === null && row.next_action_on !== null && row.next_action_on < today
