import type { ChecklistsView, DecisionsView, EvidenceList } from '../model/decision-api.ts'
import type { Sample } from './admin-routes.samples.ts'
import type { TestApi } from './testing.ts'

const HERE = '/customers/contoso'
const NOBODY = '/customers/nobody'
const NONE = '00000000-0000-4000-8000-000000000000'
const TEAMS = 'accelerator:teams'
const SUBJECT = 'check:users-able'
const LINK = { subject: SUBJECT, title: 'Training plan', href: 'https://contoso.example/plan' }
const PDF = '%PDF-1.7\nA plan\n'
const decision = { state: 'rejected', contact: null, reason: 'Other plans', on: '2026-11-20', seq: 0 }
const confirmed = { met: true, on: '2026-11-20', note: null, version: 0 }
const step = { on: '2026-11-20', override: null, version: 0 }

// The tests hold each answer against its schema.
const answer = async <T>(response: Response): Promise<T> => {
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}
const decisions = async (api: TestApi): Promise<DecisionsView> =>
  answer(await api.send('get', { path: `${HERE}/decisions` }, 'administrator'))
const seqOf = async (api: TestApi): Promise<number> => (await decisions(api)).proposals.find(each => each.id === TEAMS)?.seq ?? 0
const version = async (api: TestApi): Promise<number> => (await decisions(api)).version

async function addedFile(api: TestApi): Promise<string> {
  const sent = { path: `${HERE}/evidence-files/plan.pdf?subject=${SUBJECT}`, file: PDF }
  const { evidence } = await answer<EvidenceList>(await api.send('put', sent, 'administrator'))
  return evidence.findLast(each => each.kept.kind === 'file')?.id ?? NONE
}

/** The review taken against its gate, or not, as a request for the other finds it. */
async function override(api: TestApi): Promise<unknown> {
  const view = await decisions(api)
  return { ...step, version: view.version }
}

async function confirm(api: TestApi): Promise<ChecklistsView> {
  const body = { ...confirmed, met: (await version(api)) % 2 === 0, version: await version(api) }
  return answer(await api.send('put', { path: `${HERE}/checks/users-able`, body }, 'administrator'))
}

/** One entry per route of `decision-routes.ts`, for `routes.test.ts`. */
export const DECISION_SAMPLES: Readonly<Record<string, Sample>> = {
  'get /customers/:id/decisions': {
    good: () => ({ path: `${HERE}/decisions` }),
    bad: [{ path: '/customers/Con_toso/decisions' }],
    missing: [{ path: `${NOBODY}/decisions` }],
  },
  'post /customers/:id/decisions/:proposal': {
    good: async api => {
      const view = await decisions(api)
      const { state, seq = 0 } = view.proposals.find(each => each.id === TEAMS) ?? {}
      return { path: `${HERE}/decisions/${TEAMS}`, body: { ...decision, state: state === 'rejected' ? 'accepted' : 'rejected', seq } }
    },
    bad: [
      { path: `${HERE}/decisions/${TEAMS}`, body: { ...decision, state: 'perhaps' } },
      { path: `${HERE}/decisions/${TEAMS}`, body: { ...decision, reason: null } },
      { path: `${HERE}/decisions/${TEAMS}`, body: { ...decision, state: 'agreed' } },
      { path: `${HERE}/decisions/${TEAMS}`, body: { ...decision, on: '2027-01-01' } },
      { path: `${HERE}/decisions/${TEAMS}`, body: { ...decision, seq: 999 } },
      { path: `${HERE}/decisions/${TEAMS}`, body: { ...decision, surprise: true } },
    ],
    missing: [
      { path: `${NOBODY}/decisions/${TEAMS}`, body: decision },
      { path: `${HERE}/decisions/no-such-proposal`, body: decision },
    ],
  },
  'delete /customers/:id/decisions/:proposal': {
    good: async api => {
      const view = await decisions(api)
      const { state, seq = 0 } = view.proposals.find(each => each.id === TEAMS) ?? {}
      const body = { ...decision, state: state === 'rejected' ? 'accepted' : 'rejected', seq }
      await answer(await api.send('post', { path: `${HERE}/decisions/${TEAMS}`, body }, 'administrator'))
      return { path: `${HERE}/decisions/${TEAMS}?seq=${await seqOf(api)}` }
    },
    bad: [{ path: `${HERE}/decisions/${TEAMS}` }, { path: `${HERE}/decisions/${TEAMS}?seq=0` }],
    missing: [{ path: `${NOBODY}/decisions/${TEAMS}?seq=1` }, { path: `${HERE}/decisions/no-such-proposal?seq=1` }],
  },
  'post /customers/:id/transitions/:to': {
    // The gate of this customer is not met: who may is told so, and who may not is refused before.
    status: 409,
    good: async api => ({ path: `${HERE}/transitions/conduct-success-review`, body: await override(api) }),
    bad: [
      { path: `${HERE}/transitions/conduct-success-review`, body: { ...step, on: '2027-01-01' } },
      { path: `${HERE}/transitions/conduct-success-review`, body: { ...step, override: { reason: '', evidence: null } } },
      {
        path: `${HERE}/transitions/conduct-success-review`,
        body: { ...step, override: { reason: 'x', evidence: { title: 'x', href: 'javascript:alert(1)' } } },
      },
      { path: `${HERE}/transitions/conduct-success-review`, body: { ...step, version: 99_999 } },
    ],
    missing: [
      { path: `${NOBODY}/transitions/conduct-success-review`, body: step },
      { path: `${HERE}/transitions/nowhere`, body: step },
    ],
  },
  'delete /customers/:id/transitions/:to': {
    // This step was not taken: the same as above.
    status: 404,
    good: async api => ({ path: `${HERE}/transitions/maintenance?version=${await version(api)}` }),
    bad: [{ path: `${HERE}/transitions/conduct-success-review` }],
    missing: [{ path: `${NOBODY}/transitions/conduct-success-review?version=0` }, { path: `${HERE}/transitions/nowhere?version=0` }],
  },
  'get /customers/:id/checklists': {
    good: () => ({ path: `${HERE}/checklists` }),
    bad: [{ path: '/customers/Con_toso/checklists' }],
    missing: [{ path: `${NOBODY}/checklists` }],
  },
  'put /customers/:id/checks/:check': {
    good: async api => ({ path: `${HERE}/checks/users-able`, body: { ...confirmed, version: await version(api) } }),
    bad: [
      { path: `${HERE}/checks/users-able`, body: { ...confirmed, on: '2027-01-01' } },
      { path: `${HERE}/checks/users-able`, body: { ...confirmed, note: ' ' } },
      { path: `${HERE}/checks/users-able`, body: { ...confirmed, version: 99_999 } },
    ],
    missing: [
      { path: `${NOBODY}/checks/users-able`, body: confirmed },
      { path: `${HERE}/checks/no-such-line`, body: confirmed },
    ],
  },
  'delete /customers/:id/checks/:check': {
    good: async api => ({ path: `${HERE}/checks/users-able?version=${(await confirm(api)).version}` }),
    bad: [{ path: `${HERE}/checks/users-able` }],
    missing: [{ path: `${NOBODY}/checks/users-able?version=0` }, { path: `${HERE}/checks/no-such-line?version=0` }],
  },
  'get /customers/:id/evidence': {
    good: () => ({ path: `${HERE}/evidence?subject=${SUBJECT}` }),
    bad: [{ path: `${HERE}/evidence?subject=nothing` }],
    missing: [{ path: `${NOBODY}/evidence` }],
  },
  'post /customers/:id/evidence': {
    good: () => ({ path: `${HERE}/evidence`, body: LINK }),
    bad: [
      { path: `${HERE}/evidence`, body: { ...LINK, href: 'javascript:alert(1)' } },
      { path: `${HERE}/evidence`, body: { ...LINK, href: 'https://ana:secret@contoso.example/' } },
      { path: `${HERE}/evidence`, body: { ...LINK, subject: 'check:no-such-line' } },
      { path: `${HERE}/evidence`, body: { ...LINK, title: '' } },
    ],
    missing: [{ path: `${NOBODY}/evidence`, body: LINK }],
  },
  'put /customers/:id/evidence-files/:fileName': {
    good: () => ({ path: `${HERE}/evidence-files/plan.pdf?subject=${SUBJECT}`, file: PDF }),
    bad: [
      { path: `${HERE}/evidence-files/plan.pdf`, file: PDF },
      { path: `${HERE}/evidence-files/plan.pdf?subject=${SUBJECT}`, file: '<html></html>' },
      { path: `${HERE}/evidence-files/plan.pdf?subject=${SUBJECT}`, file: '' },
      { path: `${HERE}/evidence-files/${encodeURIComponent('../plan.pdf')}?subject=${SUBJECT}`, file: PDF },
    ],
    missing: [{ path: `${NOBODY}/evidence-files/plan.pdf?subject=${SUBJECT}`, file: PDF }],
  },
  'get /customers/:id/evidence/:evidence/file': {
    good: async api => ({ path: `${HERE}/evidence/${await addedFile(api)}/file` }),
    bad: [{ path: `${HERE}/evidence/${'x'.repeat(101)}/file` }],
    missing: [
      { path: `${NOBODY}/evidence/${NONE}/file` },
      { path: `${HERE}/evidence/${NONE}/file` },
      { path: `${HERE}/evidence/none/file` },
    ],
  },
  'delete /customers/:id/evidence/:evidence': {
    good: async api => ({ path: `${HERE}/evidence/${await addedFile(api)}` }),
    bad: [{ path: `${HERE}/evidence/${'x'.repeat(101)}` }],
    missing: [{ path: `${NOBODY}/evidence/${NONE}` }, { path: `${HERE}/evidence/${NONE}` }],
  },
}
