import { afterEach, beforeEach, expect, test } from 'vitest'
import { AddAssignment } from '../../model/admin-api.ts'
import { addAssignment } from '../assignments/change.ts'
import type { Context } from '../context.ts'
import { NO_PEOPLE, type TestPeople, testPeople } from '../people/testing.ts'
import { type Actor, SYSTEM } from '../policy.ts'
import { saveTeam } from '../teams/teams.ts'
import { addTestCustomer } from '../testing.ts'
import { setTeamCalendar } from '../work-calendar/team-calendar.ts'
import { answerHandshake, writeHandshake } from './answer.ts'
import { getCustomerHandshakes } from './get-handshakes.ts'
import { offerHandshakes } from './offer.ts'
import { remindHandshakes } from './remind.ts'

let its: TestPeople
let [lead, chief, rita, ana]: Actor[] = []
// Thursday, 09:00 in São Paulo.
const OFFERED = '2026-11-19T12:00:00Z'
beforeEach(async () => {
  its = await testPeople(new Date(OFFERED))
  lead = await its.person('Lea', 'lead', 'team')
  chief = await its.person('Chief', 'lead', 'all')
  rita = await its.person('Rita', 'fasttrack-manager', 'all')
  ana = await its.person('Ana', 'customer-success-manager', 'customers')
  await saveTeam(its.as(chief), chief, { id: 'south', name: 'South', members: [lead.personId] })
  await setTeamCalendar(its.as(chief), chief, {
    id: 'south',
    timeZone: 'America/Sao_Paulo',
    workDays: [1, 2, 3, 4, 5],
    from: '09:00',
    until: '18:00',
    holidays: [{ day: day('2026-11-20'), name: 'Consciência Negra' }],
  })
  const teams = { intended: true, activatedOn: '2026-03-01' }
  await addTestCustomer(its.context, { customer: { id: 'contoso', name: 'Contoso' }, csm: { assigned: true }, services: { teams } }, 'main')
  await its.owner.query(`update customer set team_id = 'south'`)
  const input = AddAssignment.parse({ person: ana.personId, role: 'customer-success-manager', version: 0 })
  await addAssignment(its.as(chief), its.auth, chief, { ...input, customerId: 'contoso' })
  await offerHandshakes(its.as(rita), rita, { customerId: 'contoso', services: ['teams'], message: null })
})
afterEach(() => its.close())

// A day as the schema gives it.
const day = (text: string) => text as never
const at = (moment: string, actor: Actor = SYSTEM): Context => ({ ...its.as(actor), now: () => new Date(moment) })
const remind = (moment: string) => remindHandshakes(at(moment), its.auth)
const found = async () => (await getCustomerHandshakes(its.context, SYSTEM, 'contoso')).handshakes[0]!
const told = async (person: Actor) => {
  const { rows } = await its.owner.query<{ summary: { en: string } }>(
    `select summary from notification where person_id = $1 and kind = 'handshake-waiting' order by made_at`,
    [person.personId],
  )
  return rows.map(row => row.summary.en)
}
const NOTHING = { reminded: 0, escalated: 0 }

test('five working days on, over a weekend and a holiday, whoever is to answer is reminded once; two later the lead hears of it', async () => {
  // The Friday is a holiday: 23, 24, 25, 26, 27 November.
  expect((await found()).remindOn).toBe('2026-11-27')
  expect(await remind('2026-11-26T15:00:00Z')).toEqual(NOTHING)
  // Before the team's day begins, although it is the day.
  expect(await remind('2026-11-27T11:59:00Z')).toEqual(NOTHING)
  expect(await remind('2026-11-27T12:25:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect(await remind('2026-11-27T12:25:00Z')).toEqual(NOTHING)
  expect(await told(ana!)).toEqual(['Rita still waits for your answer on Teams of Contoso'])
  // A weekend later one working day has gone by.
  expect(await remind('2026-11-30T15:00:00Z')).toEqual(NOTHING)
  expect(await remind('2026-12-01T21:00:00Z')).toEqual(NOTHING)
  expect(await remind('2026-12-02T12:25:00Z')).toEqual({ reminded: 0, escalated: 1 })
  expect(await remind('2026-12-03T12:25:00Z')).toEqual(NOTHING)
  expect(await told(lead!)).toEqual(['Ana has not answered on Teams of Contoso'])
  expect([await told(chief!), await told(rita!)]).toEqual([[], []])
  expect(await found()).toMatchObject({ escalatedTo: { name: 'Lea' }, remindedAt: '2026-11-27T12:25:00.000Z' })
})

test('a worker that was away for weeks reminds first and escalates two working days after that', async () => {
  expect(await remind('2026-12-21T15:00:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect(await remind('2026-12-22T15:00:00Z')).toEqual(NOTHING)
  expect(await remind('2026-12-23T15:00:00Z')).toEqual({ reminded: 0, escalated: 1 })
})

test('two workers at once remind once', async () => {
  const both = await Promise.all([remind('2026-11-27T12:25:00Z'), remind('2026-11-27T12:25:00Z')])
  expect(both.map(each => each.reminded).sort()).toEqual([0, 1])
  expect(await told(ana!)).toHaveLength(1)
})

test('what was answered is left alone', async () => {
  const { id: handshake, version } = await found()
  await answerHandshake(its.as(ana!), ana!, { customerId: 'contoso', handshake, answer: 'accept', version })
  expect(await remind('2027-01-15T15:00:00Z')).toEqual(NOTHING)
})

test('a question reminds whoever offered, and the answer to it begins the days anew', async () => {
  const asked = await found()
  await writeHandshake(its.as(ana!), ana!, { customerId: 'contoso', handshake: asked.id, body: 'Who trains?', version: asked.version })
  expect(await remind('2026-11-27T15:00:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect([await told(rita!), await told(ana!)]).toEqual([['Ana still waits for your answer on Teams of Contoso'], []])
  const { id: handshake, version } = await found()
  await writeHandshake(at('2026-11-30T15:00:00Z', rita!), rita!, { customerId: 'contoso', handshake, body: 'We do.', version })
  expect(await found()).toMatchObject({ state: 'offered', remindOn: '2026-12-07', remindedAt: null })
  expect(await remind('2026-12-04T15:00:00Z')).toEqual(NOTHING)
  expect(await remind('2026-12-07T15:00:00Z')).toEqual({ reminded: 1, escalated: 0 })
  expect(await told(ana!)).toHaveLength(1)
})

test('where there is nobody to escalate to it is said, and tried again', async () => {
  await remind('2026-11-27T15:00:00Z')
  const said: string[] = []
  const alone: Context = { ...at('2026-12-01T15:00:00Z'), log: (_, message) => void said.push(message) }
  expect(await remindHandshakes(alone, NO_PEOPLE)).toEqual(NOTHING)
  expect(said).toEqual([expect.stringMatching(/^handshake .*there is no lead/)])
  expect(await remind('2026-12-01T16:00:00Z')).toEqual({ reminded: 0, escalated: 1 })
})
