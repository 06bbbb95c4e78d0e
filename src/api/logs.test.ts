import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPerson } from '../app/auth/people.ts'
import { createLog } from '../cli/serving/log.ts'
import { testOwner } from '../store/testing-text.ts'
import { ENTITLEMENTS, type TestApi, testApi } from './testing.ts'

const lines: string[] = []
let api: TestApi
beforeAll(async () => {
  api = await testApi({ log: createLog(false, { write: line => void lines.push(line) }) })
})
afterAll(() => api.close())

const ITEM = encodeURIComponent('support-success-execution/csm-handshake/3731@teams')
const WORDS = [
  'Zenobia',
  'Quillfeather',
  'zenobia@example.org',
  'Wrong Password 1',
  'slow green bicycles 42',
  'her mother is ill',
  'Contoso',
  'Ferdinanda',
  '203.0.113.99',
  'Reader',
]

test('requests of every kind, those that fail among them, log nothing about anybody', async () => {
  const origin = 'http://localhost:4100'
  const person = {
    email: 'zenobia@example.org',
    name: 'Zenobia Quillfeather',
    right: 'reader',
    password: 'slow green bicycles 42',
    isDemo: true,
  } as const
  const id = await addPerson(api.context, api.auth, person)
  const signIn = (email: string, password: string) =>
    api.app.request(`${origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, 'x-forwarded-for': '203.0.113.99', 'user-agent': 'Ferdinanda/1' },
      body: JSON.stringify({ email, password }),
    })
  const statuses = [
    await signIn(person.email, person.password),
    await signIn(person.email, 'Wrong Password 1'),
    await signIn('nobody.zenobia@example.org', 'Wrong Password 1'),
  ].map(response => response.status)
  expect(statuses).toEqual([200, 401, 401])
  const put = async (body: object) =>
    (await api.send('put', { path: `/customers/contoso/items/${ITEM}`, body: { ...body, version: await api.version() } }, 'lead')).status
  const fact = async (value: unknown) =>
    (await api.send('put', { path: '/customers/contoso/facts', body: { name: 'csm.name', value, version: await api.version() } }, 'lead'))
      .status
  expect([
    await put({ status: 'blocked', reason: 'customer', note: 'her mother is ill' }),
    await put({ status: 'her mother is ill' }),
  ]).toEqual([200, 400])
  expect([await fact('Ferdinanda'), await fact(17)]).toEqual([200, 400])
  const reports = '/customers/contoso/reports'
  expect((await api.send('put', { path: `${reports}/Zenobia.csv?tenant=contoso-main`, file: ENTITLEMENTS }, 'lead')).status).toBe(200)
  expect((await api.send('put', { path: `${reports}/Zenobia.csv?tenant=contoso-main`, file: 'Zenobia\n' }, 'lead')).status).toBe(400)
  for (const path of ['/portfolio/export?q=Zenobia', '/customers/contoso/record', '/me/export', `/people/${id}/export`]) {
    const response = await api.send('get', { path }, 'administrator', { 'x-request-id': 'Zenobia Quillfeather' })
    expect([response.status, (await response.text()).length > 0]).toEqual([200, true])
  }
  expect((await api.send('get', { path: '/portfolio?q=Zenobia&sort=Quillfeather' }, 'reader')).status).toBe(400)

  // The database fails in the middle of it.
  const version = await api.version()
  await testOwner(api.urls.owner, 'alter table item rename to item_away')
  const failed = [
    await api.send(
      'put',
      { path: `/customers/contoso/items/${ITEM}`, body: { status: 'complete', note: 'her mother is ill', version } },
      'lead',
    ),
    await api.send('put', { path: '/customers/contoso/facts', body: { name: 'csm.name', value: 'Zenobia', version } }, 'lead'),
  ]
  await testOwner(api.urls.owner, 'alter table item_away rename to item')
  expect(failed.map(response => response.status)).toEqual([500, 500])
  expect((await api.send('post', { path: `/people/${id}/erasure`, body: { email: person.email } }, 'administrator')).status).toBe(200)

  const log = lines.join('')
  // It does log what failed, under the name of the route.
  expect(log.match(/"level":50/g)?.length).toBe(2)
  expect(log).toContain('/customers/:id/items/:item')
  expect(WORDS.filter(word => log.toLowerCase().includes(word.toLowerCase()))).toEqual([])
})
