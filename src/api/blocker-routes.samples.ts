import type { BlockersView, BlockerView } from '../model/blocker-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso/blockers'
const NOBODY = '/customers/nobody/blockers'
const NONE = '00000000-0000-4000-8000-000000000000'
export const BLOCKER = {
  title: 'Sign-in is not federated',
  services: ['teams'],
  items: [],
  reason: 'identity',
  seats: 120,
  owner: null,
  nextAction: 'Call the identity team',
  nextActionOn: '2026-11-25',
}

/** A blocker made for this, as the API tells it. */
export async function madeBlocker(api: TestApi, resolved = false): Promise<BlockerView> {
  const send = async (path: string, body: unknown): Promise<BlockersView> => {
    const response = await api.send('post', { path, body }, 'administrator')
    if (!response.ok) throw new Error(await response.text())
    // The tests hold each answer against its schema.
    return (await response.json()) as BlockersView
  }
  const title = `Made ${++made}`
  const of = ({ blockers }: BlockersView): BlockerView => {
    const found = blockers.find(each => each.title === title)
    if (!found) throw new Error(`no blocker ${title}`)
    return found
  }
  const opened = of(await send(HERE, { ...BLOCKER, title }))
  return resolved ? of(await send(`${HERE}/${opened.id}/resolution`, { resolution: 'Done', version: opened.version })) : opened
}
let made = 0

/** One entry per route of `blocker-routes.ts`, for `routes.test.ts`. */
export const BLOCKER_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/blockers': {
    good: () => ({ path: HERE }),
    bad: [{ path: '/customers/Con_toso/blockers' }],
    missing: [{ path: NOBODY }],
  },
  'post /customers/:id/blockers': {
    good: () => ({ path: HERE, body: BLOCKER }),
    bad: [
      { path: HERE, body: { ...BLOCKER, title: ' ' } },
      { path: HERE, body: { ...BLOCKER, seats: -1 } },
      { path: HERE, body: { ...BLOCKER, reason: 'no-such-reason' } },
      { path: HERE, body: { ...BLOCKER, services: ['no-such-service'] } },
      { path: HERE, body: { ...BLOCKER, services: ['teams', 'teams'] } },
      { path: HERE, body: { ...BLOCKER, items: ['no/such/item'] } },
      { path: HERE, body: { ...BLOCKER, owner: 'nobody' } },
      { path: HERE, body: { ...BLOCKER, nextAction: null } },
      { path: HERE, body: { ...BLOCKER, nextActionOn: '2026-02-30' } },
      { path: HERE, body: { ...BLOCKER, surprise: true } },
    ],
    missing: [{ path: NOBODY, body: BLOCKER }],
  },
  'put /customers/:id/blockers/:blocker': {
    good: async api => {
      const { id, version } = await madeBlocker(api)
      return { path: `${HERE}/${id}`, body: { ...BLOCKER, seats: 90, version } }
    },
    bad: [
      { path: `${HERE}/${NONE}`, body: BLOCKER },
      { path: `${HERE}/${NONE}`, body: { ...BLOCKER, version: 0 } },
    ],
    missing: [
      { path: `${NOBODY}/${NONE}`, body: { ...BLOCKER, version: 1 } },
      { path: `${HERE}/${NONE}`, body: { ...BLOCKER, version: 1 } },
      { path: `${HERE}/none`, body: { ...BLOCKER, version: 1 } },
    ],
  },
  'post /customers/:id/blockers/:blocker/resolution': {
    good: async api => {
      const { id, version } = await madeBlocker(api)
      return { path: `${HERE}/${id}/resolution`, body: { resolution: 'Federated', version } }
    },
    bad: [
      { path: `${HERE}/${NONE}/resolution`, body: { resolution: ' ', version: 1 } },
      { path: `${HERE}/${NONE}/resolution`, body: { resolution: 'Federated' } },
    ],
    missing: [
      { path: `${NOBODY}/${NONE}/resolution`, body: { resolution: 'Federated', version: 1 } },
      { path: `${HERE}/${NONE}/resolution`, body: { resolution: 'Federated', version: 1 } },
    ],
  },
  'delete /customers/:id/blockers/:blocker/resolution': {
    good: async api => {
      const { id, version } = await madeBlocker(api, true)
      return { path: `${HERE}/${id}/resolution?version=${version}` }
    },
    bad: [{ path: `${HERE}/${NONE}/resolution` }, { path: `${HERE}/${NONE}/resolution?version=new` }],
    missing: [{ path: `${NOBODY}/${NONE}/resolution?version=1` }, { path: `${HERE}/${NONE}/resolution?version=1` }],
  },
  'get /blockers': {
    good: async api => {
      await madeBlocker(api)
      return { path: '/blockers?state=open&service=teams&reason=identity&q=con&limit=10&cursor=0' }
    },
    bad: [
      { path: '/blockers?limit=0' },
      { path: '/blockers?state=maybe' },
      { path: '/blockers?cursor=abc' },
      { path: '/blockers?mine=perhaps' },
    ],
    missing: [],
  },
  'get /blockers/export': {
    good: () => ({ path: '/blockers/export?state=open' }),
    bad: [{ path: '/blockers/export?state=maybe' }, { path: `/blockers/export?q=${'x'.repeat(201)}` }],
    missing: [],
  },
}
