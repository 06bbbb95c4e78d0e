import type { ConnectionView, SyncRunView } from '../../model/usage-api.ts'
import type { NamedConnection } from '../../store/connections.ts'
import { namesOf } from '../../store/customers.ts'
import type { Db } from '../../store/database.ts'
import { newestRuns, type RunRow, type StepRow, stepsOfRuns } from '../../store/sync.ts'

/** Connections as they are shown, each with its newest run. Three queries, however many. */
export async function connectionViews(db: Db, rows: readonly NamedConnection[]): Promise<readonly ConnectionView[]> {
  const keys = new Set(rows.map(keyOf))
  const runs = (await newestRuns(db, [...new Set(rows.map(row => row.customer_id))])).filter(run => keys.has(keyOf(run)))
  const shown = await runViews(db, runs)
  const runOf = new Map(runs.map((run, index) => [keyOf(run), shown[index] ?? null]))
  return rows.map(row => connectionView(row, runOf.get(keyOf(row)) ?? null))
}

const keyOf = ({ customer_id, tenant_id }: Readonly<{ customer_id: string; tenant_id: string }>) => `${customer_id} ${tenant_id}`

export const connectionView = (row: NamedConnection, run: SyncRunView | null): ConnectionView => ({
  customer: row.customer_id,
  customerName: row.customer_name,
  tenant: row.tenant_id,
  tenantName: row.tenant_name,
  ...standingOf(row),
  concealed: row.is_concealed,
  allowsPeople: row.allows_people,
  run,
})

type Standing =
  | 'cloud'
  | 'directory'
  | 'client_id'
  | 'credential'
  | 'credential_hint'
  | 'credential_ends'
  | 'is_enabled'
  | 'state'
  | 'state_since'
  | 'findings'
  | 'version'

/** What every connection to Microsoft 365 shows of itself, whatever it is for. */
export const standingOf = (row: Pick<NamedConnection, Standing>) => ({
  cloud: row.cloud,
  directory: row.directory,
  clientId: row.client_id,
  credential: row.credential,
  credentialHint: row.credential_hint,
  credentialEnds: row.credential_ends,
  enabled: row.is_enabled,
  state: row.state,
  since: row.state_since,
  findings: row.findings,
  version: row.version,
})

/** Runs as they are shown, in the order given. */
export async function runViews(db: Db, runs: readonly RunRow[]): Promise<readonly SyncRunView[]> {
  const steps = await stepsOfRuns(db, runs)
  const names = await namesOf(
    db,
    runs.map(run => run.requested_by),
  )
  return runs.map(run =>
    runView(
      run,
      steps.filter(step => step.run_id === run.id),
      names.get(run.requested_by) ?? '',
    ),
  )
}

function runView(run: RunRow, steps: readonly StepRow[], requestedBy: string): SyncRunView {
  return {
    id: run.id,
    trigger: run.trigger,
    reachesBack: run.reaches_back,
    state: run.state,
    requestedAt: run.requested_at,
    requestedBy,
    endedAt: run.ended_at,
    resumesAt: run.resumes_at,
    // A file that came counts before it is imported, so that a run is seen to move.
    done: steps.filter(step => step.state !== 'waiting' || step.ended_at !== null).length,
    total: steps.length,
    steps: steps.map(step => ({
      report: step.report,
      period: step.period,
      day: step.day,
      state: step.state,
      tries: step.tries,
      refreshDate: step.refresh_date,
      rows: step.row_count,
      problem: step.problem,
    })),
  }
}
