import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '../../model/api.ts'
import { HERE, nameOf } from '../routes.samples.ts'
import { ROUTES } from '../routes.ts'
import { ENTITLEMENTS, type TestApi, testApi } from '../testing.ts'

/** Bodies of people who may not send them, and bodies that are work to read. */
const ORIGIN = 'http://localhost:4100'
let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.close())

/** An upload that counts how often somebody asked for more of it. */
function counted() {
  const reads = { count: 0 }
  const body = new ReadableStream<Uint8Array>(
    {
      pull: controller => {
        if (++reads.count > 4) controller.close()
        else controller.enqueue(new TextEncoder().encode(ENTITLEMENTS))
      },
    },
    { highWaterMark: 0 },
  )
  return { reads, body }
}

describe('a file of somebody who may not import it', () => {
  const REPORT = '/reports/entitlements.csv?tenant=contoso-main'

  test.each([
    ['an access right without imports', 'reader', `${HERE}${REPORT}`, 403],
    ['a customer that is not there', 'lead', `/customers/nobody${REPORT}`, 404],
    ['a tenant that is not there', 'lead', `${HERE}/reports/x.csv?tenant=nobody`, 404],
  ] as const)('is not read: %s', async (_, right, path, status) => {
    const { reads, body } = counted()
    const response = await api.raw('PUT', path, body, right, { 'idempotency-key': `unread-${status}-${path}`.slice(0, 100) })
    expect([response.status, reads.count, api.uploadsLeft()]).toEqual([status, 0, []])
  })

  test('is not read: a scope of services, which no report keeps to', async () => {
    const person = await api.addPerson('engineer', 'services')
    const { reads, body } = counted()
    expect((await api.raw('PUT', `${HERE}${REPORT}`, body, null, person.headers)).status).toBe(404)
    expect(reads.count).toBe(0)
  })

  test('is not read: nobody in particular', async () => {
    const { reads, body } = counted()
    expect([(await api.raw('PUT', `${HERE}${REPORT}`, body, null)).status, reads.count]).toEqual([401, 0])
  })

  test('of somebody who may it is', async () => {
    const { reads, body } = counted()
    await api.raw('PUT', `${HERE}${REPORT}`, body, 'engineer')
    expect(reads.count).toBeGreaterThan(0)
  })

  test('every route that takes a file says whose', () => {
    const taking = ROUTES.filter(route => route.takesFile)
    expect(taking.map(nameOf).sort()).toEqual([
      'put /customer-imports/:fileName',
      'put /customers/:id/evidence-files/:fileName',
      'put /customers/:id/readings',
      'put /customers/:id/reports/:fileName',
      'put /settings/deck/logo',
    ])
    expect(taking.filter(route => route.admit === null)).toEqual([])
    // Reports are read where they lie; all others come into memory, or into one transaction.
    expect(taking.filter(route => (route.fileBytes ?? Infinity) > 64 * 1024 * 1024).map(nameOf)).toEqual([
      'put /customers/:id/reports/:fileName',
    ])
  })
})

test.each([100, 1000, 100_000])('a value nested %i deep is refused, not stumbled over', async depth => {
  const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`
  const response = await api.raw('PUT', `${HERE}/facts`, `{"name":"csm.assigned","value":${nested},"version":0}`, 'lead')
  expect([response.status, ((await response.json()) as Problem).detail]).toEqual([400, 'the body is nested too deep'])
  const signIn = await api.app.request(`${ORIGIN}/api/auth/passkey/verify-authentication`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: `{"response":${nested}}`,
  })
  expect(signIn.status).toBe(400)
})

test('a link on another site puts nothing on record in the name of whoever follows it', async () => {
  for (const path of ['/me/export', '/portfolio/export', `${HERE}/record`, '/me']) {
    const response = await api.raw('GET', path, null, 'administrator', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })
    expect([path, response.status]).toEqual([path, 403])
  }
  const rows = await api.context.db.selectFrom('installation_event').select('kind').where('kind', '=', 'export-made').execute()
  expect(rows).toEqual([])
})

test('a picture in somebody’s note puts nothing on record in the name of whoever reads it', async () => {
  const asked = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
  for (const path of ['/me/export', '/portfolio/export', `${HERE}/record`])
    expect([path, (await api.raw('GET', path, null, 'administrator', asked)).status]).toEqual([path, 403])
  const rows = await api.context.db.selectFrom('installation_event').select('kind').where('kind', '=', 'export-made').execute()
  expect(rows).toEqual([])
  const portal = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
  expect((await api.raw('GET', '/session', null, 'reader', portal)).status).toBe(200)
})

test.each(['HEAD', 'OPTIONS', 'PUT'])('%s to sign-in is answered like something that is not there', async method => {
  const response = await api.app.request(`${ORIGIN}/api/auth/get-session`, { method, headers: { origin: ORIGIN } })
  expect(response.status).toBe(404)
})
