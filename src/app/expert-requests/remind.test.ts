import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ExpertRequestView, RequestExpert, SetExpertise } from '../../model/expert-request-api.ts'
import type { Context } from '../context.ts'
import { NO_PEOPLE, type TestPeople, testPeople } from '../people/testing.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { saveTeam } from '../teams/teams.ts'
import { addTestCustomer } from '../testing.ts'
import { setTeamCalendar } from '../work-calendar/team-calendar.ts'
import { answerExpertRequest, writeExpertRequest } from './answer.ts'
import { requestExpert } from './ask.ts'
import { setOwnExpertise } from './expertise.ts'
import { findExpertRequest } from './get-requests.ts'
import { remindExpertRequests } from './remind.ts'

let its: TestPeople
let [lead, chief, rita, eva, otto]: Actor[] = []
// Thursday, 09:00 in São Paulo.
const ASKED = '2026-11-19T12:00:00Z'
beforeEach(async () => {
  its = await testPeople(new Date(ASKED))
  lead = await its.person('Lea', 'lead', 'team')
  chief = await its.person('Chief', 'lead', 'all')
  rita = await its.person('Rita', 'fasttrack-manager', 'all')
  eva = await its.person('Eva', 'subject-matter-expert', 'customers')
  otto = await its.person('Otto', 'subject-matter-expert', 'customers')
  await setOwnExpertise(its.as(otto), its.auth, otto, SetExpertise.parse({ skills: ['training'], version: 0 }))
  // Rita's team, and not the customer's, which has none.
  await saveTeam(its.as(chief), chief, { id: 'south', name: 'South', members: [lead.personId, rita.personId] })
  await setTeamCalendar(its.as(chief), chief, {
    id: 'south',
    timeZone: 'America/Sao_Paulo',
    workDays: [1, 2, 3, 4, 5],
    from: '09:00',
    until: '18:00',
    holidays: [{ day: day('2026-11-20'), name: 'Consciência Negra' }],
  })
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' }, services: { teams: {} } }, 'main')
})
afterEach(() => its.close())

// A day as the schema gives it.
const day = (text: string) => text as never
const at = (moment: string, actor: Actor = SYSTEM): Context => ({ ...its.as(actor), now: () => new Date(moment) })
const remind = (moment: string) => remindExpertRequests(at(moment), its.auth)
async function ask(to: Actor | undefined): Promise<ExpertRequestView> {
  const input = RequestExpert.parse({ skill: 'security', purpose: 'Guests.', expert: to?.personId ?? null })
  const { requests } = await requestExpert(its.as(rita!), its.auth, rita!, { ...input, customerId: 'contoso' })
  return requests[0]!
}
const found = async (id: string, moment = ASKED) => (await findExpertRequest(at(moment), SYSTEM, id))!
const told = async (person: Actor | undefined) => {
  const { rows } = await its.owner.query<{ summary: { en: string } }>(
    `select summary from notification where person_id = $1 and kind = 'expert-waiting' order by made_at`,
    [person?.personId],
  )
  return rows.map(row => row.summary.en)
}
const NOTHING = { reminded: 0, escalated: 0 }

test('on the day it is due the expert is reminded once; when the day is over the lead hears of it once', async () => {
  const { id, acknowledgeBy, decideBy } = await ask(eva)
  // The Friday is a holiday of Rita's team.
  expect([acknowledgeBy, decideBy]).toEqual(['2026-11-23', '2026-11-27'])
  expect(await remind('2026-11-20T15:00:00Z')).toEqual(NOTHING)
  // Before the team's day begins, although it is the day.
  expect(await remind('2026-11-23T11:59:00Z')).toEqual(NOTHING)
  expect(await remind('2026-11-23T12:35:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect(await remind('2026-11-23T15:35:00Z')).toEqual(NOTHING)
  expect(await told(eva)).toEqual(['Rita still waits for your answer: Security for Contoso'])
  expect((await found(id, '2026-11-24T02:00:00Z')).isLate).toBe(false)
  expect((await found(id, '2026-11-24T12:00:00Z')).isLate).toBe(true)
  expect(await remind('2026-11-24T12:35:00Z')).toEqual({ reminded: 0, escalated: 1 })
  for (const later of ['2026-11-24T15:35:00Z', '2026-11-30T15:35:00Z']) expect(await remind(later)).toEqual(NOTHING)
  expect(await told(lead)).toEqual(['Eva has not answered the request: Security for Contoso'])
  expect([await told(chief), await told(otto)]).toEqual([[], []])
  expect(await found(id)).toMatchObject({ escalatedTo: { name: 'Lea' }, remindedAt: '2026-11-23T12:35:00.000Z' })
})

test('who looks into it in time is reminded of the decision alone', async () => {
  const { id: request, version } = await ask(eva)
  await answerExpertRequest(its.as(eva!), eva!, { request, answer: 'acknowledge', version })
  expect(await remind('2026-11-26T15:00:00Z')).toEqual(NOTHING)
  expect(await remind('2026-11-27T15:00:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect(await remind('2026-11-30T15:00:00Z')).toEqual({ reminded: 0, escalated: 1 })
})

test('what waits in the queue reminds every matching expert, and the lead hears that nobody took it', async () => {
  await ask(undefined)
  expect(await remind('2026-11-23T15:00:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect([await told(eva), await told(otto)]).toEqual([['Rita still waits for your answer: Security for Contoso'], []])
  expect(await remind('2026-11-24T15:00:00Z')).toEqual({ reminded: 0, escalated: 1 })
  expect(await told(lead)).toEqual(['No expert has taken up the request: Security for Contoso'])
})

test('a question reminds whoever asked, and the answer to it begins the days anew', async () => {
  const { id: request, version } = await ask(eva)
  await writeExpertRequest(its.as(eva!), eva!, { request, body: 'Which?', version })
  expect(await remind('2026-11-27T15:00:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect([await told(rita), await told(eva)]).toEqual([['Eva still waits for your answer: Security for Contoso'], []])
  const asked = await found(request)
  await writeExpertRequest(at('2026-11-30T15:00:00Z', rita!), rita!, { request, body: 'Those.', version: asked.version })
  expect(await found(request)).toMatchObject({ state: 'open', dueOn: '2026-12-07', remindedAt: null })
  expect(await remind('2026-12-04T15:00:00Z')).toEqual(NOTHING)
  expect(await remind('2026-12-07T15:00:00Z')).toEqual({ reminded: 1, escalated: 0 })
})

test('a worker that was away for weeks reminds first and tells the lead a day after', async () => {
  await ask(eva)
  expect(await remind('2026-12-21T15:00:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect(await remind('2026-12-21T16:00:00Z')).toEqual(NOTHING)
  expect(await remind('2026-12-22T15:00:00Z')).toEqual({ reminded: 0, escalated: 1 })
})

test('two workers at once remind once, and what was answered is left alone', async () => {
  const { id: request, version } = await ask(eva)
  const both = await Promise.all([remind('2026-11-23T15:00:00Z'), remind('2026-11-23T15:00:00Z')])
  expect(both.map(each => each.reminded).sort()).toEqual([0, 1])
  await answerExpertRequest(its.as(eva!), eva!, { request, answer: 'accept', version })
  expect(await remind('2027-01-15T15:00:00Z')).toEqual(NOTHING)
})

test('where there is nobody to tell it is said, and tried again', async () => {
  await ask(eva)
  await remind('2026-11-23T15:00:00Z')
  const said: string[] = []
  const alone: Context = { ...at('2026-11-24T15:00:00Z'), log: (_, message) => void said.push(message) }
  expect(await remindExpertRequests(alone, NO_PEOPLE)).toEqual(NOTHING)
  expect(said).toEqual([expect.stringMatching(/^request for an expert .*there is no lead/)])
  expect(await remind('2026-11-24T16:00:00Z')).toEqual({ reminded: 0, escalated: 1 })
})
