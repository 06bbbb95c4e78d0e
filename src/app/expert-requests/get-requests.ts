import type {
  CustomerExpertRequests,
  ExpertRequestLoads,
  ExpertRequestPage,
  ExpertRequestQuery,
  ExpertRequestView,
} from '../../model/expert-request-api.ts'
import { EXPERT_LANGUAGES, languageOf } from '../../model/expert-skills.ts'
import { USUAL_CALENDAR, type WorkingCalendar } from '../../model/working-calendar.ts'
import { searchKey } from '../../store/customers.ts'
import type { Db } from '../../store/database.ts'
import {
  countRequests,
  type FoundRequest,
  type FoundRequestMessage,
  findRequest,
  findRequestMessages,
  findRequests,
  searchRequests,
} from '../../store/expert-requests.ts'
import { findTiesToMany } from '../../store/handshakes.ts'
import { loadKnown } from '../../store/known.ts'
import { findCalendars } from '../../store/work-calendar.ts'
import { type Context, todayOf } from '../context.ts'
import { tiesOf, visibleCustomer } from '../customers/visible.ts'
import { figureOf } from '../plans/cells.ts'
import { type Actor, authorize, serviceRefusal, type Ties, writeAccess } from '../policy.ts'
import { dueOf, isLate } from './deadlines.ts'
import { isExpertByRight, saidBy } from './experts.ts'
import type { Said } from './match.ts'
import { mayOf, type Standing } from './standing.ts'

/** What was asked for this customer, and what a new request begins with. */
export async function getCustomerExpertRequests(context: Context, actor: Actor, customerId: string): Promise<CustomerExpertRequests> {
  const { customer, ties } = await visibleCustomer(context, actor, customerId)
  const { db, playbook } = context
  const access = writeAccess(actor, 'request-expert', ties)
  const mayFor = (service: string | null) => {
    const reason = serviceRefusal(access, service)
    return reason ? { ok: false as const, reason: { ...reason } } : { ok: true as const }
  }
  const [known] = await loadKnown(db, [customerId])
  const said = await saidBy(db, actor)
  return {
    customer: { id: customer.id, name: customer.name },
    may: mayFor(null),
    services: playbook.services.map(({ id }) => ({ service: id, seats: known ? figureOf(known, id).seats : null, may: mayFor(id) })),
    language: EXPERT_LANGUAGES.find(each => each === languageOf(customer.language)) ?? null,
    requests: await views(
      context,
      (await findRequests(db, customerId)).map(row => standingFor(actor, row, ties, said)),
    ),
  }
}

/** Requests that the actor may see, a page at a time; those that wait first, by the day something is due. */
export async function listExpertRequests(
  context: Context,
  actor: Actor,
  query: ExpertRequestQuery & { at: number },
): Promise<ExpertRequestPage> {
  authorize(actor, 'see-customer')
  const { db } = context
  const { personId } = actor
  const { rows, total } = await searchRequests(db, {
    ...query,
    personId,
    isExpert: isExpertByRight(actor),
    q: query.q ? searchKey(query.q) : null,
    service: query.service ?? null,
    skill: query.skill ?? null,
  })
  const said = await saidBy(db, actor)
  const tied = await findTiesToMany(db, { personId, today: todayOf(context), customerIds: [...new Set(rows.map(row => row.customer_id))] })
  const standings = rows.map(row =>
    standingFor(
      actor,
      row,
      {
        assignments: tied.own.filter(each => each.customer_id === row.customer_id),
        isTeam: row.customer_team !== null && tied.teams.includes(row.customer_team),
        unassigned: 'hidden',
      },
      said,
    ),
  )
  const end = query.at + rows.length
  return {
    rows: await views(context, standings),
    total,
    at: query.at,
    next: end < total && rows.length > 0 ? String(end) : null,
  }
}

/** One request, as it stands for the actor; undefined when it is not there or not theirs to see. */
export async function findExpertRequest(context: Context, actor: Actor, id: string): Promise<ExpertRequestView | undefined> {
  const row = await findRequest(context.db, id)
  if (!row) return undefined
  const [view] = await views(context, [await standingOf(context.db, context, actor, row)])
  return view
}

/** How much each expert has, and how many they take. */
export async function getExpertRequestLoads(context: Context, actor: Actor): Promise<ExpertRequestLoads> {
  authorize(actor, 'see-load')
  const rows = await countRequests(context.db, todayOf(context))
  return { people: rows.map(({ id, name, at_once, ...counts }) => ({ person: { id, name }, ...counts, atOnce: at_once })) }
}

/** How one request stands for the actor. */
export async function standingOf(db: Db, context: Pick<Context, 'now'>, actor: Actor, row: FoundRequest): Promise<Standing> {
  return standingFor(actor, row, await tiesOf(db, context, actor, row.customer_id), await saidBy(db, actor))
}

const standingFor = (actor: Actor, row: FoundRequest, ties: Ties, said: Said | undefined): Standing => ({
  actor,
  row,
  asking: writeAccess(actor, 'request-expert', ties),
  answering: writeAccess(actor, 'answer-expert-request', ties),
  said,
})

async function views(context: Context, standings: readonly Standing[]): Promise<ExpertRequestView[]> {
  const messages = await findRequestMessages(
    context.db,
    standings.map(each => each.row.id),
  )
  const calendars = await findCalendars(
    context.db,
    standings.flatMap(each => each.row.team_id ?? []),
  )
  return standings.map(standing => {
    const { row } = standing
    const calendar = calendars.get(row.team_id ?? '') ?? USUAL_CALENDAR
    const own = messages.filter(each => each.request_id === row.id)
    return viewOf(standing, own, calendar, context.now())
  })
}

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? id })

function viewOf(standing: Standing, messages: readonly FoundRequestMessage[], calendar: WorkingCalendar, now: Date): ExpertRequestView {
  const { row } = standing
  return {
    id: row.id,
    customer: { id: row.customer_id, name: row.customer, segment: row.segment, isVisible: row.is_visible },
    service: row.service,
    skill: row.skill,
    language: row.language,
    region: row.region,
    seats: row.seats,
    wantedOn: row.wanted_on,
    purpose: row.purpose,
    state: row.state,
    requestedBy: { id: row.requested_by, name: row.requested_by_name },
    requestedAt: row.requested_at,
    expert: named(row.expert_id, row.expert_name),
    acknowledgeBy: row.acknowledge_by,
    decideBy: row.decide_by,
    acknowledgedBy: named(row.acknowledged_by, row.acknowledged_by_name),
    acknowledgedAt: row.acknowledged_at,
    dueOn: dueOf(row),
    isLate: isLate(row, calendar, now),
    remindedAt: row.reminded_at,
    escalatedTo: named(row.escalated_to, row.escalated_to_name),
    escalatedAt: row.escalated_at,
    decidedBy: named(row.decided_by, row.decided_by_name),
    decidedAt: row.decided_at,
    reason: row.reason,
    endedBy: named(row.ended_by, row.ended_by_name),
    endedAt: row.ended_at,
    note: row.note,
    hasAssignment: row.assignment_id !== null,
    messages: messages.map(each => ({
      step: each.step,
      by: { id: each.written_by, name: each.name },
      at: each.written_at,
      body: each.body,
      to: named(each.person_id, each.person_name),
    })),
    may: mayOf(standing),
    version: row.version,
  }
}
