import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PortfolioQuery } from '../../model/portfolio-api.ts'
import type { ReviewView } from '../../model/review-api.ts'
import { Day, OUTCOMES, type Outcome } from '../../model/words.ts'
import { openReview } from '../../store/reviews.ts'
import { setFact } from '../customers/set-fact.ts'
import { getEvents } from '../events/get-events.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import { getPlan } from '../plans/get-plan.ts'
import { clearItemStatus, setItemStatus } from '../plans/item-status.ts'
import { recomputeOne } from '../plans/recompute.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { getPortfolio } from '../portfolio/get-portfolio.ts'
import { sendReviewSummary, writeReviewLetters } from '../review-record/letters.ts'
import { addTestCustomer } from '../testing.ts'
import { takeTransition, withdrawTransition } from '../transitions/take.ts'
import { beginCycle } from './cycles.ts'
import { getReview } from './get-review.ts'
import { cancelEngagement, correctOutcomes, recordOutcomes, reopenEngagement } from './outcomes.ts'

const NOW = new Date('2026-11-21T08:00:00Z')
const TODAY = Day.parse('2026-11-21')
const REVIEW = 'conduct-success-review'
const met = { id: 'm1', name: 'Answers found alone', baseline: 5, target: 40, current: 42, asOf: '2026-11-18' }
const NAMES = ['nothing', 'unknown', 'forced', 'cancelled', 'again', 'corrected', 'tables', 'fell', ...OUTCOMES]
let its: TestPeople
let lead: Actor
let rita: Actor
beforeAll(async () => {
  its = await testPeople(NOW)
  lead = await its.person('Lia', 'lead', 'all')
  rita = await its.person('Rita', 'fasttrack-manager', 'all')
  for (const id of NAMES) {
    const used = { intended: true, activatedOn: '2026-03-01' }
    const metrics = id === 'unknown' || id === 'forced' ? [] : [met]
    const services = id === 'fell' ? { teams: used } : { teams: used, onedrive: used }
    const sheet = { customer: { id, name: id, segment: 'corporate' }, services, metrics }
    await addTestCustomer(its.context, sheet, 'main')
  }
})
afterAll(() => its.close())

const see = (customer: string) => getReview(its.context, SYSTEM, customer)
const versionOf = async (customer: string) => (await see(customer)).version
const open = async (customer: string) =>
  takeTransition(its.as(rita), rita, { customerId: customer, to: REVIEW, on: TODAY, override: null, version: await versionOf(customer) })
const hold = async (customer: string) =>
  setFact(its.as(rita), rita, {
    customerId: customer,
    ...{ name: 'review.meetingHeldOn', service: null, value: '2026-11-20', version: await versionOf(customer) },
  })
async function finish(customer: string): Promise<void> {
  const { task, version } = await see(customer)
  await setItemStatus(its.as(rita), rita, { customerId: customer, item: task?.item ?? '', status: 'complete', version })
}
const record = async (customer: string, outcomes: readonly Outcome[], actor = rita) =>
  recordOutcomes(its.as(actor), actor, { customerId: customer, outcomes: [...outcomes], version: await versionOf(customer) })
const refusal = (en: RegExp) => ({
  code: 'conflict',
  details: { reason: { en: expect.stringMatching(en), 'pt-BR': expect.any(String) } },
})
const stepTo = ({ steps }: ReviewView, to: string) => steps.find(each => each.to === to)?.state
const began = async (customer: string, services: string[], reason: string | null) =>
  beginCycle(its.as(rita), rita, { customerId: customer, services, reason, version: await versionOf(customer) })

test('an outcome waits for the meeting and for its task, and the overall status for an outcome', async () => {
  await expect(record('nothing', ['disengage'])).rejects.toMatchObject(refusal(/step to the success review/))
  await open('nothing')
  await expect(record('nothing', ['disengage'])).rejects.toMatchObject(refusal(/not on record as held/))
  await hold('nothing')
  await expect(record('nothing', ['disengage'])).rejects.toMatchObject(refusal(/3735/))
  expect((await see('nothing')).outcomes.ok).toBe(false)
  await finish('nothing')
  expect(await see('nothing')).toMatchObject({ outcomes: { ok: true }, overall: { state: 'completable' }, engagement: { state: 'open' } })
  await expect(record('nothing', [])).rejects.toMatchObject(refusal(/at least one outcome/))
  expect((await see('nothing')).engagement).toMatchObject({ state: 'open', outcomes: [] })
})

const NEXT: Readonly<Record<Outcome, readonly [string, string]>> = {
  'business-value-discussion': ['available', 'blocked'],
  'activate-workloads': ['available', 'blocked'],
  'transition-to-csm': ['blocked', 'available'],
  disengage: ['blocked', 'available'],
}
test.each(OUTCOMES)('with the outcome %s the engagement is complete, and what follows is open', async outcome => {
  await open(outcome)
  await hold(outcome)
  await finish(outcome)
  const view = await record(outcome, [outcome])
  expect(view).toMatchObject({
    engagement: { state: 'complete', cycle: 1, outcomes: [{ outcome, by: 'Rita' }] },
    overall: { state: 'complete' },
    opened: { gate: 'met', override: null, by: 'Rita' },
    cycle: { ok: true, needsReason: NEXT[outcome][0] !== 'available' },
  })
  expect([stepTo(view, 'conduct-customer-kickoff'), stepTo(view, 'maintenance')]).toEqual(NEXT[outcome])
  await expect(record(outcome, ['disengage'])).rejects.toMatchObject(refusal(/corrected by a lead/))
  const { events } = await getEvents(its.context, SYSTEM, outcome, { limit: 50 })
  expect(events.some(each => each.kind === 'outcomes-recorded')).toBe(true)
})

test('the task of a complete engagement is not taken back', async () => {
  const { task, version } = await see('disengage')
  await expect(clearItemStatus(its.as(rita), rita, { customerId: 'disengage', item: task?.item ?? '', version })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('while the gate cannot tell, nobody opens the review but a lead with reason and evidence, and that stays', async () => {
  await expect(open('unknown')).rejects.toMatchObject({ code: 'conflict', details: { reason: { en: expect.any(String) } } })
  expect((await see('unknown')).opened).toBeNull()
  const at = { customerId: 'forced', to: REVIEW, on: TODAY }
  const evidence = { title: 'Minutes', href: 'https://example.com/minutes' }
  const override = { reason: 'Their own figures show it', evidence }
  await expect(takeTransition(its.as(rita), rita, { ...at, override, version: await versionOf('forced') })).rejects.toMatchObject({
    code: 'forbidden',
  })
  // What an earlier cycle rested on.
  await its.owner.query(
    `insert into evidence (customer_id, id, subject, title, href, added_by, added_at)
      values ('forced', $1, $2, 'Old', 'https://example.com/old', $3, '2020-01-01')`,
    [randomUUID(), `transition:${REVIEW}`, lead.personId],
  )
  await expect(
    takeTransition(its.as(lead), lead, { ...at, override: { ...override, evidence: null }, version: await versionOf('forced') }),
  ).rejects.toMatchObject({ code: 'invalid-input' })
  await takeTransition(its.as(lead), lead, { ...at, override, version: await versionOf('forced') })
  expect((await see('forced')).opened).toMatchObject({
    ...{ gate: 'unknown', by: 'Lia', on: TODAY },
    override: { reason: override.reason, evidence: [{ title: 'Minutes', kept: { kind: 'link', href: evidence.href } }] },
  })
})

test('what was agreed is corrected by a lead alone, and both stay on record; without an outcome the engagement is open again', async () => {
  const customerId = 'corrected'
  await open(customerId)
  await hold(customerId)
  await finish(customerId)
  const { engagement } = await record(customerId, ['disengage'])
  const wanted = { customerId, outcomes: ['activate-workloads' as const], reason: 'They called again' }
  await expect(correctOutcomes(its.as(rita), rita, { ...wanted, version: await versionOf(customerId) })).rejects.toMatchObject({
    code: 'forbidden',
  })
  const corrected = await correctOutcomes(its.as(lead), lead, { ...wanted, version: await versionOf(customerId) })
  expect(corrected).toMatchObject({
    engagement: { state: 'complete', closedAt: engagement.closedAt, outcomes: [{ outcome: 'activate-workloads' }] },
    corrections: [{ before: ['disengage'], after: ['activate-workloads'], reason: 'They called again', by: 'Lia' }],
  })
  const none = await correctOutcomes(its.as(lead), lead, { ...wanted, outcomes: [], version: await versionOf(customerId) })
  expect(none).toMatchObject({ engagement: { state: 'open', closedAt: null, outcomes: [] }, overall: { state: 'completable' } })
  expect(none.corrections).toHaveLength(2)
})

test('past the program, the database keeps the order too', async () => {
  const customerId = 'tables'
  await open(customerId)
  const asRita = its.as(rita).db
  const put = (outcome: Outcome) =>
    asRita
      .transaction()
      .execute(trx =>
        trx
          .insertInto('outcome')
          .values({ customer_id: customerId, engagement_id: '1', outcome, recorded_at: NOW.toISOString(), recorded_by: rita.personId })
          .execute(),
      )
  const closing = () =>
    asRita
      .transaction()
      .execute(trx =>
        trx
          .updateTable('engagement')
          .set({ state: 'complete', closed_at: NOW.toISOString() })
          .where('customer_id', '=', customerId)
          .execute(),
      )
  await expect(put('disengage')).rejects.toMatchObject({ constraint: 'outcome_after_task' })
  await hold(customerId)
  await finish(customerId)
  await expect(closing()).rejects.toMatchObject({ constraint: 'engagement_complete' })
  await record(customerId, ['disengage'])
  await expect(
    asRita.transaction().execute(trx => trx.deleteFrom('outcome').where('customer_id', '=', customerId).execute()),
  ).rejects.toMatchObject({ code: '42501' })
})

test('past the program, a review against its gate is opened by a lead who has evidence', async () => {
  const opening = (actor: Actor) =>
    its
      .as(actor)
      .db.transaction()
      .execute(trx =>
        openReview(trx, {
          ...{ customer_id: 'unknown', engagement_id: '1', opened_on: TODAY, opened_at: NOW.toISOString(), opened_by: actor.personId },
          ...{ gate_state: 'unknown', because: '{}', override_reason: 'All the same' },
        }),
      )
  await expect(opening(rita)).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('by a lead') })
  await expect(opening(lead)).rejects.toMatchObject({ constraint: 'review_override_evidence' })
})

test('a lost customer is cancelled with a reason, which is no outcome; a lead takes that back', async () => {
  const customerId = 'cancelled'
  const cancelled = await cancelEngagement(its.as(rita), rita, {
    customerId,
    reason: 'Went elsewhere',
    version: await versionOf(customerId),
  })
  expect(cancelled).toMatchObject({
    engagement: { state: 'cancelled', cancelReason: 'Went elsewhere', outcomes: [] },
    outcomes: { ok: false },
    cycle: { ok: true, needsReason: true },
  })
  await expect(
    cancelEngagement(its.as(rita), rita, { customerId, reason: 'Again', version: await versionOf(customerId) }),
  ).rejects.toMatchObject(refusal(/not open/))
  await expect(
    reopenEngagement(its.as(rita), rita, { customerId, reason: 'Back', version: await versionOf(customerId) }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  const back = await reopenEngagement(its.as(lead), lead, { customerId, reason: 'Back', version: await versionOf(customerId) })
  expect(back.engagement).toMatchObject({ state: 'open', cancelReason: null, closedAt: null })
})

test('the next cycle begins at kick-off with its services, and the one before stays as it ended', async () => {
  const customerId = 'again'
  await expect(began(customerId, ['teams'], null)).rejects.toMatchObject(refusal(/complete or cancelled/))
  await open(customerId)
  await hold(customerId)
  await finish(customerId)
  const before = (await record(customerId, ['activate-workloads'])).engagement
  const take = { customerId, to: 'conduct-customer-kickoff', on: TODAY, override: null }
  await expect(takeTransition(its.as(rita), rita, { ...take, version: await versionOf(customerId) })).rejects.toMatchObject(
    refusal(/tab Review/),
  )
  await expect(began(customerId, ['no-such-service'], null)).rejects.toMatchObject({ code: 'invalid-input' })
  const view = await began(customerId, ['sharepoint', 'teams'], null)
  expect(view).toMatchObject({
    engagement: { id: '2', cycle: 2, state: 'open', outcomes: [] },
    history: [{ id: '1', state: 'complete', outcomes: before.outcomes }],
    opened: null,
    meetingHeldOn: null,
    task: { isDone: false },
    overall: { state: 'open' },
  })
  expect(view.services.filter(each => each.intended).map(each => each.id)).toEqual(['onedrive', 'sharepoint', 'teams'])
  const kept = await its.owner.query(`select name from engagement_fact where customer_id = 'again' and engagement_id = '1' order by name`)
  expect(kept.rows.map(row => row.name)).toEqual(['review.meetingHeldOn', `transition.${REVIEW}`])
  const { plan } = await getPlan(its.context, SYSTEM, customerId)
  expect(plan.processes.find(each => each.id === 'conduct-customer-kickoff')?.state).toBe('open')
  expect(plan.processes.find(each => each.id === REVIEW)?.state).not.toBe('finished')
  const listed = await getPortfolio(its.context, SYSTEM, PortfolioQuery.parse({ q: customerId, limit: 5 }))
  expect(listed.rows.filter(row => row.id === customerId).map(row => row.overall)).toEqual(['open'])
})

test('who needs no further activation is written how to get help and how to come back, though nothing else was written down', async () => {
  const contact = randomUUID()
  const at = { customerId: 'disengage', contacts: [contact], again: false, version: 0 }
  await its.owner.query(
    `insert into contact (customer_id, id, name, email, language, version) values ('disengage', $1, 'Carla', 'carla@example.com', 'en', 1)`,
    [contact],
  )
  await sendReviewSummary(its.as(rita), rita, at)
  const writing = { ...its.context, mail: { smtp: null, publicUrl: 'https://impulso.example' } }
  expect(await writeReviewLetters(writing, { customer: 'disengage', engagement: '1' })).toBe(1)
  const [mail] = (await its.owner.query(`select text from mail where customer_id = 'disengage' and kind = 'review-summary'`)).rows
  expect(mail?.text).toMatch(/When you need help[\s\S]*When you want more/)
  await expect(sendReviewSummary(its.as(rita), rita, { ...at, customerId: 'activate-workloads' })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a customer that comes back after another end begins a cycle with the reason', async () => {
  await expect(began('disengage', ['teams'], null)).rejects.toMatchObject({ code: 'invalid-input' })
  expect((await began('disengage', ['teams'], 'They asked for Teams again')).engagement).toMatchObject({ cycle: 2, state: 'open' })
})

test('a step to the review that was a mistake is taken back with what it kept', async () => {
  await open('again')
  expect((await see('again')).opened).toMatchObject({ gate: 'met' })
  await withdrawTransition(its.as(rita), rita, { customerId: 'again', to: REVIEW, version: await versionOf('again') })
  expect((await see('again')).opened).toBeNull()
})

test('in maintenance the owner is told once the gate is known not to be met any more, and not of what merely cannot be told', async () => {
  const customerId = 'fell'
  await open(customerId)
  await hold(customerId)
  await finish(customerId)
  await record(customerId, ['transition-to-csm'])
  await its.owner.query(
    `insert into assignment (customer_id, id, person_id, role, service, is_primary, since) values ($1, 'rita', $2, 'fasttrack-manager', null, true, '2026-01-01')`,
    [customerId, rita.personId],
  )
  await takeTransition(its.as(rita), rita, {
    customerId,
    to: 'maintenance',
    on: TODAY,
    override: null,
    version: await versionOf(customerId),
  })
  const read = async (value: number) =>
    setFact(its.as(lead), lead, {
      customerId,
      ...{ name: 'metric.m1.current', service: null, value, version: await versionOf(customerId) },
    })
  const told = async () => {
    const { rows } = await its.owner.query(`select path from notification where person_id = $1 and kind = 'gate-fell'`, [rita.personId])
    return rows.map(row => row.path)
  }
  const use = async (active: number | null) => {
    await its.owner.query(`update usage_current set active = $1 where customer_id = $2`, [active, customerId])
    await its.context.db.transaction().execute(trx => recomputeOne(trx, its.context, customerId))
    return (await see(customerId)).gate.state
  }
  await its.owner.query(
    `insert into usage_current (customer_id, tenant_id, service, active, active_unlicensed, assigned, as_of, window_days, sources, is_concealed)
      values ($1, 'main', 'teams', 5, 0, 100, '2026-11-19', 28, '{}', false)`,
    [customerId],
  )
  await its.owner.query(`insert into entitlement values ($1, 'main', 'teams', 100, 'test', '2026-11-01') on conflict do nothing`, [
    customerId,
  ])
  expect([await use(null), await told()]).toEqual(['met', []])
  await read(7)
  expect([(await see(customerId)).gate.state, await told()]).toEqual(['unknown', []])
  await read(42)
  expect([await use(5), await told()]).toEqual(['met', []])
  await read(7)
  expect([(await see(customerId)).gate.state, await told()]).toEqual(['not-met', [`/customers/${customerId}/plan`]])
  expect((await see(customerId)).opened).toMatchObject({ gate: 'met', override: null })
})
