import type { AssignmentView, CustomerPeople, Invitation, MadeKey, MailPage, OwnAccount, PersonView } from '../model/admin-api.ts'
import type { AccessRight } from '../model/api.ts'
import type { Sent, TestApi } from './testing.ts'

/** Requests that the tests of all routes send. */
export type Sample = Readonly<{
  /** `as` is who will send it. */
  good: (api: TestApi, as: AccessRight) => Sent | Promise<Sent>
  /** What a good request is answered here, where that is not 200: a refusal that comes after the one for rights. */
  status?: number
  /** Requests that cannot be read; every route with anything to read has one. */
  bad: readonly Sent[]
  /** Things that are not there. */
  missing: readonly Sent[]
}>

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const LONG = 'x'.repeat(101)
const PASSWORD = 'longboat river seventeen'

let count = 0
const fresh = (name: string) => `${name}-${++count}`
const email = (name: string) => `${fresh(name)}@example.org`

async function ask<T>(api: TestApi, method: string, sent: Sent, as: AccessRight = 'administrator'): Promise<T> {
  const response = await api.send(method, sent, as)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${method} ${sent.path}: ${response.status} ${text}`)
  // The tests hold each answer against its schema.
  return JSON.parse(text) as T
}

/** Somebody new, invited. */
async function somebody(api: TestApi): Promise<PersonView> {
  const body = { email: email('somebody'), name: 'Somebody New', right: 'reader', scope: 'customers' }
  return (await ask<Invitation>(api, 'post', { path: '/people', body })).person
}

async function assigned(api: TestApi): Promise<AssignmentView> {
  const { id } = await somebody(api)
  const body = { person: id, role: 'subject-matter-expert', service: 'teams', version: await api.version() }
  const { assignments } = await ask<CustomerPeople>(api, 'post', { path: `${HERE}/assignments`, body })
  // Just made.
  return assignments.find(each => each.person.id === id)!
}

async function newTeam(api: TestApi): Promise<string> {
  const team = fresh('team')
  await ask(api, 'put', { path: `/teams/${team}`, body: { name: 'A team', members: [] } })
  return team
}

async function tokenOf(api: TestApi): Promise<string> {
  const body = { email: email('invited'), name: 'Somebody Invited', right: 'reader', scope: 'all' }
  const { link } = await ask<Invitation>(api, 'post', { path: '/people', body })
  return new URL(link ?? '').searchParams.get('token') ?? ''
}

async function someMail(api: TestApi): Promise<string> {
  await somebody(api)
  const { mails } = await ask<MailPage>(api, 'get', { path: '/mail' })
  // The invitation just sent.
  return mails[0]!.id
}

const invite = (more: object = {}) => ({ email: email('new'), name: 'New Person', right: 'engineer', scope: 'team', ...more })
const assign = (more: object) => ({ person: 'nobody', role: 'fasttrack-engineer', version: 0, ...more })

export const ADMIN_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /people': {
    good: () => ({ path: '/people?q=e&limit=3' }),
    bad: [{ path: '/people?limit=0' }, { path: '/people?limit=201' }, { path: `/people?q=${'x'.repeat(201)}` }],
    missing: [],
  },
  'post /people': {
    good: () => ({ path: '/people', body: invite() }),
    bad: [
      { path: '/people', body: invite({ email: 'a@example.com\r\nBcc: b@example.com' }) },
      { path: '/people', body: invite({ email: 'a@example.com,b@example.com' }) },
      { path: '/people', body: invite({ name: ' ' }) },
      { path: '/people', body: invite({ name: 'New\nPerson' }) },
      { path: '/people', body: invite({ right: 'owner' }) },
      { path: '/people', body: invite({ teams: ['no-such-team'] }) },
      { path: '/people', body: invite({ isDemo: true }) },
    ],
    missing: [],
  },
  'put /people/:person': {
    good: async api => ({
      path: `/people/${(await somebody(api)).id}`,
      body: { right: 'engineer', scope: 'services', teams: [await newTeam(api)] },
    }),
    bad: [
      { path: '/people/x', body: { right: 'owner' } },
      { path: '/people/x', body: { email: 'other@example.com' } },
      { path: '/people/x', body: { id: 'y' } },
      { path: `/people/${LONG}`, body: {} },
    ],
    missing: [{ path: '/people/nobody', body: { right: 'reader' } }],
  },
  'post /people/:person/invitation': {
    good: async api => ({ path: `/people/${(await somebody(api)).id}/invitation` }),
    bad: [{ path: `/people/${LONG}/invitation` }],
    missing: [{ path: '/people/nobody/invitation' }],
  },
  'delete /people/:person/sessions': {
    good: async api => ({ path: `/people/${(await somebody(api)).id}/sessions` }),
    bad: [{ path: `/people/${LONG}/sessions` }],
    missing: [{ path: '/people/nobody/sessions' }],
  },
  'post /people/:person/cover': {
    good: async api => ({
      path: `/people/${(await assigned(api)).person.id}/cover`,
      body: { by: (await somebody(api)).id, until: '2026-12-24' },
    }),
    bad: [
      { path: '/people/x/cover', body: { by: 'y' } },
      { path: '/people/x/cover', body: { by: 'x', until: '2026-12-24' } },
      { path: '/people/x/cover', body: { by: 'y', until: '2026-02-30' } },
      { path: '/people/x/cover', body: { by: 'y', until: '2026-11-20' } },
      { path: '/people/x/cover', body: { by: 'y', until: '2026-12-24', customers: [] } },
    ],
    missing: [{ path: '/people/nobody/cover', body: { by: 'y', until: '2026-12-24' } }],
  },
  'get /teams': { good: () => ({ path: '/teams' }), bad: [], missing: [] },
  'put /teams/:team': {
    good: async api => ({ path: `/teams/${fresh('team')}`, body: { name: 'South', members: [(await somebody(api)).id] } }),
    bad: [
      { path: '/teams/South', body: { name: 'South', members: [] } },
      { path: '/teams/south', body: { name: '', members: [] } },
      { path: '/teams/south', body: { name: 'South' } },
      { path: '/teams/south', body: { name: 'South', members: ['nobody'] } },
    ],
    missing: [],
  },
  'delete /teams/:team': {
    good: async api => ({ path: `/teams/${await newTeam(api)}` }),
    bad: [{ path: '/teams/South' }],
    missing: [{ path: '/teams/no-such-team' }],
  },
  'get /customers/:id/people': {
    good: () => ({ path: `${HERE}/people` }),
    bad: [{ path: '/customers/Con_toso/people' }],
    missing: [{ path: `${NOBODY}/people` }],
  },
  'post /customers/:id/assignments': {
    good: async api => ({
      path: `${HERE}/assignments`,
      body: assign({ person: (await somebody(api)).id, isPrimary: true, version: await api.version() }),
    }),
    bad: [
      { path: `${HERE}/assignments`, body: assign({}) },
      { path: `${HERE}/assignments`, body: assign({ role: 'owner' }) },
      { path: `${HERE}/assignments`, body: assign({ service: 'no-such-service' }) },
      { path: `${HERE}/assignments`, body: assign({ since: '2026-12-01', until: '2026-11-30' }) },
      { path: `${HERE}/assignments`, body: assign({ covers: 'x' }) },
      { path: `${HERE}/assignments`, body: assign({ covers: 'x', until: '2026-12-01', isPrimary: true }) },
      { path: `${HERE}/assignments`, body: assign({ covers: 'nobody', until: '2026-12-01' }) },
      { path: `${HERE}/assignments`, body: assign({ customer_id: 'other' }) },
    ],
    missing: [{ path: `${NOBODY}/assignments`, body: assign({}) }],
  },
  'put /customers/:id/assignments/:assignment': {
    good: async api => {
      const { id } = await assigned(api)
      return { path: `${HERE}/assignments/${id}`, body: { until: '2026-12-24', version: await api.version() } }
    },
    bad: [
      { path: `${HERE}/assignments/x`, body: { until: 'tomorrow', version: 0 } },
      { path: `${HERE}/assignments/x`, body: { until: null } },
      { path: `${HERE}/assignments/x`, body: { person: 'other', version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/assignments/x`, body: { until: null, version: 0 } }],
  },
  'delete /customers/:id/assignments/:assignment': {
    good: async api => {
      const { id } = await assigned(api)
      return { path: `${HERE}/assignments/${id}?version=${await api.version()}` }
    },
    bad: [{ path: `${HERE}/assignments/x` }, { path: `${HERE}/assignments/x?version=-1` }],
    missing: [{ path: `${NOBODY}/assignments/x?version=0` }],
  },
  'put /customers/:id/team': {
    good: async api => ({ path: `${HERE}/team`, body: { team: await newTeam(api), version: await api.version() } }),
    bad: [
      { path: `${HERE}/team`, body: { version: 0 } },
      { path: `${HERE}/team`, body: { team: 'South', version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/team`, body: { team: null, version: 0 } }],
  },
  'get /me': { good: () => ({ path: '/me' }), bad: [], missing: [] },
  'delete /me/sessions': { good: () => ({ path: '/me/sessions' }), bad: [], missing: [] },
  'delete /me/sessions/:session': {
    good: async (api, as) => {
      await api.signIn(as)
      const { sessions } = await ask<OwnAccount>(api, 'get', { path: '/me' }, as)
      // Just signed in a second time.
      return { path: `/me/sessions/${sessions.find(each => !each.isCurrent)!.id}` }
    },
    bad: [{ path: `/me/sessions/${LONG}` }],
    missing: [{ path: '/me/sessions/none' }],
  },
  'post /me/keys': {
    good: () => ({ path: '/me/keys', body: { name: 'Reports', scopes: ['read'] } }),
    bad: [
      { path: '/me/keys', body: { name: '', scopes: ['read'] } },
      { path: '/me/keys', body: { name: 'Reports', scopes: [] } },
      { path: '/me/keys', body: { name: 'Reports', scopes: ['administrator'] } },
      { path: '/me/keys', body: { name: 'Reports', scopes: ['read'], days: 366 } },
      { path: '/me/keys', body: { name: 'Reports', scopes: ['read'], personId: 'other' } },
    ],
    missing: [],
  },
  'delete /me/keys/:key': {
    good: async (api, as) => {
      const { account } = await ask<MadeKey>(api, 'post', { path: '/me/keys', body: { name: 'Short', scopes: ['read'], days: 1 } }, as)
      // Just made.
      return { path: `/me/keys/${account.keys[0]!.id}` }
    },
    bad: [{ path: `/me/keys/${LONG}` }],
    missing: [{ path: '/me/keys/none' }],
  },
  'get /settings': { good: () => ({ path: '/settings' }), bad: [], missing: [] },
  'put /settings': {
    good: async api => ({
      path: '/settings',
      body: { retention: { mail: 10 + ++count }, version: (await ask<{ version: number }>(api, 'get', { path: '/settings' })).version },
    }),
    bad: [
      { path: '/settings', body: { unassigned: 'open', version: 0 } },
      { path: '/settings', body: { retention: { mail: 0 }, version: 0 } },
      { path: '/settings', body: { retention: { everything: 1 }, version: 0 } },
      { path: '/settings', body: { setup_code_hash: null, version: 0 } },
      { path: '/settings', body: { unassigned: 'hidden' } },
    ],
    missing: [],
  },
  'post /setup': {
    good: () => ({ path: '/setup', body: { code: 'a', email: 'new@example.org', name: 'New', password: PASSWORD } }),
    status: 409,
    bad: [
      { path: '/setup', body: { code: '', email: 'new@example.org', name: 'New', password: PASSWORD } },
      { path: '/setup', body: { code: 'a', email: 'new', name: 'New', password: PASSWORD } },
      { path: '/setup', body: { code: 'a', email: 'new@example.org', name: 'New', password: 'short' } },
    ],
    missing: [],
  },
  'post /setup/own-data': {
    good: () => ({ path: '/setup/own-data', body: { email: 'new@example.org', name: 'New', password: PASSWORD } }),
    status: 409,
    bad: [{ path: '/setup/own-data', body: { email: 'new@example.org', name: 'New' } }],
    missing: [],
  },
  'post /invitation': {
    good: async api => ({ path: '/invitation', body: { token: await tokenOf(api) } }),
    bad: [{ path: '/invitation', body: { token: '' } }],
    missing: [{ path: '/invitation', body: { token: 'none' } }],
  },
  'post /invitation/acceptance': {
    good: async api => ({ path: '/invitation/acceptance', body: { token: await tokenOf(api), password: PASSWORD } }),
    bad: [{ path: '/invitation/acceptance', body: { token: 'none', password: 'short' } }],
    missing: [{ path: '/invitation/acceptance', body: { token: 'none', password: PASSWORD } }],
  },
  'get /checks': { good: () => ({ path: '/checks' }), bad: [], missing: [] },
  'post /checks/mail': {
    good: () => ({ path: '/checks/mail', body: { to: 'ana@example.org' } }),
    bad: [{ path: '/checks/mail', body: { to: 'ana@example.org\nBcc: b@example.org' } }],
    missing: [],
  },
  'get /jobs': { good: () => ({ path: '/jobs' }), bad: [], missing: [] },
  'post /jobs/:queue/:job/retry': {
    good: () => ({ path: '/jobs/purge/00000000-0000-4000-8000-000000000000/retry' }),
    status: 404,
    bad: [{ path: `/jobs/${LONG}/x/retry` }],
    missing: [{ path: '/jobs/no-such-queue/x/retry' }, { path: '/jobs/purge/x/retry' }],
  },
  'post /jobs/:queue/run': {
    // Starts nothing: it is told what about.
    good: () => ({ path: '/jobs/send-mail/run' }),
    status: 409,
    bad: [{ path: `/jobs/${LONG}/run` }],
    missing: [{ path: '/jobs/no-such-queue/run' }],
  },
  'get /mail': {
    good: () => ({ path: '/mail' }),
    bad: [{ path: `/mail?before=${LONG}` }, { path: '/mail?before=yesterday' }],
    missing: [],
  },
  'get /mail/:mail': {
    good: async api => ({ path: `/mail/${await someMail(api)}` }),
    bad: [{ path: `/mail/${LONG}` }],
    missing: [{ path: '/mail/none' }],
  },
  'post /mail/:mail/send': {
    // A captured one has gone nowhere and goes nowhere.
    good: async api => ({ path: `/mail/${await someMail(api)}/send` }),
    status: 409,
    bad: [{ path: `/mail/${LONG}/send` }],
    missing: [{ path: '/mail/none/send' }],
  },
  'delete /mail/:mail': {
    good: async api => ({ path: `/mail/${await someMail(api)}` }),
    status: 409,
    bad: [{ path: `/mail/${LONG}` }],
    missing: [{ path: '/mail/none' }],
  },
}
