import type { ReviewView } from '../model/review-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const OUTCOMES = ['business-value-discussion']
const reason = 'Agreed with the customer'

const sent = async (api: TestApi, method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object) => {
  const response = await api.send(method, { path: `${HERE}${path}`, ...(body ? { body } : {}) }, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  // The tests hold each answer against its schema.
  return (await response.json()) as ReviewView
}

/** The review as a request finds it: its meeting held and its task complete, and the engagement in this state. */
async function standing(api: TestApi, wanted: ReviewView['engagement']['state']): Promise<ReviewView> {
  let view = await sent(api, 'get', '/review')
  if (view.engagement.state === 'complete')
    view = await sent(api, 'put', '/review/outcomes', { outcomes: [], reason, version: view.version })
  if (view.engagement.state === 'cancelled') view = await sent(api, 'delete', `/engagement/cancelled?reason=Back&version=${view.version}`)
  if (view.outcomes.ok === false && view.opened === null) {
    const override = { reason, evidence: { title: 'Minutes', href: 'https://contoso.example/minutes' } }
    await sent(api, 'post', '/transitions/conduct-success-review', { on: '2026-11-20', override, version: view.version })
    view = await sent(api, 'get', '/review')
  }
  await sent(api, 'put', '/facts', { name: 'review.meetingHeldOn', value: '2026-11-20', version: view.version })
  view = await sent(api, 'get', '/review')
  if (!view.task?.isDone)
    await sent(api, 'put', `/items/${encodeURIComponent(view.task?.item ?? '')}`, { status: 'complete', version: view.version })
  view = await sent(api, 'get', '/review')
  if (wanted === 'complete') view = await sent(api, 'post', '/review/outcomes', { outcomes: OUTCOMES, version: view.version })
  if (wanted === 'cancelled') view = await sent(api, 'post', '/engagement/cancelled', { reason, version: view.version })
  return view
}

/** One entry per route of `review-routes.ts`, for `routes.test.ts`. */
export const REVIEW_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/review': {
    good: () => ({ path: `${HERE}/review` }),
    bad: [{ path: '/customers/Con_toso/review' }],
    missing: [{ path: `${NOBODY}/review` }],
  },
  'post /customers/:id/review/outcomes': {
    good: async api => ({ path: `${HERE}/review/outcomes`, body: { outcomes: OUTCOMES, version: (await standing(api, 'open')).version } }),
    bad: [
      { path: `${HERE}/review/outcomes`, body: { outcomes: ['happy'], version: 0 } },
      { path: `${HERE}/review/outcomes`, body: { outcomes: OUTCOMES, version: 99_999 } },
      { path: `${HERE}/review/outcomes`, body: { outcomes: OUTCOMES } },
    ],
    missing: [{ path: `${NOBODY}/review/outcomes`, body: { outcomes: OUTCOMES, version: 0 } }],
  },
  'put /customers/:id/review/outcomes': {
    good: async api => ({
      path: `${HERE}/review/outcomes`,
      body: { outcomes: ['disengage'], reason, version: (await standing(api, 'complete')).version },
    }),
    bad: [
      { path: `${HERE}/review/outcomes`, body: { outcomes: ['disengage'], reason: ' ', version: 0 } },
      { path: `${HERE}/review/outcomes`, body: { outcomes: ['disengage'], version: 0 } },
      { path: `${HERE}/review/outcomes`, body: { outcomes: ['disengage'], reason, version: 99_999 } },
    ],
    missing: [{ path: `${NOBODY}/review/outcomes`, body: { outcomes: OUTCOMES, reason, version: 0 } }],
  },
  'post /customers/:id/engagement/cancelled': {
    good: async api => ({ path: `${HERE}/engagement/cancelled`, body: { reason, version: (await standing(api, 'open')).version } }),
    bad: [
      { path: `${HERE}/engagement/cancelled`, body: { reason: '', version: 0 } },
      { path: `${HERE}/engagement/cancelled`, body: { reason, version: 99_999 } },
    ],
    missing: [{ path: `${NOBODY}/engagement/cancelled`, body: { reason, version: 0 } }],
  },
  'delete /customers/:id/engagement/cancelled': {
    good: async api => ({ path: `${HERE}/engagement/cancelled?reason=Back&version=${(await standing(api, 'cancelled')).version}` }),
    bad: [{ path: `${HERE}/engagement/cancelled?version=0` }, { path: `${HERE}/engagement/cancelled?reason=Back&version=99999` }],
    missing: [{ path: `${NOBODY}/engagement/cancelled?reason=Back&version=0` }],
  },
  'post /customers/:id/engagements': {
    good: async api => ({
      path: `${HERE}/engagements`,
      body: { services: ['teams'], reason: null, version: (await standing(api, 'complete')).version },
    }),
    bad: [
      { path: `${HERE}/engagements`, body: { services: [], reason: null, version: 0 } },
      { path: `${HERE}/engagements`, body: { services: ['teams'], reason: null, version: 99_999 } },
      { path: `${HERE}/engagements`, body: { services: ['teams'], reason: '', version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/engagements`, body: { services: ['teams'], reason: null, version: 0 } }],
  },
}
