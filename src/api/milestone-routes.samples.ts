import type { AccessRight } from '../model/api.ts'
import type { MilestoneId, TargetsView } from '../model/usage-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const place = (milestone: MilestoneId, customer = HERE) => `${customer}/services/teams/milestones/${milestone}`
const body = { percent: 12, targetDate: '2027-03-31', reason: 'agreed with the sponsor', version: 0 }

async function versionOf(api: TestApi, milestone: MilestoneId, as: AccessRight = 'administrator'): Promise<number> {
  const response = await api.send('get', { path: `${HERE}/targets` }, as)
  // The tests hold each answer against its schema.
  const { services } = (await response.json()) as TargetsView
  return services.find(each => each.service === 'teams')?.milestones.find(each => each.id === milestone)?.version ?? 0
}

let made = 0

/** One entry per route of `milestone-routes.ts`, for `routes.test.ts`. */
export const MILESTONE_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/targets': {
    good: () => ({ path: `${HERE}/targets` }),
    bad: [{ path: '/customers/Con_toso/targets' }],
    missing: [{ path: `${NOBODY}/targets` }],
  },
  'put /customers/:id/services/:service/milestones/:milestone': {
    good: async api => ({
      path: place('broad'),
      body: { ...body, percent: 40 + (++made % 50), version: await versionOf(api, 'broad') },
    }),
    bad: [
      { path: place('broad'), body: { ...body, percent: 0 } },
      { path: place('broad'), body: { ...body, percent: 100.1 } },
      { path: place('broad'), body: { ...body, percent: 40.05 } },
      { path: place('broad'), body: { ...body, targetDate: '2027-02-30' } },
      { path: place('broad'), body: { ...body, surprise: true } },
      { path: place('broad'), body: { percent: 12, targetDate: null } },
      { path: place('first'), body: { ...body, percent: 99.5 } },
      { path: place('first'), body: { ...body, version: 99 } },
      { path: `${HERE}/services/teams/milestones/half`, body },
    ],
    missing: [
      { path: place('first', NOBODY), body },
      { path: `${HERE}/services/no-such-service/milestones/first`, body },
    ],
  },
  'delete /customers/:id/services/:service/milestones/:milestone': {
    good: async api => {
      // One that differs from the usual one: of that nothing is taken back.
      const sent = { path: place('first'), body: { ...body, version: await versionOf(api, 'first') } }
      const response = await api.send('put', sent, 'administrator')
      if (!response.ok) throw new Error(await response.text())
      return { path: `${place('first')}?version=${await versionOf(api, 'first')}` }
    },
    bad: [{ path: place('first') }, { path: `${place('first')}?version=new` }],
    missing: [{ path: `${place('first', NOBODY)}?version=0` }, { path: `${HERE}/services/no-such-service/milestones/first?version=0` }],
  },
  'get /usage/forecasts': {
    good: () => ({ path: '/usage/forecasts?service=teams&milestone=broad&outcome=open&q=con&limit=10&cursor=0' }),
    bad: [
      { path: '/usage/forecasts?limit=0' },
      { path: '/usage/forecasts?milestone=half' },
      { path: '/usage/forecasts?outcome=maybe' },
      { path: '/usage/forecasts?cursor=abc' },
      { path: '/usage/forecasts?service=Te_ams' },
    ],
    missing: [],
  },
  'get /usage/forecasts/export': {
    good: () => ({ path: '/usage/forecasts/export?service=teams' }),
    bad: [{ path: '/usage/forecasts/export?outcome=maybe' }, { path: `/usage/forecasts/export?q=${'x'.repeat(201)}` }],
    missing: [],
  },
}
