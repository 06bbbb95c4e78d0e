import type { Failure } from '../../graph/types.ts'
import type { ConnectionFinding, ConnectionState, SyncRunState, SyncStepState } from '../../model/usage-api.ts'

/** What a failed request makes of its step. */
export const STEP_STATE: Readonly<Record<Failure['state'], SyncStepState>> = {
  'not-ready': 'not-ready',
  'not-offered': 'not-offered',
  'needs-consent': 'needs-consent',
  'bad-credential': 'refused',
  'unknown-tenant': 'refused',
  refused: 'refused',
  unreachable: 'failed',
  failed: 'failed',
}

/** Every further request of the run would meet the same: there is no token to be had. */
export const isForAll = (state: Failure['state']): boolean => state === 'bad-credential' || state === 'unknown-tenant'

/** Likewise, of `needs-consent`: these come from the sign-in, a missing permission from one request. */
export const isOfSignIn = (code: string): boolean => OF_SIGN_IN.has(code)
const OF_SIGN_IN: ReadonlySet<string> = new Set(['application-missing', 'application-disabled', 'consent-missing'])

type Ended = Readonly<{ report: string; state: SyncStepState }>
export type Outcome = Readonly<{ run: Extract<SyncRunState, 'done' | 'partly' | 'failed'>; connection: ConnectionState }>

const GOOD: ReadonlySet<SyncStepState> = new Set(['imported', 'unchanged', 'no-data'])
/** Says nothing against the connection: the tenant or its cloud does not have it. */
const NEUTRAL: ReadonlySet<SyncStepState> = new Set(['not-offered'])

/**
 * What became of a run whose steps have all ended. `trouble` is what every request met, or the last one that did not get through. A file
 * without rows is an answer: what is missing then is told by the figures.
 */
export function outcomeOf(steps: readonly Ended[], trouble: Failure['state'] | null): Outcome {
  const counted = steps.filter(({ state }) => !NEUTRAL.has(state))
  const bad = counted.filter(({ state }) => !GOOD.has(state))
  if (bad.length === 0) return { run: 'done', connection: 'ok' }
  if (bad.length < counted.length) return { run: 'partly', connection: 'partly' }
  return { run: 'failed', connection: wholeState(bad, trouble) }
}

function wholeState(bad: readonly Ended[], trouble: Failure['state'] | null): ConnectionState {
  if (trouble !== null && (isForAll(trouble) || trouble === 'unreachable')) return trouble as ConnectionState
  // Seats need a permission of their own; what reports say of the tenant weighs more.
  const has = (state: SyncStepState) => bad.some(each => each.state === state)
  if (has('not-ready')) return 'not-ready'
  return has('needs-consent') ? 'needs-consent' : 'failed'
}

/** One finding for each cause, the newest of each. */
export function findingsOf(found: readonly ConnectionFinding[]): readonly ConnectionFinding[] {
  return [...new Map(found.map(finding => [finding.code, finding])).values()]
}
