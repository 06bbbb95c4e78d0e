import type { ChecklistsView, CheckView, ConfirmCheck } from '../../model/decision-api.ts'
import { AppError } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import type { CheckDef } from '../../model/playbook.ts'
import type { Day } from '../../model/words.ts'
import { raiseVersion, savePeople } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findEventsOfKinds, findFactsNamed } from '../../store/decisions.ts'
import { findEvidence } from '../../store/evidence.ts'
import { forgetFact, saveFacts } from '../../store/facts.ts'
import { type Context, todayOf } from '../context.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { evidenceView } from '../evidence/evidence.ts'
import { invalidField } from '../invalid-field.ts'
import { getPlan } from '../plans/get-plan.ts'
import { recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService, writeAccess } from '../policy.ts'

const TRACES: Readonly<Record<string, CheckView['trace'][number]['kind']>> = {
  'check-confirmed': 'confirmed',
  'check-missed': 'missed',
  'check-withdrawn': 'withdrawn',
}
/** Newest words on lines of one customer that are looked through. */
const MOST_TRACES = 500

/** Lines of the entry and exit checklists: what a rule or a person says of each, on what evidence, and what was said before. */
export async function getChecklists(context: Context, actor: Actor, customerId: string): Promise<ChecklistsView> {
  const { customer, ties } = await visibleCustomer(context, actor, customerId)
  const { plan } = await getPlan(context, actor, customerId)
  const facts = await findFactsNamed(context.db, customerId, 'check.')
  const evidence = (await findEvidence(context.db, customerId, { prefix: 'check:' })).map(evidenceView)
  const traces = await tracesOf(context, customerId)
  const checks = context.playbook.processes.flatMap(process =>
    process.checks.map((check): CheckView => {
      const { state, because } = planCheck(plan, process.id, check.id)
      const fact = facts.find(row => row.name === `check.${check.id}`)
      // The names of facts say what is in them.
      const word = fact && (fact.value as { met: boolean; on?: Day; evidence?: string })
      return {
        id: check.id,
        process: process.id,
        side: check.side,
        text: check.text,
        state,
        isComputed: check.rule !== null,
        because: because.text,
        confirmed:
          fact && word ? { met: word.met, on: word.on ?? null, note: word.evidence ?? null, by: fact.by, at: fact.recorded_at } : null,
        evidence: evidence.filter(each => each.subject === `check:${check.id}`),
        trace: traces.get(check.id) ?? [],
      }
    }),
  )
  return {
    customer: customerId,
    today: todayOf(context),
    version: customer.version,
    checks,
    canConfirm: writeAccess(actor, 'set-fact', ties),
    canAddEvidence: writeAccess(actor, 'add-evidence', ties),
  }
}

async function tracesOf({ db }: Context, customerId: string): Promise<ReadonlyMap<string, CheckView['trace']>> {
  const traces = new Map<string, CheckView['trace']>()
  for (const { kind, body, by, at } of await findEventsOfKinds(db, customerId, Object.keys(TRACES), MOST_TRACES)) {
    // Only this file writes these events.
    const { check } = (JSON.parse(body) as { data: { check: string } }).data
    const told = TRACES[kind]
    if (told) traces.set(check, [...(traces.get(check) ?? []), { kind: told, by, at }])
  }
  return traces
}

function planCheck(plan: Plan, process: string, id: string) {
  const lists = plan.processes.find(each => each.id === process)?.checklists
  const found = [...(lists?.inputs ?? []), ...(lists?.outputs ?? [])].find(each => each.id === id)
  if (!found) throw new Error(`the plan has no line ${id}`)
  return found
}

type At = Readonly<{ customerId: string; check: string; version: number }>

/** A person says of a line that it is met, or missing. Throws `conflict` for a line that a rule answers or that does not apply. */
export async function confirmCheck(
  context: Context,
  actor: Actor,
  { customerId, check, met, on, note, version }: ConfirmCheck & At,
): Promise<ChecklistsView> {
  if (on > todayOf(context)) throw invalidField('on', `${on} is yet to come`)
  await context.db.transaction().execute(async trx => {
    const { known: word, customer } = await lockedWord(trx, context, actor, { customerId, check, version }, { met, on, note })
    if (word && word.met === met && word.on === on && (word.evidence ?? null) === note) return
    await refuseComputed(trx, context, customerId, definitionOf(context, check))
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    const row = {
      customerId,
      name: `check.${check}`,
      service: '',
      source: 'portal',
      asOf: on,
      at: context.now().toISOString(),
      who: actor.personId,
    }
    // A note stands where the rules look for evidence: it is told with the line.
    const value = { met, on, ...(note === null ? {} : { evidence: note }) }
    await saveFacts(trx, [{ ...row, value, version: await raiseVersion(trx, customer) }])
    await record(trx, context, actor, customerId, met ? 'check-confirmed' : 'check-missed', check, told(actor, word), told(actor, value))
    await recomputeOne(trx, context, customerId)
  })
  return getChecklists(context, actor, customerId)
}

/** Nobody's word any more; that it was given stays on record. */
export async function withdrawCheck(context: Context, actor: Actor, at: At): Promise<ChecklistsView> {
  const { customerId, check } = at
  await context.db.transaction().execute(async trx => {
    const { known: word } = await lockedWord(trx, context, actor, at, null)
    if (!word) return
    await savePeople(trx, [{ id: actor.personId, name: actor.name }])
    await forgetFact(trx, customerId, `check.${check}`, '')
    await raiseVersion(trx, customerId)
    await record(trx, context, actor, customerId, 'check-withdrawn', check, told(actor, word), null)
    await recomputeOne(trx, context, customerId)
  })
  return getChecklists(context, actor, customerId)
}

type Word = Readonly<{ met: boolean; on?: Day; evidence?: string }>

/** The present word on the line, the customer locked. Throws `conflict` with both when somebody gave it after `version`. */
async function lockedWord(trx: Trx, context: Context, actor: Actor, { customerId, check, version }: At, yours: unknown) {
  const { customer, access } = await lockForChange(trx, context, actor, 'set-fact', customerId)
  authorizeService(access, null)
  definitionOf(context, check)
  if (version > customer.version) throw new AppError('invalid-input', `version ${version} is not yet there`)
  const fact = (await findFactsNamed(trx, customerId, `check.${check}`)).find(row => row.name === `check.${check}`)
  // As above.
  const word = fact?.value as Word | undefined
  if (fact && fact.version > version) {
    const theirs = word && { met: word.met, on: word.on ?? null, note: word.evidence ?? null, by: fact.by }
    throw new AppError('conflict', 'somebody else spoke of this line meanwhile', { details: { theirs, yours, version: customer.version } })
  }
  return { known: word, customer: customer.id }
}

function definitionOf({ playbook }: Context, check: string): CheckDef {
  const found = playbook.processes.flatMap(each => each.checks).find(each => each.id === check)
  if (!found) throw new AppError('not-found', `no checklist has a line ${check}`)
  return found
}

async function refuseComputed(trx: Trx, context: Context, customerId: string, check: CheckDef): Promise<void> {
  if (check.rule !== null) throw new AppError('conflict', 'a rule answers this line; what it says follows from the facts')
  const { plan } = await upToDate(trx, context, customerId)
  const lines = plan.processes.flatMap(({ checklists }) => [...checklists.inputs, ...checklists.outputs])
  if (lines.find(each => each.id === check.id)?.state === 'not-applicable')
    throw new AppError('conflict', 'this line does not apply to the customer')
}

/** A note may name people. */
const told = ({ personId }: Actor, word: Word | undefined) =>
  word ? { met: word.met, on: word.on ?? null, note: word.evidence === undefined ? null : personal(personId, word.evidence) } : null

const record = (
  trx: Trx,
  context: Context,
  actor: Actor,
  customerId: string,
  kind: string,
  check: string,
  before: unknown,
  after: unknown,
) => recordCustomerEvents(trx, context, actor, customerId, [{ kind, data: { check, before, after } }])
