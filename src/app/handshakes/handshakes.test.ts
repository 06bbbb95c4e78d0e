import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AddAssignment } from '../../model/admin-api.ts'
import type { AppError } from '../../model/errors.ts'
import type { CustomerHandshakes } from '../../model/handshake-api.ts'
import { Day } from '../../model/words.ts'
import { verifyEvents } from '../../store/events.ts'
import { addAssignment, changeAssignment, removeAssignment } from '../assignments/change.ts'
import { getCustomerPeople } from '../assignments/get-people.ts'
import type { Context } from '../context.ts'
import { setFact } from '../customers/set-fact.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import { getPlan } from '../plans/get-plan.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { answerHandshake, withdrawHandshake, writeHandshake } from './answer.ts'
import { getCustomerHandshakes, getHandshakeLoads, listHandshakes } from './get-handshakes.ts'
import { offerHandshakes } from './offer.ts'
import { releaseEnded } from './owners.ts'

// A Saturday.
const NOW = new Date('2026-11-21T10:00:00Z')
let its: TestPeople
let lead: Actor
let rita: Actor
let ana: Actor
let bram: Actor
beforeAll(async () => {
  its = await testPeople(NOW)
  lead = await its.person('Lea', 'lead', 'all')
  rita = await its.person('Rita', 'fasttrack-manager', 'customers')
  ana = await its.person('Ana', 'customer-success-manager', 'customers')
  bram = await its.person('Bram', 'customer-success-manager', 'customers')
})
afterAll(() => its.close())

let count = 0
/** Teams, Outlook Mobile and Exchange are active, Yammer is not known to be; Rita manages, Ana is the CSM. */
async function newCustomer(csm: { assigned: boolean } = { assigned: true }): Promise<string> {
  const id = `contoso-${++count}`
  const active = { intended: true, activatedOn: '2026-03-01' }
  const services = { teams: active, 'outlook-mobile': active, exchange: active, yammer: { intended: true } }
  await addTestCustomer(its.context, { customer: { id, name: 'Contoso' }, csm, services }, `${id}.example`)
  await assign(id, rita, { role: 'fasttrack-manager' })
  if (csm.assigned) await assign(id, ana, { isPrimary: true })
  return id
}
async function assign(id: string, person: Actor, more: Record<string, unknown> = {}) {
  const { version } = await getCustomerPeople(its.as(lead), its.auth, lead, id)
  const input = { person: person.personId, role: 'customer-success-manager', version, ...more }
  return addAssignment(its.as(lead), its.auth, lead, { ...AddAssignment.parse(input), customerId: id })
}
const offer = (id: string, services: string[], more: object = {}, as = rita) =>
  offerHandshakes(its.as(as), as, { customerId: id, services, message: null, ...more })
const newest = (view: CustomerHandshakes, service = 'teams') => view.handshakes.find(each => each.service === service)!
const see = (id: string, as = rita) => getCustomerHandshakes(its.as(as), as, id)
async function accept(id: string, as = ana, service = 'teams', version?: number) {
  const found = newest(await see(id, as), service)
  return answerHandshake(its.as(as), as, { customerId: id, handshake: found.id, answer: 'accept', version: version ?? found.version })
}
async function decline(id: string, reason: string, as = ana, service = 'teams') {
  const { id: handshake, version } = newest(await see(id, as), service)
  return answerHandshake(its.as(as), as, { customerId: id, handshake, answer: 'decline', reason, version })
}
async function write(id: string, body: string, as = ana) {
  const { id: handshake, version } = newest(await see(id, as))
  return writeHandshake(its.as(as), as, { customerId: id, handshake, body, version })
}
async function planOf(id: string) {
  const { plan } = await getPlan(its.as(lead), lead, id)
  const items = new Map(plan.processes.flatMap(process => process.steps.flatMap(step => step.items)).map(item => [item.id, item]))
  const state = (item: string) => items.get(`support-success-execution/${item}`)?.state
  return { plan, state, items }
}
/** Check-ins and tracking of each service (E3). */
const STEPS = ['success-check-ins', 'adoption-tracking'] as const
async function suppressed(id: string): Promise<readonly string[]> {
  const { items } = await planOf(id)
  return [...items.values()]
    .filter(item => STEPS.some(step => item.id.includes(`/${step}`)) && item.state === 'suppressed')
    .map(item => item.service ?? '')
    .sort()
}
const factsOf = async (id: string) => {
  const { rows } = await its.owner.query<{ name: string; service: string; value: unknown; recorded_by: string }>(
    `select name, service, value, recorded_by from fact where customer_id = $1 and name in ('service.handshake', 'service.owner') order by service, name`,
    [id],
  )
  return rows
}
const told = async (person: Actor, id: string) => {
  const { rows } = await its.owner.query<{ kind: string; summary: { en: string } }>(
    `select kind, summary from notification where person_id = $1 and customer_id = $2 order by made_at, summary->>'en'`,
    [person.personId, id],
  )
  return rows.map(row => `${row.kind}: ${row.summary.en}`)
}
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  try {
    await work
  } catch (error) {
    return error as AppError
  }
  throw new Error('it was not refused')
}

describe('an offer', () => {
  test('goes to the customer success manager for several services at once, and the plan knows', async () => {
    const id = await newCustomer()
    const view = await offer(id, ['teams', 'outlook-mobile'], { message: 'They are live.' })
    expect(view.handshakes.map(each => [each.service, each.state, each.offeredTo.name, each.offeredBy.name, each.remindOn])).toEqual([
      ['outlook-mobile', 'offered', 'Ana', 'Rita', '2026-11-27'],
      ['teams', 'offered', 'Ana', 'Rita', '2026-11-27'],
    ])
    expect(newest(view).messages.map(each => [each.by.name, each.body])).toEqual([['Rita', 'They are live.']])
    expect(await factsOf(id)).toEqual([
      { name: 'service.handshake', service: 'outlook-mobile', value: 'offered', recorded_by: rita.personId },
      { name: 'service.handshake', service: 'teams', value: 'offered', recorded_by: rita.personId },
    ])
    const { plan, state } = await planOf(id)
    expect(plan.proposals.filter(each => each.id.startsWith('handshake')).map(each => [each.id, each.state])).toEqual([
      ['handshake:outlook-mobile', 'decided'],
      ['handshake:teams', 'decided'],
      ['handshake:yammer', 'unknown'],
    ])
    expect(state('csm-handshake/3731@teams')).toBe('due')
    expect(await told(ana, id)).toEqual([
      'handshake-offered: Rita offers you Outlook Mobile of Contoso',
      'handshake-offered: Rita offers you Teams of Contoso',
    ])
  })

  test.each([
    ['exchange', /Exchange: the playbook hands no/],
    ['yammer', /Yammer: .*know/],
    ['no-such', /no-such: the playbook hands no/],
  ])('of %s is refused, and of Teams beside it too', async (service, message) => {
    const id = await newCustomer()
    const error = await refusal(offer(id, ['teams', service]))
    expect([error.code, error.message]).toEqual(['invalid-input', expect.stringMatching(message)])
    expect((await see(id)).handshakes).toEqual([])
    expect(await factsOf(id)).toEqual([])
  })

  test('of a customer without a CSM is refused with the words of the plan', async () => {
    const id = await newCustomer({ assigned: false })
    const { items } = await planOf(id)
    const because = items.get('support-success-execution/csm-handshake/3731@teams')?.because.text.en
    expect((await refusal(offer(id, ['teams']))).message).toBe(`services: Teams: ${because}`)
    expect((await see(id)).services.find(each => each.service === 'teams')?.offer).toMatchObject({ ok: false, reason: { en: because } })
    // To assign somebody in that role is to say that there is one.
    await assign(id, ana)
    expect((await see(id)).services.find(each => each.service === 'teams')?.offer).toMatchObject({ ok: true })
  })

  test('needs somebody in that role, and names who of several', async () => {
    const id = await newCustomer()
    await assign(id, bram, { service: 'teams' })
    const { services } = await see(id)
    expect(services.map(each => [each.service, each.offer.ok && each.offer.to.map(person => person.name)])).toEqual([
      ['outlook-mobile', ['Ana']],
      ['teams', ['Bram', 'Ana']],
      ['yammer', false],
    ])
    expect((await refusal(offer(id, ['outlook-mobile'], { to: bram.personId }))).message).toMatch(/^to: /)
    expect(newest(await offer(id, ['teams'])).offeredTo.name).toBe('Bram')
  })

  test('is refused while another is open, and withdrawn by whoever may offer', async () => {
    const id = await newCustomer()
    const { id: handshake, version } = newest(await offer(id, ['teams']))
    expect((await refusal(offer(id, ['teams']))).message).toMatch(/offered to Ana already/)
    const here = { customerId: id, handshake, version }
    expect((await refusal(withdrawHandshake(its.as(ana), ana, here))).code).toBe('forbidden')
    expect(newest(await withdrawHandshake(its.as(rita), rita, here)).state).toBe('withdrawn')
    expect((await factsOf(id)).map(each => each.value)).toEqual(['none'])
    const { plan } = await planOf(id)
    expect(plan.proposals.find(each => each.id === 'handshake:teams')?.state).toBe('open')
    expect(newest(await offer(id, ['teams'])).state).toBe('offered')
  })

  test('is not the CSM’s to make', async () => {
    const id = await newCustomer()
    expect((await refusal(offer(id, ['teams'], {}, ana))).code).toBe('forbidden')
  })
})

describe('who accepts', () => {
  test('leads the adoption from that day: facts, task, owner, steps and record say so', async () => {
    const id = await newCustomer()
    await offer(id, ['teams'])
    const view = await accept(id)
    expect(newest(view)).toMatchObject({ state: 'accepted', answeredBy: { name: 'Ana' }, answeredAt: NOW.toISOString() })
    expect(view.owners).toEqual([{ service: 'teams', person: { id: ana.personId, name: 'Ana' }, since: '2026-11-21', until: null }])
    expect(await factsOf(id)).toEqual([
      { name: 'service.handshake', service: 'teams', value: 'accepted', recorded_by: ana.personId },
      { name: 'service.owner', service: 'teams', value: 'Ana', recorded_by: ana.personId },
    ])
    const { state, plan } = await planOf(id)
    expect(state('csm-handshake/3731@teams')).toBe('done')
    const { rows } = await its.owner.query(`select status, set_by from item where customer_id = $1 and task = '3731'`, [id])
    expect(rows).toEqual([{ status: 'complete', set_by: ana.personId }])
    expect(plan.warnings.filter(each => each.code === 'service-without-owner')).toEqual([])
    const { rows: events } = await its.owner.query(`select kind, who from event where customer_id = $1 and who = $2 order by seq`, [
      id,
      ana.personId,
    ])
    expect(events.map(each => each.kind)).toEqual(['handshake-accepted', 'item-status-set'])
    expect(await told(rita, id)).toContain('handshake-answered: Ana takes over Teams of Contoso')
    expect(await verifyEvents(its.context.db, id)).toMatchObject({ broken: [] })
  })

  test('takes the check-ins and the tracking of exactly that service when the others are declined', async () => {
    const id = await newCustomer()
    await offer(id, ['teams', 'outlook-mobile'])
    await accept(id)
    await decline(id, 'no time', ana, 'outlook-mobile')
    // Of Yammer nobody knows whether it is active; it is the CSM's unless declined.
    expect(await suppressed(id)).toEqual(['teams', 'teams', 'yammer', 'yammer'])
    const { items, state } = await planOf(id)
    const because = [...items.values()].find(item => item.state === 'suppressed')?.because.text
    expect(because?.en).toContain('the CSM accepted the handshake for Teams')
    expect(state('csm-handshake/3733@outlook-mobile')).toBe('done')
  })

  test('may hand it back with a reason: nobody owns it then, the steps come back, it can be offered again', async () => {
    const id = await newCustomer()
    await offer(id, ['teams'])
    await accept(id)
    const view = await decline(id, 'the team was dissolved')
    expect(newest(view)).toMatchObject({ state: 'declined', reason: 'the team was dissolved' })
    expect(view.owners).toEqual([{ service: 'teams', person: expect.anything(), since: '2026-11-21', until: '2026-11-21' }])
    expect((await factsOf(id)).map(each => each.value)).toEqual(['declined', false])
    const { plan } = await planOf(id)
    expect(plan.warnings.filter(each => each.code === 'service-without-owner').map(each => each.service)).toEqual(['teams'])
    expect(await suppressed(id)).not.toContain('teams')
    expect(await told(rita, id)).toContain('handshake-answered: Ana hands Teams of Contoso back')
    await offer(id, ['teams'])
    const again = await accept(id)
    expect(again.owners).toEqual([{ service: 'teams', person: expect.anything(), since: '2026-11-21', until: null }])
  })
})

test('who declines gives a reason, and the steps of that service come back', async () => {
  const id = await newCustomer()
  await offer(id, ['teams'])
  expect(await suppressed(id)).toContain('teams')
  const view = await decline(id, 'wait until January')
  expect(newest(view)).toMatchObject({ state: 'declined', reason: 'wait until January', answeredBy: { name: 'Ana' } })
  expect(await suppressed(id)).not.toContain('teams')
  expect(view.owners).toEqual([])
  expect((await see(id)).services.find(each => each.service === 'teams')?.offer.ok).toBe(true)
  const { rows } = await its.owner.query(`select body from event where customer_id = $1 and kind = 'handshake-declined'`, [id])
  expect(rows).toHaveLength(1)
  expect(rows[0].body).not.toContain('January')
})

test('a question waits for whoever offered, and an answer to it gives the days anew', async () => {
  const id = await newCustomer()
  await offer(id, ['teams'])
  const asked = newest(await write(id, 'Who trains them?'))
  expect([asked.state, asked.messages.map(each => each.by.name)]).toEqual(['asked', ['Ana']])
  expect(await told(rita, id)).toContain('handshake-answered: Ana has a question about Teams of Contoso')
  const later = { ...its.as(rita), now: () => new Date('2026-11-25T10:00:00Z') }
  const replied = newest(
    await writeHandshake(later, rita, { customerId: id, handshake: asked.id, body: 'A partner.', version: asked.version }),
  )
  expect([replied.state, replied.remindOn, replied.messages.map(each => each.body)]).toEqual([
    'offered',
    '2026-12-02',
    ['Who trains them?', 'A partner.'],
  ])
  expect(newest(await accept(id)).state).toBe('accepted')
})

describe('of two who answer at once', () => {
  test('the second sees both answers, and nothing of the second is kept', async () => {
    const id = await newCustomer()
    await assign(id, bram, { covers: ana.personId, until: '2026-12-31' })
    const { id: handshake, version } = newest(await offer(id, ['teams']))
    const answers = await Promise.allSettled([
      answerHandshake(its.as(ana), ana, { customerId: id, handshake, answer: 'accept', version }),
      answerHandshake(its.as(bram), bram, { customerId: id, handshake, answer: 'accept', version }),
    ])
    expect(answers.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = answers.findIndex(each => each.status === 'rejected')
    const error = (answers[lost] as PromiseRejectedResult).reason as AppError
    const [winner, loser] = lost === 0 ? ['Bram', 'Ana'] : ['Ana', 'Bram']
    expect([error.code, error.details]).toEqual([
      'conflict',
      {
        theirs: { state: 'accepted', reason: null, by: winner, at: NOW.toISOString() },
        yours: { action: 'accept', by: loser },
        version: version + 1,
      },
    ])
    const { rows } = await its.owner.query('select count(*)::int as count from adoption_owner where customer_id = $1', [id])
    expect(rows).toEqual([{ count: 1 }])
  })
})

describe('who may answer', () => {
  test('whom it was offered to, who stands in, and a lead; no other CSM of the customer', async () => {
    const id = await newCustomer()
    await assign(id, bram)
    await offer(id, ['teams', 'outlook-mobile'])
    const refused = await refusal(accept(id, bram))
    expect([refused.code, refused.message]).toEqual(['forbidden', 'it is offered to Ana, who answers it'])
    expect(newest(await see(id, bram)).may.accept).toMatchObject({ ok: false, reason: { 'pt-BR': expect.stringContaining('Ana') } })
    expect((await refusal(accept(id, rita))).code).toBe('forbidden')
    const view = await accept(id, lead)
    // Answered by the lead, led by the CSM.
    expect([newest(view).answeredBy?.name, view.owners[0]?.person.name]).toEqual(['Lea', 'Ana'])
  })

  test('a CSM who stands in is told, sees it in the inbox and answers for the one away', async () => {
    const id = await newCustomer()
    await assign(id, bram, { covers: ana.personId, until: '2026-12-31' })
    await offer(id, ['teams'])
    expect(await told(bram, id)).toEqual(['handshake-offered: Rita offers you Teams of Contoso'])
    const inbox = await listHandshakes(its.as(bram), bram, { box: 'inbox', state: 'open', limit: 50, at: 0 })
    expect(inbox.rows.filter(each => each.customer.id === id).map(each => [each.service, each.may.accept.ok])).toEqual([['teams', true]])
    const view = await accept(id, bram)
    expect([newest(view).answeredBy?.name, view.owners[0]?.person.name]).toEqual(['Bram', 'Ana'])
  })

  test('nobody learns of handshakes of customers they do not see', async () => {
    const id = await newCustomer()
    await offer(id, ['teams'])
    const stranger = await its.person(`Stranger ${id}`, 'customer-success-manager', 'customers')
    expect((await refusal(see(id, stranger))).code).toBe('not-found')
    expect((await refusal(accept(id, stranger))).code).toBe('not-found')
    expect((await listHandshakes(its.as(stranger), stranger, { box: 'all', state: 'any', limit: 50, at: 0 })).total).toBe(0)
  })
})

describe('who is no longer the customer success manager', () => {
  test('owns nothing there any more: a warning says so, and it can be offered to the next one', async () => {
    const id = await newCustomer()
    await offer(id, ['teams'])
    await accept(id)
    const { assignments, version } = await getCustomerPeople(its.as(lead), its.auth, lead, id)
    const assignment = assignments.find(each => each.person.id === ana.personId)!.id
    await removeAssignment(its.as(lead), its.auth, lead, { customerId: id, assignment, version })
    const { plan } = await planOf(id)
    expect(plan.warnings.filter(each => each.code === 'service-without-owner').map(each => each.service)).toEqual(['teams'])
    expect((await see(id)).owners).toEqual([{ service: 'teams', person: expect.anything(), since: '2026-11-21', until: '2026-11-21' }])
    await assign(id, bram)
    expect(newest(await offer(id, ['teams'])).offeredTo.name).toBe('Bram')
  })

  test('loses it also when the assignment runs out, once', async () => {
    const id = await newCustomer()
    await offer(id, ['teams'])
    await accept(id)
    const { assignments, version } = await getCustomerPeople(its.as(lead), its.auth, lead, id)
    const assignment = assignments.find(each => each.person.id === ana.personId)!.id
    await changeAssignment(its.as(lead), its.auth, lead, { customerId: id, assignment, until: Day.parse('2026-11-22'), version })
    const on = (day: string): Context => ({ ...its.context, now: () => new Date(`${day}T10:00:00Z`) })
    expect(await releaseEnded(on('2026-11-22'))).toBe(0)
    expect(await releaseEnded(on('2026-11-23'))).toBe(1)
    expect(await releaseEnded(on('2026-11-23'))).toBe(0)
    expect((await factsOf(id)).map(each => each.value)).toEqual(['none', false])
  })
})

test('lists are of one’s own, by state and words, open ones first; the load is for those who may see it', async () => {
  const fresh = await testPeople(NOW)
  try {
    const [boss, anaToo] = [await fresh.person('Boss', 'lead', 'all'), await fresh.person('Csm', 'customer-success-manager', 'customers')]
    for (const id of ['one', 'two']) {
      const service = { intended: true, activatedOn: '2026-03-01' }
      const sheet = { customer: { id, name: `The ${id}` }, csm: { assigned: true }, services: { teams: service, yammer: service } }
      await addTestCustomer(fresh.context, sheet, `${id}.example`)
      const input = AddAssignment.parse({ person: anaToo.personId, role: 'customer-success-manager', version: 0 })
      await addAssignment(fresh.as(boss), fresh.auth, boss, { ...input, customerId: id })
      await offerHandshakes(fresh.as(boss), boss, { customerId: id, services: ['teams', 'yammer'], message: null })
    }
    const list = (as: Actor, more: object) => listHandshakes(fresh.as(as), as, { box: 'inbox', state: 'any', limit: 50, at: 0, ...more })
    const { handshakes } = await getCustomerHandshakes(fresh.as(anaToo), anaToo, 'one')
    const { id: handshake, version } = handshakes[0]!
    await answerHandshake(fresh.as(anaToo), anaToo, { customerId: 'one', handshake, answer: 'accept', version })
    expect((await list(anaToo, {})).rows.map(each => each.state)).toEqual(['offered', 'offered', 'offered', 'accepted'])
    expect((await list(anaToo, { state: 'answered' })).total).toBe(1)
    expect((await list(anaToo, { q: 'TWÓ' })).rows.map(each => each.customer.id)).toEqual(['two', 'two'])
    expect((await list(anaToo, { service: 'yammer' })).total).toBe(2)
    expect((await list(boss, {})).total).toBe(0)
    expect((await list(boss, { box: 'outbox' })).total).toBe(4)
    const [first, second] = [await list(boss, { box: 'all', limit: 3 }), await list(boss, { box: 'all', limit: 3, at: 3 })]
    expect([first.next, second.next, new Set([...first.rows, ...second.rows].map(each => each.id)).size]).toEqual(['3', null, 4])
    expect((await getHandshakeLoads(fresh.as(boss), boss)).people).toEqual([
      { person: { id: anaToo.personId, name: 'Csm' }, waiting: 3, overdue: 0, owned: 1 },
    ])
    expect((await refusal(getHandshakeLoads(fresh.as(anaToo), anaToo))).code).toBe('forbidden')
  } finally {
    await fresh.close()
  }
})

describe('a handshake recorded as a fact', () => {
  const record = async (id: string, as: Actor, name: string, value: unknown) => {
    const { version } = await getCustomerPeople(its.as(lead), its.auth, lead, id)
    return setFact(its.as(as), as, { customerId: id, name, service: 'teams', value: value as string, version })
  }

  test('is accepted or declined only by those who may answer one', async () => {
    const id = await newCustomer()
    for (const value of ['accepted', 'declined'])
      await expect(record(id, rita, 'service.handshake', value)).rejects.toMatchObject({ code: 'forbidden' })
    await record(id, rita, 'service.handshake', 'offered')
    await record(id, lead, 'service.handshake', 'accepted')
    await expect(record(id, ana, 'service.handshake', 'none')).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('never says otherwise than the one that was offered here', async () => {
    const id = await newCustomer()
    await offer(id, ['teams'])
    await expect(record(id, lead, 'service.handshake', 'accepted')).rejects.toMatchObject({ code: 'conflict' })
    await accept(id)
    await expect(record(id, lead, 'service.handshake', null)).rejects.toMatchObject({ code: 'conflict' })
    await expect(record(id, lead, 'service.owner', 'Bram')).rejects.toMatchObject({ code: 'conflict' })
    await decline(id, 'too much')
    await record(id, rita, 'service.owner', 'Rita')
    expect((await factsOf(id)).map(each => each.value)).toEqual(['declined', 'Rita'])
  })
})
