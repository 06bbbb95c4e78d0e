import type { AccessRight, SessionView } from '../model/api.ts'
import type { CustomerHandshakes } from '../model/handshake-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { Sent, TestApi } from './testing.ts'

const HERE = '/customers/contoso/handshakes'
const NOBODY = '/customers/nobody/handshakes'
const NO_HANDSHAKE = '00000000-0000-4000-8000-000000000000'
const CALENDAR = {
  timeZone: 'America/Sao_Paulo',
  workDays: [1, 2, 3, 4, 5],
  from: '08:30',
  until: '17:30',
  holidays: [{ day: '2026-12-25', name: 'Natal' }],
}

async function ask<Answer>(api: TestApi, method: string, sent: Sent, as: AccessRight = 'administrator'): Promise<Answer> {
  const response = await api.send(method, sent, as)
  if (!response.ok) throw new Error(`${method} ${sent.path}: ${await response.text()}`)
  // The tests hold each answer against its schema.
  return (await response.json()) as Answer
}

/** Nothing of Teams is open and nobody leads it, so that it can be offered; whoever asks is its customer success manager. */
async function free(api: TestApi, as: AccessRight): Promise<string> {
  const { person: asking } = await ask<SessionView>(api, 'get', { path: '/session' }, as)
  const person = asking?.id ?? ''
  const body = { person, role: 'customer-success-manager', version: await api.version() }
  // Refused when the person has been since the call before.
  await api.send('post', { path: '/customers/contoso/assignments', body }, 'administrator')
  const { handshakes } = await ask<CustomerHandshakes>(api, 'get', { path: HERE })
  for (const { id, may, version } of handshakes) {
    if (may.withdraw.ok) await ask(api, 'post', { path: `${HERE}/${id}/withdrawal`, body: { version } })
    else if (may.decline.ok) {
      await ask(api, 'post', { path: `${HERE}/${id}/answer`, body: { answer: 'decline', reason: 'for the next one', version } })
    }
  }
  return person
}

/** A handshake that whoever asks may answer. */
async function offered(api: TestApi, as: AccessRight) {
  const to = await free(api, as)
  const { handshakes } = await ask<CustomerHandshakes>(api, 'post', { path: HERE, body: { services: ['teams'], to } })
  const open = handshakes.find(each => each.state === 'offered')
  if (!open) throw new Error('nothing was offered')
  return { path: `${HERE}/${open.id}`, version: open.version }
}

async function newTeam(api: TestApi): Promise<string> {
  await ask(api, 'put', { path: '/teams/calendar-team', body: { name: 'A team', members: [] } })
  return '/teams/calendar-team/calendar'
}

/** One entry per route of `handshake-routes.ts`, for `routes.test.ts`. */
export const HANDSHAKE_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /handshakes': {
    good: () => ({ path: '/handshakes?box=all&state=any&service=teams&q=con&limit=10&cursor=0' }),
    bad: [
      { path: '/handshakes?box=mine' },
      { path: '/handshakes?state=old' },
      { path: '/handshakes?limit=0' },
      { path: '/handshakes?cursor=x' },
    ],
    missing: [],
  },
  'get /handshakes/load': { good: () => ({ path: '/handshakes/load' }), bad: [], missing: [] },
  'get /customers/:id/handshakes': {
    good: () => ({ path: HERE }),
    bad: [{ path: '/customers/Con_toso/handshakes' }],
    missing: [{ path: NOBODY }],
  },
  'post /customers/:id/handshakes': {
    good: async (api, as) => ({ path: HERE, body: { services: ['teams'], to: await free(api, as), message: 'Yours?' } }),
    bad: [
      { path: HERE, body: { services: [] } },
      { path: HERE, body: { services: ['Te_ams'] } },
      { path: HERE, body: { services: ['exchange'] } },
      { path: HERE, body: { services: ['yammer'] } },
      { path: HERE, body: { services: ['teams'], message: '' } },
      { path: HERE, body: { services: ['teams'], to: 'nobody' } },
      { path: HERE, body: { services: ['teams'], surprise: true } },
    ],
    missing: [{ path: NOBODY, body: { services: ['teams'] } }],
  },
  'post /customers/:id/handshakes/:handshake/answer': {
    good: async (api, as) => {
      const { path, version } = await offered(api, as)
      return { path: `${path}/answer`, body: { answer: 'accept', version } }
    },
    bad: [
      { path: `${HERE}/1/answer`, body: { answer: 'accept', version: 0 } },
      { path: `${HERE}/${NO_HANDSHAKE}/answer`, body: { answer: 'maybe', version: 0 } },
      { path: `${HERE}/${NO_HANDSHAKE}/answer`, body: { answer: 'decline', version: 0 } },
      { path: `${HERE}/${NO_HANDSHAKE}/answer`, body: { answer: 'decline', reason: ' ', version: 0 } },
    ],
    missing: [
      { path: `${HERE}/${NO_HANDSHAKE}/answer`, body: { answer: 'accept', version: 0 } },
      { path: `${NOBODY}/${NO_HANDSHAKE}/answer`, body: { answer: 'accept', version: 0 } },
    ],
  },
  'post /customers/:id/handshakes/:handshake/messages': {
    good: async (api, as) => {
      const { path, version } = await offered(api, as)
      return { path: `${path}/messages`, body: { body: 'Since when?', version } }
    },
    bad: [
      { path: `${HERE}/${NO_HANDSHAKE}/messages`, body: { body: '', version: 0 } },
      { path: `${HERE}/${NO_HANDSHAKE}/messages`, body: { body: 'x'.repeat(4001), version: 0 } },
    ],
    missing: [{ path: `${HERE}/${NO_HANDSHAKE}/messages`, body: { body: 'Since when?', version: 0 } }],
  },
  'post /customers/:id/handshakes/:handshake/withdrawal': {
    good: async (api, as) => {
      const { path, version } = await offered(api, as)
      return { path: `${path}/withdrawal`, body: { version } }
    },
    bad: [{ path: `${HERE}/${NO_HANDSHAKE}/withdrawal`, body: {} }],
    missing: [{ path: `${HERE}/${NO_HANDSHAKE}/withdrawal`, body: { version: 0 } }],
  },
  'get /teams/:team/calendar': {
    good: async api => ({ path: await newTeam(api) }),
    bad: [{ path: '/teams/South/calendar' }],
    missing: [{ path: '/teams/no-such-team/calendar' }],
  },
  'put /teams/:team/calendar': {
    good: async api => ({ path: await newTeam(api), body: CALENDAR }),
    bad: [
      { path: '/teams/no-such-team/calendar', body: { ...CALENDAR, timeZone: 'Mars/Olympus' } },
      { path: '/teams/no-such-team/calendar', body: { ...CALENDAR, workDays: [] } },
      { path: '/teams/no-such-team/calendar', body: { ...CALENDAR, workDays: [1, 1] } },
      { path: '/teams/no-such-team/calendar', body: { ...CALENDAR, workDays: [8] } },
      { path: '/teams/no-such-team/calendar', body: { ...CALENDAR, from: '18:00', until: '09:00' } },
      { path: '/teams/no-such-team/calendar', body: { ...CALENDAR, from: '9' } },
      { path: '/teams/no-such-team/calendar', body: { ...CALENDAR, holidays: [{ day: '2026-02-30', name: 'Never' }] } },
      { path: '/teams/no-such-team/calendar', body: { ...CALENDAR, holidays: [...CALENDAR.holidays, ...CALENDAR.holidays] } },
    ],
    missing: [{ path: '/teams/no-such-team/calendar', body: CALENDAR }],
  },
}
