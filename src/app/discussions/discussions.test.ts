import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SetValueDiscussion } from '../../model/discussion-api.ts'
import { Day } from '../../model/words.ts'
import { verifyEvents } from '../../store/events.ts'
import { mergeCustomers } from '../customers/merge-customers.ts'
import { setFact } from '../customers/set-fact.ts'
import { getEvents } from '../events/get-events.ts'
import { createMeeting, setMeetingResult } from '../meetings/set-meeting.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import { getPlan } from '../plans/get-plan.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { getDiscussions } from './get-discussions.ts'
import {
  addDiscussionFollowUp,
  addUsageDiscussion,
  removeUsageDiscussion,
  removeValueDiscussion,
  setValueDiscussion,
} from './set-discussion.ts'

const NOW = new Date('2026-11-20T15:00:00Z')
const day = (text: string) => Day.parse(text)
let its: TestPeople
let rita: Actor
let edu: Actor
beforeAll(async () => {
  its = await testPeople(NOW)
  const teams = { intended: true, activatedOn: '2026-03-01' }
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' }, services: { teams } }, 'main')
  rita = await its.person('Rita', 'fasttrack-manager', 'customers')
  edu = await its.person('Edu', 'fasttrack-manager', 'services')
  await its.owner.query(
    `insert into assignment (customer_id, id, person_id, role, service, is_primary, since) values
      ('contoso', 'rita', $1, 'fasttrack-manager', null, true, '2026-01-01'), ('contoso', 'edu', $2, 'x', 'teams', false, '2026-01-01')`,
    [rita.personId, edu.personId],
  )
})
afterAll(() => its.close())

const proposed: SetValueDiscussion = {
  interest: null,
  status: 'proposed',
  plannedFor: null,
  heldOn: null,
  successFactors: null,
  participants: null,
  outcome: null,
  version: 0,
}
const set = (service: string, more: Partial<SetValueDiscussion>, actor = rita) =>
  setValueDiscussion(its.as(actor), actor, { ...proposed, ...more, customerId: 'contoso', service })
const see = () => getDiscussions(its.as(rita), rita, 'contoso')
const of = async (service: string) => (await see()).services.find(each => each.service === service)
const stepState = async (step: string) => {
  const { plan } = await getPlan(its.as(rita), rita, 'contoso')
  return plan.processes.flatMap(process => process.steps).find(each => each.id === step)?.items[0]?.state
}

test('nobody was asked: every service of the catalogue is there, and nothing is said of any', async () => {
  const view = await see()
  expect(view.services.map(each => each.service)).toEqual(its.context.playbook.services.map(each => each.id))
  expect(view.services.filter(each => each.discussion !== null || each.followUps.length > 0)).toEqual([])
  expect([view.wantsMore.value, view.wantsUsageReports.value, view.measuringSuccessDiscussed.value, view.proposesMore]).toEqual([
    null,
    null,
    null,
    false,
  ])
  expect(await stepState('business-value-discussions')).toBe('unknown')
})

test('interest in a service, intended or not, proposes to say that the customer wants more, and never says it', async () => {
  const { version: _, ...kept } = proposed
  const asked = await set('copilot', { interest: true, successFactors: 'Leaders post weekly' })
  expect(asked.services.find(each => each.service === 'copilot')).toMatchObject({
    intended: null,
    discussion: { ...kept, interest: true, successFactors: 'Leaders post weekly', by: 'Rita' },
  })
  expect([asked.proposesMore, asked.wantsMore.value, await stepState('business-value-discussions')]).toEqual([true, null, 'unknown'])
  await setFact(its.as(rita), rita, { customerId: 'contoso', name: 'review.wantsMore', service: null, value: true, version: asked.version })
  const told = await see()
  expect([told.proposesMore, told.wantsMore.value]).toEqual([false, true])
})

test('what is planned has a day, what was held a day that has come', async () => {
  await expect(set('teams', { status: 'held', heldOn: day('2026-11-21') })).rejects.toMatchObject({
    code: 'invalid-input',
    details: [{ path: 'heldOn' }],
  })
  expect((await of('teams'))?.discussion).toBeNull()
  await its.owner.query(`begin`)
  await expect(
    its.owner.query(`insert into value_discussion (customer_id, engagement_id, service, status, changed_by, changed_at, version)
      values ('contoso', '1', 'teams', 'planned', '${rita.personId}', now(), 1)`),
  ).rejects.toMatchObject({ constraint: 'value_discussion_planned' })
  await its.owner.query(`rollback`)
})

test('who saved meanwhile is not written over, and both are told', async () => {
  const first = await set('teams', { status: 'planned', plannedFor: day('2026-12-01'), participants: 'Ana of contoso' })
  const version = first.services.find(each => each.service === 'teams')?.discussion?.version ?? 0
  await expect(set('teams', { interest: false })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { status: 'planned', participants: 'Ana of contoso' }, yours: { interest: false }, version },
  })
  await set('teams', { status: 'held', heldOn: day('2026-11-19'), outcome: 'They want it', version })
  expect((await of('teams'))?.discussion).toMatchObject({ status: 'held', heldOn: '2026-11-19', plannedFor: null, outcome: 'They want it' })
})

test('who is assigned a service records that service alone', async () => {
  await expect(set('exchange', {}, edu)).rejects.toMatchObject({ code: 'forbidden' })
  const before = await of('teams')
  await set('teams', { interest: true, version: before?.discussion?.version ?? 0 }, edu)
  expect((await of('teams'))?.discussion).toMatchObject({ interest: true, by: 'Edu' })
  await expect(
    addUsageDiscussion(its.as(edu), edu, { customerId: 'contoso', heldOn: day('2026-11-19'), participants: null, note: null, links: [] }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  await expect(set('fax', {})).rejects.toMatchObject({ code: 'not-found' })
})

test('what was agreed is a follow-up of its service, and stays when the discussion is taken back', async () => {
  const add = (assignee: string | null) =>
    addDiscussionFollowUp(its.as(rita), rita, {
      customerId: 'contoso',
      service: 'teams',
      title: 'Send the guide',
      assignee,
      due: day('2026-12-01'),
    })
  await expect(add('nobody')).rejects.toMatchObject({ code: 'invalid-input', details: [{ path: 'assignee' }] })
  await add(rita.personId)
  const now = await of('teams')
  expect(now?.followUps).toMatchObject([{ title: 'Send the guide', assignee: { name: 'Rita' }, due: '2026-12-01', status: 'not-started' }])
  await removeValueDiscussion(its.as(rita), rita, { customerId: 'contoso', service: 'teams', version: now?.discussion?.version ?? 0 })
  expect([(await of('teams'))?.discussion, (await of('teams'))?.followUps.length]).toEqual([null, 1])
})

test('a talk about usage reports is known to the rules until it is taken back; what a person told stays', async () => {
  const { version } = await see()
  await setFact(its.as(rita), rita, { customerId: 'contoso', name: 'review.wantsUsageReports', service: null, value: true, version })
  expect(await stepState('usage-reports')).toBe('waiting')
  const add = (heldOn: string) =>
    addUsageDiscussion(its.as(rita), rita, {
      customerId: 'contoso',
      heldOn: day(heldOn),
      participants: 'Ana of contoso',
      note: null,
      links: ['https://example.com/deck'],
    })
  await add('2026-11-18')
  const held = await add('2026-11-19')
  expect(held.measuringSuccessDiscussed).toEqual({ value: true, source: 'discussion', asOf: '2026-11-19' })
  expect(await stepState('usage-reports')).toBe('not-applicable')
  for (const [index, { id }] of held.usage.entries()) {
    const now = await removeUsageDiscussion(its.as(rita), rita, { customerId: 'contoso', discussion: id })
    expect(now.measuringSuccessDiscussed.asOf).toBe(index === 0 ? '2026-11-18' : null)
  }
  expect(await stepState('usage-reports')).toBe('waiting')
  const told = await see()
  await setFact(its.as(rita), rita, {
    customerId: 'contoso',
    name: 'history.measuringSuccessDiscussed',
    service: null,
    value: true,
    version: told.version,
  })
  const [made] = (await add('2026-11-18')).usage
  const after = await removeUsageDiscussion(its.as(rita), rita, { customerId: 'contoso', discussion: made?.id ?? '' })
  expect(after.measuringSuccessDiscussed).toMatchObject({ value: true, source: 'portal' })
})

test('the review is held when its meeting was, on the day it was there, and no more when it was not after all', async () => {
  const meeting = {
    customerId: 'contoso',
    kind: 'customer' as const,
    title: 'Success review',
    // The next day in UTC.
    startsLocal: '2026-11-18T22:30',
    timeZone: 'America/Sao_Paulo',
    minutes: 60,
    organizer: null,
    location: null,
    services: [],
    items: [],
    attendees: [],
    agenda: null,
    about: 'review' as const,
  }
  const context = its.as(rita)
  await expect(createMeeting(context, rita, { ...meeting, kind: 'internal' })).rejects.toMatchObject({ details: [{ path: 'about' }] })
  const { id, version } = await createMeeting(context, rita, meeting)
  const say = (state: 'held' | 'missed', seen: number, about?: 'review' | null) =>
    setMeetingResult(context, rita, {
      customerId: 'contoso',
      meetingId: id,
      state,
      completes: [],
      version: seen,
      ...(about === undefined ? {} : { about }),
    })
  expect((await see()).reviewHeldOn.value).toBeNull()
  const held = await say('held', version)
  expect((await see()).reviewHeldOn).toEqual({ value: '2026-11-18', source: 'meeting', asOf: '2026-11-18' })
  const missed = await say('missed', held.version)
  expect((await see()).reviewHeldOn.value).toBeNull()
  // It was one of the usual meetings, and then it was the review after all.
  const usual = await say('held', missed.version, null)
  expect([(await see()).reviewHeldOn.value, usual.about]).toEqual([null, null])
  await say('held', usual.version, 'review')
  expect((await see()).reviewHeldOn.value).toBe('2026-11-18')
  const { events } = await getEvents(its.as(rita), rita, 'contoso', { limit: 2 })
  expect(events.map(each => each.kind).sort()).toEqual(['fact-set', 'meeting-held'])
})

test('everything is on record, and what names people is sealed', async () => {
  expect((await verifyEvents(its.context.db, 'contoso')).broken).toEqual([])
  const { rows } = await its.owner.query(`select kind, body from event where kind like 'discussion-%'`)
  expect(new Set(rows.map(row => row.kind))).toEqual(
    new Set(['discussion-set', 'discussion-removed', 'discussion-usage-held', 'discussion-usage-removed']),
  )
  expect(rows.filter(row => /Ana of|They want|Leaders/.test(row.body))).toEqual([])
})

test('what was talked about with a customer that is merged goes over, unless both talked about it', async () => {
  await addTestCustomer(its.context, { customer: { id: 'fabrikam', name: 'Fabrikam' }, services: {} }, 'other')
  const lia = await its.person('Lia', 'lead', 'all')
  const context = its.as(lia)
  for (const service of ['copilot', 'power-bi'])
    await setValueDiscussion(context, lia, { ...proposed, outcome: 'Fabrikam said so', customerId: 'fabrikam', service })
  await addUsageDiscussion(context, lia, {
    customerId: 'fabrikam',
    heldOn: day('2026-11-02'),
    participants: null,
    note: 'Fabrikam',
    links: [],
  })
  const before = await see()
  const version = before.services.find(each => each.service === 'power-bi')?.discussion?.version
  expect([version, before.measuringSuccessDiscussed.value]).toEqual([undefined, true])
  await mergeCustomers(context, lia, { customerId: 'contoso', from: 'fabrikam', preview: false })
  expect((await of('power-bi'))?.discussion?.outcome).toBe('Fabrikam said so')
  expect((await of('copilot'))?.discussion?.outcome).toBeNull()
  expect((await see()).usage.map(each => each.note)).toEqual(['Fabrikam'])
})
