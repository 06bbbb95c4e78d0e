import type { SyncRunView, TenantConnections } from '../model/usage-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const CUSTOMER = '/customers/contoso'
const HERE = `${CUSTOMER}/tenants/contoso-main`
const NOBODY = '/customers/nobody/tenants/contoso-main'
const NO_TENANT = `${CUSTOMER}/tenants/no-such-tenant`
const NO_RUN = '00000000-0000-4000-8000-000000000000'

export const CONNECTION = {
  cloud: 'global',
  directory: 'contoso.example',
  clientId: '5f1d7c0e-3d35-4b0e-9d0a-2a3f6f0c9a11',
  credential: { kind: 'secret', secret: 'not a secret of anybody' },
  enabled: true,
}

async function ask<T>(api: TestApi, method: string, path: string, body?: unknown): Promise<T> {
  const response = await api.send(method, { path, ...(body === undefined ? {} : { body }) }, 'administrator')
  if (response.status !== 200) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  // The tests hold each answer against its schema.
  return (await response.json()) as T
}

/** The version of the connection, 0 where there is none. */
async function versionOf(api: TestApi): Promise<number> {
  const { tenants } = await ask<TenantConnections>(api, 'get', `${CUSTOMER}/connections`)
  return tenants.find(each => each.id === 'contoso-main')?.connection?.version ?? 0
}

/** The tenant connected, however often. */
async function connected(api: TestApi): Promise<void> {
  if ((await versionOf(api)) === 0) await ask(api, 'put', `${HERE}/connection`, { ...CONNECTION, version: 0 })
}

async function runOf(api: TestApi): Promise<string> {
  await connected(api)
  return (await ask<SyncRunView>(api, 'post', `${HERE}/connection/runs`)).id
}

/** One entry per route of connections. */
export const CONNECTION_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /usage/connections': {
    good: async api => {
      await connected(api)
      return { path: '/usage/connections?state=untested&q=conto&limit=10' }
    },
    bad: [
      { path: '/usage/connections?state=fine' },
      { path: '/usage/connections?limit=0' },
      { path: '/usage/connections?limit=201' },
      { path: '/usage/connections?cursor=abc' },
      { path: `/usage/connections?q=${'x'.repeat(201)}` },
    ],
    missing: [],
  },
  'get /customers/:id/connections': {
    good: async api => {
      await connected(api)
      return { path: `${CUSTOMER}/connections` }
    },
    bad: [{ path: '/customers/Con_toso/connections' }],
    missing: [{ path: '/customers/nobody/connections' }],
  },
  'put /customers/:id/tenants/:tenant/connection': {
    good: async api => ({ path: `${HERE}/connection`, body: { ...CONNECTION, version: await versionOf(api) } }),
    bad: [
      { path: `${HERE}/connection`, body: { ...CONNECTION, directory: 'common', version: 0 } },
      { path: `${HERE}/connection`, body: { ...CONNECTION, directory: '../contoso', version: 0 } },
      { path: `${HERE}/connection`, body: { ...CONNECTION, clientId: 'the app', version: 0 } },
      { path: `${HERE}/connection`, body: { ...CONNECTION, cloud: 'moon', version: 0 } },
      { path: `${HERE}/connection`, body: { ...CONNECTION, cloud: 'simulator', version: 0 } },
      { path: `${HERE}/connection`, body: { ...CONNECTION, credential: { kind: 'secret', secret: '' }, version: 0 } },
      { path: `${HERE}/connection`, body: { ...CONNECTION, credential: { kind: 'password', password: 'x' }, version: 0 } },
      { path: `${HERE}/connection`, body: CONNECTION },
      { path: `${HERE}/connection`, body: { ...CONNECTION, state: 'ok', version: 0 } },
      { path: `${CUSTOMER}/tenants/..%2Fx/connection`, body: { ...CONNECTION, version: 0 } },
    ],
    missing: [
      { path: `${NOBODY}/connection`, body: { ...CONNECTION, version: 0 } },
      { path: `${NO_TENANT}/connection`, body: { ...CONNECTION, version: 0 } },
    ],
  },
  'delete /customers/:id/tenants/:tenant/connection': {
    good: async api => {
      await connected(api)
      return { path: `${HERE}/connection` }
    },
    bad: [{ path: `${CUSTOMER}/tenants/${'x'.repeat(101)}/connection` }],
    missing: [{ path: `${NOBODY}/connection` }, { path: `${NO_TENANT}/connection` }],
  },
  'post /customers/:id/tenants/:tenant/connection/test': {
    good: async api => {
      await connected(api)
      return { path: `${HERE}/connection/test` }
    },
    bad: [{ path: `${CUSTOMER}/tenants/${'x'.repeat(101)}/connection/test` }],
    missing: [{ path: `${NOBODY}/connection/test` }, { path: `${NO_TENANT}/connection/test` }],
  },
  'post /customers/:id/tenants/:tenant/connection/runs': {
    good: async api => {
      await connected(api)
      return { path: `${HERE}/connection/runs` }
    },
    bad: [{ path: `${CUSTOMER}/tenants/${'x'.repeat(101)}/connection/runs` }],
    missing: [{ path: `${NOBODY}/connection/runs` }, { path: `${NO_TENANT}/connection/runs` }],
  },
  'get /customers/:id/tenants/:tenant/connection/runs/:run': {
    good: async api => ({ path: `${HERE}/connection/runs/${await runOf(api)}` }),
    bad: [{ path: `${HERE}/connection/runs/${'x'.repeat(101)}` }],
    missing: [
      { path: `${NOBODY}/connection/runs/${NO_RUN}` },
      { path: `${HERE}/connection/runs/${NO_RUN}` },
      { path: `${HERE}/connection/runs/none` },
    ],
  },
  'delete /customers/:id/tenants/:tenant/connection/runs/:run': {
    good: async api => ({ path: `${HERE}/connection/runs/${await runOf(api)}` }),
    bad: [{ path: `${HERE}/connection/runs/${'x'.repeat(101)}` }],
    missing: [{ path: `${NOBODY}/connection/runs/${NO_RUN}` }, { path: `${HERE}/connection/runs/${NO_RUN}` }],
  },
  'put /customers/:id/tenants/:tenant/people': {
    good: () => ({ path: `${HERE}/people`, body: { allowed: true } }),
    bad: [
      { path: `${HERE}/people`, body: { allowed: 'yes' } },
      { path: `${HERE}/people`, body: {} },
    ],
    missing: [
      { path: `${NOBODY}/people`, body: { allowed: true } },
      { path: `${NO_TENANT}/people`, body: { allowed: true } },
    ],
  },
}
