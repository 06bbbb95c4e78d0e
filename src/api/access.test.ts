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
const CONNECT_RIGHTS: readonly AccessRight[] = ['administrator', 'lead', 'fasttrack-manager']
const ASSIGN_RIGHTS: readonly AccessRight[] = ['administrator', 'lead']

type Try = Readonly<{
  /** What is done, where a route does more than one thing. */
  what: string
  rights: readonly AccessRight[]
  reach: Reach
  /** `version` is the customer's present one. */
  sent: (customer: string, version: number) => Sent
  /** What the one who may is answered where that is not 200: the person, team or assignment named is not there, so that nothing changes. */
  done?: 200 | 400 | 404 | 409
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
const severalOf = (service: string, reach: Reach): Try => ({
  what: `items of ${service}`,
  rights: ITEM_RIGHTS,
  reach,
  sent: (to, version) => ({
    path: `/customers/${to}/items`,
    body: { changes: [{ item: ITEMS[service] ?? '', status: { status: 'in-progress' } }], version },
  }),
})
const NO_NOTE = '00000000-0000-4000-8000-000000000000'
const noNote = (query: string, sent: Partial<Sent>): readonly Try[] => [
  {
    what: 'a note that is not there',
    rights: ITEM_RIGHTS,
    reach: SEEN,
    done: 404,
    sent: to => ({ ...sent, path: `/customers/${to}/notes/${NO_NOTE}${query}` }),
  },
]
const fact = (what: string, body: object, reach: Reach): Try => ({
  what,
  rights: FACT_RIGHTS,
  reach,
  sent: (customer, version) => ({ path: `/customers/${customer}/facts`, body: { ...body, version } }),
})
/** What is there already, so that nothing changes. */
const milestone = (service: string, sent: (path: string) => Sent, reach: Reach): Try => ({
  what: `a milestone of ${service}`,
  rights: FACT_RIGHTS,
  reach,
  sent: customer => sent(`/customers/${customer}/services/${service}/milestones/first`),
})
const denominator = (service: string, reach: Reach): Try => ({
  what: `the denominator of ${service}`,
  rights: FACT_RIGHTS,
  reach,
  sent: (customer, version) => ({
    path: `/customers/${customer}/services/${service}/denominator`,
    body: { kind: version % 2 === 0 ? 'assigned' : null, version },
  }),
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
/** What the one who may is answered: there is no connection, nor a credential for one. */
const connects = (
  what: string,
  path: string,
  body: object | undefined,
  done: 200 | 400 | 404,
  rights: readonly AccessRight[] = CONNECT_RIGHTS,
): readonly Try[] => [
  {
    what,
    rights,
    reach: WHOLE,
    done,
    sent: customer => ({ path: `/customers/${customer}/tenants/main${path}`, ...(body === undefined ? {} : { body }) }),
  },
]
/** Where the blocker, the decision or the confirmation named is not there, nothing changes. */
const blocks = (what: string, reach: Reach, services: readonly string[]): Try => ({
  what,
  rights: ITEM_RIGHTS,
  reach,
  sent: customer => ({
    path: `/customers/${customer}/blockers`,
    body: { title: 'B', services, items: [], reason: 'other', seats: null, owner: null, nextAction: null, nextActionOn: null },
  }),
})
const NONE = '00000000-0000-4000-8000-000000000000'
/** Before anything is looked for, it is asked who may. */
const touches = (what: string, rights: readonly AccessRight[], path: string, body?: object): Try => ({
  what,
  rights,
  reach: SEEN,
  done: 404,
  sent: customer => ({ path: `/customers/${customer}${path}`, ...(body === undefined ? {} : { body }) }),
})
const agrees = (rights: readonly AccessRight[], path: string, body: object): Try => ({
  what: 'agree',
  rights,
  reach: WHOLE,
  done: 400,
  sent: customer => ({ path: `/customers/${customer}${path}`, body: { ...body, version: 99_999 } }),
})
/** The same again changes nothing. */
const discusses = (service: string, reach: Reach): Try => ({
  what: `a discussion of ${service}`,
  rights: FACT_RIGHTS,
  reach,
  sent: customer => ({ path: `/customers/${customer}/discussions/${service}`, body: { status: 'proposed', version: 0 } }),
})
/** One that is not there. */
const handshake = (path: string, rights: readonly AccessRight[], body: object): readonly Try[] => [
  {
    what: path,
    rights,
    reach: SEEN,
    done: 404,
    sent: customer => ({
      path: `/customers/${customer}/handshakes/00000000-0000-4000-8000-000000000000/${path}`,
      body: { ...body, version: 0 },
    }),
  },
]
const set = (path: string, version: number): Sent => ({ path, body: { status: 'in-progress', version } })
const clear = (path: string, version: number): Sent => ({ path: `${path}?version=${version}` })

const NO_CONTACT = '00000000-0000-4000-8000-000000000000'
/** Something of the customer as a whole that is not there, or a body that cannot be: nothing changes. */
const whole = (
  what: string,
  path: string,
  body: object,
  rights: readonly AccessRight[],
  done: 200 | 400 | 404,
  reach = WHOLE,
): readonly Try[] => [
  { what, rights, reach, done, sent: (customer, version) => ({ path: `/customers/${customer}${path}`, body: { version, ...body } }) },
]

const A_MEETING = { title: 'Call', startsLocal: '2026-12-01T10:00', timeZone: 'UTC', minutes: 30 }
/** Where the meeting or series named is not there, nothing changes. */
const meets = (path: string, body: object, done: 200 | 400 | 404, of = '/meetings'): readonly Try[] => [
  { what: `a meeting${path}`, rights: FACT_RIGHTS, reach: WHOLE, done, sent: to => ({ path: `/customers/${to}${of}${path}`, body }) },
]

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
  'get /customers/:id/items': reads('/items'),
  'post /customers/:id/items': [severalOf('teams', SEEN), severalOf('exchange', EXCHANGE)],
  'post /customers/:id/follow-ups': [
    {
      what: 'a follow-up',
      rights: ITEM_RIGHTS,
      reach: WHOLE,
      sent: to => ({ path: `/customers/${to}/follow-ups`, body: { title: 'Call' } }),
    },
  ],
  'get /customers/:id/notes': reads('/notes'),
  'post /customers/:id/notes': [
    { what: 'a note', rights: ITEM_RIGHTS, reach: SEEN, sent: to => ({ path: `/customers/${to}/notes`, body: { body: 'A call' } }) },
  ],
  'get /customers/:id/notes/people': reads('/notes/people'),
  'put /customers/:id/notes/:note': noNote('', { body: { body: 'A call', version: 1 } }),
  'delete /customers/:id/notes/:note': noNote('?version=1', {}),
  'get /customers/:id/notes/:note/versions': reads(`/notes/${NO_NOTE}/versions`).map(each => ({ ...each, done: 404 })),
  'get /customers/:id/details': reads('/details'),
  'put /customers/:id/details': whole('edit', '/details', {}, CONNECT_RIGHTS, 200),
  'post /customers/:id/tenants': whole('add a tenant', '/tenants', { id: 'more', name: 'More', version: 99_999 }, CONNECT_RIGHTS, 400),
  'put /customers/:id/tenants/:tenant/name': whole('rename a tenant', '/tenants/none/name', { name: 'N' }, CONNECT_RIGHTS, 404),
  'post /customers/:id/tenants/:tenant/merge': [
    {
      what: 'merge tenants',
      rights: CONNECT_RIGHTS,
      reach: WHOLE,
      done: 404,
      sent: to => ({ path: `/customers/${to}/tenants/none/merge`, body: { into: 'main' } }),
    },
  ],
  'post /customers/:id/archive': whole('archive', '/archive', { reason: 'left', version: 99_999 }, ASSIGN_RIGHTS, 400, NOWHERE),
  'post /customers/:id/merge': [
    {
      what: 'merge',
      rights: ASSIGN_RIGHTS,
      reach: NOWHERE,
      done: 404,
      sent: to => ({ path: `/customers/${to}/merge`, body: { from: 'nobody' } }),
    },
  ],
  'get /customers/:id/merged/:from/events': reads('/merged/nobody/events').map(each => ({ ...each, done: 404 })),
  'get /customers/:id/contacts': reads('/contacts'),
  'post /customers/:id/contacts': [
    { what: 'a contact', rights: FACT_RIGHTS, reach: WHOLE, sent: to => ({ path: `/customers/${to}/contacts`, body: { name: 'C' } }) },
  ],
  'put /customers/:id/contacts/:contact': whole(
    'change a contact',
    `/contacts/${NO_CONTACT}`,
    {
      ...{ name: 'C', email: null, title: null, phone: null, roles: [], services: [], language: null, country: null },
      ...{ timeZone: null, doNotContact: null, surveyEligible: false },
    },
    FACT_RIGHTS,
    404,
  ),
  'post /customers/:id/contacts/:contact/erasure': whole('erase', `/contacts/${NO_CONTACT}/erasure`, { name: 'C' }, FACT_RIGHTS, 404),
  'get /customers/:id/meetings': reads('/meetings'),
  'get /customers/:id/meetings/:meeting': reads(`/meetings/${NO_NOTE}`).map(each => ({ ...each, done: 404 })),
  'post /customers/:id/meetings': meets('', { ...A_MEETING, kind: 'internal' }, 200),
  'put /customers/:id/meetings/:meeting': meets(`/${NO_NOTE}`, { ...A_MEETING, version: 1 }, 404),
  'post /customers/:id/meetings/:meeting/cancel': meets(`/${NO_NOTE}/cancel`, { version: 1 }, 404),
  'post /customers/:id/meetings/:meeting/result': meets(`/${NO_NOTE}/result`, { state: 'held', version: 1 }, 404),
  'put /customers/:id/meetings/:meeting/notes': meets(`/${NO_NOTE}/notes`, { version: 1 }, 404),
  'post /customers/:id/meetings/:meeting/agenda': meets(`/${NO_NOTE}/agenda`, { version: 1 }, 404),
  'post /customers/:id/meetings/:meeting/follow-ups': meets(`/${NO_NOTE}/follow-ups`, { title: 'Call' }, 404),
  'post /customers/:id/cadences': meets('', { ...A_MEETING, kind: 'internal', rule: 'FREQ=YEARLY' }, 400, '/cadences'),
  'put /customers/:id/cadences/:cadence': meets(
    `/${NO_NOTE}`,
    { ...A_MEETING, kind: 'internal', rule: 'FREQ=DAILY', version: 1 },
    404,
    '/cadences',
  ),
  'post /customers/:id/cadences/:cadence/end': meets(`/${NO_NOTE}/end`, { version: 1 }, 404, '/cadences'),
  'get /customers/:id/priority': reads('/priority'),
  'put /customers/:id/priority': [
    {
      ...touches('set the priority', FACT_RIGHTS, '/priority', { priority: 900, reason: 'the sponsor leaves', until: '2026-12-31' }),
      reach: WHOLE,
      done: 200,
    },
  ],
  'delete /customers/:id/priority': [{ ...touches('clear the priority', FACT_RIGHTS, '/priority'), reach: WHOLE, done: 200 }],
  'get /customers/:id/imports': reads('/imports'),
  'delete /customers/:id/imports/:import': [
    {
      what: 'take back',
      rights: IMPORT_RIGHTS,
      reach: WHOLE,
      done: 404,
      sent: customer => ({ path: `/customers/${customer}/imports/00000000-0000-4000-8000-000000000000` }),
    },
  ],
  'put /customers/:id/services/:service/denominator': [denominator('teams', SEEN), denominator('exchange', EXCHANGE)],
  'get /customers/:id/services/:service/people': [
    {
      what: 'people',
      rights: FACT_RIGHTS,
      reach: SEEN,
      sent: customer => ({ path: `/customers/${customer}/services/teams/people` }),
    },
  ],
  'get /customers/:id/usage/export': reads('/usage/export'),
  'get /customers/:id/survey': reads('/survey'),
  'get /customers/:id/survey/contacts/:contact/export': [touches('a copy', ACCESS_RIGHTS, `/survey/contacts/${NONE}/export`)],
  // No such contact, no such invitation.
  'post /customers/:id/survey/invitations': [
    { ...touches('ask', FACT_RIGHTS, '/survey/invitations', { contacts: [NONE] }), reach: WHOLE, done: 400 },
  ],
  'post /customers/:id/survey/invitations/:invitation/withdrawal': [
    { ...touches('withdraw', FACT_RIGHTS, `/survey/invitations/${NONE}/withdrawal`), reach: WHOLE },
  ],
  'get /customers/:id/handshakes': reads('/handshakes'),
  'post /customers/:id/handshakes': [
    {
      what: 'offer',
      rights: CONNECT_RIGHTS,
      reach: EXCHANGE,
      // A service that no playbook hands over.
      done: 400,
      sent: customer => ({ path: `/customers/${customer}/handshakes`, body: { services: ['exchange'] } }),
    },
  ],
  'get /customers/:id/expert-requests': reads('/expert-requests'),
  'post /customers/:id/expert-requests': [
    ...(['teams', 'exchange', null] as const).map(service => ({
      what: `for ${service ?? 'the customer'}`,
      rights: ITEM_RIGHTS,
      reach: service === 'teams' ? SEEN : service === 'exchange' ? EXCHANGE : WHOLE,
      sent: (customer: string) => ({ path: `/customers/${customer}/expert-requests`, body: { skill: 'security', service, purpose: 'P' } }),
    })),
  ],
  'post /customers/:id/handshakes/:handshake/answer': handshake('answer', ['administrator', 'lead', 'customer-success-manager'], {
    answer: 'accept',
  }),
  'post /customers/:id/handshakes/:handshake/messages': handshake('messages', FACT_RIGHTS, { body: 'Since when?' }),
  'post /customers/:id/handshakes/:handshake/withdrawal': handshake('withdrawal', CONNECT_RIGHTS, {}),
  'get /customers/:id/success': reads('/success'),
  'post /customers/:id/success/template': whole('copy', '/success/template', { from: 'own', template: 'none' }, FACT_RIGHTS, 404),
  'post /customers/:id/objectives': whole('an objective', '/objectives', { title: 'Meet' }, FACT_RIGHTS, 200),
  'put /customers/:id/objectives/:objective': whole('change', `/objectives/${NONE}`, { title: 'Meet' }, FACT_RIGHTS, 404),
  'delete /customers/:id/objectives/:objective': [{ ...touches('remove', FACT_RIGHTS, `/objectives/${NONE}?version=0`), reach: WHOLE }],
  'put /customers/:id/objective-order': whole('order', '/objective-order', { order: [NONE] }, FACT_RIGHTS, 400),
  'post /customers/:id/metrics': whole('a metric', '/metrics', { name: 'M', kind: 'own', target: 5 }, FACT_RIGHTS, 200),
  'put /customers/:id/metrics/:metric': whole('change', '/metrics/none', { name: 'M', kind: 'own', target: 5 }, FACT_RIGHTS, 404),
  'delete /customers/:id/metrics/:metric': [{ ...touches('remove', FACT_RIGHTS, '/metrics/none?version=0'), reach: WHOLE }],
  'put /customers/:id/metrics/:metric/readings/:day': whole('read', '/metrics/none/readings/2026-11-01', { value: 1 }, FACT_RIGHTS, 404),
  'delete /customers/:id/metrics/:metric/readings/:day': [
    { ...touches('take back', FACT_RIGHTS, '/metrics/none/readings/2026-11-01?version=0'), reach: WHOLE },
  ],
  'put /customers/:id/readings': [
    {
      what: 'readings',
      rights: FACT_RIGHTS,
      reach: WHOLE,
      sent: customer => ({ path: `/customers/${customer}/readings?preview=true`, file: 'metric,day,value\n' }),
    },
  ],
  'delete /customers/:id/readings/:event': [{ ...touches('undo', FACT_RIGHTS, '/readings/999999'), reach: WHOLE }],
  'put /customers/:id/services/:service/seats': whole('split', '/services/teams/seats', { seats: 0, parts: [] }, FACT_RIGHTS, 200),
  'put /customers/:id/services/:service/kickoff': whole('DIBS', '/services/teams/kickoff', { intent: 'Meet' }, FACT_RIGHTS, 200),
  'put /customers/:id/kickoff': whole('SSAT', '/kickoff', { scenarios: 'Meet' }, FACT_RIGHTS, 200),
  'get /customers/:id/targets': reads('/targets'),
  'put /customers/:id/services/:service/milestones/:milestone': [
    milestone('teams', path => ({ path, body: { percent: 10, targetDate: null, version: 0 } }), SEEN),
    milestone('exchange', path => ({ path, body: { percent: 10, targetDate: null, version: 0 } }), EXCHANGE),
  ],
  'delete /customers/:id/services/:service/milestones/:milestone': [
    milestone('teams', path => ({ path: `${path}?version=0` }), SEEN),
    milestone('exchange', path => ({ path: `${path}?version=0` }), EXCHANGE),
  ],
  'put /customers/:id/reports/:fileName': [
    {
      what: 'import',
      rights: IMPORT_RIGHTS,
      reach: WHOLE,
      sent: customer => ({ path: `/customers/${customer}/reports/seats.csv?tenant=main&preview=true`, file: ENTITLEMENTS }),
    },
  ],
  'get /customers/:id/blockers': reads('/blockers'),
  'post /customers/:id/blockers': [
    blocks('of teams', SEEN, ['teams']),
    blocks('of exchange', EXCHANGE, ['exchange']),
    blocks('of all', WHOLE, []),
  ],
  'put /customers/:id/blockers/:blocker': [
    touches('change', ITEM_RIGHTS, `/blockers/${NONE}`, {
      ...{ title: 'B', services: [], items: [], reason: 'other', seats: null, owner: null, nextAction: null, nextActionOn: null },
      version: 1,
    }),
  ],
  'post /customers/:id/blockers/:blocker/resolution': [
    touches('resolve', ITEM_RIGHTS, `/blockers/${NONE}/resolution`, { resolution: 'Done', version: 1 }),
  ],
  'delete /customers/:id/blockers/:blocker/resolution': [touches('reopen', ITEM_RIGHTS, `/blockers/${NONE}/resolution?version=1`)],
  'get /customers/:id/discussions': reads('/discussions'),
  'put /customers/:id/discussions/:service': [discusses('teams', SEEN), discusses('exchange', EXCHANGE)],
  'delete /customers/:id/discussions/:service': [touches('take back', FACT_RIGHTS, '/discussions/visio?version=1')].map(each => ({
    ...each,
    reach: EXCHANGE,
  })),
  'post /customers/:id/discussions/:service/follow-ups': [
    { ...touches('follow up', FACT_RIGHTS, '/discussions/exchange/follow-ups', { title: 'Call' }), done: 200, reach: EXCHANGE },
  ],
  'post /customers/:id/usage-discussions': [
    { ...touches('usage reports', FACT_RIGHTS, '/usage-discussions', { heldOn: '2026-11-10' }), done: 200, reach: WHOLE },
  ],
  'delete /customers/:id/usage-discussions/:discussion': [
    { ...touches('take back', FACT_RIGHTS, `/usage-discussions/${NONE}`), reach: WHOLE },
  ],
  'get /customers/:id/review/deck': reads('/review/deck'),
  'put /customers/:id/review/deck': [agrees(FACT_RIGHTS, '/review/deck', { locale: 'en', slides: ['usage'], narratives: {} })],
  'post /customers/:id/review/deck/data': [agrees(FACT_RIGHTS, '/review/deck/data', {})],
  // Before its data was taken.
  'get /customers/:id/review/deck/:format': reads('/review/deck/pdf').map(each => ({ ...each, done: 409 })),
  'get /customers/:id/review': reads('/review'),
  // Of a version that is not there yet: refused after the right was asked.
  'post /customers/:id/review/outcomes': [agrees(CONNECT_RIGHTS, '/review/outcomes', { outcomes: ['disengage'] })],
  'put /customers/:id/review/outcomes': [agrees(ASSIGN_RIGHTS, '/review/outcomes', { outcomes: ['disengage'], reason: 'R' })],
  'post /customers/:id/engagement/cancelled': [agrees(CONNECT_RIGHTS, '/engagement/cancelled', { reason: 'R' })],
  'delete /customers/:id/engagement/cancelled': [
    { ...agrees(ASSIGN_RIGHTS, '', {}), sent: of => ({ path: `/customers/${of}/engagement/cancelled?reason=R&version=99999` }) },
  ],
  'post /customers/:id/engagements': [agrees(FACT_RIGHTS, '/engagements', { services: ['teams'], reason: null })],
  'get /customers/:id/review-record': reads('/review-record'),
  'put /customers/:id/review-record/talk': whole('talk', '/review-record/talk', { intent: null, scenarios: [] }, FACT_RIGHTS, 200),
  'put /customers/:id/review-record/expectations': whole('expectations', '/review-record/expectations', {}, FACT_RIGHTS, 200),
  'post /customers/:id/review-record/entries': whole('a step', '/review-record/entries', { list: 'step', what: 'Train' }, FACT_RIGHTS, 200),
  'put /customers/:id/review-record/entries/:entry': whole(
    'change',
    `/review-record/entries/${NONE}`,
    { list: 'step', what: 'Train' },
    FACT_RIGHTS,
    404,
  ),
  'delete /customers/:id/review-record/entries/:entry': [
    { ...touches('remove', FACT_RIGHTS, `/review-record/entries/${NONE}?version=0`), reach: WHOLE },
  ],
  'post /customers/:id/review-record/usual-momentum': whole(
    'propose',
    '/review-record/usual-momentum',
    { version: 999_999 },
    FACT_RIGHTS,
    400,
  ),
  'post /customers/:id/review-record/letters': whole(
    'write',
    '/review-record/letters',
    { contacts: [NONE], version: 999_999 },
    FACT_RIGHTS,
    400,
  ),
  'get /customers/:id/decisions': reads('/decisions'),
  'post /customers/:id/decisions/:proposal': [
    touches('decide', FACT_RIGHTS, '/decisions/none', { state: 'offered', contact: null, reason: null, on: '2026-11-20', seq: 0 }),
  ],
  'delete /customers/:id/decisions/:proposal': [touches('undo', FACT_RIGHTS, '/decisions/none?seq=1')],
  'post /customers/:id/transitions/:to': [
    { ...touches('move on', FACT_RIGHTS, '/transitions/nowhere', { on: '2026-11-20', override: null, version: 0 }), reach: WHOLE },
  ],
  'delete /customers/:id/transitions/:to': [{ ...touches('move back', FACT_RIGHTS, '/transitions/nowhere?version=0'), reach: WHOLE }],
  'get /customers/:id/checklists': reads('/checklists'),
  'put /customers/:id/checks/:check': [
    { ...touches('confirm', FACT_RIGHTS, '/checks/none', { met: true, on: '2026-11-20', note: null, version: 0 }), reach: WHOLE },
  ],
  'delete /customers/:id/checks/:check': [{ ...touches('withdraw', FACT_RIGHTS, '/checks/none?version=0'), reach: WHOLE }],
  'get /customers/:id/evidence': reads('/evidence'),
  'post /customers/:id/evidence': [
    {
      ...touches('link', ITEM_RIGHTS, '/evidence', { subject: 'check:users-able', title: 'x', href: 'https://contoso.example/' }),
      reach: WHOLE,
      done: 200,
    },
  ],
  'put /customers/:id/evidence-files/:fileName': [
    {
      what: 'file',
      rights: ITEM_RIGHTS,
      reach: WHOLE,
      sent: customer => ({ path: `/customers/${customer}/evidence-files/a.txt?subject=check:users-able`, file: 'a plan' }),
    },
  ],
  'get /customers/:id/evidence/:evidence/file': reads(`/evidence/${NONE}/file`).map(each => ({ ...each, done: 404 })),
  'delete /customers/:id/evidence/:evidence': [touches('take away', ITEM_RIGHTS, `/evidence/${NONE}`)],
  'get /customers/:id/connections': reads('/connections'),
  'put /customers/:id/tenants/:tenant/connection': connects(
    'connect',
    '/connection',
    { directory: 'contoso.example', clientId: '5f1d7c0e-3d35-4b0e-9d0a-2a3f6f0c9a11', version: 0 },
    400,
  ),
  'delete /customers/:id/tenants/:tenant/connection': connects('disconnect', '/connection', undefined, 404),
  'post /customers/:id/tenants/:tenant/connection/test': connects('test', '/connection/test', undefined, 404),
  'put /customers/:id/tenants/:tenant/people': connects('let people be named', '/people', { allowed: true }, 200),
  'post /customers/:id/tenants/:tenant/connection/runs': connects('run', '/connection/runs', undefined, 404, IMPORT_RIGHTS),
  'delete /customers/:id/tenants/:tenant/connection/runs/:run': connects('stop', '/connection/runs/none', undefined, 404, IMPORT_RIGHTS),
  'get /customers/:id/tenants/:tenant/connection/runs/:run': reads('/tenants/main/connection/runs/none').map(each => ({
    ...each,
    done: 404,
  })),
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
          const isRead = each.reach === SEEN && route.method === 'get' && each.rights.includes(right)
          expect([nameOf(route), right, response.status]).toEqual([nameOf(route), right, isRead ? (each.done ?? 200) : 403])
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
      // Asks what a rule would mean, with a body: it reads.
      const isReading = nameOf(route) === 'post /cadence-preview'
      expect([nameOf(route), await ask(key, route.method, sent)]).toEqual([nameOf(route), isReading ? 200 : 403])
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
