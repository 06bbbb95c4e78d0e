import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AddAssignment } from '../../model/admin-api.ts'
import type { AppError } from '../../model/errors.ts'
import {
  AnswerExpertRequest,
  ExpertRequestQuery,
  type ExpertRequestView,
  RequestExpert,
  SetExpertise,
} from '../../model/expert-request-api.ts'
import { verifyEvents } from '../../store/events.ts'
import { addAssignment } from '../assignments/change.ts'
import { getCustomerPeople } from '../assignments/get-people.ts'
import { getCustomer } from '../customers/get-customer.ts'
import { mergeCustomers } from '../customers/merge-customers.ts'
import { type TestPeople, testPeople } from '../people/testing.ts'
import type { Actor } from '../policy.ts'
import { addTestCustomer } from '../testing.ts'
import { answerExpertRequest, handOnExpertRequest, withdrawExpertRequest, writeExpertRequest } from './answer.ts'
import { requestExpert } from './ask.ts'
import { getOwnExpertise, setExpertise, setOwnExpertise } from './expertise.ts'
import { getExperts } from './experts.ts'
import { findExpertRequest, getCustomerExpertRequests, getExpertRequestLoads, listExpertRequests } from './get-requests.ts'

// A Saturday: one working day is Monday the 23rd, five are Friday the 27th.
const NOW = new Date('2026-11-21T10:00:00Z')
let its: TestPeople
let lead: Actor
let rita: Actor
let eva: Actor
let otto: Actor
let ines: Actor
beforeAll(async () => {
  its = await testPeople(NOW)
  lead = await its.person('Lea', 'lead', 'all')
  rita = await its.person('Rita', 'fasttrack-manager', 'customers')
  eva = await its.person('Eva', 'subject-matter-expert', 'customers')
  otto = await its.person('Otto', 'subject-matter-expert', 'services')
  ines = await its.person('Ines', 'engineer', 'customers')
  await knows(eva, { skills: ['security'], services: ['teams'], languages: ['pt', 'en'], atOnce: 5 })
  await knows(otto, { skills: ['training'] })
})
afterAll(() => its.close())

const knows = (person: Actor, said: object) =>
  setOwnExpertise(its.as(person), its.auth, person, SetExpertise.parse({ version: 0, ...said }))

let count = 0
/** Rita looks after it and the experts do not see it. */
async function newCustomer(): Promise<string> {
  const id = `contoso-${++count}`
  const services = { teams: { intended: true, activatedOn: '2026-03-01' }, yammer: { intended: true } }
  await addTestCustomer(its.context, { customer: { id, name: `Contoso ${count}`, segment: 'enterprise' }, services }, `${id}.example`)
  await assign(id, rita, { role: 'fasttrack-manager' })
  return id
}
async function assign(id: string, person: Actor, more: Record<string, unknown>) {
  const { version } = await getCustomerPeople(its.as(lead), its.auth, lead, id)
  const input = { person: person.personId, version, ...more }
  return addAssignment(its.as(lead), its.auth, lead, { ...AddAssignment.parse(input), customerId: id })
}
const ask = async (id: string, more: object = {}, as = rita): Promise<ExpertRequestView> => {
  const input = RequestExpert.parse({ skill: 'security', service: 'teams', purpose: 'They ask about guests.', ...more })
  const view = await requestExpert(its.as(as), its.auth, as, { ...input, customerId: id })
  return view.requests[0]!
}
const see = (request: ExpertRequestView, as: Actor) => findExpertRequest(its.as(as), as, request.id)
async function answer(request: ExpertRequestView, as: Actor, given: object, version = request.version) {
  const { request: next } = await answerExpertRequest(its.as(as), as, {
    ...AnswerExpertRequest.parse({ version, ...given }),
    request: request.id,
  })
  return next!
}
const write = async (request: ExpertRequestView, as: Actor, body: string) =>
  (await writeExpertRequest(its.as(as), as, { request: request.id, body, version: request.version })).request!
const handOn = async (request: ExpertRequestView, as: Actor, to: Actor | null) =>
  (
    await handOnExpertRequest(its.as(as), its.auth, as, {
      request: request.id,
      expert: to?.personId ?? null,
      message: null,
      version: request.version,
    })
  ).request
const box = async (as: Actor, more: object = {}) =>
  (await listExpertRequests(its.as(as), as, { ...ExpertRequestQuery.parse(more), at: 0 })).rows
const told = async (person: Actor, request: ExpertRequestView) => {
  const { rows } = await its.owner.query<{ kind: string; summary: { en: string }; customer_id: string | null }>(
    `select kind, summary, customer_id from notification where person_id = $1 and path like '%' || $2 order by made_at, summary->>'en'`,
    [person.personId, request.id],
  )
  return rows.map(row => `${row.kind}: ${row.summary.en}${row.customer_id === null ? '' : ' @'}`)
}
const eventsOf = async (id: string) => {
  const { rows } = await its.owner.query<{ kind: string; who: string }>(
    `select kind, who from event where customer_id = $1 and (kind like 'expert%' or kind like 'assignment%') order by seq`,
    [id],
  )
  return rows.map(row => row.kind)
}
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  try {
    await work
  } catch (error) {
    return error as AppError
  }
  throw new Error('it was not refused')
}

describe('a request', () => {
  test('goes to the expert who is named, with both deadlines in working days', async () => {
    const id = await newCustomer()
    const request = await ask(id, { expert: eva.personId, language: 'pt', region: 'europe', seats: 120, wantedOn: '2026-12-10' })
    expect(request).toMatchObject({
      state: 'open',
      customer: { name: `Contoso ${count}`, segment: 'enterprise', isVisible: true },
      expert: { name: 'Eva' },
      requestedBy: { name: 'Rita' },
      seats: 120,
      acknowledgeBy: '2026-11-23',
      decideBy: '2026-11-27',
      dueOn: '2026-11-23',
      isLate: false,
      messages: [{ step: 'requested', by: { name: 'Rita' } }],
    })
    expect(await told(eva, request)).toEqual([`expert-requested: Rita asks you as an expert: Security (Teams) for Contoso ${count}`])
    expect((await box(rita, { box: 'outbox' })).map(each => each.id)).toContain(request.id)
    expect((await box(eva)).map(each => each.id)).toContain(request.id)
    expect((await box(otto)).map(each => each.id)).not.toContain(request.id)
  })

  test('without one it waits for every expert whose profile says nothing against it', async () => {
    const request = await ask(await newCustomer())
    expect(request.expert).toBeNull()
    expect((await box(eva)).map(each => each.id)).toContain(request.id)
    // Otto trains, Ines is an engineer, Rita asked.
    for (const other of [otto, ines, rita]) expect((await box(other)).map(each => each.id)).not.toContain(request.id)
    expect(await see(request, otto)).toBeUndefined()
    expect([await told(eva, request), await told(otto, request)]).toEqual([
      [`expert-requested: Rita asks for an expert: Security (Teams) for Contoso ${count}`],
      [],
    ])
  })

  test.each([
    ['an expert who is none', () => ({ expert: ines.personId }), 'expert'],
    ['a service the playbook does not know', () => ({ service: 'no-such' }), 'service'],
    ['a day that is over', () => ({ wantedOn: '2026-11-20' }), 'wantedOn'],
  ])('for %s is refused by the name of the field, and changes nothing', async (_, more, field) => {
    const id = await newCustomer()
    const error = await refusal(ask(id, more()))
    expect([error.code, error.message.startsWith(field)]).toEqual(['invalid-input', true])
    expect((await getCustomerExpertRequests(its.as(rita), rita, id)).requests).toEqual([])
  })

  test('is made by who may write the customer, for the services they may write', async () => {
    const id = await newCustomer()
    await assign(id, ines, { role: 'fasttrack-engineer', service: 'yammer' })
    expect((await refusal(ask(id, {}, ines))).code).toBe('forbidden')
    expect((await ask(id, { service: 'yammer' }, ines)).requestedBy.name).toBe('Ines')
    expect((await refusal(ask(id, {}, eva))).code).toBe('not-found')
  })

  test('begins with the seats that are known and the language of the customer', async () => {
    const id = await newCustomer()
    await its.owner.query(`update customer set language = 'pt-BR' where id = $1`, [id])
    await its.owner.query(
      `insert into entitlement select customer_id, id, 'teams', 350, 'test', '2026-11-01' from tenant where customer_id = $1`,
      [id],
    )
    const view = await getCustomerExpertRequests(its.as(rita), rita, id)
    expect([view.language, view.services.find(each => each.service === 'teams')?.seats]).toEqual(['pt', 350])
    expect(view.services.find(each => each.service === 'yammer')?.seats).toBeNull()
  })
})

describe('what an expert sees', () => {
  test('of a customer that is not theirs is what the request says, and nothing else', async () => {
    const id = await newCustomer()
    const request = await ask(id)
    const seen = await see(request, eva)
    expect(seen?.customer).toEqual({ id, name: `Contoso ${count}`, segment: 'enterprise', isVisible: false })
    expect((await refusal(getCustomer(its.as(eva), eva, id))).code).toBe('not-found')
    expect((await refusal(getCustomerExpertRequests(its.as(eva), eva, id))).code).toBe('not-found')
    // Nor by a query that forgets to ask whose it is.
    for (const table of ['customer', 'engagement', 'item', 'fact', 'event', 'assignment'] as const) {
      expect([table, await its.as(eva).db.selectFrom(table).selectAll().execute()]).toEqual([table, []])
    }
  })

  test('is the customer once they accepted, and no more when they are done and the day is over', async () => {
    const id = await newCustomer()
    const accepted = await answer(await ask(id, { expert: eva.personId }), eva, { answer: 'accept' })
    expect([accepted.state, accepted.customer.isVisible, accepted.hasAssignment]).toEqual(['accepted', true, true])
    expect([accepted.may.done.ok, accepted.may.withdraw.ok]).toEqual([true, false])
    expect((await getCustomer(its.as(eva), eva, id)).id).toBe(id)
    const people = await getCustomerPeople(its.as(lead), its.auth, lead, id)
    expect(people.assignments.filter(each => each.person.name === 'Eva')).toMatchObject([
      { role: 'subject-matter-expert', service: 'teams', since: '2026-11-21', until: null },
    ])
    await answer(accepted, eva, { answer: 'done', note: 'Guests are set up.' })
    const later = { ...its.as(eva), db: its.context.as(eva).db, now: () => new Date('2026-11-22T10:00:00Z') }
    expect((await refusal(getCustomer(later, eva, id))).code).toBe('not-found')
    expect(await eventsOf(id)).toEqual([
      'assignment-added',
      'expert-requested',
      'expert-accepted',
      'assignment-added',
      'expert-done',
      'assignment-changed',
    ])
    expect((await verifyEvents(its.context.db, id)).broken).toEqual([])
  })

  test('stays theirs when the help is kept, and what they had before', async () => {
    const id = await newCustomer()
    const kept = await answer(await ask(id, { expert: eva.personId }), eva, { answer: 'accept' })
    await answer(kept, eva, { answer: 'done', note: 'Stays.', keepAssignment: true })
    const again = await answer(await ask(id, { expert: eva.personId }), eva, { answer: 'accept' })
    expect(again.hasAssignment).toBe(false)
    await answer(again, eva, { answer: 'done', note: 'Done.' })
    const { assignments } = await getCustomerPeople(its.as(lead), its.auth, lead, id)
    expect(assignments.filter(each => each.person.name === 'Eva')).toMatchObject([{ until: null }])
  })

  test('goes on when they are asked again on the day they were done', async () => {
    const id = await newCustomer()
    for (const _ of [1, 2]) {
      const accepted = await answer(await ask(id, { expert: eva.personId }), eva, { answer: 'accept' })
      await answer(accepted, eva, { answer: 'done', note: 'Done.' })
    }
    const { assignments } = await getCustomerPeople(its.as(lead), its.auth, lead, id)
    expect(assignments.filter(each => each.person.name === 'Eva')).toMatchObject([{ since: '2026-11-21', until: '2026-11-21' }])
  })
})

describe('an answer', () => {
  test('from the queue makes it theirs: by looking into it, asking or accepting', async () => {
    const looked = await answer(await ask(await newCustomer()), eva, { answer: 'acknowledge' })
    expect(looked).toMatchObject({ state: 'open', expert: { name: 'Eva' }, acknowledgedBy: { name: 'Eva' }, dueOn: '2026-11-27' })
    const asked = await write(await ask(await newCustomer()), eva, 'Which guests?')
    expect(asked).toMatchObject({ state: 'needs-detail', expert: { name: 'Eva' } })
    const accepted = await answer(await ask(await newCustomer()), eva, { answer: 'accept' })
    expect(accepted).toMatchObject({ state: 'accepted', expert: { name: 'Eva' }, decidedBy: { name: 'Eva' } })
  })

  test('of two experts at once is the first one’s; the other hears who it was', async () => {
    const request = await ask(await newCustomer(), { skill: 'training' })
    const both = await Promise.allSettled([otto, lead].map(who => answer(request, who, { answer: 'acknowledge' })))
    expect(both.filter(each => each.status === 'fulfilled')).toHaveLength(1)
    const nora = await its.person('Nora', 'subject-matter-expert', 'customers')
    const next = await ask(await newCustomer(), { skill: 'training' })
    const seen = await see(next, nora)
    await answer(next, otto, { answer: 'accept' })
    const error = await refusal(
      answerExpertRequest({ ...its.as(nora), db: its.context.db }, nora, { request: next.id, answer: 'accept', version: seen!.version }),
    )
    expect([error.code, error.details]).toMatchObject(['conflict', { theirs: { state: 'accepted', expert: 'Otto' } }])
  })

  test('that asks for detail waits for whoever asked, whose answer gives the days anew', async () => {
    const request = await ask(await newCustomer(), { expert: eva.personId })
    const asked = await write(request, eva, 'Which guests?')
    expect([asked.state, asked.acknowledgedAt !== null]).toEqual(['needs-detail', true])
    expect((await box(rita)).map(each => each.id)).toContain(request.id)
    expect(await told(rita, request)).toEqual([`expert-answered: Eva asks for detail: Security (Teams) for Contoso ${count} @`])
    const replied = await write((await see(request, rita))!, rita, 'Those of suppliers.')
    expect(replied).toMatchObject({ state: 'open', dueOn: '2026-11-27' })
    expect(replied.messages.map(each => [each.step, each.by.name, each.body])).toEqual([
      ['requested', 'Rita', null],
      ['asked', 'Eva', 'Which guests?'],
      ['replied', 'Rita', 'Those of suppliers.'],
    ])
  })

  test('that declines says why, and the request can be handed to another expert', async () => {
    const request = await ask(await newCustomer(), { expert: eva.personId })
    const declined = await answer(request, eva, { answer: 'decline', reason: 'On leave.' })
    expect(declined).toMatchObject({ state: 'declined', reason: 'On leave.', may: { accept: { ok: false }, handOn: { ok: true } } })
    const handed = await handOn((await see(request, rita))!, rita, otto)
    expect(handed).toMatchObject({ state: 'open', expert: { name: 'Otto' }, reason: null, acknowledgedAt: null })
    expect(handed?.messages.at(-1)).toMatchObject({ step: 'handed-on', to: { name: 'Otto' } })
    expect(await see(request, eva)).toBeUndefined()
    expect(await told(otto, request)).toHaveLength(1)
  })

  test('that hands on what was accepted ends what it gave', async () => {
    const id = await newCustomer()
    const accepted = await answer(await ask(id, { expert: eva.personId }), eva, { answer: 'accept' })
    expect(await handOn(accepted, eva, null)).toMatchObject({ state: 'open', expert: null, hasAssignment: false })
    const { assignments } = await getCustomerPeople(its.as(lead), its.auth, lead, id)
    expect(assignments.filter(each => each.person.name === 'Eva')).toMatchObject([{ until: '2026-11-21' }])
  })

  test('is theirs whom it was put to, or a lead’s', async () => {
    const id = await newCustomer()
    const request = await ask(id, { expert: eva.personId })
    expect((await refusal(answer(request, rita, { answer: 'accept' }))).code).toBe('forbidden')
    expect((await refusal(answer(request, otto, { answer: 'accept' }))).code).toBe('not-found')
    expect((await refusal(withdrawExpertRequest(its.as(eva), eva, { request: request.id, version: request.version }))).code).toBe(
      'forbidden',
    )
  })

  test('for a queue is not one expert’s to decline, and a lead hands it to somebody first', async () => {
    const request = await ask(await newCustomer())
    expect((await refusal(answer(request, eva, { answer: 'decline', reason: 'No.' }))).code).toBe('forbidden')
    expect((await refusal(answer(request, lead, { answer: 'accept' }))).code).toBe('forbidden')
    expect((await handOn(request, lead, eva))?.expert?.name).toBe('Eva')
    const accepted = await answer((await see(request, lead))!, lead, { answer: 'accept' })
    expect([accepted.expert?.name, accepted.decidedBy?.name]).toEqual(['Eva', 'Lea'])
  })

  test('comes too late when it was withdrawn', async () => {
    const request = await ask(await newCustomer(), { expert: eva.personId })
    const { request: gone } = await withdrawExpertRequest(its.as(rita), rita, { request: request.id, version: request.version })
    expect(gone).toMatchObject({ state: 'withdrawn', endedBy: { name: 'Rita' } })
    const error = await refusal(answer(gone!, eva, { answer: 'accept' }))
    expect([error.code, error.message]).toEqual(['conflict', 'it was withdrawn'])
    const early = await refusal(answer(request, eva, { answer: 'accept' }, request.version + 9))
    expect(early.code).toBe('invalid-input')
  })
})

test('what was asked goes with a customer that is merged into another', async () => {
  const [from, into] = [await newCustomer(), await newCustomer()]
  const asked = await write(await ask(from, { expert: eva.personId }), eva, 'Which guests?')
  await mergeCustomers(its.as(lead), lead, { customerId: into, from, preview: false })
  const { requests } = await getCustomerExpertRequests(its.as(lead), lead, into)
  expect(requests).toMatchObject([{ id: asked.id, state: 'needs-detail', messages: [{ step: 'requested' }, { step: 'asked' }] }])
  const accepted = await answer((await see(asked, eva))!, eva, { answer: 'accept' })
  expect(accepted.customer).toMatchObject({ id: into, isVisible: true })
})

describe('experts', () => {
  const match = (query: object = {}) => getExperts(its.as(rita), its.auth, rita, { skill: 'security', ...query } as never)

  test('are ranked with what speaks for and against each; who says nothing is unknown', async () => {
    const vera = await its.person('Vera', 'subject-matter-expert', 'customers')
    const { experts, inQueue } = await match({ service: 'teams', language: 'pt' })
    const of = (who: Actor) => experts.find(each => each.person.id === who.personId)
    expect(experts[0]).toMatchObject({
      person: { name: 'Eva' },
      fits: { skill: 'yes', service: 'yes', language: 'yes', region: null },
      atOnce: 5,
    })
    expect(of(vera)).toMatchObject({ fits: { skill: 'unknown', service: 'unknown', language: 'unknown' }, isFree: null })
    expect(of(otto)).toMatchObject({ fits: { skill: 'no' } })
    expect(experts.findIndex(each => each.person.id === vera.personId)).toBeLessThan(
      experts.findIndex(each => each.person.id === otto.personId),
    )
    expect(inQueue).toBe(experts.filter(each => each.fits.skill !== 'no').length)
  })

  test('count every open request of theirs, also of customers that whoever asks may not see', async () => {
    const before = (await match()).experts.find(each => each.person.name === 'Eva')!.open
    await ask(await newCustomer(), { expert: eva.personId })
    const sofia = await its.person('Sofia', 'fasttrack-manager', 'customers')
    const { experts } = await getExperts(its.as(sofia), its.auth, sofia, { skill: 'security' })
    expect(experts.find(each => each.person.name === 'Eva')?.open).toBe(before + 1)
  })

  test('are others too who say so: asked by name, without a queue', async () => {
    expect((await match()).experts.some(each => each.person.name === 'Ines')).toBe(false)
    await knows(ines, { isExpert: true, skills: ['security'] })
    expect((await match()).experts.some(each => each.person.name === 'Ines')).toBe(true)
    const queued = await ask(await newCustomer())
    expect(await see(queued, ines)).toBeUndefined()
    const named = await ask(await newCustomer(), { expert: ines.personId })
    expect((await answer(named, ines, { answer: 'accept' })).state).toBe('accepted')
  })

  test('the database and the program agree on whom the queue reaches', async () => {
    const nils = await its.person('Nils', 'subject-matter-expert', 'customers')
    const asked = [
      {},
      { service: null },
      { skill: 'training' },
      { service: 'yammer' },
      { language: 'pt' },
      { language: 'de' },
      { region: 'africa' },
    ]
    const requests = await Promise.all(asked.map(async more => ask(await newCustomer(), more)))
    let version = 0
    for (const said of [
      {},
      { skills: ['security'] },
      { skills: ['training'], languages: ['pt'] },
      { services: ['yammer'] },
      { languages: ['de'], regions: ['europe'] },
    ]) {
      await setOwnExpertise(its.as(nils), its.auth, nils, SetExpertise.parse({ ...said, version: version++ }))
      for (const request of requests) {
        const { skill, service, language, region } = request
        const { experts } = await getExperts(its.as(lead), its.auth, lead, {
          skill,
          ...(service ? { service } : {}),
          ...(language ? { language } : {}),
          ...(region ? { region } : {}),
        } as never)
        const fits = experts.find(each => each.person.id === nils.personId)!.fits
        const isSuited = fits.skill !== 'no' && fits.service !== 'no' && fits.language !== 'no'
        expect([said, request.skill, request.service, request.language, (await see(request, nils)) !== undefined]).toEqual([
          said,
          request.skill,
          request.service,
          request.language,
          isSuited,
        ])
      }
    }
  })

  test('what they know is set by themselves and by leads, and by nobody else; the later of two hears of the first', async () => {
    const { version } = await getOwnExpertise(its.as(eva), its.auth, eva)
    const set = (as: Actor, at: number) =>
      setExpertise(its.as(as), its.auth, as, { ...SetExpertise.parse({ skills: ['security'], version: at }), person: eva.personId })
    expect((await refusal(set(rita, version))).code).toBe('forbidden')
    expect((await set(lead, version)).skills).toEqual(['security'])
    expect((await refusal(set(lead, version))).details).toMatchObject({ theirs: { skills: ['security'] } })
    const reader = await its.person('Rolf', 'reader', 'all')
    expect((await refusal(knows(reader, { isExpert: true }))).code).toBe('forbidden')
  })

  test('how much each has is for those who see the load', async () => {
    const { people } = await getExpertRequestLoads(its.as(lead), lead)
    expect(people.find(each => each.person.name === 'Eva')).toMatchObject({ waiting: expect.any(Number), late: 0 })
    expect((await refusal(getExpertRequestLoads(its.as(eva), eva))).code).toBe('forbidden')
  })
})
