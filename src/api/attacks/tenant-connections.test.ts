import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connecting } from '../../app/connections/connecting.ts'
import { syncUsage } from '../../app/sync/job.ts'
import { makeCertificate } from '../../graph/testing-certificate.ts'
import type { SyncRunView } from '../../model/usage-api.ts'
import { testOwner, textHolding } from '../../store/testing-text.ts'
import { CONNECTION } from '../connection-routes.samples.ts'
import { HERE, SAMPLES } from '../routes.samples.ts'
import { ROUTES } from '../routes.ts'
import { type TestApi, testApi } from '../testing.ts'

/** What a tenant signs in with: who tries to see it, and who tries to send it elsewhere. */
const SECRET = 'Zx8~never.to/be+seen"again'
const DIRECTORY = 'directory-of-contoso.example'
const TENANT = `${HERE}/tenants/contoso-main`
const CERTIFICATE = makeCertificate()
const logged: string[] = []
let api: TestApi
beforeAll(async () => {
  api = await testApi({ log: (...said) => void logged.push(JSON.stringify(said)) })
})
afterAll(() => api.close())

const given = (more: object = {}) => ({ ...CONNECTION, directory: DIRECTORY, credential: { kind: 'secret', secret: SECRET }, ...more })
const put = (body: unknown, headers: Record<string, string> = {}) =>
  api.raw('PUT', `${TENANT}/connection`, JSON.stringify(body), 'administrator', headers)
const sealed = () => testOwner(api.urls.owner, 'select sealed from graph_secret')

describe('a secret that was given once', () => {
  test('is in no answer, no table, no job and no line of the log, whatever became of the request', async () => {
    const answers: string[] = []
    const tell = async (response: Response) => void answers.push(await response.clone().text())
    const statuses: number[] = []
    for (const [body, headers] of [
      [given({ version: 0 }), { 'idempotency-key': 'with-a-secret' }],
      [given({ version: 0 }), { 'idempotency-key': 'with-a-secret' }],
      [given({ version: 0, directory: 'other.example' }), {}],
      [given({ version: 7 }), {}],
      [given({ version: 1, cloud: SECRET }), {}],
      [given({ version: 1, clientId: 'not an id' }), {}],
      [given({ version: 1, credential: { kind: SECRET, secret: SECRET } }), {}],
      [given({ version: 1, credential: { kind: 'secret', secret: SECRET, other: SECRET } }), {}],
      [given({ version: 1, credential: { kind: 'certificate', certificate: SECRET, privateKey: SECRET } }), {}],
      [given({ version: 1, credential: { kind: 'certificate', certificate: CERTIFICATE.certificate, privateKey: SECRET } }), {}],
    ] as const) {
      const response = await put(body, headers)
      statuses.push(response.status)
      await tell(response)
    }
    expect(statuses).toEqual([200, 200, 409, 400, 400, 400, 400, 400, 400, 400])
    await tell(await api.raw('POST', `${TENANT}/connection/test`, null, 'administrator'))
    const run = await api.raw('POST', `${TENANT}/connection/runs`, null, 'engineer')
    await tell(run)
    // A schema of the routes' own tests holds it.
    const { id } = (await run.json()) as SyncRunView
    const graph = connecting({ simulator: null, allowHosts: [], graphDownloads: [] }, api.context)
    const failing = {
      ...graph,
      open: (): never => {
        throw new Error('the disk is full')
      },
    }
    await syncUsage(
      { ...api.context, graph: failing },
      { data: { customer: 'contoso', run: id }, isLastTry: true, isStopping: () => false },
    ).catch(() => {})
    for (const route of ROUTES.filter(each => each.method === 'get' && each.path.includes('/connection'))) {
      const { path } = await SAMPLES[`${route.method} ${route.path}`]!.good(api, 'administrator')
      const response = await api.send('get', { path }, 'administrator')
      expect([path, response.status]).toEqual([path, 200])
      await tell(response)
    }
    const [kept = ''] = await sealed()
    const everything = answers.join('\n') + logged.join('\n')
    for (const hidden of [SECRET, JSON.stringify(SECRET).slice(1, -1), `${kept}`]) expect(everything).not.toContain(hidden)
    expect(await textHolding(api.urls.owner, SECRET)).toEqual([])
    expect(await textHolding(api.urls.owner, `${kept}`)).toEqual(['public.graph_secret.sealed'])
  })

  test.each(['', ',', '"', '}x'])('is not quoted from a body that is no JSON: %j', async tail => {
    const text =
      JSON.stringify(given({ version: 1 }))
        .replace('"kind"', '"Zx8~never')
        .slice(0, -1) + tail
    for (const body of [text, SECRET, `{"secret":${SECRET}}`, `{"secret":"${SECRET}`]) {
      const response = await api.raw('PUT', `${TENANT}/connection`, body, 'administrator')
      const told = await response.text()
      expect([response.status, told]).toEqual([400, expect.stringMatching(/the body is not JSON(, from line \d+ column \d+ on)?"/)])
      expect(told).not.toMatch(/Zx8|never|seen/)
    }
  })

  test('neither is the directory outside of the connection itself', async () => {
    expect(await textHolding(api.urls.owner, DIRECTORY)).toEqual(['public.graph_connection.directory', 'public.idempotent_request.body'])
    expect(logged.join()).not.toContain(DIRECTORY)
  })

  test.each([
    ['to another cloud', { cloud: 'china' }],
    ['to the tenant of another customer', { directory: 'fabrikam.example' }],
  ])('stays where it is when somebody points its connection %s', async (_, change) => {
    const before = await sealed()
    const { credential: _credential, ...without } = given({ version: 1, ...change })
    const response = await put(without)
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ faults: [expect.objectContaining({ path: 'credential' })] }),
    ])
    expect(await sealed()).toEqual(before)
    expect((await put(given({ version: 1, cloud: 'simulator' }))).status).toBe(400)
  })

  test('is not there for those who read, import or author: not to change, test or take away', async () => {
    for (const right of ['reader', 'engineer', 'customer-success-manager', 'subject-matter-expert', 'author'] as const) {
      const tried = [
        await api.send('put', { path: `${TENANT}/connection`, body: given({ version: 1 }) }, right),
        await api.send('post', { path: `${TENANT}/connection/test` }, right),
        await api.send('delete', { path: `${TENANT}/connection` }, right),
        await api.send('put', { path: `${TENANT}/people`, body: { allowed: true } }, right),
      ]
      expect([right, tried.map(each => each.status)]).toEqual([right, [403, 403, 403, 403]])
    }
  })
})

test.each([
  'common',
  'Organizations',
  '../oauth2',
  '..',
  '.hidden',
  'contoso.example/oauth2/v2.0/token?',
  'contoso.example#',
  'contoso.example\\@evil.example',
  'evil.example:8443',
  'user@evil.example',
  '%2e%2e',
  '[::1]',
  'contoso.example\r\nHost: evil.example',
  'ｃontoso.example',
  'a'.repeat(255),
  '',
])('a directory that could lead elsewhere is refused: %j', async directory => {
  const [before] = await testOwner(api.urls.owner, `select count(*)::int from event`)
  expect((await put(given({ directory, version: 1 }))).status).toBe(400)
  expect(await testOwner(api.urls.owner, `select count(*)::int from event`)).toEqual([before])
})
