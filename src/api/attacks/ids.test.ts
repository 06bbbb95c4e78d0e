import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { addTestCustomer } from '../../app/testing.ts'
import type { OwnAccount } from '../../model/admin-api.ts'
import type { Problem } from '../../model/api.ts'
import type { Route } from '../route.ts'
import { HERE, ITEM, nameOf, SAMPLES } from '../routes.samples.ts'
import { ROUTES } from '../routes.ts'
import { type Sent, type TestApi, testApi } from '../testing.ts'

/** Somebody signed in who asks for what belongs to others, or says more than is asked. */
type Person = Awaited<ReturnType<TestApi['addPerson']>>
let api: TestApi
let owner: pg.Pool
let eve: Person
let ids: Record<string, string>
beforeAll(async () => {
  api = await testApi()
  owner = new pg.Pool({ connectionString: api.urls.owner, max: 1 })
  await addTestCustomer(api.context, { customer: { id: 'fabrikam', name: 'Fabrikam' }, services: { teams: {} } }, 'fabrikam-main')
  eve = await api.addPerson('engineer', 'customers')
  await owner.query(`insert into assignment (customer_id, id, person_id, role, since)
    values ('fabrikam', 'eve', '${eve.id}', 'fasttrack-engineer', '2026-01-01'), ('contoso', 'theirs', 'command-line', 'fasttrack-engineer', '2026-01-01')`)
  await owner.query(`insert into team values ('north', 'North')`)
  await api.send(
    'post',
    { path: '/people', body: { email: 'ana@example.org', name: 'Ana', right: 'reader', scope: 'all' } },
    'administrator',
  )
  await api.send('post', { path: '/me/keys', body: { name: 'Theirs', scopes: ['read'] } }, 'lead')
  await api.send('post', { path: '/jobs/purge/run' }, 'administrator')
  const lead = (await (await api.send('get', { path: '/me' }, 'lead')).json()) as OwnAccount
  const mail = await owner.query<{ id: string }>('select id from mail limit 1')
  const job = await owner.query<{ id: string }>('select id from pgboss.job limit 1')
  ids = {
    id: 'contoso',
    item: ITEM,
    fileName: 'seats.csv',
    assignment: 'theirs',
    person: lead.person.id,
    team: 'north',
    session: lead.sessions[0]?.id ?? '',
    key: lead.keys[0]?.id ?? '',
    mail: mail.rows[0]?.id ?? '',
    queue: 'send-mail',
    job: job.rows[0]?.id ?? '',
    process: 'conduct-success-review',
    tenant: 'contoso-main',
    service: 'teams',
    milestone: 'first',
  }
  for (const name of namesInPaths) ids[name] ??= await ofSample(name)
})
afterAll(async () => {
  await owner.end()
  await api.close()
})

const namesInPaths = ROUTES.flatMap(route => [...route.path.matchAll(/:(\w+)/g)].map(match => match[1] ?? ''))

/** What a sample makes or names at a customer that is not Eve's, for `:name` in a path. */
async function ofSample(name: string): Promise<string> {
  const route = ROUTES.find(each => each.path.split('/').includes(`:${name}`))
  if (!route) return ''
  const { path } = await SAMPLES[nameOf(route)]!.good(api, 'administrator')
  return decodeURIComponent(path.replace(/\?.*/, '').split('/')[route.path.split('/').indexOf(`:${name}`)] ?? '')
}

/** Everything that is kept, but for counters of requests and when a session or key was last used. */
async function everything(): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace
     where nspname in ('public', 'auth') and relkind = 'r' and relname not in ('rate_limit', 'session', 'api_key') order by 1`,
  )
  const sums = tables.map(
    ({ name }) => `select '${name}' as name, md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from ${name} t`,
  )
  const counts = ['session', 'api_key'].map(name => `select '${name}', count(*)::text from auth.${name}`)
  const { rows } = await owner.query<{ name: string; sum: string }>([...sums, ...counts].join(' union all '))
  return Object.fromEntries(rows.map(row => [row.name, row.sum]))
}

const pathOf = (route: Route, sent: Sent) => {
  const query = sent.path.includes('?') ? sent.path.slice(sent.path.indexOf('?')) : ''
  return route.path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? '') + query
}
/** What belongs to everybody. */
const SHARED = [
  '/playbooks/current/pages/:process',
  '/lists/templates/:kind',
  '/lists/templates/:kind/:id/versions',
  '/lists/reasons/versions/:version',
]
const withIds = ROUTES.filter(route => route.path.includes(':') && !SHARED.includes(route.path))

test('there is somebody else’s thing for every id in a path', () => {
  for (const name of namesInPaths) expect([name, ids[name]]).toEqual([name, expect.stringMatching(/./)])
})

describe('somebody else’s id', () => {
  test.each(withIds.map(route => [nameOf(route), route] as const))('%s is refused and changes nothing', async (name, route) => {
    const sent = await SAMPLES[name]!.good(api, 'administrator')
    const before = await everything()
    const response = await api.send(route.method, { ...sent, path: pathOf(route, sent) }, null, eve.headers)
    expect([name, response.status]).toEqual([name, expect.toBeOneOf([403, 404])])
    expect(await everything()).toEqual(before)
  })

  test.each([
    [
      'a tenant of another customer',
      'put',
      () => ({ path: '/customers/fabrikam/reports/seats.csv?tenant=contoso-main', file: 'service,entitled\nteams,3\n' }),
    ],
    ['an assignment of another customer', 'delete', () => ({ path: `/customers/fabrikam/assignments/${ids.assignment}?version=0` })],
    [
      'an assignment of another customer, to change',
      'put',
      () => ({ path: `/customers/fabrikam/assignments/${ids.assignment}`, body: { until: null, version: 0 } }),
    ],
    ['an import of another customer', 'delete', () => ({ path: `/customers/fabrikam/imports/${ids.import}` })],
    ['a run of another customer', 'delete', () => ({ path: `/customers/fabrikam/tenants/fabrikam-main/connection/runs/${ids.run}` })],
    ['a connection of another customer', 'post', () => ({ path: '/customers/fabrikam/tenants/contoso-main/connection/test' })],
    [
      'a tenant of another customer, to name people of',
      'put',
      () => ({ path: '/customers/fabrikam/tenants/contoso-main/people', body: { allowed: true } }),
    ],
    ['a session of somebody else', 'delete', () => ({ path: `/me/sessions/${ids.session}` })],
    ['a key of somebody else', 'delete', () => ({ path: `/me/keys/${ids.key}` })],
  ] as const)('%s is not there, not even for an administrator', async (_, method, sent) => {
    const before = await everything()
    expect((await api.send(method, sent(), 'administrator')).status).toBe(404)
    expect(await everything()).toEqual(before)
  })

  test('an answer kept for somebody else’s idempotency key is not given out', async () => {
    const sent = { path: `${HERE}/items/${ITEM}`, body: { status: 'in-progress', version: await api.version() } }
    const key = { 'idempotency-key': 'known-to-both' }
    expect((await api.send('put', sent, 'lead', key)).status).toBe(200)
    const again = await api.send('put', sent, null, { ...key, ...eve.headers })
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([404, null])
  })
})

const EXTRA = [
  'right',
  'scope',
  'is_demo',
  'isDemo',
  'id',
  'customer_id',
  'customerId',
  'personId',
  'person_id',
  'who',
  'set_by',
  'access_right',
  'constructor',
  'prototype',
  '__proto__',
]
const bodied = ROUTES.filter(route => route.body !== null)

describe('more than is asked for', () => {
  test.each(bodied.map(route => [nameOf(route), route] as const))('%s takes no field beyond its own', async (name, route) => {
    const sent = await SAMPLES[name]!.good(api, 'administrator')
    const own = route.body instanceof z.ZodObject ? Object.keys(route.body.shape) : []
    const before = await everything()
    for (const field of EXTRA.filter(each => !own.includes(each))) {
      // Written out: of `__proto__` an object would make something else.
      const text = JSON.stringify(sent.body).replace(/^\{/, `{${JSON.stringify(field)}:{"right":"administrator"},`)
      const response = await api.raw(route.method.toUpperCase(), sent.path, text, 'administrator')
      const problem = (await response.json()) as Problem
      expect([name, field, response.status, problem.type]).toEqual([name, field, 400, 'urn:impulso:problem:invalid-input'])
    }
    expect(await everything()).toEqual(before)
    expect(({} as { right?: string }).right).toBeUndefined()
  })

  test.each([
    ['update-user', { name: 'Eve', accessRight: 'administrator' }],
    ['update-user', { name: 'Eve', accessScope: 'all' }],
    ['update-user', { name: 'Eve', isDemo: true }],
    ['update-user', { email: 'administrator@example.com' }],
    ['change-email', { newEmail: 'administrator@example.com' }],
    ['sign-up/email', { email: 'eve@example.org', name: 'Eve', password: 'longboat river seventeen', accessRight: 'administrator' }],
    ['api-key/create', { name: 'x', permissions: { all: ['write'] } }],
    ['link-social', { provider: 'sso' }],
    ['delete-user', {}],
    ['admin/set-role', { userId: 'x', role: 'administrator' }],
  ])('the sign-in library is not asked: %s %j', async (path, body) => {
    const before = await everything()
    const response = await api.app.request(`http://localhost:4100/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:4100', ...eve.headers },
      body: JSON.stringify(body),
    })
    expect(response.status).toBeOneOf([400, 404])
    expect(await everything()).toEqual(before)
  })
})

/** Writes that leave no event or several, and why. */
const EVENTS: Readonly<Record<string, number>> = {
  // A preview keeps nothing; the import itself is tried below.
  'put /customers/:id/reports/:fileName': 0,
  // Looks up whom an invitation is for; changes nothing.
  'post /invitation': 0,
  'post /bulk-assignments': 0,
  'put /customers/:id/readings': 0,
  // Says on which days a rule falls.
  'post /cadence-preview': 0,
  // How one's own screens look, and what one has seen on them: nobody's work changes.
  'post /notifications/seen': 0,
  'put /me/preferences': 0,
  'post /saved-views': 0,
  'put /saved-views/default': 0,
  'put /saved-views/:view': 0,
  'delete /saved-views/:view': 0,
  'put /today/looked': 0,
  // Who leads adoption from now on, and their task that is done by it.
  'post /customers/:id/handshakes/:handshake/answer': 2,
  // At the customer taken over and at the one that goes on.
  'post /customers/:id/merge': 2,
  // What was accepted, and the three tasks that it starts.
  'post /customers/:id/decisions/:proposal': 4,
  // Each customer, and the change as a whole.
  'put /customer-imports/:fileName': 2,
  'post /bulk-changes/:bulk/undo': 2,
  // That somebody is stood in for, and each assignment that comes of it.
  'post /people/:person/cover': 2,
}
/** Samples that may find already what they would make. */
const AFRESH: Readonly<Record<string, (sent: Sent) => Sent>> = {
  'put /customers/:id/items/:item': sent => ({ ...sent, body: { ...(sent.body as object), note: 'not said before' } }),
  // Another fact: without a customer success manager nothing can be handed over below.
  'put /customers/:id/facts': sent => ({ ...sent, body: { ...(sent.body as object), name: 'csm.since', value: '2026-03-04' } }),
  'post /customers/:id/decisions/:proposal': sent => ({ ...sent, body: { ...(sent.body as object), state: 'accepted' } }),
  'put /customers/:id/checks/:check': sent => ({ ...sent, body: { ...(sent.body as object), note: 'not said before' } }),
  'put /customers/:id/details': sent => ({ ...sent, body: { ...(sent.body as object), language: 'fr' } }),
  'delete /people/:person/sessions': () => ({ path: `/people/${eve.id}/sessions` }),
}
const writes = ROUTES.filter(route => route.method !== 'get')

describe('what is changed is on record', () => {
  const count = async () =>
    (
      await owner.query<{ count: number }>(
        'select (select count(*) from event)::int + (select count(*) from installation_event)::int as count',
      )
    ).rows[0]?.count ?? 0
  const newest = async () =>
    (
      await owner.query<{ who: string; body: string }>(
        `select who, body from (select who, body, at, 0 as n, seq from event union all select who, body, at, 1, seq from installation_event) e order by at desc, seq desc`,
      )
    ).rows

  test.each(writes.map(route => [nameOf(route), route] as const))('%s leaves an event', async (name, route) => {
    const sample = SAMPLES[name]!
    const good = await sample.good(api, 'administrator')
    const sent = AFRESH[name]?.(good) ?? good
    const before = await count()
    const seen = new Set((await newest()).map(row => row.body))
    const response = await api.send(route.method, sent, 'administrator')
    expect([name, response.status]).toEqual([name, sample.status ?? 200])
    const rise = (await count()) - before
    const expected = sample.status === undefined ? (EVENTS[name] ?? 1) : 0
    const told = (await newest()).filter(row => !seen.has(row.body))
    expect([name, rise, told.map(row => (JSON.parse(row.body) as { kind: string }).kind)]).toEqual([name, expected, expect.anything()])
    for (const { who, body } of told) {
      const event = JSON.parse(body) as { who: string; at: string; from?: unknown; data: object }
      expect([event.who, typeof event.at, typeof event.data]).toEqual([who, 'string', 'object'])
      expect([name, 'from' in event]).toEqual([name, true])
    }
  })

  test('an import', async () => {
    const before = await count()
    const sent = { path: `${HERE}/reports/seats.csv?tenant=contoso-main`, file: 'service,entitled\nteams,77\n' }
    expect((await api.send('put', sent, 'administrator')).status).toBe(200)
    expect((await count()) - before).toBe(1)
  })
})
