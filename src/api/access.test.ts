import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addTestCustomer } from '../app/testing.ts'
import { ACCESS_RIGHTS, ACCESS_SCOPES, type AccessRight, type AccessScope, type Problem } from '../model/api.ts'
import { nameOf, SAMPLES } from './routes.samples.ts'
import { ROUTES } from './routes.ts'
import { ENTITLEMENTS, type Sent, type TestApi, testApi } from './testing.ts'

/**
 * Every route of a customer, for every access right and scope, at customers that the person is tied to in every way. What is expected is
 * written down here, in words of the issue, and not taken from the policy table.
 */
const TIES = ['own', 'team', 'cover', 'ended', 'service', 'other'] as const
type Tie = (typeof TIES)[number]
type Reach = Readonly<Record<AccessScope, readonly Tie[]>>

/** `own`: assigned; `team`: of a team of the person's; `cover`: until today; `ended`: until yesterday; `service`: assigned to Teams alone. */
const SEEN: Reach = {
  all: TIES,
  team: ['own', 'team', 'cover', 'service'],
  customers: ['own', 'cover', 'service'],
  services: ['own', 'cover', 'service'],
}
/** Where one may change the customer as a whole, and where a service that is not Teams. */
const WHOLE: Reach = { all: TIES, team: ['own', 'team', 'cover'], customers: ['own', 'cover'], services: [] }
const EXCHANGE: Reach = { ...WHOLE, services: ['own', 'cover'] }
const NOWHERE: Reach = { all: TIES, team: [], customers: [], services: [] }

const ITEM_RIGHTS: readonly AccessRight[] = [
  'administrator',
  'lead',
  'fasttrack-manager',
  'engineer',
  'customer-success-manager',
  'subject-matter-expert',
]
const FACT_RIGHTS: readonly AccessRight[] = ['administrator', 'lead', 'fasttrack-manager', 'customer-success-manager']
const IMPORT_RIGHTS: readonly AccessRight[] = ['administrator', 'lead', 'fasttrack-manager', 'engineer']
const ASSIGN_RIGHTS: readonly AccessRight[] = ['administrator', 'lead']

type Try = Readonly<{
  /** What is done, where a route does more than one thing. */
  what: string
  rights: readonly AccessRight[]
  reach: Reach
  /** `version` is the customer's present one. */
  sent: (customer: string, version: number) => Sent
  /** What the one who may is answered where that is not 200: the person, team or assignment named is not there, so that nothing changes. */
  done?: 200 | 400 | 404
}>
const reads = (path: string): readonly Try[] => [
  { what: 'read', rights: ACCESS_RIGHTS, reach: SEEN, sent: customer => ({ path: `/customers/${customer}${path}` }) },
]
const item = (service: string, suffix: string, sent: (path: string, version: number) => Sent, reach: Reach): Try => ({
  what: `an item of ${service}`,
  rights: ITEM_RIGHTS,
  reach,
  sent: (customer, version) => sent(`/customers/${customer}/items/${encodeURIComponent(ITEMS[service] ?? '')}${suffix}`, version),
})
/** One item of each service, from the plan. */
const ITEMS: Record<string, string> = {}
const fact = (what: string, body: object, reach: Reach): Try => ({
  what,
  rights: FACT_RIGHTS,
  reach,
  sent: (customer, version) => ({ path: `/customers/${customer}/facts`, body: { ...body, version } }),
})
const assigns = (path: string, more: (version: number) => { body?: unknown; query?: string }, done: 400 | 404): readonly Try[] => [
  {
    what: 'assign',
    rights: ASSIGN_RIGHTS,
    reach: NOWHERE,
    done,
    sent: (customer, version) => {
      const { body, query = '' } = more(version)
      return { path: `/customers/${customer}${path}${query}`, ...(body === undefined ? {} : { body }) }
    },
  },
]
const set = (path: string, version: number): Sent => ({ path, body: { status: 'in-progress', version } })
const clear = (path: string, version: number): Sent => ({ path: `${path}?version=${version}` })

/** One entry per route of a customer; one without fails a test below. */
const TRIES: Readonly<Record<string, readonly Try[]>> = {
  'get /customers/:id': reads(''),
  'get /customers/:id/plan': reads('/plan'),
  'get /customers/:id/usage': reads('/usage'),
  'get /customers/:id/explain': reads('/explain?gate=review'),
  'get /customers/:id/events': reads('/events'),
  'get /customers/:id/people': reads('/people'),
  'get /customers/:id/record': reads('/record?format=json'),
  'put /customers/:id/items/:item': [item('teams', '', set, SEEN), item('exchange', '', set, EXCHANGE)],
  'delete /customers/:id/items/:item/status': [item('teams', '/status', clear, SEEN), item('exchange', '/status', clear, EXCHANGE)],
  'put /customers/:id/facts': [
    fact('a fact of teams', { name: 'service.threshold', service: 'teams', value: 41 }, SEEN),
    fact('a fact of exchange', { name: 'service.threshold', service: 'exchange', value: 41 }, EXCHANGE),
    fact('a fact of the customer', { name: 'csm.assigned', value: true }, WHOLE),
  ],
  'put /customers/:id/reports/:fileName': [
    {
      what: 'import',
      rights: IMPORT_RIGHTS,
      reach: WHOLE,
      sent: customer => ({ path: `/customers/${customer}/reports/seats.csv?tenant=main&preview=true`, file: ENTITLEMENTS }),
    },
  ],
  'post /customers/:id/assignments': assigns(
    '/assignments',
    version => ({ body: { person: 'nobody', role: 'fasttrack-engineer', version } }),
    400,
  ),
  'put /customers/:id/assignments/:assignment': assigns('/assignments/none', version => ({ body: { until: null, version } }), 404),
  'delete /customers/:id/assignments/:assignment': assigns('/assignments/none', version => ({ query: `?version=${version}` }), 404),
  'put /customers/:id/team': assigns('/team', version => ({ body: { team: 'no-such-team', version } }), 400),
}

type Person = Awaited<ReturnType<TestApi['addPerson']>>
let api: TestApi
let owner: pg.Pool
const people = new Map<string, Person>()
const versions = new Map<string, number>()
beforeAll(async () => {
  api = await testApi()
  owner = new pg.Pool({ connectionString: api.urls.owner, max: 2 })
  await owner.query(`insert into team values ('north', 'North')`)
  for (const id of TIES) {
    const used = { intended: true, activatedOn: '2026-03-01', handshake: 'offered' }
    const csm = { assigned: true, name: 'Ana', since: '2026-03-03' }
    await addTestCustomer(api.context, { customer: { id, name: `The ${id} one` }, csm, services: { teams: used, exchange: used } }, 'main')
  }
  await owner.query(`update customer set team_id = 'north' where id = 'team'`)
  for (const service of ['teams', 'exchange']) {
    const { rows } = await owner.query<{ id: string }>(`select id from item where customer_id = 'own' and service = $1 limit 1`, [service])
    ITEMS[service] = rows[0]?.id ?? 'none'
  }
  for (const right of ACCESS_RIGHTS) {
    const made = await Promise.all(ACCESS_SCOPES.map(scope => api.addPerson(right, scope)))
    for (const person of made) people.set(`${right} ${person.scope}`, person)
  }
  const ids = [...people.values()].map(person => person.id)
  await owner.query(`insert into team_member select 'north', id from unnest($1::text[]) id`, [ids])
  await owner.query(
    `insert into assignment (customer_id, id, person_id, role, service, since, until, covers)
     select a.customer, a.customer || '-' || p.id, p.id, 'fasttrack-engineer', a.service, '2026-01-01', a.until::date, a.covers
     from unnest($1::text[]) p (id), (values ('own', null, null, null), ('cover', null, '2026-11-21', 'command-line'),
       ('ended', null, '2026-11-20', null), ('service', 'teams', null, null)) a (customer, service, until, covers)`,
    [ids],
  )
})
afterAll(async () => {
  await owner.end()
  await api.close()
})

const ofCustomers = ROUTES.filter(route => route.path.startsWith('/customers/:'))
const send = (method: string, sent: Sent, person: Person) => api.send(method, sent, null, person.headers)

async function versionOf(customer: string): Promise<number> {
  const { rows } = await owner.query<{ version: number }>('select version from customer where id = $1', [customer])
  versions.set(customer, rows[0]?.version ?? 0)
  return rows[0]?.version ?? 0
}

/** 404 where the person does not see the customer, 403 where they see it and may not, else what is done. */
function expected({ rights, reach, done = 200 }: Try, { right, scope }: Person, tie: Tie): number {
  if (!SEEN[scope].includes(tie)) return 404
  return rights.includes(right) && reach[scope].includes(tie) ? done : 403
}

/** Without what names the customer and the request. */
async function toldOf(response: Response, customer: string): Promise<unknown> {
  const { requestId, ...problem } = (await response.json()) as Problem
  return JSON.parse(JSON.stringify(problem).replaceAll(customer, '*'))
}

test('every route of a customer is tried', () => {
  expect(Object.keys(TRIES).sort()).toEqual(ofCustomers.map(nameOf).sort())
})

describe.each(ofCustomers.map(route => [nameOf(route), route] as const))('%s', (name, route) => {
  test.each(ACCESS_RIGHTS)('as %s: own, of the team, covered, of a service, ended and others’ customers', async right => {
    for (const scope of ACCESS_SCOPES) {
      // In the map since the beginning.
      const person = people.get(`${right} ${scope}`)!
      for (const each of TRIES[name] ?? []) {
        for (const tie of scope === 'all' ? (['own', 'other'] as const) : TIES) {
          const response = await send(route.method, each.sent(tie, route.method === 'get' ? 0 : await versionOf(tie)), person)
          const at = `${each.what} at ${tie} over ${scope}`
          expect([at, response.status]).toEqual([at, expected(each, person, tie)])
          if (response.status === 404 && each.done !== 404) {
            const missing = await send(route.method, each.sent('nobody', versions.get(tie) ?? 0), person)
            expect([at, await toldOf(response, tie)]).toEqual([at, await toldOf(missing, 'nobody')])
          } else if (response.status === 403) {
            const { details } = (await response.json()) as { details?: { reason?: Record<string, string> } }
            expect([at, details?.reason]).toEqual([at, { en: expect.stringMatching(/\w/), 'pt-BR': expect.stringMatching(/\w/) }])
          } else await response.body?.cancel()
        }
      }
    }
  })
})

test('a portfolio holds the customers that may be seen, and its export and search no others', async () => {
  for (const { right, scope, headers } of people.values()) {
    const all = scope === 'all' ? [...TIES, 'contoso'] : SEEN[scope]
    for (const path of ['/portfolio?sort=name', '/portfolio?sort=name&q=o', '/portfolio?owner=Nobody']) {
      const { rows, total } = (await (await api.send('get', { path }, null, headers)).json()) as { rows: { id: string }[]; total: number }
      const expected = path.includes('owner') ? [] : [...all].sort()
      expect([right, scope, path, rows.map(row => row.id).sort(), total]).toEqual([right, scope, path, expected, expected.length])
    }
    const csv = await (await api.send('get', { path: '/portfolio/export' }, null, headers)).text()
    expect([right, scope, csv.trim().split('\r\n').length - 1]).toEqual([right, scope, all.length])
  }
})

test('where the installation shows other customers they are shown and not changed', async () => {
  await owner.query(`update installation set unassigned = 'read-only'`)
  try {
    for (const right of ACCESS_RIGHTS) {
      const person = people.get(`${right} customers`)!
      for (const route of ofCustomers) {
        for (const each of TRIES[nameOf(route)] ?? []) {
          const response = await send(route.method, each.sent('other', await versionOf('other')), person)
          const isRead = each.reach === SEEN && route.method === 'get'
          expect([nameOf(route), right, response.status]).toEqual([nameOf(route), right, isRead ? 200 : 403])
        }
      }
    }
  } finally {
    await owner.query(`update installation set unassigned = 'hidden'`)
  }
})

describe('a personal key', () => {
  const ask = async (key: string, method: string, sent: Sent) =>
    (await api.send(method, sent, null, { authorization: `Bearer ${key}` })).status
  const keyOf = async (right: AccessRight, scopes: readonly ('read' | 'write')[]) => {
    const { id } = people.get(`${right} all`)!
    return { personId: id, ...(await api.auth.createKey({ personId: id, name: 'Reports', scopes, days: 1 })) }
  }
  const everything = async () => {
    const { rows } =
      await owner.query(`select (select count(*) from event)::int as events, (select sum(version) from customer)::int as versions,
      (select count(*) from installation_event where kind not in ('key-made', 'export-made'))::int as installation, (select count(*) from assignment)::int as assignments,
      (select count(*) from auth.user)::int as people, (select count(*) from mail)::int as mails`)
    return rows[0]
  }

  test('that reads writes nothing, at no route', async () => {
    const { key } = await keyOf('administrator', ['read'])
    const own = await keyOf('administrator', ['read'])
    for (const route of ROUTES.filter(each => each.method !== 'get' && each.rights !== 'everyone')) {
      const sent = await SAMPLES[nameOf(route)]!.good(api, 'administrator')
      const before = await everything()
      expect([nameOf(route), await ask(key, route.method, sent)]).toEqual([nameOf(route), 403])
      expect([nameOf(route), await everything()]).toEqual([nameOf(route), before])
    }
    expect([await ask(key, 'get', { path: '/customers/own' }), await ask(own.key, 'get', { path: '/portfolio' })]).toEqual([200, 200])
  })

  test('that writes changes customers and not the account it belongs to', async () => {
    const { key, id } = await keyOf('lead', ['read', 'write'])
    const body = { name: 'csm.assigned', value: false, version: await versionOf('own') }
    expect(await ask(key, 'put', { path: '/customers/own/facts', body })).toBe(200)
    for (const [method, sent] of [
      ['post', { path: '/me/keys', body: { name: 'More', scopes: ['read', 'write'] } }],
      ['delete', { path: `/me/keys/${id}` }],
      ['delete', { path: '/me/sessions' }],
    ] as const)
      expect([sent.path, await ask(key, method, sent)]).toEqual([sent.path, 403])
  })

  test.each([
    [
      'that has ended',
      ({ id }: { id: string }) => owner.query(`update auth.api_key set expires_at = now() - interval '1 second' where id = $1`, [id]),
    ],
    ['that was removed', ({ id, personId }: { id: string; personId: string }) => api.auth.deleteKey(personId, id)],
    ['that was switched off', ({ id }: { id: string }) => owner.query('update auth.api_key set enabled = false where id = $1', [id])],
    ['whose owner is disabled', ({ personId }: { personId: string }) => api.auth.changePerson(personId, { disabled: true })],
  ] as const)('%s opens nothing', async (_, end) => {
    const made = await keyOf('engineer', ['read', 'write'])
    expect(await ask(made.key, 'get', { path: '/customers/own' })).toBe(200)
    await end(made)
    expect(await ask(made.key, 'get', { path: '/customers/own' })).toBe(401)
    await api.auth.changePerson(made.personId, { disabled: false })
  })

  test.each(['imp_', `imp_${'a'.repeat(64)}`, `imp_${'a'.repeat(100_000)}`, '%', '\u00ff', "' or 1=1 --"])(
    'of %.20j is nobody’s',
    async key => {
      expect(await ask(key, 'get', { path: '/customers/own' })).toBe(401)
    },
  )
})
