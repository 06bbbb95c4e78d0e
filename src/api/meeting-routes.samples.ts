import type { AccessRight } from '../model/api.ts'
import type { CustomerMeetings, MeetingView } from '../model/meeting-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const NONE = '00000000-0000-4000-8000-000000000000'
const series = {
  kind: 'customer',
  title: 'Check-in',
  rule: 'FREQ=WEEKLY',
  startsLocal: '2026-12-01T10:00',
  timeZone: 'Europe/Lisbon',
  minutes: 30,
}
const { rule: _, ...meeting } = { ...series, attendees: [] }
const { kind: __, ...change } = meeting

async function ask<T>(api: TestApi, path: string, body: unknown, as: AccessRight): Promise<T> {
  const response = await api.send('post', { path, body }, as)
  if (!response.ok) throw new Error(await response.text())
  // The tests hold each answer against its schema.
  return (await response.json()) as T
}
const made = (api: TestApi, as: AccessRight = 'administrator') => ask<MeetingView>(api, `${HERE}/meetings`, meeting, as)
/** One that has begun, so that it can have been held. */
const begun = (api: TestApi) => ask<MeetingView>(api, `${HERE}/meetings`, { ...meeting, startsLocal: '2026-11-20T10:00' }, 'administrator')
async function begin(api: TestApi): Promise<CustomerMeetings['cadences'][number]> {
  const { cadences } = await ask<CustomerMeetings>(api, `${HERE}/cadences`, series, 'administrator')
  const newest = cadences.filter(each => each.endedAt === null).reduce((a, b) => (a.version > b.version ? a : b))
  return newest
}

/** One entry per route of `meeting-routes.ts`, for `routes.test.ts`. */
export const MEETING_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /meetings': {
    good: () => ({ path: '/meetings?from=2026-11-01&to=2026-12-31&kind=customer&state=scheduled&mine=true&q=con&limit=10&cursor=0' }),
    bad: ['from=soon', 'kind=party', 'state=maybe', 'limit=0', 'cursor=x', `q=${'x'.repeat(201)}`].map(query => ({
      path: `/meetings?${query}`,
    })),
    missing: [],
  },
  'get /meetings/overdue': {
    good: () => ({ path: '/meetings/overdue?mine=false&limit=10' }),
    bad: [{ path: '/meetings/overdue?limit=201' }, { path: '/meetings/overdue?mine=maybe' }],
    missing: [],
  },
  'post /cadence-preview': {
    good: () => ({ path: '/cadence-preview', body: { rule: 'FREQ=MONTHLY;BYDAY=1TU', startsLocal: '2026-12-01T10:00', timeZone: 'UTC' } }),
    bad: [
      { path: '/cadence-preview', body: { rule: 'FREQ=YEARLY', startsLocal: '2026-12-01T10:00', timeZone: 'UTC' } },
      { path: '/cadence-preview', body: { rule: 'FREQ=DAILY', startsLocal: '2026-02-30T10:00', timeZone: 'UTC' } },
      { path: '/cadence-preview', body: { rule: 'FREQ=DAILY', startsLocal: '2026-12-01T10:00', timeZone: 'Mars/Crater' } },
    ],
    missing: [],
  },
  'get /customers/:id/meetings': {
    good: () => ({ path: `${HERE}/meetings?cursor=0` }),
    bad: [{ path: '/customers/Con_toso/meetings' }, { path: `${HERE}/meetings?cursor=new` }],
    missing: [{ path: `${NOBODY}/meetings` }],
  },
  'post /customers/:id/cadences': {
    good: () => ({ path: `${HERE}/cadences`, body: series }),
    bad: [
      { path: `${HERE}/cadences`, body: { ...series, rule: 'FREQ=SECONDLY' } },
      { path: `${HERE}/cadences`, body: { ...series, minutes: 4 } },
      { path: `${HERE}/cadences`, body: { ...series, title: 'two\nlines' } },
      { path: `${HERE}/cadences`, body: { ...series, attendees: [{ contact: NONE }] } },
      { path: `${HERE}/cadences`, body: { ...series, attendees: [{ contact: NONE, person: 'both' }] } },
      { path: `${HERE}/cadences`, body: { ...series, organizer: 'nobody' } },
      { path: `${HERE}/cadences`, body: { ...series, services: ['fax'] } },
      { path: `${HERE}/cadences`, body: { ...series, surprise: true } },
    ],
    missing: [{ path: `${NOBODY}/cadences`, body: series }],
  },
  'put /customers/:id/cadences/:cadence': {
    good: async api => {
      const { id, version } = await begin(api)
      return { path: `${HERE}/cadences/${id}`, body: { ...series, startsLocal: '2026-12-02T11:00', version } }
    },
    bad: [
      { path: `${HERE}/cadences/first`, body: { ...series, version: 1 } },
      { path: `${HERE}/cadences/${NONE}`, body: series },
    ],
    missing: [
      { path: `${HERE}/cadences/${NONE}`, body: { ...series, version: 1 } },
      { path: `${NOBODY}/cadences/${NONE}`, body: { ...series, version: 1 } },
    ],
  },
  'post /customers/:id/cadences/:cadence/end': {
    good: async api => {
      const { id, version } = await begin(api)
      return { path: `${HERE}/cadences/${id}/end`, body: { version } }
    },
    bad: [{ path: `${HERE}/cadences/${NONE}/end`, body: {} }],
    missing: [
      { path: `${HERE}/cadences/${NONE}/end`, body: { version: 1 } },
      { path: `${NOBODY}/cadences/${NONE}/end`, body: { version: 1 } },
    ],
  },
  'post /customers/:id/meetings': {
    good: () => ({ path: `${HERE}/meetings`, body: { ...meeting, agenda: '## Ours' } }),
    bad: [
      { path: `${HERE}/meetings`, body: { ...meeting, startsLocal: '2026-12-01' } },
      { path: `${HERE}/meetings`, body: { ...meeting, timeZone: '+03:00' } },
      { path: `${HERE}/meetings`, body: { ...meeting, items: ['no-such-item'] } },
      { path: `${HERE}/meetings`, body: { ...meeting, minutes: 1441 } },
      { path: `${HERE}/meetings`, body: { ...meeting, kind: 'party' } },
      { path: `${HERE}/meetings`, body: { ...meeting, attachDeck: true } },
    ],
    missing: [{ path: `${NOBODY}/meetings`, body: meeting }],
  },
  'get /customers/:id/meetings/:meeting': {
    good: async api => ({ path: `${HERE}/meetings/${(await made(api)).id}` }),
    bad: [{ path: `${HERE}/meetings/first` }],
    missing: [{ path: `${HERE}/meetings/${NONE}` }, { path: `${NOBODY}/meetings/${NONE}` }],
  },
  'put /customers/:id/meetings/:meeting': {
    good: async api => {
      const { id, version } = await made(api)
      return { path: `${HERE}/meetings/${id}`, body: { ...change, startsLocal: '2026-12-02T10:00', version } }
    },
    bad: [{ path: `${HERE}/meetings/${NONE}`, body: change }],
    missing: [
      { path: `${HERE}/meetings/${NONE}`, body: { ...change, version: 1 } },
      { path: `${NOBODY}/meetings/${NONE}`, body: { ...change, version: 1 } },
    ],
  },
  'post /customers/:id/meetings/:meeting/cancel': {
    good: async api => {
      const { id, version } = await made(api)
      return { path: `${HERE}/meetings/${id}/cancel`, body: { version } }
    },
    bad: [{ path: `${HERE}/meetings/${NONE}/cancel`, body: { version: 0 } }],
    missing: [
      { path: `${HERE}/meetings/${NONE}/cancel`, body: { version: 1 } },
      { path: `${NOBODY}/meetings/${NONE}/cancel`, body: { version: 1 } },
    ],
  },
  'post /customers/:id/meetings/:meeting/result': {
    good: async api => {
      const { id, version } = await begun(api)
      return { path: `${HERE}/meetings/${id}/result`, body: { state: 'held', outcome: 'Agreed', version } }
    },
    bad: [
      { path: `${HERE}/meetings/${NONE}/result`, body: { state: 'cancelled', version: 1 } },
      { path: `${HERE}/meetings/${NONE}/result`, body: { state: 'held' } },
    ],
    missing: [
      { path: `${HERE}/meetings/${NONE}/result`, body: { state: 'held', version: 1 } },
      { path: `${NOBODY}/meetings/${NONE}/result`, body: { state: 'held', version: 1 } },
    ],
  },
  'put /customers/:id/meetings/:meeting/notes': {
    good: async api => {
      const { id, version } = await made(api)
      return { path: `${HERE}/meetings/${id}/notes`, body: { agenda: '## Ours', notes: 'Said yes', outcome: 'A pilot', version } }
    },
    bad: [{ path: `${HERE}/meetings/${NONE}/notes`, body: { notes: 'x'.repeat(50_001), version: 1 } }],
    missing: [
      { path: `${HERE}/meetings/${NONE}/notes`, body: { version: 1 } },
      { path: `${NOBODY}/meetings/${NONE}/notes`, body: { version: 1 } },
    ],
  },
  'post /customers/:id/meetings/:meeting/agenda': {
    good: async api => {
      const written = { ...meeting, agenda: '## Ours' }
      const { id, version } = await ask<MeetingView>(api, `${HERE}/meetings`, written, 'administrator')
      return { path: `${HERE}/meetings/${id}/agenda`, body: { replace: true, version } }
    },
    bad: [{ path: `${HERE}/meetings/${NONE}/agenda`, body: { replace: 'yes', version: 1 } }],
    missing: [
      { path: `${HERE}/meetings/${NONE}/agenda`, body: { version: 1 } },
      { path: `${NOBODY}/meetings/${NONE}/agenda`, body: { version: 1 } },
    ],
  },
  'post /customers/:id/meetings/:meeting/follow-ups': {
    good: async api => ({
      path: `${HERE}/meetings/${(await made(api)).id}/follow-ups`,
      body: { title: 'Send the list', due: '2026-12-05' },
    }),
    bad: [{ path: `${HERE}/meetings/${NONE}/follow-ups`, body: { title: ' ' } }],
    missing: [
      { path: `${HERE}/meetings/${NONE}/follow-ups`, body: { title: 'Send the list' } },
      { path: `${NOBODY}/meetings/${NONE}/follow-ups`, body: { title: 'Send the list' } },
    ],
  },
  'get /me/calendar-feed': { good: () => ({ path: '/me/calendar-feed' }), bad: [], missing: [] },
  'post /me/calendar-feed': { good: () => ({ path: '/me/calendar-feed' }), bad: [], missing: [] },
  'delete /me/calendar-feed': { good: () => ({ path: '/me/calendar-feed' }), bad: [], missing: [] },
}
