// The page of access rights: tables made by asking the policy itself.
import { ACTIONS, type Actor, describeAction, may, maySee, rightsTo, type Ties, writeAccess } from '../../src/app/policy.ts'
import { ACCESS_RIGHTS, ACCESS_SCOPES, type AccessScope } from '../../src/model/api.ts'
import { page, table } from './markdown.ts'

const ON = { customer: 'customers', playbook: 'the playbook', installation: 'the installation', own: 'oneself' } as const
const actor = (scope: AccessScope, more: Partial<Actor> = {}): Actor => ({
  personId: 'ana',
  name: 'Ana',
  right: 'engineer',
  scope,
  ...more,
})

/** Which right may do what. */
const rights = () =>
  table(
    ['may', 'on', ...ACCESS_RIGHTS],
    ACTIONS.map(action => {
      const { on, text } = describeAction(action)
      return [text.en ?? action, ON[on], ...ACCESS_RIGHTS.map(right => (rightsTo(action).includes(right) ? '✓' : ''))]
    }),
  )

/** Which scope lets them do it where. */
const scopes = () =>
  table(
    ['scope', 'what concerns the installation', 'customers'],
    ACCESS_SCOPES.map(scope => {
      const managing = may(actor(scope, { right: 'administrator' }), 'manage-people')
      return [scope, managing ? 'as the right says' : 'nothing', OVER[scope]]
    }),
  )
const OVER: Readonly<Record<AccessScope, string>> = {
  all: 'all',
  team: 'those of one’s teams, and those one is assigned to',
  customers: 'those one is assigned to',
  services: 'the services one is assigned to; nothing of the customer as a whole',
}

const TIES: Readonly<Record<string, Omit<Ties, 'unassigned'>>> = {
  none: { assignments: [], isTeam: false },
  'one’s team has it': { assignments: [], isTeam: true },
  'assigned, all services': { assignments: [{ service: null }], isTeam: false },
  'assigned, Teams only': { assignments: [{ service: 'teams' }], isTeam: false },
}

/** What an engineer sees and changes of one customer. */
const ties = (unassigned: Ties['unassigned']) =>
  table(
    ['scope', ...Object.keys(TIES)],
    ACCESS_SCOPES.map(scope => [scope, ...Object.values(TIES).map(each => outcome(actor(scope), { ...each, unassigned }))]),
  )

function outcome(of: Actor, given: Ties): string {
  if (!maySee(of, given)) return 'not there'
  const access = writeAccess(of, 'set-item', given)
  if (!access.ok) return 'reads'
  if (access.limit === null) return 'changes all of it'
  return access.limit.services === 'all' ? 'changes every service' : `changes ${access.limit.services.join(', ')}`
}

export const accessRightsPage = (): string =>
  page('Access rights', [
    'Made from the policy table (`src/app/policy.ts`). What the words mean: [access](../access.md).',
    '## What each right may do',
    rights(),
    '## How far each scope reaches',
    scopes(),
    '## One customer',
    'What somebody sees and changes who may change tasks, by scope and by what ties them to the customer today. A reader and an author see the same and change nothing.',
    'With customers of others hidden:',
    ties('hidden'),
    'With customers of others read-only:',
    ties('read-only'),
  ])
