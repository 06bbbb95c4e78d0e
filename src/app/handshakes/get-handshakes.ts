import type { CustomerHandshakes, HandshakeLoads, HandshakePage, HandshakeQuery, HandshakeView } from '../../model/handshake-api.ts'
import { findAssignments } from '../../store/assignments.ts'
import { searchKey } from '../../store/customers.ts'
import type { Db } from '../../store/database.ts'
import {
  countHandshakes,
  type FoundHandshake,
  type FoundMessage,
  findAdoptionOwners,
  findHandshakes,
  findMessages,
  findTiesToMany,
  searchHandshakes,
} from '../../store/handshakes.ts'
import { type Context, todayOf } from '../context.ts'
import { tiesOf, visibleCustomer } from '../customers/visible.ts'
import { getPlan } from '../plans/get-plan.ts'
import { type Actor, authorize, serviceRefusal, writeAccess } from '../policy.ts'
import { managersOf, standInsOf } from './csm.ts'
import { handshakeServices, offerRefusal } from './offer-refusal.ts'
import { mayOf, type Standing } from './standing.ts'

/** What may be offered of a customer, what was, and who owned which adoption. */
export async function getCustomerHandshakes(context: Context, actor: Actor, customerId: string): Promise<CustomerHandshakes> {
  const { customer } = await visibleCustomer(context, actor, customerId)
  const { db, playbook } = context
  const today = todayOf(context)
  const { plan } = await getPlan(context, actor, customerId)
  const handshakes = await findHandshakes(db, customerId)
  const owners = await findAdoptionOwners(db, customerId)
  const assigned = await findAssignments(db, customerId)
  const ties = await tiesOf(db, context, actor, customerId)
  const [offering, answering] = [writeAccess(actor, 'offer-handshake', ties), writeAccess(actor, 'answer-handshake', ties)]
  const offerOf = (service: string): CustomerHandshakes['services'][number]['offer'] => {
    const to = managersOf(assigned, service, today)
    const asked = { plan, playbook, service, handshakes, owners, hasManager: to.length > 0 }
    const reason = offerRefusal(asked) ?? serviceRefusal(offering, service)
    return reason ? { ok: false, reason: { ...reason } } : { ok: true, to: [...to] }
  }
  const leading = new Set(owners.filter(each => each.until === null).map(each => each.handshake_id))
  const standingOf = (row: FoundHandshake): Standing => ({
    actor,
    row,
    answering,
    offering,
    standIns: standInsOf(assigned, row.offered_to, row.service, today),
    isLeading: leading.has(row.id),
  })
  return {
    customer: { id: customer.id, name: customer.name },
    services: handshakeServices(playbook).map(service => ({ service, offer: offerOf(service) })),
    handshakes: await views(db, handshakes.map(standingOf)),
    owners: owners.map(each => ({
      service: each.service,
      person: { id: each.person_id, name: each.name },
      since: each.since,
      until: each.until,
    })),
  }
}

/** Handshakes of every customer the actor may see, a page at a time; open ones first, the longest waiting first. */
export async function listHandshakes(context: Context, actor: Actor, query: HandshakeQuery & { at: number }): Promise<HandshakePage> {
  authorize(actor, 'see-customer')
  const today = todayOf(context)
  const { personId } = actor
  const { rows, total } = await searchHandshakes(context.db, {
    ...query,
    personId,
    today,
    q: query.q ? searchKey(query.q) : null,
    service: query.service ?? null,
  })
  const tied = await findTiesToMany(context.db, { personId, today, customerIds: [...new Set(rows.map(row => row.customer_id))] })
  const standings = rows.map((row): Standing => {
    const ties = {
      assignments: tied.own.filter(each => each.customer_id === row.customer_id),
      isTeam: row.team_id !== null && tied.teams.includes(row.team_id),
      unassigned: 'hidden' as const,
    }
    return {
      actor,
      row,
      answering: writeAccess(actor, 'answer-handshake', ties),
      offering: writeAccess(actor, 'offer-handshake', ties),
      standIns: standInsOf(
        tied.managers.filter(each => each.customer_id === row.customer_id),
        row.offered_to,
        row.service,
        today,
      ),
      isLeading: tied.leading.includes(row.id),
    }
  })
  const end = query.at + rows.length
  return {
    rows: [...(await views(context.db, standings))],
    total,
    at: query.at,
    next: end < total && rows.length > 0 ? String(end) : null,
  }
}

/** How much of this each person has. */
export async function getHandshakeLoads(context: Context, actor: Actor): Promise<HandshakeLoads> {
  authorize(actor, 'see-load')
  const rows = await countHandshakes(context.db)
  return { people: rows.map(({ id, name, ...counts }) => ({ person: { id, name }, ...counts })) }
}

async function views(db: Db, standings: readonly Standing[]): Promise<HandshakeView[]> {
  const messages = await findMessages(
    db,
    standings.map(each => each.row.id),
  )
  return standings.map(standing =>
    viewOf(
      standing,
      messages.filter(each => each.handshake_id === standing.row.id),
    ),
  )
}

function viewOf(standing: Standing, messages: readonly FoundMessage[]): HandshakeView {
  const { row } = standing
  return {
    id: row.id,
    customer: { id: row.customer_id, name: row.customer },
    service: row.service,
    state: row.state,
    offeredBy: { id: row.offered_by, name: row.offered_by_name },
    offeredTo: { id: row.offered_to, name: row.offered_to_name },
    offeredAt: row.offered_at,
    remindOn: row.remind_on,
    remindedAt: row.reminded_at,
    escalatedTo: row.escalated_to === null ? null : { id: row.escalated_to, name: row.escalated_to_name ?? row.escalated_to },
    escalatedAt: row.escalated_at,
    answeredBy: row.answered_by === null ? null : { id: row.answered_by, name: row.answered_by_name ?? row.answered_by },
    answeredAt: row.answered_at,
    reason: row.reason,
    messages: messages.map(each => ({ by: { id: each.written_by, name: each.name }, at: each.written_at, body: each.body })),
    may: mayOf(standing),
    version: row.version,
  }
}
