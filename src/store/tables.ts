import type { ColumnType, JSONColumnType, Selectable } from 'kysely'
import type { ServiceCell } from '../model/api.ts'
import type { Plan } from '../model/plan.ts'
import type { Playbook } from '../model/playbook.ts'
import type { UsageProblem } from '../model/usage.ts'
import type { Day, Initiative, ItemState, ItemStatus, Outcome, Segment, StatusReason, Text } from '../model/words.ts'

/** Rows as PostgreSQL gives them: days are `YYYY-MM-DD`, moments ISO 8601 in UTC, both as text. One type per table. */

/** Written as text that `json` keeps as it is; read as the parsed value. */
type Json<T> = JSONColumnType<T & object, string, string>
type WithDefault<T> = ColumnType<T, T | undefined, T>

export type PersonTable = { id: string; name: string; erased_at: WithDefault<string | null> }

export type PersonKeyTable = { person_id: string; period: WithDefault<string>; wrapped: string; made_at: string }

export type TeamTable = { id: string; name: string }

export type TeamMemberTable = { team_id: string; person_id: string }

export type AssignmentTable = {
  customer_id: string
  id: string
  person_id: string
  role: string
  service: string | null
  is_primary: WithDefault<boolean>
  since: Day
  until: Day | null
  covers: string | null
}

export type InstallationTable = {
  is_only: WithDefault<boolean>
  unassigned: WithDefault<'hidden' | 'read-only'>
  retention: ColumnType<Readonly<Record<string, number>>, string | undefined, string>
  setup_code_hash: string | null
  version: WithDefault<number>
}

export type InstallationEventTable = {
  seq: number
  at: string
  who: string
  kind: string
  body: string
  previous_hash: string | null
  hash: string
}

export type MailState = 'queued' | 'sending' | 'sent' | 'captured' | 'failed' | 'uncertain'

export type MailTable = {
  id: string
  key: string
  kind: string
  person_id: string | null
  address: string
  subject: string
  text: string
  html: string | null
  message_id: string
  state: WithDefault<MailState>
  tries: WithDefault<number>
  error: string | null
  created_at: string
  sent_at: string | null
}

export type PlaybookReleaseTable = {
  hash: string
  playbook_id: string | null
  version: string | null
  content: Json<Playbook>
  made_at: string
}

export type PlaybookCurrentTable = { is_current: WithDefault<boolean>; hash: string; since: string }

export type CustomerTable = {
  id: string
  name: string
  search_key: string
  segment: Segment | null
  initiatives: WithDefault<readonly Initiative[]>
  assigned_on: Day | null
  thresholds: ColumnType<Readonly<Record<string, number>>, string | undefined, string>
  team_id: WithDefault<string | null>
  version: WithDefault<number>
  is_demo: WithDefault<boolean>
  archived_at: string | null
  created_at: string
}

export type TenantTable = { customer_id: string; id: string; name: string }

export type CustomerServiceTable = {
  customer_id: string
  service: string
  intended: WithDefault<boolean>
  is_activation_known: WithDefault<boolean>
  activated_on: Day | null
}

export type EntitlementTable = { customer_id: string; tenant_id: string; service: string; seats: number; source: string; as_of: Day }

export type FactTable = {
  customer_id: string
  name: string
  service: WithDefault<string>
  value: ColumnType<unknown, string, string>
  source: string
  as_of: Day | null
  recorded_at: string
  recorded_by: string | null
  version: WithDefault<number>
}

export type UsageImportTable = {
  customer_id: string
  id: string
  tenant_id: string
  file: string
  sha256: string
  report: string | null
  refresh_date: Day | null
  period_days: number | null
  rows_read: number
  rows_rejected: number
  rows_deleted: number
  rows_duplicate: number
  is_concealed: boolean
  is_kept: boolean
  problems: Json<readonly UsageProblem[]>
  imported_at: string
  imported_by: string | null
}

export type UsageReportServiceTable = {
  customer_id: string
  import_id: string
  service: string
  active: number | null
  assigned: number | null
  active_unlicensed: number | null
  as_of: Day | null
}

export type UsageCurrentTable = {
  customer_id: string
  tenant_id: string
  service: string
  active: number | null
  assigned: number | null
  active_unlicensed: number | null
  as_of: Day | null
  window_days: number
  sources: readonly string[]
  is_concealed: boolean
}

export type UsageDayTable = {
  customer_id: string
  tenant_id: string
  service: string
  day: Day
  active: number
  assigned: number | null
  entitled: number | null
}

export type EngagementTable = {
  customer_id: string
  id: string
  cycle: number
  playbook_hash: string
  overall_task: string | null
  state: WithDefault<'open' | 'complete' | 'cancelled'>
  cancel_reason: string | null
  opened_at: string
  closed_at: string | null
}

export type ItemTable = {
  customer_id: string
  engagement_id: string
  id: string
  process: string
  step: string
  task: string | null
  service: string | null
  state: ItemState | null
  due: Day | null
  status: ItemStatus | null
  reason: StatusReason | null
  note: string | null
  set_by: string | null
  set_at: string | null
  version: WithDefault<number>
}

export type GateStateTable = {
  customer_id: string
  engagement_id: string
  gate: string
  state: 'met' | 'not-met' | 'unknown'
  since: Day
}

export type OutcomeTable = {
  customer_id: string
  engagement_id: string
  outcome: Outcome
  recorded_at: string
  recorded_by: string | null
}

/** A service cell of the portfolio; its trend is read when it is shown. */
export type SavedCell = Omit<ServiceCell, 'trend'>

export type PlanTable = {
  customer_id: string
  engagement_id: string
  date: Day
  playbook_hash: string
  content: Json<Plan>
  due_count: number
  unknown_count: number
  warning_count: number
  proposal_count: number
  next_due: Day | null
  priority: number
  priority_reason: Json<Text>
  review: 'met' | 'not-met' | 'unknown'
  overall: 'open' | 'completable' | 'complete'
  seats: number | null
  csm: string | null
  services: Json<readonly SavedCell[]>
  percents: Json<Readonly<Record<string, number>>>
  is_stale: boolean
  is_empty: boolean
}

export type EventTable = {
  customer_id: string
  seq: number
  at: string
  who: string
  kind: string
  body: string
  previous_hash: string | null
  hash: string
}

export type Database = {
  person: PersonTable
  person_key: PersonKeyTable
  team: TeamTable
  team_member: TeamMemberTable
  assignment: AssignmentTable
  installation: InstallationTable
  installation_event: InstallationEventTable
  mail: MailTable
  playbook_release: PlaybookReleaseTable
  playbook_current: PlaybookCurrentTable
  customer: CustomerTable
  tenant: TenantTable
  customer_service: CustomerServiceTable
  entitlement: EntitlementTable
  fact: FactTable
  usage_import: UsageImportTable
  usage_report_service: UsageReportServiceTable
  usage_current: UsageCurrentTable
  usage_day: UsageDayTable
  engagement: EngagementTable
  item: ItemTable
  gate_state: GateStateTable
  outcome: OutcomeTable
  plan: PlanTable
  event: EventTable
}

/** A row of a table as a query gives it. */
export type Row<Table extends keyof Database> = Selectable<Database[Table]>
