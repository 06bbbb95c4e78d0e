import type { ArchivedCustomers, BulkAssigned, Contacts, CustomerDetails } from '../model/customer-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { Sent, TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const NO_ID = '00000000-0000-4000-8000-00000000dead'

let made = 0

/** Done by the administrator, whoever is asked about. */
async function done<T>(api: TestApi, method: string, sent: Sent): Promise<T> {
  const response = await api.send(method, sent, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  // The tests hold each answer against its schema.
  return (await response.json()) as T
}
const detailsOf = (api: TestApi, customer = HERE): Promise<CustomerDetails> => done(api, 'get', { path: `${customer}/details` })

/** A customer of its own, for what takes customers away. */
async function added(api: TestApi): Promise<string> {
  const id = `sample-${++made}`
  await done(api, 'post', { path: '/customers', body: { id, name: `Sample ${made}` } })
  return id
}
async function contactOf(api: TestApi): Promise<Contacts['contacts'][number]> {
  const name = `Contact ${++made}`
  const { contacts } = await done<Contacts>(api, 'post', { path: `${HERE}/contacts`, body: { name } })
  // The one just added.
  return contacts.find(each => each.name === name)!
}
const contact = {
  name: 'Contact',
  email: null,
  title: null,
  phone: null,
  roles: [],
  services: [],
  language: null,
  country: null,
  timeZone: null,
  doNotContact: null,
  surveyEligible: false,
  version: 1,
}
const people = async (api: TestApi): Promise<string> => (await api.auth.listPeople({ limit: 1 })).people[0]?.id ?? ''
const assignment = (person: string) => ({ is: 'assign', role: 'subject-matter-expert', person, since: '2026-11-21' })

/** One entry per route of `customer-routes.ts`, for `routes.test.ts`. */
export const CUSTOMER_SAMPLES: Readonly<Record<string, Sample>> = {
  'post /customers': {
    good: () => ({ path: '/customers', body: { id: `new-${++made}`, name: `New ${made}` } }),
    bad: [
      { path: '/customers', body: { id: 'New', name: 'New' } },
      { path: '/customers', body: { id: 'new', name: '' } },
      { path: '/customers', body: { id: 'new', name: 'New', language: 'English' } },
      { path: '/customers', body: { id: 'new', name: 'New', owner: 'nobody' } },
      { path: '/customers', body: { id: 'new', name: 'New', team: 'no-team' } },
      { path: '/customers', body: { id: 'new', name: 'New', services: [{ service: 'no-such' }] } },
      { path: '/customers', body: { id: 'new', name: 'New', surprise: true } },
    ],
    missing: [],
  },
  'get /customer-names': {
    good: () => ({ path: '/customer-names?name=Contoso' }),
    bad: [{ path: '/customer-names' }, { path: '/customer-names?name=' }],
    missing: [],
  },
  'get /customers/:id/details': {
    good: () => ({ path: `${HERE}/details` }),
    bad: [{ path: '/customers/Con_toso/details' }],
    missing: [{ path: `${NOBODY}/details` }],
  },
  'put /customers/:id/details': {
    good: async api => ({
      path: `${HERE}/details`,
      body: { language: ++made % 2 ? 'pt-BR' : 'en', version: (await detailsOf(api)).version },
    }),
    bad: [
      { path: `${HERE}/details`, body: { name: ' ', version: 0 } },
      { path: `${HERE}/details`, body: { segment: 'huge', version: 0 } },
      { path: `${HERE}/details`, body: { name: 'Contoso' } },
      { path: `${HERE}/details`, body: { team: null, version: 0 } },
      { path: `${HERE}/details`, body: { version: 99_999 } },
    ],
    missing: [{ path: `${NOBODY}/details`, body: { version: 0 } }],
  },
  'post /customers/:id/tenants': {
    good: async api => ({ path: `${HERE}/tenants`, body: { id: `t${++made}`, name: 'T', version: (await detailsOf(api)).version } }),
    bad: [
      { path: `${HERE}/tenants`, body: { id: 'a b', name: 'T', version: 0 } },
      { path: `${HERE}/tenants`, body: { id: 't', name: '', version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/tenants`, body: { id: 't', name: 'T', version: 0 } }],
  },
  'put /customers/:id/tenants/:tenant/name': {
    good: async api => ({
      path: `${HERE}/tenants/contoso-main/name`,
      body: { name: `Main ${++made}`, version: (await detailsOf(api)).version },
    }),
    bad: [{ path: `${HERE}/tenants/contoso-main/name`, body: { name: '', version: 0 } }],
    missing: [
      { path: `${NOBODY}/tenants/contoso-main/name`, body: { name: 'T', version: 0 } },
      { path: `${HERE}/tenants/no-tenant/name`, body: { name: 'T', version: 0 } },
    ],
  },
  'post /customers/:id/tenants/:tenant/merge': {
    good: async api => {
      const id = `m${++made}`
      await done(api, 'post', { path: `${HERE}/tenants`, body: { id, name: 'M', version: (await detailsOf(api)).version } })
      return { path: `${HERE}/tenants/${id}/merge`, body: { into: 'contoso-main' } }
    },
    bad: [
      { path: `${HERE}/tenants/contoso-main/merge`, body: { into: 'contoso-main' } },
      { path: `${HERE}/tenants/contoso-main/merge`, body: { into: 'no-tenant' } },
      { path: `${HERE}/tenants/contoso-main/merge`, body: {} },
    ],
    missing: [
      { path: `${NOBODY}/tenants/contoso-main/merge`, body: { into: 'other' } },
      { path: `${HERE}/tenants/no-tenant/merge`, body: { into: 'contoso-main' } },
    ],
  },
  'post /customers/:id/archive': {
    good: async api => {
      const id = await added(api)
      return { path: `/customers/${id}/archive`, body: { reason: 'left', version: (await detailsOf(api, `/customers/${id}`)).version } }
    },
    bad: [
      { path: `${HERE}/archive`, body: { reason: ' ', version: 0 } },
      { path: `${HERE}/archive`, body: { reason: 'left' } },
    ],
    missing: [{ path: `${NOBODY}/archive`, body: { reason: 'left', version: 0 } }],
  },
  'get /archived-customers': {
    good: () => ({ path: '/archived-customers?q=sample' }),
    bad: [{ path: '/archived-customers?limit=0' }],
    missing: [],
  },
  'post /archived-customers/:id/return': {
    good: async api => {
      const id = await added(api)
      const { version } = await detailsOf(api, `/customers/${id}`)
      await done<ArchivedCustomers>(api, 'post', { path: `/customers/${id}/archive`, body: { reason: 'left', version } })
      return { path: `/archived-customers/${id}/return` }
    },
    bad: [{ path: '/archived-customers/Con_toso/return' }],
    missing: [{ path: '/archived-customers/nobody/return' }, { path: '/archived-customers/contoso/return' }],
  },
  'post /customers/:id/merge': {
    good: async api => ({ path: `${HERE}/merge`, body: { from: await added(api) } }),
    bad: [
      { path: `${HERE}/merge`, body: { from: 'contoso' } },
      { path: `${HERE}/merge`, body: { from: 'No' } },
      { path: `${HERE}/merge`, body: {} },
    ],
    missing: [
      { path: `${NOBODY}/merge`, body: { from: 'contoso' } },
      { path: `${HERE}/merge`, body: { from: 'nobody' } },
    ],
  },
  'get /customers/:id/merged/:from/events': {
    good: async api => {
      const from = await added(api)
      await done(api, 'post', { path: `${HERE}/merge`, body: { from } })
      return { path: `${HERE}/merged/${from}/events` }
    },
    bad: [{ path: `${HERE}/merged/Con_toso/events` }, { path: `${HERE}/merged/nobody/events?limit=0` }],
    missing: [{ path: `${HERE}/merged/nobody/events` }, { path: `${NOBODY}/merged/contoso/events` }],
  },
  'get /customers/:id/contacts': {
    good: () => ({ path: `${HERE}/contacts` }),
    bad: [{ path: '/customers/Con_toso/contacts' }],
    missing: [{ path: `${NOBODY}/contacts` }],
  },
  'post /customers/:id/contacts': {
    good: () => ({ path: `${HERE}/contacts`, body: { name: `Contact ${++made}`, email: `c${made}@example.com` } }),
    bad: [
      { path: `${HERE}/contacts`, body: { name: '' } },
      { path: `${HERE}/contacts`, body: { name: 'C', email: 'no address' } },
      { path: `${HERE}/contacts`, body: { name: 'C', country: 'Brazil' } },
      { path: `${HERE}/contacts`, body: { name: 'C', timeZone: 'Mars/Base' } },
      { path: `${HERE}/contacts`, body: { name: 'C', services: ['no-such'] } },
      { path: `${HERE}/contacts`, body: { name: 'C', surveyEligible: true } },
      { path: `${HERE}/contacts`, body: { name: 'C', surprise: true } },
    ],
    missing: [{ path: `${NOBODY}/contacts`, body: { name: 'C' } }],
  },
  'put /customers/:id/contacts/:contact': {
    good: async api => {
      const { id, version } = await contactOf(api)
      return { path: `${HERE}/contacts/${id}`, body: { ...contact, title: 'CIO', version } }
    },
    bad: [
      { path: `${HERE}/contacts/no-id`, body: contact },
      { path: `${HERE}/contacts/${NO_ID}`, body: { ...contact, roles: ['king'] } },
      { path: `${HERE}/contacts/${NO_ID}`, body: { name: 'C', version: 1 } },
    ],
    missing: [
      { path: `${HERE}/contacts/${NO_ID}`, body: contact },
      { path: `${NOBODY}/contacts/${NO_ID}`, body: contact },
    ],
  },
  'post /customers/:id/contacts/:contact/erasure': {
    good: async api => {
      const { id, name, version } = await contactOf(api)
      return { path: `${HERE}/contacts/${id}/erasure`, body: { name, version } }
    },
    bad: [{ path: `${HERE}/contacts/${NO_ID}/erasure`, body: { version: 1 } }],
    missing: [
      { path: `${HERE}/contacts/${NO_ID}/erasure`, body: { name: 'C', version: 1 } },
      { path: `${NOBODY}/contacts/${NO_ID}/erasure`, body: { name: 'C', version: 1 } },
    ],
  },
  'put /customer-imports/:fileName': {
    good: () => ({ path: '/customer-imports/portfolio.csv', file: `id,name\nfile-${++made},File ${made}\n` }),
    bad: [{ path: '/customer-imports/portfolio.csv?preview=maybe', file: 'id,name\n' }],
    missing: [],
  },
  'post /bulk-assignments': {
    good: async api => ({
      path: '/bulk-assignments',
      body: { customers: { ids: ['contoso'] }, change: assignment(await people(api)), preview: true },
    }),
    bad: [
      { path: '/bulk-assignments', body: { customers: {}, change: assignment('nobody') } },
      { path: '/bulk-assignments', body: { customers: {}, change: { is: 'vanish' } } },
      { path: '/bulk-assignments', body: { customers: { ids: [] }, change: assignment('nobody') } },
    ],
    missing: [],
  },
  'get /bulk-changes': { good: () => ({ path: '/bulk-changes' }), bad: [], missing: [] },
  'post /bulk-changes/:bulk/undo': {
    good: async api => {
      const customer = await added(api)
      const body = { customers: { ids: [customer] }, change: assignment(await people(api)) }
      const { bulk } = await done<BulkAssigned>(api, 'post', { path: '/bulk-assignments', body })
      return { path: `/bulk-changes/${bulk}/undo` }
    },
    bad: [{ path: '/bulk-changes/no-id/undo' }],
    missing: [{ path: `/bulk-changes/${NO_ID}/undo` }],
  },
}
