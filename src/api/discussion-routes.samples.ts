import type { DiscussionsView } from '../model/discussion-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso/discussions'
const USAGE = '/customers/contoso/usage-discussions'
const NOBODY = '/customers/nobody'
const NONE = '00000000-0000-4000-8000-000000000000'
const held = { heldOn: '2026-11-10', participants: 'The adoption team', note: 'Read together', links: ['https://example.com/deck'] }

const see = async (api: TestApi): Promise<DiscussionsView> =>
  // The tests hold each answer against its schema.
  (await (await api.send('get', { path: HERE }, 'administrator')).json()) as DiscussionsView
const versionOf = async (api: TestApi, service: string) =>
  (await see(api)).services.find(each => each.service === service)?.discussion?.version ?? 0
let made = 0
/** Different each time: the same again changes nothing. */
const discussion = async (api: TestApi) => ({
  interest: true,
  status: 'planned',
  plannedFor: '2026-12-01',
  successFactors: `Made ${++made}`,
  version: await versionOf(api, 'copilot'),
})

/** One entry per route of `discussion-routes.ts`, for `routes.test.ts`. */
export const DISCUSSION_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/discussions': {
    good: () => ({ path: HERE }),
    bad: [{ path: '/customers/Con_toso/discussions' }],
    missing: [{ path: `${NOBODY}/discussions` }],
  },
  'put /customers/:id/discussions/:service': {
    good: async api => ({ path: `${HERE}/copilot`, body: await discussion(api) }),
    bad: [
      { path: `${HERE}/copilot`, body: { status: 'proposed' } },
      { path: `${HERE}/copilot`, body: { status: 'planned', version: 0 } },
      { path: `${HERE}/copilot`, body: { status: 'held', version: 0 } },
      { path: `${HERE}/copilot`, body: { status: 'proposed', heldOn: '2026-11-10', version: 0 } },
      { path: `${HERE}/copilot`, body: { status: 'held', heldOn: '2099-01-01', version: 0 } },
      { path: `${HERE}/copilot`, body: { status: 'proposed', interest: 'perhaps', version: 0 } },
      { path: `${HERE}/copilot`, body: { status: 'proposed', surprise: 1, version: 0 } },
      { path: `${HERE}/No_Service`, body: { status: 'proposed', version: 0 } },
    ],
    missing: [
      { path: `${NOBODY}/discussions/copilot`, body: { status: 'proposed', version: 0 } },
      { path: `${HERE}/no-such-service`, body: { status: 'proposed', version: 0 } },
    ],
  },
  'delete /customers/:id/discussions/:service': {
    good: async api => {
      await api.send('put', { path: `${HERE}/copilot`, body: await discussion(api) }, 'administrator')
      return { path: `${HERE}/copilot?version=${await versionOf(api, 'copilot')}` }
    },
    bad: [{ path: `${HERE}/copilot` }, { path: `${HERE}/copilot?version=new` }],
    missing: [{ path: `${NOBODY}/discussions/copilot?version=1` }, { path: `${HERE}/no-such-service?version=1` }],
  },
  'post /customers/:id/discussions/:service/follow-ups': {
    good: () => ({ path: `${HERE}/teams/follow-ups`, body: { title: 'Send the guide', due: '2026-12-01' } }),
    bad: [
      { path: `${HERE}/teams/follow-ups`, body: { title: ' ' } },
      { path: `${HERE}/teams/follow-ups`, body: { title: 'A\nB' } },
      { path: `${HERE}/teams/follow-ups`, body: { title: 'Send', assignee: 'nobody' } },
      { path: `${HERE}/teams/follow-ups`, body: { title: 'Send', due: '2026-02-30' } },
    ],
    missing: [
      { path: `${NOBODY}/discussions/teams/follow-ups`, body: { title: 'Send' } },
      { path: `${HERE}/no-such-service/follow-ups`, body: { title: 'Send' } },
    ],
  },
  'post /customers/:id/usage-discussions': {
    good: () => ({ path: USAGE, body: held }),
    bad: [
      { path: USAGE, body: { ...held, heldOn: '2099-01-01' } },
      { path: USAGE, body: { ...held, links: ['javascript:alert(1)'] } },
      { path: USAGE, body: { ...held, links: ['https://me:secret@example.com/'] } },
      { path: USAGE, body: { ...held, note: 'x'.repeat(4001) } },
      { path: USAGE, body: { note: 'Without a day' } },
    ],
    missing: [{ path: `${NOBODY}/usage-discussions`, body: held }],
  },
  'delete /customers/:id/usage-discussions/:discussion': {
    good: async api => {
      const response = await api.send('post', { path: USAGE, body: held }, 'administrator')
      const { usage } = (await response.json()) as DiscussionsView
      return { path: `${USAGE}/${usage[0]?.id}` }
    },
    bad: [{ path: `${USAGE}/first` }],
    missing: [{ path: `${USAGE}/${NONE}` }, { path: `${NOBODY}/usage-discussions/${NONE}` }],
  },
}
