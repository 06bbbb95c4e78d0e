import { createHash, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AddLink, type DecisionsView, type MakeDecision } from '../../model/decision-api.ts'
import { Day } from '../../model/words.ts'
import { confirmCheck, getChecklists, withdrawCheck } from '../checklists/checklists.ts'
import { getEvents } from '../events/get-events.ts'
import { addFile, addLink, downloadEvidence, getEvidence, removeEvidence } from '../evidence/evidence.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import { getPlan } from '../plans/get-plan.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { takeTransition, withdrawTransition } from '../transitions/take.ts'
import { decideProposal, withdrawDecision } from './decide.ts'
import { getDecisions } from './get-decisions.ts'
import { standing } from './history.ts'

const NOW = new Date('2026-11-21T08:00:00Z')
const TODAY = Day.parse('2026-11-21')
const CONTACT = randomUUID()
const PROGRAM = 'program:onedrive-adoption'
const REVIEW = 'conduct-success-review'
let its: TestPeople
let lead: Actor
let rita: Actor
let engineer: Actor
beforeAll(async () => {
  its = await testPeople(NOW)
  const used = { intended: true, activatedOn: '2026-03-01' }
  const sheet = (id: string) => ({
    customer: { id, name: id, segment: 'corporate' },
    services: { teams: used, onedrive: used, 'office-proplus': used },
  })
  for (const id of ['contoso', 'fabrikam']) await addTestCustomer(its.context, sheet(id), 'main')
  lead = await its.person('Lia', 'lead', 'all')
  rita = await its.person('Rita', 'fasttrack-manager', 'customers')
  engineer = await its.person('Edu', 'engineer', 'services')
  await its.owner.query(
    `insert into assignment (customer_id, id, person_id, role, service, is_primary, since) values
      ('contoso', 'rita', $1, 'fasttrack-manager', null, true, '2026-01-01'), ('contoso', 'edu', $2, 'fasttrack-engineer', 'teams', false, '2026-01-01')`,
    [rita.personId, engineer.personId],
  )
  await its.owner.query(
    `insert into contact (customer_id, id, name, email, version) values ('contoso', $1, 'Carla Prates', 'carla@example.com', 1)`,
    [CONTACT],
  )
})
afterAll(() => its.close())

const decide = (actor: Actor, proposal: string, more: Partial<MakeDecision> & Pick<MakeDecision, 'state' | 'seq'>) =>
  decideProposal(its.as(actor), actor, { contact: null, reason: null, on: TODAY, customerId: 'contoso', proposal, ...more })
const proposalIn = ({ proposals }: DecisionsView, id: string) => proposals.find(each => each.id === id)
const transitionIn = ({ transitions }: DecisionsView, to: string) => transitions.find(each => each.to === to)
const itemStates = async (task: string) => {
  const { plan } = await getPlan(its.context, SYSTEM, 'contoso')
  return plan.processes.flatMap(each => each.steps.flatMap(step => step.items.filter(item => item.task === task))).map(item => item.state)
}
const version = async () => (await getDecisions(its.context, SYSTEM, 'contoso')).version

test('a program is offered, agreed with who of the customer and when, and its tasks follow', async () => {
  expect(proposalIn(await getDecisions(its.as(rita), rita, 'contoso'), PROGRAM)).toMatchObject({
    called: 'open',
    state: null,
    next: ['offered'],
    seq: 0,
  })
  expect(await itemStates('3741')).toEqual(['waiting'])
  await expect(decide(rita, PROGRAM, { state: 'agreed', contact: CONTACT, seq: 0 })).rejects.toMatchObject({ code: 'conflict' })
  await decide(rita, PROGRAM, { state: 'offered', seq: 0 })
  const agreed = await decide(rita, PROGRAM, { state: 'agreed', contact: CONTACT, on: Day.parse('2026-11-20'), seq: 1 })
  expect(proposalIn(agreed, PROGRAM)).toMatchObject({
    state: 'agreed',
    called: 'decided',
    seq: 2,
    canWithdraw: true,
    history: [
      { seq: 2, state: 'agreed', contact: 'Carla Prates', on: '2026-11-20', by: 'Rita' },
      { seq: 1, state: 'offered', contact: null, by: 'Rita', because: { en: expect.stringContaining('To be decided') } },
    ],
  })
  expect(await itemStates('3741')).toEqual(['due'])
  const calls = await its.owner.query(`select rule, starts_local::text as starts, ended_at from cadence where made_for = $1`, [PROGRAM])
  expect(calls.rows).toEqual([{ rule: expect.stringContaining('INTERVAL=2'), starts: '2026-11-27T10:00', ended_at: null }])
  const [event] = (await getEvents(its.context, SYSTEM, 'contoso', { limit: 10 })).events.filter(each => each.kind === 'decision-made')
  expect(event).toMatchObject({
    summary: { en: 'Offer the OneDrive adoption program: agreed' },
    after: { state: 'agreed', contact: CONTACT },
  })
})

test('a decision is undone by another row; nothing is rewritten', async () => {
  const undo = (seq: number) => withdrawDecision(its.as(rita), rita, { customerId: 'contoso', proposal: PROGRAM, seq })
  expect(proposalIn(await undo(2), PROGRAM)).toMatchObject({ state: 'offered', seq: 3, next: ['agreed', 'declined'] })
  expect(await itemStates('3741')).toEqual(['waiting'])
  expect(proposalIn(await undo(3), PROGRAM)).toMatchObject({ state: null, seq: 4, canWithdraw: false, called: 'open' })
  await expect(undo(4)).rejects.toMatchObject({ code: 'conflict' })
  const rows = (await its.owner.query<{ state: string }>('select state from decision order by seq')).rows.map(row => row.state)
  expect(rows).toEqual(['offered', 'agreed', 'withdrawn', 'withdrawn'])
})

test.each([
  [['a', 'b', 'withdrawn'], ['a']],
  [['a', 'withdrawn', 'b'], ['b']],
  [['a', 'b', 'withdrawn', 'withdrawn', 'c'], ['c']],
  [['withdrawn'], []],
])('of %j stands %j', (rows, stand) => {
  expect(standing(rows.map(state => ({ state }))).map(each => each.state)).toEqual(stand)
})

test('an accelerator is decided by a person with a reason; without a task in the playbook, tasks of its own begin', async () => {
  const tasks = async () =>
    (await its.owner.query<{ title: string }>(`select title from follow_up where made_for = 'accelerator:teams' order by title`)).rows
  await decide(rita, 'accelerator:teams', { state: 'proposed', reason: 'Usage does not move', seq: 0 })
  await expect(decide(rita, 'accelerator:teams', { state: 'rejected', reason: 'Other plans', seq: 0 })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { state: 'proposed', reason: 'Usage does not move', by: 'Rita' }, yours: { state: 'rejected' }, version: 1 },
  })
  const view = await decide(lead, 'accelerator:teams', { state: 'accepted', reason: 'The board wants it', seq: 1 })
  expect(proposalIn(view, 'accelerator:teams')).toMatchObject({
    state: 'accepted',
    called: 'decided',
    history: [{ reason: 'The board wants it' }, {}],
  })
  expect(await tasks()).toHaveLength(3)
  // Taken back and accepted again, what is under way goes on.
  await withdrawDecision(its.as(lead), lead, { customerId: 'contoso', proposal: 'accelerator:teams', seq: 2 })
  await decide(lead, 'accelerator:teams', { state: 'accepted', reason: 'After all', seq: 3 })
  expect(await tasks()).toHaveLength(3)
  await decide(rita, 'accelerator:office-proplus', { state: 'accepted', reason: 'Asked for', seq: 0 })
  expect(await itemStates('3650')).toEqual(['due'])
  expect((await its.owner.query(`select from follow_up where made_for = 'accelerator:office-proplus'`)).rowCount).toBe(0)
})

test('refused: who may not, days to come, contacts of nobody, what nobody can decide on', async () => {
  const program = (more: Partial<MakeDecision>, actor = rita) => decide(actor, PROGRAM, { state: 'offered', seq: 4, ...more })
  await expect(program({}, engineer)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(program({ on: Day.parse('2026-11-22') })).rejects.toMatchObject({ code: 'invalid-input', details: [{ path: 'on' }] })
  await expect(program({ contact: randomUUID() })).rejects.toMatchObject({ code: 'invalid-input', details: [{ path: 'contact' }] })
  await expect(program({ seq: 9 })).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(decide(rita, 'handshake:teams', { state: 'accepted', seq: 0 })).rejects.toMatchObject({ code: 'not-found' })
  await expect(decide(rita, 'accelerator:yammer', { state: 'accepted', seq: 0 })).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    decideProposal(its.as(rita), rita, {
      customerId: 'fabrikam',
      proposal: PROGRAM,
      state: 'offered',
      contact: null,
      reason: null,
      on: TODAY,
      seq: 0,
    }),
  ).rejects.toMatchObject({ code: 'not-found' })
})

const check = async (id: string) => (await getChecklists(its.as(rita), rita, 'contoso')).checks.find(each => each.id === id)
const confirm = (more: object) =>
  version().then(now =>
    confirmCheck(its.as(rita), rita, {
      customerId: 'contoso',
      check: 'availability-told',
      met: true,
      on: TODAY,
      note: null,
      version: now,
      ...more,
    }),
  )

test('a line of a checklist is confirmed by a person with a date, found missing, and withdrawn with a trace', async () => {
  expect(await check('availability-told')).toMatchObject({ state: 'unknown', isComputed: false, confirmed: null, trace: [] })
  await confirm({ note: 'mail of the 12th' })
  expect(await check('availability-told')).toMatchObject({
    state: 'met',
    because: { en: expect.stringContaining('confirmed on 2026-11-21 (mail of the 12th)') },
    confirmed: { met: true, on: '2026-11-21', note: 'mail of the 12th', by: 'Rita' },
  })
  const before = (await version()) - 1
  await expect(confirm({ met: false, version: before })).rejects.toMatchObject({
    code: 'conflict',
    details: { theirs: { met: true, by: 'Rita' }, yours: { met: false } },
  })
  await confirm({ met: false })
  await withdrawCheck(its.as(rita), rita, { customerId: 'contoso', check: 'availability-told', version: await version() })
  expect(await check('availability-told')).toMatchObject({
    state: 'unknown',
    confirmed: null,
    trace: [
      { kind: 'withdrawn', by: 'Rita' },
      { kind: 'missed', by: 'Rita' },
      { kind: 'confirmed', by: 'Rita' },
    ],
  })
})

test('what a rule answers nobody confirms; nor what does not apply', async () => {
  expect(await check('services-activated')).toMatchObject({ state: 'met', isComputed: true, because: { en: expect.stringMatching(/\w/) } })
  await expect(confirm({ check: 'services-activated' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(confirm({ check: 'enterprise-plan', version: 0 })).rejects.toMatchObject({ code: 'conflict' })
  await expect(confirm({ check: 'no-such-line' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(confirm({ on: Day.parse('2027-01-01') })).rejects.toMatchObject({ code: 'invalid-input' })
})

const file = (content: string | Uint8Array, title: string, subject = 'check:users-able', actor = rita) => {
  const path = join(its.folder, randomUUID())
  writeFileSync(path, content)
  return addFile(its.as(actor), actor, { customerId: 'contoso', subject, title, path })
}

test('evidence is a link, shown with its host, or a small file, saved as it was', async () => {
  await addLink(its.as(rita), rita, {
    customerId: 'contoso',
    subject: 'check:users-able',
    title: 'Training plan',
    href: 'https://contoso.example/plan',
  })
  // Both of the same moment of a clock that stands still.
  const { evidence: added } = await file('name,seats\nTeams,10\n', 'seats.csv')
  const evidence = [...added].sort((a, b) => b.kept.kind.localeCompare(a.kept.kind))
  const sha256 = createHash('sha256').update('name,seats\nTeams,10\n').digest('hex')
  expect(evidence).toMatchObject([
    { title: 'Training plan', kept: { kind: 'link', host: 'contoso.example' }, by: 'Rita' },
    { title: 'seats.csv', kept: { kind: 'file', mediaType: 'text/csv', bytes: 20, sha256 } },
  ])
  expect((await check('users-able'))?.evidence).toHaveLength(2)
  const id = evidence[1]?.id ?? ''
  const download = await downloadEvidence(its.as(rita), rita, { customerId: 'contoso', id })
  expect(download).toMatchObject({ fileName: 'seats.csv', contentType: 'text/csv; charset=utf-8' })
  const parts: Uint8Array[] = []
  for await (const part of download.body) parts.push(part)
  expect(Buffer.concat(parts).toString()).toBe('name,seats\nTeams,10\n')
  const left = await removeEvidence(its.as(rita), rita, { customerId: 'contoso', id })
  expect(left.evidence).toHaveLength(1)
  const [event] = (await getEvents(its.context, SYSTEM, 'contoso', { limit: 1 })).events
  expect(event).toMatchObject({ kind: 'evidence-removed', before: { title: 'seats.csv', sha256 }, after: null })
  await expect(downloadEvidence(its.as(rita), rita, { customerId: 'contoso', id })).rejects.toMatchObject({ code: 'not-found' })
})

test('a file of another type than its name says is refused in both languages, and nothing is kept', async () => {
  const reason = { en: expect.stringContaining('none of PDF'), 'pt-BR': expect.stringContaining('não é PDF') }
  const before = (await getEvidence(its.context, SYSTEM, 'contoso')).evidence.length
  const tried = file('<html><script>1</script>', 'notes.txt', 'check:users-able')
  await expect(tried).rejects.toMatchObject({ code: 'invalid-input', details: { reason } })
  expect((await getEvidence(its.context, SYSTEM, 'contoso')).evidence).toHaveLength(before)
})

test.each([
  ['an empty file', '', 'x.pdf', 'file'],
  ['a line that is not there', '%PDF-1.7', 'x.pdf', 'subject', 'check:none'],
  ['a blocker that is not there', '%PDF-1.7', 'x.pdf', 'subject', `blocker:${randomUUID()}`],
])('refused, and nothing is kept: %s', async (_, content, title, path, subject = 'check:users-able') => {
  const count = async () => (await getEvidence(its.context, SYSTEM, 'contoso')).evidence.length
  const before = await count()
  await expect(file(content, title, subject)).rejects.toMatchObject({ code: 'invalid-input', details: [{ path }] })
  expect(await count()).toBe(before)
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'https://ana:secret@example.com/',
  '//example.com',
  'https://',
  ' java\nscript:x',
])('no address of evidence: %j', href => {
  expect(AddLink.safeParse({ subject: 'check:users-able', title: 'x', href }).success).toBe(false)
})

test('who is assigned to a service adds evidence to its items only', async () => {
  const { plan } = await getPlan(its.context, SYSTEM, 'contoso')
  const item = (service: string) =>
    plan.processes.flatMap(each => each.steps.flatMap(step => step.items)).find(each => each.service === service)?.id ?? ''
  await file('%PDF-1.7', 'a.pdf', `item:${item('teams')}`, engineer)
  await expect(file('%PDF-1.7', 'b.pdf', `item:${item('onedrive')}`, engineer)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(file('%PDF-1.7', 'c.pdf', 'check:users-able', engineer)).rejects.toMatchObject({ code: 'forbidden' })
})

const take = async (actor: Actor, more: object = {}) =>
  takeTransition(its.as(actor), actor, { customerId: 'contoso', to: REVIEW, on: TODAY, override: null, version: await version(), ...more })
const link = { title: 'Mail of the sponsor', href: 'https://contoso.example/mail' }

test('the review waits for its gate; only a lead goes against it, with a reason and evidence, shown for good', async () => {
  expect(transitionIn(await getDecisions(its.context, SYSTEM, 'contoso'), REVIEW)).toMatchObject({
    taken: null,
    state: expect.stringMatching(/blocked|unknown/),
  })
  await expect(take(rita)).rejects.toMatchObject({ code: 'conflict', details: { reason: { 'pt-BR': expect.stringMatching(/\w/) } } })
  await expect(take(rita, { override: { reason: 'The sponsor asked', evidence: link } })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(take(lead, { override: { reason: 'The sponsor asked', evidence: null } })).rejects.toMatchObject({
    details: [{ path: 'override' }],
  })
  const forced = await take(lead, { override: { reason: 'The sponsor asked', evidence: link } })
  expect(transitionIn(forced, REVIEW)).toMatchObject({
    taken: { on: '2026-11-21', by: 'Lia', forced: 'The sponsor asked' },
    evidence: [{ title: 'Mail of the sponsor' }],
  })
  const { plan } = await getPlan(its.context, SYSTEM, 'contoso')
  expect(plan.warnings.map(each => each.code)).toContain('forced-transition')
  const { events } = await getEvents(its.context, SYSTEM, 'contoso', { limit: 2 })
  expect(events.map(each => each.kind)).toContain('transition-forced')
  const back = async () => withdrawTransition(its.as(lead), lead, { customerId: 'contoso', to: REVIEW, version: await version() })
  await expect(back()).rejects.toMatchObject({ code: 'conflict' })
  const [shown] = (await getEvidence(its.context, SYSTEM, 'contoso', `transition:${REVIEW}`)).evidence
  await expect(removeEvidence(its.as(lead), lead, { customerId: 'contoso', id: shown?.id ?? '' })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(take(lead)).rejects.toMatchObject({ code: 'conflict' })
})

test('with its gate met the step is taken by who runs the customer, and taken back when it was a mistake', async () => {
  await its.owner.query(`delete from fact where name = 'transition.${REVIEW}'`)
  for (const service of ['teams', 'onedrive', 'office-proplus']) {
    await its.owner.query(`insert into entitlement values ('contoso', 'main', $1, 1000, 'test', '2026-11-19')`, [service])
    await its.owner.query(
      `insert into usage_current (customer_id, tenant_id, service, active, assigned, as_of, window_days, sources, is_concealed)
        values ('contoso', 'main', $1, 400, 900, '2026-11-19', 28, '{test}', false)`,
      [service],
    )
  }
  await its.owner.query(`delete from plan where customer_id = 'contoso'`)
  expect(transitionIn(await getDecisions(its.as(rita), rita, 'contoso'), REVIEW)).toMatchObject({ state: 'available', taken: null })
  await expect(take(rita, { on: Day.parse('2026-12-01') })).rejects.toMatchObject({ code: 'invalid-input' })
  // A reason given where none is needed makes no exception of it.
  const taken = await take(rita, { override: { reason: 'not needed', evidence: null } })
  expect(transitionIn(taken, REVIEW)).toMatchObject({ taken: { by: 'Rita', on: '2026-11-21', forced: null } })
  const back = await withdrawTransition(its.as(rita), rita, { customerId: 'contoso', to: REVIEW, version: await version() })
  expect(transitionIn(back, REVIEW)).toMatchObject({ state: 'available', taken: null })
  await expect(take(engineer)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(take(rita, { to: 'nowhere' })).rejects.toMatchObject({ code: 'not-found' })
})
