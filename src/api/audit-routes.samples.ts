import { addPerson } from '../app/auth/people.ts'
import type { Sent, TestApi } from './testing.ts'

type Sample = {
  good: (api: TestApi) => Sent | Promise<Sent>
  bad: readonly Sent[]
  missing: readonly Sent[]
}

let made = 0
/** Somebody new each time: an erasure is for good. */
async function somebody(api: TestApi): Promise<{ id: string; email: string }> {
  const email = `somebody-${++made}@example.com`
  const person = { email, name: 'Somebody', right: 'reader', password: 'slow green bicycles 42', isDemo: true } as const
  return { id: await addPerson(api.context, api.auth, person), email }
}

/** One entry per route of `audit-routes.ts`, for `routes.test.ts`. */
export const AUDIT_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /audit': {
    good: () => ({ path: '/audit?limit=5&kind=export-made&before=1000' }),
    bad: [{ path: '/audit?limit=1000' }, { path: '/audit?before=0' }, { path: `/audit?kind=${'x'.repeat(101)}` }],
    missing: [],
  },
  'get /audit/verification': { good: () => ({ path: '/audit/verification' }), bad: [], missing: [] },
  'get /customers/:id/record': {
    good: () => ({ path: '/customers/contoso/record?format=json' }),
    bad: [{ path: '/customers/Con_toso/record' }, { path: '/customers/contoso/record?format=xlsx' }],
    missing: [{ path: '/customers/nobody/record' }],
  },
  'get /portfolio/export': {
    good: () => ({ path: '/portfolio/export?sort=name&order=asc&q=con' }),
    bad: [{ path: '/portfolio/export?sort=password' }, { path: `/portfolio/export?q=${'x'.repeat(201)}` }],
    missing: [],
  },
  'get /people/:person/export': {
    good: async api => ({ path: `/people/${(await somebody(api)).id}/export` }),
    bad: [{ path: `/people/${'x'.repeat(101)}/export` }],
    missing: [{ path: '/people/nobody/export' }],
  },
  'get /me/export': { good: () => ({ path: '/me/export' }), bad: [], missing: [] },
  'post /people/:person/erasure': {
    good: async api => {
      const { id, email } = await somebody(api)
      return { path: `/people/${id}/erasure`, body: { email } }
    },
    bad: [
      { path: '/people/nobody/erasure', body: {} },
      { path: '/people/nobody/erasure', body: { email: 'no address' } },
      { path: '/people/nobody/erasure', body: { email: 'a@example.com', surprise: true } },
    ],
    missing: [{ path: '/people/nobody/erasure', body: { email: 'a@example.com' } }],
  },
}
