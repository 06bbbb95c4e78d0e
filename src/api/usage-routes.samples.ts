import type { CustomerView, ImportResult } from '../model/api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const NO_IMPORT = '00000000-0000-4000-8000-000000000000'
const body = { kind: 'assigned', seats: null, version: 0 }
let made = 0

/** The id of an import that was just made. */
async function imported(api: TestApi): Promise<string> {
  const person = `2026-11-18,user-${++made}@contoso.example,Yes,False,2026-11-17,1,1,30`
  const file = `Report Refresh Date,User Principal Name,Is Licensed,Is Deleted,Last Activity Date,Team Chat Message Count,Private Chat Message Count,Report Period\n${person}\n`
  const response = await api.send('put', { path: `${HERE}/reports/teams-${made}.csv?tenant=contoso-main`, file }, 'administrator')
  // The tests hold each answer against its schema.
  const { import: id } = (await response.json()) as ImportResult
  return id ?? NO_IMPORT
}

async function versionHere(api: TestApi): Promise<number> {
  const response = await api.send('get', { path: HERE }, 'administrator')
  return ((await response.json()) as CustomerView).version
}

/** One entry per route of `usage-routes.ts`, for `routes.test.ts`. */
export const USAGE_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/imports': {
    good: () => ({ path: `${HERE}/imports?tenant=contoso-main` }),
    bad: [{ path: '/customers/Con_toso/imports' }, { path: `${HERE}/imports?cursor=12` }, { path: `${HERE}/imports?tenant=a%20b` }],
    missing: [{ path: `${NOBODY}/imports` }],
  },
  'delete /customers/:id/imports/:import': {
    good: async api => ({ path: `${HERE}/imports/${await imported(api)}` }),
    bad: [{ path: `${HERE}/imports/12` }],
    missing: [{ path: `${NOBODY}/imports/${NO_IMPORT}` }, { path: `${HERE}/imports/${NO_IMPORT}` }],
  },
  'put /customers/:id/services/:service/denominator': {
    good: async api => ({
      path: `${HERE}/services/teams/denominator`,
      body: { kind: 'custom', seats: 100 + ++made, version: await versionHere(api) },
    }),
    bad: [
      { path: `${HERE}/services/teams/denominator`, body: { ...body, kind: 'custom' } },
      { path: `${HERE}/services/teams/denominator`, body: { ...body, seats: 5 } },
      { path: `${HERE}/services/teams/denominator`, body: { ...body, kind: 'most' } },
      { path: `${HERE}/services/teams/denominator`, body: { ...body, version: 1_000_000 } },
      { path: `${HERE}/services/teams/denominator`, body: { ...body, surprise: true } },
      { path: `${HERE}/services/yammer/denominator`, body },
      { path: `${HERE}/services/Te_ams/denominator`, body },
    ],
    missing: [{ path: `${NOBODY}/services/teams/denominator`, body }],
  },
  'get /customers/:id/services/:service/people': {
    good: () => ({ path: `${HERE}/services/teams/people` }),
    bad: [{ path: `${HERE}/services/Te_ams/people` }],
    missing: [{ path: `${NOBODY}/services/teams/people` }],
  },
  'get /customers/:id/usage/export': {
    good: () => ({ path: `${HERE}/usage/export?days=90` }),
    bad: [{ path: `${HERE}/usage/export?days=0` }, { path: '/customers/Con_toso/usage/export' }],
    missing: [{ path: `${NOBODY}/usage/export` }],
  },
  'get /usage/alerts': { good: () => ({ path: '/usage/alerts' }), bad: [], missing: [] },
}
