import type { Sample } from './admin-routes.samples.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const ITEM = 'support-success-execution/csm-handshake/3731@teams'
const change = { item: ITEM, due: '2027-01-15' }
const followUp = { title: 'Send the list', service: 'teams', due: '2026-12-01' }

/** One entry per route of `item-routes.ts`, for `routes.test.ts`. */
export const ITEM_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/items': {
    good: () => ({ path: `${HERE}/items` }),
    bad: [{ path: '/customers/Con_toso/items' }],
    missing: [{ path: `${NOBODY}/items` }],
  },
  'post /customers/:id/items': {
    good: async api => ({ path: `${HERE}/items`, body: { changes: [change], version: await api.version() } }),
    bad: [
      { path: `${HERE}/items`, body: { changes: [], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [change, change], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [{ item: ITEM }], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [{ item: ITEM, due: '2027-02-30' }], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [{ item: ITEM, status: { status: 'blocked' } }], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [{ item: ITEM, title: 'Mine' }], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [{ item: ITEM, assignee: 'nobody' }], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [{ item: ITEM, stillDone: true }], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [change] } },
      { path: `${HERE}/items`, body: { changes: [{ ...change, surprise: 1 }], version: 0 } },
    ],
    missing: [
      { path: `${NOBODY}/items`, body: { changes: [change], version: 0 } },
      { path: `${HERE}/items`, body: { changes: [{ ...change, item: 'no-such-item' }], version: 0 } },
    ],
  },
  'post /customers/:id/follow-ups': {
    good: () => ({ path: `${HERE}/follow-ups`, body: followUp }),
    bad: [
      { path: `${HERE}/follow-ups`, body: { ...followUp, title: '  ' } },
      { path: `${HERE}/follow-ups`, body: { ...followUp, due: 'soon' } },
      { path: `${HERE}/follow-ups`, body: { ...followUp, service: 'fax' } },
      { path: `${HERE}/follow-ups`, body: { ...followUp, assignee: 'nobody' } },
      { path: `${HERE}/follow-ups`, body: { ...followUp, surprise: true } },
    ],
    missing: [{ path: `${NOBODY}/follow-ups`, body: followUp }],
  },
  'get /load': { good: () => ({ path: '/load' }), bad: [], missing: [] },
}
