import { AppError } from '../../model/errors.ts'
import type {
  AnswerExpertRequest,
  ExpertRequestAnswer,
  HandOnExpertRequest,
  WithdrawExpertRequest,
  WriteExpertRequest,
} from '../../model/expert-request-api.ts'
import type { RequestStep } from '../../model/expert-words.ts'
import { lockCustomer, raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { addRequestMessage, changeRequest, type FoundRequest, findRequest } from '../../store/expert-requests.ts'
import { findCalendar } from '../../store/work-calendar.ts'
import type { Context } from '../context.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents, type Told } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import type { Directory } from '../people/leads.ts'
import { type Actor, authorize, SYSTEM } from '../policy.ts'
import { deadlinesFrom } from './deadlines.ts'
import { type Expert, findExperts, getExpert, queueOf } from './experts.ts'
import { findExpertRequest, standingOf } from './get-requests.ts'
import { beginHelp, endHelp } from './help.ts'
import { isAddressed, personRefusal, type RequestAction, type Standing, stateRefusal } from './standing.ts'
import { tellAskers, tellExperts } from './tell.ts'

type At = Readonly<{ request: string; version: number }>
type Answering = AnswerExpertRequest & Readonly<{ request: string }>

/**
 * Looks into it, accepts, declines, or is done. Throws `not-found` for one that the actor may not see, `conflict` with both when somebody
 * else changed it after `version`, `forbidden` with the reason for who is not asked.
 */
export const answerExpertRequest = (context: Context, actor: Actor, input: Answering): Promise<ExpertRequestAnswer> =>
  change(context, actor, input, input.answer, opened => {
    switch (input.answer) {
      case 'acknowledge':
        return acknowledge(opened)
      case 'accept':
        return accept(opened)
      case 'decline':
        return decline(opened, input.reason)
      case 'done':
        return done(opened, input)
    }
  })

/** The expert asks for detail; whoever asked answers that, which gives the working days anew. Else a message. */
export const writeExpertRequest = (
  context: Context,
  actor: Actor,
  input: WriteExpertRequest & { request: string },
): Promise<ExpertRequestAnswer> => change(context, actor, input, 'write', opened => write(opened, input.body))

/** Hands it to another expert, or to the queue. What the one before was given to help with ends. */
export const handOnExpertRequest = (
  context: Context,
  directory: Directory,
  actor: Actor,
  input: HandOnExpertRequest & { request: string },
): Promise<ExpertRequestAnswer> =>
  change(context, actor, input, 'handOn', async opened => {
    const experts = await findExperts(opened.trx, directory)
    return handOn(opened, experts, input)
  })

/** Takes it back before it is done. */
export const withdrawExpertRequest = (
  context: Context,
  actor: Actor,
  input: WithdrawExpertRequest & { request: string },
): Promise<ExpertRequestAnswer> => change(context, actor, input, 'withdraw', withdraw)

/** A request that may be changed, with what a change needs. `trx` acts for the system. */
type Opened = Readonly<{
  trx: Trx
  context: Context
  actor: Actor
  row: FoundRequest
  standing: Standing
  /** The customer's version that this change makes. */
  version: number
  now: string
}>
type Happened = Readonly<{
  step: RequestStep
  body?: string | null
  /** To whom it was handed on. */
  handedTo?: string | null
  /** Who the event speaks of. */
  person: string | null
  /** What else is on record of it: free text may name people and is sealed. */
  data?: Readonly<Record<string, unknown>>
  more?: readonly Told[]
}>

async function change(
  context: Context,
  actor: Actor,
  at: At,
  action: RequestAction,
  work: (opened: Opened) => Promise<Happened>,
): Promise<ExpertRequestAnswer> {
  authorize(actor, 'answer-expert-request')
  const seen = await findRequest(context.db, at.request)
  if (!seen) throw missing(at.request)
  // An expert answers for a customer that is not theirs to see, and is given it by accepting. Who may is decided here, on the locked row.
  const system = context.as(SYSTEM)
  await system.db.transaction().execute(async trx => {
    const opened = await open(trx, context, actor, at, action, seen.customer_id)
    const { row, version, now } = opened
    const happened = await work(opened)
    const { step, body = null, handedTo = null } = happened
    await addRequestMessage(trx, {
      customer_id: row.customer_id,
      request_id: row.id,
      step,
      body,
      person_id: handedTo,
      written_by: actor.personId,
      written_at: now,
    })
    const data = { request: row.id, service: row.service, skill: row.skill, person: happened.person, ...happened.data, version }
    await recordCustomerEvents(trx, context, actor, row.customer_id, [{ kind: `expert-${step}`, data }, ...(happened.more ?? [])])
  })
  return { request: (await findExpertRequest(context, actor, at.request)) ?? null }
}

const missing = (id: string) => new AppError('not-found', `there is no request ${id}`)

async function open(trx: Trx, context: Context, actor: Actor, at: At, action: RequestAction, customerId: string): Promise<Opened> {
  if (!(await lockCustomer(trx, customerId))) throw missing(at.request)
  const row = await findRequest(trx, at.request)
  if (!row) throw missing(at.request)
  const standing = await standingOf(trx, context, actor, row)
  // Whoever lost the queue to another hears that somebody was first, and not that it is none of theirs.
  refuseLostUpdate(row, at, action, actor)
  const refused = personRefusal(standing, action)
  if (refused) throw new AppError('forbidden', refused.en ?? '', { details: { reason: refused } })
  const over = stateRefusal(standing, action)
  if (over) throw new AppError('conflict', over.en ?? '', { details: { reason: over, theirs: told(row), version: row.version } })
  const version = await raiseVersion(trx, customerId)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  return { trx, context, actor, row, standing, version, now: context.now().toISOString() }
}

function refuseLostUpdate(row: FoundRequest, at: At, action: RequestAction, actor: Actor): void {
  if (at.version > row.version) throw new AppError('invalid-input', `version ${at.version} is not yet there`)
  if (at.version === row.version) return
  throw new AppError('conflict', 'somebody else changed this request meanwhile', {
    details: { theirs: told(row), yours: { action, by: actor.name }, version: row.version },
  })
}

/** What a conflict shows of it. */
const told = (row: FoundRequest) => ({
  state: row.state,
  expert: row.expert_name,
  reason: row.reason,
  by: row.ended_by_name ?? row.decided_by_name ?? row.acknowledged_by_name,
  at: row.ended_at ?? row.decided_at ?? row.acknowledged_at,
})

const notYet = ({ row, actor, now }: Opened) =>
  row.acknowledged_at === null ? { acknowledged_by: actor.personId, acknowledged_at: now } : {}

/** Who of the others is told: whoever asked, and the expert, where neither did it. */
async function tellBoth(
  { trx, context, actor, row, version }: Opened,
  kind: 'expert-answered' | 'expert-requested',
  sentence: Parameters<typeof tellAskers>[4]['sentence'],
  isOver = false,
): Promise<void> {
  const telling = { kind, sentence, person: actor.name, key: String(version) }
  if (row.requested_by !== actor.personId) await tellAskers(trx, context, row, [row.requested_by], { ...telling, isOver })
  if (row.expert_id !== null && row.expert_id !== actor.personId) await tellExperts(trx, context, row, [row.expert_id], telling)
}

/** One from the queue is theirs then. */
async function acknowledge(opened: Opened): Promise<Happened> {
  const { trx, actor, row, version } = opened
  const expert = row.expert_id ?? actor.personId
  await changeRequest(trx, row, { ...notYet(opened), expert_id: expert, version })
  await tellBoth(opened, 'expert-answered', 'acknowledged')
  return { step: 'acknowledged', person: actor.personId }
}

async function accept(opened: Opened): Promise<Happened> {
  const { trx, context, actor, row, version, now } = opened
  const expert = row.expert_id ?? actor.personId
  const help = await beginHelp(trx, context, row, expert, version)
  const decided = { decided_by: actor.personId, decided_at: now, reason: null, assignment_id: help.assignmentId }
  await changeRequest(trx, row, { ...notYet(opened), ...decided, state: 'accepted', expert_id: expert, version })
  await tellBoth(opened, 'expert-answered', 'accepted')
  return { step: 'accepted', person: expert, more: help.told }
}

async function decline(opened: Opened, reason: string): Promise<Happened> {
  const { trx, actor, row, version, now } = opened
  await changeRequest(trx, row, {
    ...notYet(opened),
    state: 'declined',
    decided_by: actor.personId,
    decided_at: now,
    reason,
    version,
  })
  await tellBoth(opened, 'expert-answered', 'declined', true)
  return { step: 'declined', body: reason, person: row.expert_id, data: { reason: personal(actor.personId, reason) } }
}

async function done(opened: Opened, { note, keepAssignment }: Extract<Answering, { answer: 'done' }>): Promise<Happened> {
  const { trx, context, actor, row, version, now } = opened
  const ended = keepAssignment ? [] : await endHelp(trx, context, row, version)
  await changeRequest(trx, row, { state: 'done', ended_by: actor.personId, ended_at: now, note, version })
  await tellBoth(opened, 'expert-answered', 'done', true)
  return { step: 'done', body: note, person: row.expert_id, data: { note: personal(actor.personId, note), keepAssignment }, more: ended }
}

async function write(opened: Opened, body: string): Promise<Happened> {
  const { trx, context, actor, row, standing, version } = opened
  // Whoever asked may be an expert too, and does not ask themselves.
  const isExpert = isAddressed(standing) && row.requested_by !== actor.personId
  if (row.state === 'open' && isExpert) {
    const anew = deadlinesFrom(await findCalendar(trx, row.team_id), context.now())
    const due = { decide_by: anew.decide_by, ...NOT_REMINDED }
    await changeRequest(trx, row, { ...notYet(opened), ...due, state: 'needs-detail', expert_id: row.expert_id ?? actor.personId, version })
    await tellBoth(opened, 'expert-answered', 'asked')
    return { step: 'asked', body, person: actor.personId }
  }
  if (row.state === 'needs-detail' && !isExpert) {
    const anew = deadlinesFrom(await findCalendar(trx, row.team_id), context.now())
    await changeRequest(trx, row, { state: 'open', decide_by: anew.decide_by, ...NOT_REMINDED, version })
    await tellBoth(opened, 'expert-requested', 'replied')
    return { step: 'replied', body, person: row.expert_id }
  }
  await changeRequest(trx, row, { version })
  await tellBoth(opened, 'expert-answered', 'wrote')
  return { step: 'wrote', body, person: row.expert_id }
}
const NOT_REMINDED = { reminded_due: null, reminded_at: null, escalated_at: null, escalated_to: null } as const

async function handOn(opened: Opened, experts: readonly Expert[], input: HandOnExpertRequest): Promise<Happened> {
  const { trx, context, actor, row, version } = opened
  const to = input.expert === null ? null : getExpert(experts, input.expert)
  if (row.state !== 'declined' && (to?.id ?? null) === row.expert_id) {
    throw invalidField('expert', to === null ? 'it is in the queue already' : `${to.name} has it already`)
  }
  const ended = row.state === 'accepted' ? await endHelp(trx, context, row, version) : []
  await changeRequest(trx, row, {
    state: 'open',
    expert_id: to?.id ?? null,
    ...deadlinesFrom(await findCalendar(trx, row.team_id), context.now()),
    ...NOT_ANSWERED,
    ...NOT_REMINDED,
    version,
  })
  await tellBoth(opened, 'expert-answered', 'handed-on')
  const next = to ? [to.id] : queueOf(experts, row).map(each => each.id)
  const others = next.filter(each => each !== actor.personId && each !== row.expert_id)
  const telling = { kind: 'expert-requested', sentence: to ? 'requested' : 'queued', person: actor.name, key: String(version) } as const
  await tellExperts(trx, context, row, others, telling)
  return { step: 'handed-on', body: input.message, handedTo: to?.id ?? null, person: to?.id ?? null, more: ended }
}
const NOT_ANSWERED = {
  acknowledged_by: null,
  acknowledged_at: null,
  decided_by: null,
  decided_at: null,
  reason: null,
  assignment_id: null,
} as const

async function withdraw(opened: Opened): Promise<Happened> {
  const { trx, context, actor, row, version, now } = opened
  const ended = await endHelp(trx, context, row, version)
  await changeRequest(trx, row, { state: 'withdrawn', ended_by: actor.personId, ended_at: now, version })
  await tellBoth(opened, 'expert-answered', 'withdrawn', true)
  return { step: 'withdrawn', person: row.expert_id, more: ended }
}
