import { type DecisionState, type DecisionsView, type MakeDecision, NEXT_DECISIONS } from '../../model/decision-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import { findServices, raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { type DecisionRecord, findContactNames, findDecisions, findFactsNamed, insertDecisions } from '../../store/decisions.ts'
import { forgetFact, saveFacts } from '../../store/facts.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService } from '../policy.ts'
import { getDecisions, keptIn, programFact, type Subject, subjectsOf } from './get-decisions.ts'
import { type Kept, standing } from './history.ts'
import { startWork } from './start-work.ts'

type At = Readonly<{ customerId: string; proposal: string }>

/**
 * A person decides on a proposal: a row that is never rewritten, with what the rule had to show, and the fact that rules read. Agreement to a
 * program and acceptance of an accelerator start their work. Throws `conflict` with both when somebody else decided after `seq`.
 */
export async function decideProposal(
  context: Context,
  actor: Actor,
  { customerId, proposal, ...wanted }: MakeDecision & At,
): Promise<DecisionsView> {
  if (wanted.on > todayOf(context)) throw invalidField('on', `${wanted.on} is yet to come`)
  await context.db.transaction().execute(async trx => {
    const { subject, rows, state } = await locked(trx, context, actor, { customerId, proposal }, wanted.seq, wanted)
    const next = NEXT_DECISIONS[subject.kind][state ?? 'none'] ?? []
    if (!next.includes(wanted.state))
      throw new AppError('conflict', `${wanted.state} does not follow ${state ?? 'nothing'}; ${next.join(' or ')} does`)
    if (wanted.contact !== null && !(await findContactNames(trx, customerId)).some(each => each.id === wanted.contact))
      throw invalidField('contact', 'the customer has no such contact')
    const { plan } = await upToDate(trx, context, customerId)
    const kept = keptOf(plan, proposal, state)
    await add(trx, context, actor, { customerId, proposal }, rows, { ...wanted, kept })
    await saveState(trx, context, actor, customerId, subject, wanted.state)
    const after = { state: wanted.state, on: wanted.on, contact: wanted.contact, reason: sealed(actor, wanted.reason) }
    await recordCustomerEvents(trx, context, actor, customerId, [
      { kind: 'decision-made', data: { proposal, decided: wanted.state, before: { state }, after } },
    ])
    await recomputeOne(trx, context, customerId)
    await startWork(trx, context, actor, { customerId, subject, state: wanted.state, contact: wanted.contact })
  })
  return getDecisions(context, actor, customerId)
}

/** Takes the newest decision that stands back: a row more, and the state before it again. What it started stays, to be closed by people. */
export async function withdrawDecision(
  context: Context,
  actor: Actor,
  { customerId, proposal, seq }: At & { seq: number },
): Promise<DecisionsView> {
  await context.db.transaction().execute(async trx => {
    const { subject, rows, state } = await locked(trx, context, actor, { customerId, proposal }, seq, { state: 'withdrawn' })
    const last = standing(rows).at(-1)
    if (!last || last.state !== state) throw new AppError('conflict', 'no decision stands that could be taken back')
    const { before } = keptIn(last)
    const kept: Kept = { before: state, text: null, facts: [], rule: null }
    await add(trx, context, actor, { customerId, proposal }, rows, {
      state: 'withdrawn',
      contact: null,
      reason: null,
      on: todayOf(context),
      kept,
    })
    await saveState(trx, context, actor, customerId, subject, before)
    await recordCustomerEvents(trx, context, actor, customerId, [
      { kind: 'decision-withdrawn', data: { proposal, before: { state }, after: { state: before } } },
    ])
    await recomputeOne(trx, context, customerId)
  })
  return getDecisions(context, actor, customerId)
}

/** The proposal, what was decided on it and its present state, the customer locked. */
async function locked(trx: Trx, context: Context, actor: Actor, { customerId, proposal }: At, seq: number, yours: unknown) {
  const { access } = await lockForChange(trx, context, actor, 'decide-proposal', customerId)
  const listed = (await findServices(trx, customerId)).map(row => row.service)
  const subject = subjectsOf(context.playbook, listed).find(each => each.id === proposal)
  if (!subject) throw new AppError('not-found', `there is nothing to decide on as ${proposal} at customer ${customerId}`)
  authorizeService(access, subject.service)
  const rows = await findDecisions(trx, customerId, proposal)
  const last = rows.at(-1)
  if (seq > (last?.seq ?? 0)) throw new AppError('invalid-input', `decision ${seq} is not yet there`)
  if (last && last.seq > seq) {
    const theirs = { state: last.state, on: last.decided_on, reason: last.reason, contact: last.contact, by: last.by }
    throw new AppError('conflict', 'somebody else decided meanwhile', { details: { theirs, yours, version: last.seq } })
  }
  return { subject, rows, state: await stateNow(trx, customerId, subject) }
}

const factName = ({ definition, service }: Subject) => (service === null ? programFact(definition.id) : 'accelerator')

async function stateNow(trx: Trx, customerId: string, subject: Subject): Promise<DecisionState | null> {
  const name = factName(subject)
  const row = (await findFactsNamed(trx, customerId, name)).find(each => each.name === name && each.service === (subject.service ?? ''))
  // Facts of these names hold one of these words.
  return (row?.value as DecisionState | undefined) ?? null
}

async function saveState(
  trx: Trx,
  context: Context,
  actor: Actor,
  customerId: string,
  subject: Subject,
  state: DecisionState | null,
): Promise<void> {
  const version = await raiseVersion(trx, customerId)
  const [name, service] = [factName(subject), subject.service ?? '']
  if (state === null) await forgetFact(trx, customerId, name, service)
  else {
    const row = { customerId, name, service, value: state, source: 'portal', asOf: todayOf(context), at: context.now().toISOString() }
    await saveFacts(trx, [{ ...row, who: actor.personId, version }])
  }
}

type NewDecision = Readonly<{ state: string; contact: string | null; reason: string | null; on: DecisionRecord['decided_on']; kept: Kept }>

async function add(
  trx: Trx,
  context: Context,
  actor: Actor,
  { customerId, proposal }: At,
  rows: readonly DecisionRecord[],
  { state, contact, reason, on, kept }: NewDecision,
): Promise<void> {
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  await insertDecisions(trx, [
    {
      customer_id: customerId,
      proposal,
      seq: (rows.at(-1)?.seq ?? 0) + 1,
      state,
      contact_id: contact,
      reason,
      decided_on: on,
      because: JSON.stringify(kept),
      recorded_by: actor.personId,
      recorded_at: context.now().toISOString(),
    },
  ])
}

function keptOf(plan: Plan, proposal: string, before: DecisionState | null): Kept {
  const because = plan.proposals.find(each => each.id === proposal)?.because
  return { before, text: because?.text ?? null, facts: because?.facts ?? [], rule: because?.rule ?? null }
}

const sealed = ({ personId }: Actor, reason: string | null) => (reason === null ? null : personal(personId, reason))
