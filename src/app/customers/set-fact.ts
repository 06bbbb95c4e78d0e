import { randomUUID } from 'node:crypto'
import type { PlanView, SetFact } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import type { Plan } from '../../model/plan.ts'
import type { Day } from '../../model/words.ts'
import { changeCustomer, findPersonNamed, raiseVersion, removeService, savePeople, saveServices } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { canonical } from '../../store/events.ts'
import { forgetFact, saveFacts } from '../../store/facts.ts'
import { findAdoptionOwners, findHandshakes } from '../../store/handshakes.ts'
import type { Known } from '../../store/known.ts'
import { removeReadings, saveReadings, touchMetric } from '../../store/success-plan.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomer } from '../events/record.ts'
import { planView } from '../plans/get-plan.ts'
import { FIRST_ENGAGEMENT, recomputeOne, upToDate } from '../plans/recompute.ts'
import { type Actor, authorizeService, writeAccess } from '../policy.ts'
import { type FactSubject, parseFactName, parseFactValue } from './fact-names.ts'
import { readingOf, sheetOf } from './sheet.ts'
import { lockForChange, tiesOf } from './visible.ts'

const SOURCE = 'portal'

/** A person tells what they know of a customer; null = unknown again. Throws `conflict` when somebody else changed it after `version`. */
export async function setFact(context: Context, actor: Actor, input: SetFact & { customerId: string }): Promise<PlanView> {
  const subject = parseFactName(input.name, input.service)
  const value = parseFactValue(subject, input.value)
  // A step has a condition, and who goes against it says why: `takeTransition`.
  if (subject.name.startsWith('transition.'))
    throw new AppError('invalid-input', `${subject.name} is not recorded as a fact: take the step`)
  // What was agreed has its order: `recordOutcomes`.
  if (subject.kind.home === 'outcome')
    throw new AppError('invalid-input', `${subject.name} is not recorded as a fact: record the outcome of the review`)
  return context.db.transaction().execute(trx => setIn(trx, context, actor, { ...input, subject, value }))
}

type Change = Readonly<{ customerId: string; subject: FactSubject; value: unknown; asOf?: Day | undefined; version: number }>

async function setIn(trx: Trx, context: Context, actor: Actor, change: Change): Promise<PlanView> {
  const { customerId, subject, value } = change
  const { customer, access } = await lockForChange(trx, context, actor, 'set-fact', customerId)
  authorizeService(access, subject.service)
  await refuseHandshake(trx, context, actor, change)
  const { known, plan } = await upToDate(trx, context, customerId)
  checkService(context, known, subject)
  const before = toldValue(known, subject, todayOf(context))
  refuseLostUpdate(known, change, before, customer.version)
  const answer = (version: number, now: Plan) =>
    planView(trx, context, { customerId, version, engagementId: known.engagement?.id ?? FIRST_ENGAGEMENT, plan: now })
  if (canonical(before) === canonical(value) && change.asOf === undefined) return answer(customer.version, plan)
  const version = await raiseVersion(trx, customerId)
  await savePeople(trx, [{ id: actor.personId, name: actor.name }])
  await write(trx, context, actor, known, { ...change, version })
  const { name, service } = subject
  const told = async (each: unknown) => (subject.kind.namesPerson && typeof each === 'string' ? personNamed(trx, each) : each)
  const { known: now, plan: nextPlan } = await recomputeOne(trx, context, customerId)
  // Without its newest reading a metric has the one before.
  const after = subject.kind.home === 'metric' ? metricValue(now, subject) : value
  const data = { fact: name, service, before: await told(before), after: await told(after), asOf: change.asOf ?? null }
  await recordCustomer(trx, context, actor, { customerId, kind: 'fact-set', data })
  return answer(version, nextPlan)
}

/**
 * An answer to a handshake is for those who may answer one, also where it was given outside of the program; what was offered in it is
 * answered there, and who leads an adoption by it is told there, so that the two never say different things.
 */
async function refuseHandshake(trx: Trx, context: Context, actor: Actor, { customerId, subject, value }: Change): Promise<void> {
  const { name, service } = subject
  if (service === null) return
  if (name === 'service.handshake') {
    const action = value === 'accepted' || value === 'declined' ? 'answer-handshake' : 'offer-handshake'
    authorizeService(writeAccess(actor, action, await tiesOf(trx, context, actor, customerId)), service)
    const there = (await findHandshakes(trx, customerId)).find(each => each.service === service && each.state !== 'withdrawn')
    if (there) throw new AppError('conflict', `${service} was offered to ${there.offered_to_name} in the program: it is answered there`)
  }
  if (name === 'service.owner') {
    const leads = (await findAdoptionOwners(trx, customerId)).find(each => each.service === service && each.until === null)
    if (leads) throw new AppError('conflict', `${leads.name} leads the adoption of ${service} by a handshake: it is handed back there`)
  }
}

function checkService(context: Context, known: Known, { name, service, kind }: FactSubject): void {
  if (service === null) return
  if (!context.playbook.services.some(each => each.id === service))
    throw new AppError('invalid-input', `the playbook knows no service "${service}"`)
  const isListed = known.services.some(each => each.service === service)
  if (kind.home !== 'service' && !isListed) {
    throw new AppError(
      'invalid-input',
      `${known.customer.name} does not have the service "${service}"; set service.intended before ${name}`,
    )
  }
}

function refuseLostUpdate(known: Known, change: Change, before: unknown, version: number): void {
  if (change.version > version) throw new AppError('invalid-input', `version ${change.version} is not yet there`)
  const row = change.subject.kind.home === 'metric' ? metricOf(known, change.subject)?.metric : rowOf(known, change.subject)
  // What is not a row of its own has no version of its own: any later change of the customer may be one of it.
  const changedAt = ['fact', 'metric', 'decision'].includes(change.subject.kind.home) ? (row?.version ?? 0) : version
  if (changedAt <= change.version) return
  throw new AppError('conflict', `${change.subject.name} was changed meanwhile`, {
    details: { theirs: before, yours: change.value, version },
  })
}

const METRIC_CURRENT = /\.current$/
const metricOf = (known: Known, { name }: FactSubject) =>
  known.metrics.find(({ metric }) => `metric.${metric.id}` === name.replace(METRIC_CURRENT, ''))
const rowOf = (known: Known, subject: FactSubject) =>
  known.facts.find(row => row.name === subject.name && row.service === (subject.service ?? ''))

/** The value as the subject speaks of it; null = unknown. */
function toldValue(known: Known, subject: FactSubject, today: Day): unknown {
  const { name, service, kind } = subject
  const { sheet } = sheetOf(known, today)
  if (kind.home === 'customer') return (sheet.customer as Record<string, unknown>)[name.slice('customer.'.length)] ?? null
  if (kind.home === 'service') {
    const listed = sheet.services[service ?? '']
    if (!listed) return null
    return name === 'service.intended' ? listed.intended : listed.activatedOn === null ? false : (listed.activatedOn ?? null)
  }
  if (kind.home === 'metric') return metricValue(known, subject)
  const value = rowOf(known, subject)?.value ?? null
  if (kind.home === 'decision' && value !== null)
    return name.startsWith('check.') ? (value as { met: boolean }).met : ((value as { on?: Day }).on ?? null)
  return value
}

function metricValue(known: Known, subject: FactSubject): number | null {
  const metric = metricOf(known, subject)
  return (metric && readingOf(known, metric)?.value) ?? null
}

async function write(trx: Trx, context: Context, actor: Actor, known: Known, change: Change): Promise<void> {
  const { customerId, subject, value } = change
  const { name, kind } = subject
  const service = subject.service ?? ''
  const at = context.now().toISOString()
  switch (kind.home) {
    case 'customer':
      return void (await changeCustomer(trx, customerId, {
        [CUSTOMER_COLUMN[name] ?? name]: name === 'customer.initiatives' ? (value ?? []) : value,
      }))
    case 'service':
      return writeService(trx, known, customerId, service, name, value)
    case 'metric':
      return writeMetric(trx, known, change, { at, who: actor.personId, today: todayOf(context) })
    default: {
      const row = { customerId, name, service, source: SOURCE, at, who: actor.personId, version: change.version }
      const asOf = change.asOf ?? todayOf(context)
      const stored = toRow(subject, value, asOf)
      if (stored === null) await forgetFact(trx, customerId, name, service)
      else await saveFacts(trx, [{ ...row, value: stored, asOf }])
    }
  }
}

const CUSTOMER_COLUMN: Readonly<Record<string, string>> = {
  'customer.segment': 'segment',
  'customer.initiatives': 'initiatives',
  'customer.assignedOn': 'assigned_on',
}

/** A reading of the day; null takes back the newest one. */
async function writeMetric(trx: Trx, known: Known, change: Change, by: { at: string; who: string; today: Day }): Promise<void> {
  const { customerId, subject, value, version } = change
  const found = metricOf(known, subject)
  if (!found) throw new AppError('not-found', `${known.customer.name} has no ${subject.name.replace(METRIC_CURRENT, '')}`)
  const { metric, reading } = found
  if (metric.kind === 'usage')
    throw new AppError('invalid-input', `"${metric.name}" is read from the usage of ${metric.service}; it cannot be set by hand`)
  const key = { customer_id: customerId, metric_id: metric.id }
  if (value === null) await removeReadings(trx, reading ? [{ ...key, day: reading.day }] : [])
  // Checked before: a number.
  else
    await saveReadings(trx, [
      { ...key, day: change.asOf ?? by.today, value: value as number, source: 'hand', recorded_by: by.who, recorded_at: by.at },
    ])
  await touchMetric(trx, customerId, metric.id, version)
}

function toRow(subject: FactSubject, value: unknown, asOf: Day): unknown {
  const { name, kind } = subject
  if (value === null || kind.home !== 'decision') return value
  return name.startsWith('check.') ? { met: value, on: asOf } : { on: value }
}

async function writeService(trx: Trx, known: Known, customerId: string, service: string, name: string, value: unknown): Promise<void> {
  if (name === 'service.intended' && value === null) return removeService(trx, customerId, service)
  const row = known.services.find(each => each.service === service)
  const base = row ?? { customer_id: customerId, service, intended: true, is_activation_known: false, activated_on: null }
  const change =
    name === 'service.intended'
      ? { intended: value === true }
      : // Checked before: a day, false for not activated, null for unknown.
        { is_activation_known: value !== null, activated_on: value === false ? null : (value as Day | null) }
  await saveServices(trx, [{ ...base, ...change }])
}

/** The id of a person known by name only; the record holds the id. */
async function personNamed(trx: Trx, name: string): Promise<{ person: string }> {
  const found = await findPersonNamed(trx, name)
  if (found) return { person: found.id }
  const id = `named-${randomUUID()}`
  await savePeople(trx, [{ id, name }])
  return { person: id }
}
