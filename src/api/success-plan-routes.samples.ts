import type { ReasonsView, SuccessPlanView } from '../model/success-plan-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { Sent, TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const NO_OBJECTIVE = '00000000-0000-4000-8000-000000000000'
const CSV = 'metric,day,value\n'

const objective = { title: 'People meet online', description: 'Fewer trips', service: 'teams', owner: null, targetDate: '2027-03-31' }
const metric = { objective: null, name: 'Tickets', kind: 'own', unit: '%', baseline: 5, target: 40, targetDate: '2027-03-31' }
const dibs = { plannedOn: '2026-12-01', intent: 'Meetings', businessReason: 'Travel', successOwner: 'Head of IT' }
const ssat = { stakeholders: 'IT', scenarios: 'Meetings', awarenessPlan: 'Posters', trainingPlan: 'Classes' }
const planTemplate = JSON.stringify({
  objectives: [{ title: 'Own', metrics: [{ name: 'Own metric', kind: 'own', target: 5 }] }],
})
const template = { title: 'Our plan', language: 'en', body: planTemplate, version: 0 }

let made = 0

async function ask<T>(api: TestApi, method: string, sent: Sent): Promise<T> {
  const response = await api.send(method, sent, 'administrator')
  if (!response.ok) throw new Error(await response.text())
  // The tests hold each answer against its schema.
  return (await response.json()) as T
}
const plan = (api: TestApi) => ask<SuccessPlanView>(api, 'get', { path: `${HERE}/success` })

async function newObjective(api: TestApi): Promise<string> {
  const body = { ...objective, title: `Objective ${++made}`, version: await api.version() }
  const { objectives } = await ask<SuccessPlanView>(api, 'post', { path: `${HERE}/objectives`, body })
  return objectives.at(-1)?.id ?? ''
}

async function newMetric(api: TestApi): Promise<string> {
  const name = `Metric ${++made}`
  const body = { ...metric, name, version: await api.version() }
  const { metrics } = await ask<SuccessPlanView>(api, 'post', { path: `${HERE}/metrics`, body })
  return metrics.find(each => each.name === name)?.id ?? ''
}

async function newReading(api: TestApi): Promise<string> {
  const path = `${HERE}/metrics/${await newMetric(api)}/readings/2026-11-20`
  await ask(api, 'put', { path, body: { value: 12, version: await api.version() } })
  return path
}

async function newImport(api: TestApi): Promise<number> {
  const file = `${CSV}${await newMetric(api)},2026-11-20,12\n`
  return (await ask<{ undo: number }>(api, 'put', { path: `${HERE}/readings`, file })).undo
}

async function newTemplate(api: TestApi): Promise<string> {
  const id = `own-${++made}`
  await ask(api, 'put', { path: `/lists/templates/success-plan/${id}`, body: template })
  return id
}

const withVersion = async (api: TestApi, path: string, body: object): Promise<Sent> => ({
  path,
  body: { ...body, version: await api.version() },
})

/** One entry per route of `success-plan-routes.ts`, for `routes.test.ts`. */
export const SUCCESS_PLAN_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/success': {
    good: () => ({ path: `${HERE}/success` }),
    bad: [{ path: '/customers/Con_toso/success' }],
    missing: [{ path: `${NOBODY}/success` }],
  },
  'post /customers/:id/success/template': {
    good: api => withVersion(api, `${HERE}/success/template`, { from: 'shipped', template: 'service-desk', language: 'pt-BR' }),
    bad: [
      { path: `${HERE}/success/template`, body: { from: 'elsewhere', template: 'service-desk', version: 0 } },
      { path: `${HERE}/success/template`, body: { from: 'shipped', template: '../x', version: 0 } },
      { path: `${HERE}/success/template`, body: { from: 'shipped', template: 'service-desk' } },
    ],
    missing: [
      { path: `${HERE}/success/template`, body: { from: 'shipped', template: 'no-such', version: 0 } },
      { path: `${HERE}/success/template`, body: { from: 'own', template: 'no-such', version: 0 } },
      { path: `${NOBODY}/success/template`, body: { from: 'shipped', template: 'service-desk', version: 0 } },
    ],
  },
  'post /customers/:id/objectives': {
    good: api => withVersion(api, `${HERE}/objectives`, objective),
    bad: [
      { path: `${HERE}/objectives`, body: { ...objective, title: ' ', version: 0 } },
      { path: `${HERE}/objectives`, body: { ...objective, targetDate: '2027-02-30', version: 0 } },
      { path: `${HERE}/objectives`, body: { ...objective, service: 'fax', version: 0 } },
      { path: `${HERE}/objectives`, body: { ...objective, owner: 'nobody', version: 0 } },
      { path: `${HERE}/objectives`, body: { ...objective, version: 999999 } },
      { path: `${HERE}/objectives`, body: { ...objective, status: 'met', version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/objectives`, body: { ...objective, version: 0 } }],
  },
  'put /customers/:id/objectives/:objective': {
    good: async api => withVersion(api, `${HERE}/objectives/${await newObjective(api)}`, { ...objective, title: `Other ${++made}` }),
    bad: [
      { path: `${HERE}/objectives/first`, body: { ...objective, version: 0 } },
      { path: `${HERE}/objectives/${NO_OBJECTIVE}`, body: { ...objective, title: '', version: 0 } },
    ],
    missing: [
      { path: `${HERE}/objectives/${NO_OBJECTIVE}`, body: { ...objective, version: 0 } },
      { path: `${NOBODY}/objectives/${NO_OBJECTIVE}`, body: { ...objective, version: 0 } },
    ],
  },
  'delete /customers/:id/objectives/:objective': {
    good: async api => {
      const id = await newObjective(api)
      return { path: `${HERE}/objectives/${id}?version=${await api.version()}` }
    },
    bad: [{ path: `${HERE}/objectives/${NO_OBJECTIVE}` }, { path: `${HERE}/objectives/${NO_OBJECTIVE}?version=new` }],
    missing: [{ path: `${HERE}/objectives/${NO_OBJECTIVE}?version=0` }, { path: `${NOBODY}/objectives/${NO_OBJECTIVE}?version=0` }],
  },
  'put /customers/:id/objective-order': {
    good: async api => {
      await newObjective(api)
      const { objectives } = await plan(api)
      return withVersion(api, `${HERE}/objective-order`, { order: objectives.map(each => each.id).reverse() })
    },
    bad: [
      { path: `${HERE}/objective-order`, body: { order: ['first'], version: 0 } },
      { path: `${HERE}/objective-order`, body: { order: [] } },
    ],
    missing: [{ path: `${NOBODY}/objective-order`, body: { order: [], version: 0 } }],
  },
  'post /customers/:id/metrics': {
    good: api => withVersion(api, `${HERE}/metrics`, metric),
    bad: [
      { path: `${HERE}/metrics`, body: { ...metric, target: '40', version: 0 } },
      { path: `${HERE}/metrics`, body: { ...metric, baseline: 40, version: 0 } },
      { path: `${HERE}/metrics`, body: { ...metric, direction: 'down', version: 0 } },
      { path: `${HERE}/metrics`, body: { ...metric, kind: 'usage', version: 0 } },
      { path: `${HERE}/metrics`, body: { ...metric, kind: 'usage', service: 'fax', version: 0 } },
      { path: `${HERE}/metrics`, body: { ...metric, objective: NO_OBJECTIVE, version: 0 } },
      { path: `${HERE}/metrics`, body: { ...metric, baselineOn: '2027-01-01', version: 0 } },
      { path: `${HERE}/metrics`, body: { ...metric, standing: 'met', version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/metrics`, body: { ...metric, version: 0 } }],
  },
  'put /customers/:id/metrics/:metric': {
    good: async api => withVersion(api, `${HERE}/metrics/${await newMetric(api)}`, { ...metric, target: 50 + ++made }),
    bad: [{ path: `${HERE}/metrics/m1`, body: { ...metric, name: '', version: 0 } }],
    missing: [
      { path: `${HERE}/metrics/no-such`, body: { ...metric, version: 0 } },
      { path: `${NOBODY}/metrics/m1`, body: { ...metric, version: 0 } },
    ],
  },
  'delete /customers/:id/metrics/:metric': {
    good: async api => {
      const id = await newMetric(api)
      return { path: `${HERE}/metrics/${id}?version=${await api.version()}` }
    },
    bad: [{ path: `${HERE}/metrics/m1` }],
    missing: [{ path: `${HERE}/metrics/no-such?version=0` }, { path: `${NOBODY}/metrics/m1?version=0` }],
  },
  'put /customers/:id/metrics/:metric/readings/:day': {
    good: async api => withVersion(api, `${HERE}/metrics/${await newMetric(api)}/readings/2026-11-19`, { value: 12.5, note: 'counted' }),
    bad: [
      { path: `${HERE}/metrics/m1/readings/yesterday`, body: { value: 1 } },
      { path: `${HERE}/metrics/m1/readings/2026-11-19`, body: { value: '1' } },
      { path: `${HERE}/metrics/m1/readings/2026-11-19`, body: { value: 1e13 } },
      { path: `${HERE}/metrics/m1/readings/2026-11-19`, body: { value: 1, state: 'met' } },
    ],
    missing: [
      { path: `${HERE}/metrics/no-such/readings/2026-11-19`, body: { value: 1 } },
      { path: `${NOBODY}/metrics/m1/readings/2026-11-19`, body: { value: 1 } },
    ],
  },
  'delete /customers/:id/metrics/:metric/readings/:day': {
    good: async api => {
      const path = await newReading(api)
      return { path: `${path}?version=${await api.version()}` }
    },
    bad: [{ path: `${HERE}/metrics/m1/readings/2026-11-19` }, { path: `${HERE}/metrics/m1/readings/2026-13-19?version=0` }],
    missing: [
      { path: `${HERE}/metrics/no-such/readings/2026-11-19?version=0` },
      { path: `${NOBODY}/metrics/m1/readings/2026-11-19?version=0` },
    ],
  },
  'put /customers/:id/readings': {
    good: async api => ({ path: `${HERE}/readings?preview=true`, file: `${CSV}${await newMetric(api)},2026-11-20,12\n` }),
    bad: [{ path: `${HERE}/readings?preview=maybe`, file: CSV }],
    missing: [{ path: `${NOBODY}/readings`, file: CSV }],
  },
  'delete /customers/:id/readings/:event': {
    good: async api => ({ path: `${HERE}/readings/${await newImport(api)}` }),
    bad: [{ path: `${HERE}/readings/last` }, { path: `${HERE}/readings/0` }],
    missing: [{ path: `${HERE}/readings/999999` }, { path: `${HERE}/readings/1` }, { path: `${NOBODY}/readings/1` }],
  },
  'put /customers/:id/services/:service/seats': {
    good: async api =>
      withVersion(api, `${HERE}/services/teams/seats`, {
        seats: ++made,
        parts: [{ intent: 'blocked', seats: made, reason: 'budget', note: 'next year' }],
      }),
    bad: [
      { path: `${HERE}/services/teams/seats`, body: { seats: 3, parts: [{ intent: 'unknown', seats: 2 }], version: 0 } },
      { path: `${HERE}/services/teams/seats`, body: { seats: 3, parts: [{ intent: 'blocked', seats: 3 }], version: 0 } },
      { path: `${HERE}/services/teams/seats`, body: { seats: 3, parts: [{ intent: 'blocked', seats: 3, reason: 'none' }], version: 0 } },
      { path: `${HERE}/services/teams/seats`, body: { seats: 3, parts: [{ intent: 'lost', seats: 3 }], version: 0 } },
      { path: `${HERE}/services/fax/seats`, body: { seats: 0, parts: [], version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/services/teams/seats`, body: { seats: 0, parts: [], version: 0 } }],
  },
  'put /customers/:id/services/:service/kickoff': {
    good: api => withVersion(api, `${HERE}/services/teams/kickoff`, { ...dibs, intent: `Meetings ${++made}` }),
    bad: [
      { path: `${HERE}/services/teams/kickoff`, body: { ...dibs, plannedOn: 'soon', version: 0 } },
      { path: `${HERE}/services/teams/kickoff`, body: dibs },
      { path: `${HERE}/services/fax/kickoff`, body: { ...dibs, version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/services/teams/kickoff`, body: { ...dibs, version: 0 } }],
  },
  'put /customers/:id/kickoff': {
    good: api => withVersion(api, `${HERE}/kickoff`, { ...ssat, scenarios: `Meetings ${++made}` }),
    bad: [
      { path: `${HERE}/kickoff`, body: ssat },
      { path: `${HERE}/kickoff`, body: { ...ssat, stakeholders: 'x'.repeat(4001), version: 0 } },
    ],
    missing: [{ path: `${NOBODY}/kickoff`, body: { ...ssat, version: 0 } }],
  },
  'get /lists/reasons': { good: () => ({ path: '/lists/reasons' }), bad: [], missing: [] },
  'put /lists/reasons': {
    good: async api => {
      const { version, reasons } = await ask<ReasonsView>(api, 'get', { path: '/lists/reasons' })
      const added = { id: `ours-${++made}`, text: { en: 'Ours', 'pt-BR': 'Nosso' }, uses: ['seats'] }
      return { path: '/lists/reasons', body: { version, reasons: [...reasons, added] } }
    },
    bad: [
      { path: '/lists/reasons', body: { reasons: [], version: 0 } },
      { path: '/lists/reasons', body: { reasons: [{ id: 'a', text: { en: 'A' }, uses: [] }], version: 0 } },
    ],
    missing: [],
  },
  'get /lists/reasons/versions/:version': {
    good: () => ({ path: '/lists/reasons/versions/0' }),
    bad: [{ path: '/lists/reasons/versions/first' }],
    missing: [{ path: '/lists/reasons/versions/99999' }],
  },
  'get /lists/templates/:kind/:id/versions': {
    good: async api => ({ path: `/lists/templates/success-plan/${await newTemplate(api)}/versions` }),
    bad: [{ path: '/lists/templates/anything/a/versions' }],
    missing: [],
  },
  'get /lists/templates/:kind': {
    good: () => ({ path: '/lists/templates/success-plan' }),
    bad: [{ path: '/lists/templates/anything' }],
    missing: [],
  },
  'put /lists/templates/:kind/:id': {
    good: () => ({ path: `/lists/templates/success-plan/plan-${++made}`, body: template }),
    bad: [
      { path: '/lists/templates/success-plan/a', body: { ...template, body: 'no plan' } },
      { path: '/lists/templates/success-plan/a', body: { ...template, body: '{"objectives":[]}' } },
      { path: '/lists/templates/success-plan/a', body: { ...template, version: 7 } },
      { path: '/lists/templates/note/a%20b', body: template },
      { path: '/lists/templates/note/a', body: { ...template, language: 'English!' } },
    ],
    missing: [],
  },
  'delete /lists/templates/:kind/:id': {
    good: async api => ({ path: `/lists/templates/success-plan/${await newTemplate(api)}?version=1` }),
    bad: [{ path: '/lists/templates/success-plan/a' }],
    missing: [{ path: '/lists/templates/success-plan/no-such?version=1' }],
  },
}
