import type { CalendarConnection } from '../model/calendar-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import { CONNECTION } from './connection-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/calendar-connection'

async function ask(api: TestApi, method: string, body?: unknown): Promise<CalendarConnection> {
  const response = await api.send(method, { path: HERE, ...(body === undefined ? {} : { body }) }, 'administrator')
  if (response.status !== 200) throw new Error(`${method} ${HERE}: ${response.status} ${await response.text()}`)
  // The tests hold each answer against its schema.
  return (await response.json()) as CalendarConnection
}
const versionOf = async (api: TestApi) => (await ask(api, 'get')).connection?.version ?? 0
async function connected(api: TestApi): Promise<void> {
  if ((await versionOf(api)) === 0) await ask(api, 'put', { ...CONNECTION, enabled: false, version: 0 })
}

/** One entry per route of the calendars. */
export const CALENDAR_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /calendar-connection': { good: () => ({ path: HERE }), bad: [], missing: [] },
  'put /calendar-connection': {
    good: async api => ({ path: HERE, body: { ...CONNECTION, enabled: false, version: await versionOf(api) } }),
    bad: [
      { path: HERE, body: { ...CONNECTION, directory: 'common', version: 0 } },
      { path: HERE, body: { ...CONNECTION, clientId: 'the app', version: 0 } },
      { path: HERE, body: { ...CONNECTION, cloud: 'simulator', version: 0 } },
      { path: HERE, body: { ...CONNECTION, credential: { kind: 'secret', secret: '' }, version: 0 } },
      { path: HERE, body: CONNECTION },
      { path: HERE, body: { ...CONNECTION, mailbox: 'x', version: 0 } },
    ],
    missing: [],
  },
  'delete /calendar-connection': {
    good: async api => {
      await connected(api)
      return { path: HERE }
    },
    bad: [],
    missing: [],
  },
  'post /calendar-connection/test': {
    good: async api => {
      await connected(api)
      return { path: `${HERE}/test` }
    },
    bad: [],
    missing: [],
  },
}
