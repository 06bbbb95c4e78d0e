import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditPage, Erasure, PersonExport, Verification } from '../model/admin-api.ts'
import type { AccessRight } from '../model/api.ts'
import { AUDIT_SAMPLES } from './audit-routes.samples.ts'
import { AUDIT_ROUTES } from './audit-routes.ts'
import { type TestApi, testApi } from './testing.ts'

let api: TestApi
beforeAll(async () => {
  api = await testApi({ routes: AUDIT_ROUTES })
})
afterAll(() => api.close())

const get = (path: string, as: AccessRight | null = 'administrator', headers: Record<string, string> = {}) =>
  api.send('get', { path }, as, headers)
const audit = async (query = '') => ((await (await get(`/audit${query}`)).json()) as AuditPage).events

test('every route here has a sample', () => {
  expect(Object.keys(AUDIT_SAMPLES).sort()).toEqual(AUDIT_ROUTES.map(({ method, path }) => `${method} ${path}`).sort())
})

test('a record leaves as a file that nothing keeps and nothing reads whole, and says so in itself', async () => {
  const response = await get('/customers/contoso/record?format=json', 'reader')
  expect(
    Object.fromEntries(['content-type', 'content-disposition', 'cache-control', 'etag'].map(name => [name, response.headers.get(name)])),
  ).toEqual({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="contoso-record-2026-11-21.json"; filename*=UTF-8''contoso-record-2026-11-21.json`,
    'cache-control': 'no-store',
    etag: null,
  })
  const { events, count } = (await response.json()) as { count: number; events: { kind: string; who: { name: string }; from: unknown }[] }
  expect([events.length, events.at(-1)]).toEqual([
    count,
    expect.objectContaining({ kind: 'export-made', who: expect.objectContaining({ name: 'Reader' }), from: null }),
  ])
})

test('another site may not make a browser ask for a file', async () => {
  const before = (await audit()).length
  for (const path of ['/portfolio/export', '/customers/contoso/record']) {
    expect((await get(path, 'reader', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  }
  expect((await audit()).length).toBe(before)
})

test('an export that is refused or finds nothing leaves no event', async () => {
  const before = await audit()
  expect((await get('/customers/nobody/record', 'reader')).status).toBe(404)
  expect((await get('/portfolio/export', null)).status).toBe(401)
  expect((await get('/people/nobody/export')).status).toBe(404)
  expect(await audit()).toEqual(before)
})

test('the portfolio leaves as CSV, on record with how many and what was asked for', async () => {
  const response = await get('/portfolio/export?q=conto&owner=Nobody%20Known', 'lead')
  const all = await get('/portfolio/export', 'lead')
  expect([response.status, all.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  const bytes = new Uint8Array(await all.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const rows = new TextDecoder().decode(bytes).split('\r\n')
  expect([rows[0]?.startsWith('"id","name"'), rows[1]?.startsWith('"contoso","Contoso"'), rows.length]).toEqual([true, true, 3])
  const events = (await audit('?kind=export-made')).slice(0, 2)
  expect(events.map(event => [event.who.name, event.summary.en, event.after])).toEqual([
    [
      'Lead',
      'Export made: portfolio, 1 rows',
      { what: 'portfolio', format: 'csv', count: 1, filters: { order: 'desc', sort: 'priority' } },
    ],
    [
      'Lead',
      'Export made: portfolio, 0 rows',
      { what: 'portfolio', format: 'csv', count: 0, filters: { order: 'desc', sort: 'priority', owner: null, q: 'conto' } },
    ],
  ])
})

test('what is on record is paged, and found by kind and by person', async () => {
  const first = (await (await get('/audit?limit=1')).json()) as AuditPage
  expect([first.events.length, first.next]).toEqual([1, first.events[0]?.seq])
  const second = (await (await get(`/audit?limit=1&before=${first.next}`)).json()) as AuditPage
  expect(second.events[0]?.seq).toBe((first.next ?? 0) - 1)
  const lead = (await audit('?kind=export-made'))[0]?.who.id ?? ''
  const own = await audit(`?person=${lead}`)
  expect([own.length > 0, new Set(own.map(event => event.who.id))]).toEqual([true, new Set([lead])])
  const verification = (await (await get('/audit/verification')).json()) as Verification
  expect(verification).toMatchObject({ chains: 2, broken: [], head: expect.stringMatching(/^[0-9a-f]{64}$/) })
})

test('a person is erased once the address is repeated, never oneself; the same answer comes to the same key', async () => {
  const sent = await AUDIT_SAMPLES['post /people/:person/erasure']!.good(api)
  const erase = (body: unknown, key: string) => api.send('post', { path: sent.path, body }, 'administrator', { 'idempotency-key': key })
  expect((await erase({ email: 'another@example.com' }, 'a')).status).toBe(400)
  const [first, again] = [await erase(sent.body, 'b'), await erase(sent.body, 'b')]
  const erasure = (await first.json()) as Erasure
  expect([first.status, await again.json(), again.headers.get('idempotency-replayed')]).toEqual([200, erasure, 'true'])
  expect(erasure.erased).toContainEqual(expect.objectContaining({ kind: 'account', count: 1 }))
  expect((await erase(sent.body, 'c')).status).toBe(404)
  const me = (await (await get('/me/export')).json()) as PersonExport
  const self = await api.send('post', { path: `/people/${me.person.id}/erasure`, body: { email: me.person.email } }, 'administrator')
  expect(self.status).toBe(409)
})

test('a copy of one’s data holds the account and what one did, and nothing that lets somebody in', async () => {
  const response = await get('/me/export', 'lead')
  const text = await response.text()
  const copy = JSON.parse(text) as PersonExport
  expect(copy.person).toMatchObject({ name: 'Lead', email: 'lead@example.com' })
  expect(copy.kinds.map(kind => kind.kind)).toEqual(expect.arrayContaining(['account', 'sessions', 'events']))
  expect(text).not.toMatch(/"(password|token|secret|key|wrapped|backup_codes)"/)
})
