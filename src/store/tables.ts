import type { ColumnType, Insertable, JSONColumnType, Selectable } from 'kysely'
import type { ServiceCell } from '../model/api.ts'
import type { BlockerFigure } from '../model/blocker-api.ts'
import type { DeckExtras, DeckLocale, DeckTemplates, SlideKind } from '../model/deck.ts'
import type { DiscussionStatus } from '../model/discussion-api.ts'
import type { ExpertRequestState, RequestStep } from '../model/expert-words.ts'
import type { Facts, History } from '../model/facts.ts'
import type { Plan } from '../model/plan.ts'
import type { Playbook } from '../model/playbook.ts'
import type { PriorityPart, SavedSignal } from '../model/portfolio-api.ts'
import type { LetterProblem, ReviewIntent, ReviewList } from '../model/review-record.ts'
import type { ReviewResource } from '../model/review-record-api.ts'
import type { AttendeeAnswer, HandshakeState, MeetingAbout, MeetingKind, MeetingState, SeatIntent } from '../model/success.ts'
import type { SurveyLanguage, SurveyState, SurveyWithdrawal } from '../model/survey.ts'
import type { UsageProblem, UsageReportKind } from '../model/usage.ts'
import type {
  Cloud,
  ConnectionFinding,
  ConnectionState,
  Denominator,
  MilestoneId,
  SyncRunState,
  SyncStepState,
  SyncTrigger,
  UsageDoubt,
} from '../model/usage-api.ts'
import type { Day, Initiative, ItemState, ItemStatus, Outcome, Segment, StatusReason, Text, Truth } from '../model/words.ts'

/** Rows as PostgreSQL gives them: days are `YYYY-MM-DD`, moments ISO 8601 in UTC, both as text. One type per table. */

/** Written as text that `json` keeps as it is; read as the parsed value. */
type Json<T> = JSONColumnType<T & object, string, string>
type WithDefault<T> = ColumnType<T, T | undefined, T>

/** A file that goes with a mail; `content` is text, as iCalendar is, or bytes where `encoding` says how. */
export type MailAttachment = Readonly<{ name: string; type: string; content: string; encoding?: 'base64'; method?: string }>

/** One reason of a list, as `model/success.ts` parses it. */
export type ReasonRow = Readonly<{ id: string; text: Text; uses: readonly string[]; retired?: boolean }>

export type PersonTable = { id: string; name: string; erased_at: WithDefault<string | null> }

export type PersonKeyTable = { person_id: string; period: WithDefault<string>; wrapped: string; made_at: string }

export type TeamTable = {
  id: string
  name: string
  time_zone: WithDefault<string>
  work_days: WithDefault<readonly number[]>
  work_from: WithDefault<string>
  work_until: WithDefault<string>
}

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
  customer_id: WithDefault<string | null>
  contact_id: WithDefault<string | null>
  sent_by: WithDefault<string | null>
  attachments: ColumnType<readonly MailAttachment[], string | undefined, string>
  bounce: WithDefault<string | null>
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
  language: WithDefault<string>
  merged_into: WithDefault<string | null>
  version: WithDefault<number>
  is_demo: WithDefault<boolean>
  archived_at: string | null
  created_at: string
}

export type TenantTable = {
  customer_id: string
  id: string
  name: string
  allows_people: WithDefault<boolean>
  mail_domains: WithDefault<readonly string[]>
}

export type CustomerServiceTable = {
  customer_id: string
  service: string
  intended: WithDefault<boolean>
  is_activation_known: WithDefault<boolean>
  activated_on: Day | null
  denominator: WithDefault<Denominator | null>
  custom_seats: WithDefault<number | null>
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
  kind: WithDefault<UsageReportKind>
  origin: WithDefault<'upload' | 'command' | 'graph' | 'demo'>
  withdrawn_at: WithDefault<string | null>
  withdrawn_by: WithDefault<string | null>
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
  import_ids: WithDefault<readonly string[]>
  doubt: WithDefault<UsageDoubt | null>
}

export type UsageDayTable = {
  customer_id: string
  tenant_id: string
  service: string
  day: Day
  active: number
  assigned: number | null
  entitled: number | null
  active_unlicensed: WithDefault<number | null>
  window_days: WithDefault<number>
  known_since: WithDefault<string>
  import_id: WithDefault<string | null>
}

export type UsageUnionTable = {
  customer_id: string
  tenant_id: string
  service: string
  day: Day
  import_ids: readonly string[]
  active: number
  assigned: number | null
  active_unlicensed: number | null
  window_days: number
}

export type UsageCountTable = {
  customer_id: string
  tenant_id: string
  service: string
  day: Day
  active: number
  is_at_least: WithDefault<boolean>
  report: string
  known_since: WithDefault<string>
  import_id: string | null
}

export type UsageVersionTable = {
  customer_id: string
  tenant_id: string
  service: string
  measure: 'rolling' | 'daily'
  day: Day
  known_since: string
  known_until: string
  active: number
  assigned: number | null
  active_unlicensed: number | null
  entitled: number | null
  import_id: string | null
  why: 'restated' | 'withdrawn'
}

export type UsageActivationTable = {
  customer_id: string
  tenant_id: string
  product: string
  assigned: number | null
  activated: number
  shared_computer: number | null
  as_of: Day
  import_id: string
}

export type SubscriptionTable = {
  customer_id: string
  tenant_id: string
  sku_id: string
  part_number: string
  enabled: number
  warning: WithDefault<number>
  suspended: WithDefault<number>
  consumed: number
  services: WithDefault<readonly string[]>
  left_out: string | null
  as_of: Day
}

export type GraphConnectionTable = {
  customer_id: string
  tenant_id: string
  cloud: Cloud
  directory: string
  client_id: string
  credential: 'secret' | 'certificate'
  credential_hint: string
  credential_ends: Day | null
  is_enabled: WithDefault<boolean>
  state: WithDefault<ConnectionState>
  state_since: string
  findings: ColumnType<readonly ConnectionFinding[], string | undefined, string>
  is_concealed: boolean | null
  reached_back_at: string | null
  made_by: string
  made_at: string
  version: WithDefault<number>
}

export type GraphSecretTable = { customer_id: string; tenant_id: string; sealed: string }

export type SyncRunTable = {
  customer_id: string
  id: string
  tenant_id: string
  trigger: SyncTrigger
  reaches_back: boolean
  requested_by: string
  state: WithDefault<SyncRunState>
  resumes_at: string | null
  requested_at: string
  ended_at: string | null
}

export type SyncStepTable = {
  customer_id: string
  run_id: string
  position: number
  report: string
  period: string | null
  day: Day | null
  state: WithDefault<SyncStepState>
  tries: WithDefault<number>
  not_before: string | null
  refresh_date: Day | null
  row_count: number | null
  problem: string | null
  import_id: string | null
  ended_at: string | null
}

export type GraphRequestTable = { customer_id: string; tenant_id: string; function: string; at: string }

export type MilestoneTable = {
  customer_id: string
  service: string
  id: MilestoneId
  percent: number
  target_date: Day | null
  version: number
}

export type MilestoneChangeTable = {
  customer_id: string
  service: string
  milestone: MilestoneId
  seq: number
  percent: number
  target_date: Day | null
  reason: string | null
  changed_by: string
  changed_at: string
}

export type MilestoneReachedTable = {
  customer_id: string
  service: string
  milestone: MilestoneId
  percent: number
  reached_on: Day
  is_first_figure: boolean
}

export type ForecastTable = {
  customer_id: string
  service: string
  milestone: MilestoneId
  made_on: Day
  goal_percent: number
  percent_then: number
  target_date: Day | null
  state: 'expected' | 'not-in-sight'
  expected: Day | null
  earliest: Day | null
  latest: Day | null
  reached_on: WithDefault<Day | null>
  method: string
}

export type TeamHolidayTable = {
  team_id: string
  day: Day
  name: string
}

export type ContactTable = {
  customer_id: string
  id: string
  name: string
  email: WithDefault<string | null>
  title: WithDefault<string | null>
  phone: WithDefault<string | null>
  roles: WithDefault<readonly string[]>
  services: WithDefault<readonly string[]>
  language: WithDefault<string | null>
  country: WithDefault<string | null>
  time_zone: WithDefault<string | null>
  do_not_contact: WithDefault<string | null>
  survey_eligible: WithDefault<boolean>
  bounced_at: WithDefault<string | null>
  bounce: WithDefault<string | null>
  archived_at: WithDefault<string | null>
  version: number
}

export type SurveySettingsTable = {
  is_only: WithDefault<boolean>
  is_automatic: boolean
  remind_after: number
  expire_after: number
  cool_down: number
  low_overall: number
  low_recommend: number
  languages: readonly SurveyLanguage[]
  words: Json<Readonly<Partial<Record<SurveyLanguage, string>>>>
  version: number
}

export type SurveyOptOutTable = { person_key: string; opted_out_at: string }

export type SurveyInvitationTable = {
  customer_id: string
  id: string
  engagement_id: string
  contact_id: string | null
  person_key: string | null
  token_hash: string | null
  language: SurveyLanguage
  services: readonly string[]
  owner_id: string | null
  state: WithDefault<SurveyState>
  asked_by: string
  asked_at: string
  remind_at: string
  expires_at: string
  mailed_at: WithDefault<string | null>
  reminded_at: WithDefault<string | null>
  reminder_mailed_at: WithDefault<string | null>
  ended_at: WithDefault<string | null>
  withdrawn_because: WithDefault<SurveyWithdrawal | null>
}

export type SurveyAnswerTable = {
  customer_id: string
  invitation_id: string
  overall: number
  responsiveness: number | null
  expertise: number | null
  usefulness: number | null
  recommend: number | null
  comment: string | null
  answered_at: string
  is_low: boolean
}

export type NoteTable = {
  customer_id: string
  id: string
  subject: WithDefault<string | null>
  body: string
  search_key: string
  mentions: WithDefault<readonly string[]>
  written_by: string
  written_at: string
  changed_at: string
  removed_at: WithDefault<string | null>
  version: number
}

export type NoteVersionTable = {
  customer_id: string
  note_id: string
  seq: number
  body: string
  written_by: string
  written_at: string
}

export type TemplateTable = {
  kind: 'note' | 'success-plan' | 'agenda'
  id: string
  title: string
  language: string
  body: string
  changed_by: WithDefault<string | null>
  changed_at: string
  version: WithDefault<number>
}

export type TemplateVersionTable = {
  kind: string
  id: string
  seq: number
  title: string | null
  language: string | null
  body: string | null
  made_by: string
  made_at: string
}

export type ReasonListTable = {
  version: number
  reasons: ColumnType<readonly ReasonRow[], string, string>
  made_by: string
  made_at: string
}

export type KickoffServiceTable = {
  customer_id: string
  service: string
  planned_on: WithDefault<Day | null>
  intent: WithDefault<string | null>
  business_reason: WithDefault<string | null>
  success_owner: WithDefault<string | null>
  version: number
}

export type KickoffTable = {
  customer_id: string
  stakeholders: WithDefault<string | null>
  scenarios: WithDefault<string | null>
  awareness_plan: WithDefault<string | null>
  training_plan: WithDefault<string | null>
  changed_by: string
  changed_at: string
  version: number
}

export type ObjectiveTable = {
  customer_id: string
  id: string
  title: string
  description: WithDefault<string | null>
  service: WithDefault<string | null>
  owner_id: WithDefault<string | null>
  target_date: WithDefault<Day | null>
  position: WithDefault<number>
  removed_at: WithDefault<string | null>
  version: number
}

export type MetricTable = {
  customer_id: string
  id: string
  objective_id: WithDefault<string | null>
  name: string
  kind: 'usage' | 'own'
  service: WithDefault<string | null>
  unit: WithDefault<string | null>
  baseline: WithDefault<number | null>
  baseline_on: WithDefault<Day | null>
  target: number
  direction: WithDefault<'up' | 'down' | null>
  target_date: WithDefault<Day | null>
  removed_at: WithDefault<string | null>
  version: number
}

export type MetricReadingTable = {
  customer_id: string
  metric_id: string
  day: Day
  value: number
  source: 'hand' | 'csv' | 'api' | 'demo'
  note: WithDefault<string | null>
  recorded_by: WithDefault<string | null>
  recorded_at: string
}

export type SeatSplitTable = {
  customer_id: string
  service: string
  seats: number
  as_of: Day
  changed_by: string
  changed_at: string
  version: number
}

export type SeatIntentTable = {
  customer_id: string
  service: string
  position: number
  intent: SeatIntent
  seats: number
  reason: WithDefault<string | null>
  reason_version: WithDefault<number | null>
  note: WithDefault<string | null>
}

export type BlockerTable = {
  customer_id: string
  id: string
  title: string
  services: WithDefault<readonly string[]>
  items: WithDefault<readonly string[]>
  reason: string
  reason_version: number
  seats: WithDefault<number | null>
  owner_id: WithDefault<string | null>
  next_action: WithDefault<string | null>
  next_action_on: WithDefault<Day | null>
  opened_by: string
  opened_at: string
  usage_opened: ColumnType<readonly BlockerFigure[], string | undefined, string>
  reminded_on: WithDefault<Day | null>
  escalated_at: WithDefault<string | null>
  escalated_to: WithDefault<string | null>
  resolved_by: WithDefault<string | null>
  resolved_at: WithDefault<string | null>
  resolution: WithDefault<string | null>
  usage_resolved: ColumnType<readonly BlockerFigure[] | null, string | undefined | null, string | null>
  version: number
}

/** Whether and how a service was talked about for what it would be worth; one per engagement. */
export type ValueDiscussionTable = {
  customer_id: string
  engagement_id: string
  service: string
  /** Null: not asked. */
  interest: WithDefault<boolean | null>
  status: DiscussionStatus
  planned_for: WithDefault<Day | null>
  held_on: WithDefault<Day | null>
  success_factors: WithDefault<string | null>
  participants: WithDefault<string | null>
  outcome: WithDefault<string | null>
  changed_by: string
  changed_at: string
  version: number
}

/** Measuring success and the usage reports were talked about. */
export type UsageDiscussionTable = {
  customer_id: string
  id: string
  held_on: Day
  participants: WithDefault<string | null>
  note: WithDefault<string | null>
  links: WithDefault<readonly string[]>
  recorded_by: string
  recorded_at: string
}

export type EvidenceTable = {
  customer_id: string
  id: string
  subject: string
  title: string
  href: WithDefault<string | null>
  media_type: WithDefault<string | null>
  content: WithDefault<Buffer | null>
  sha256: WithDefault<string | null>
  added_by: string
  added_at: string
}

export type DecisionTable = {
  customer_id: string
  proposal: string
  seq: number
  state: string
  contact_id: WithDefault<string | null>
  reason: WithDefault<string | null>
  decided_on: Day
  because: ColumnType<unknown, string, string>
  recorded_by: string
  recorded_at: string
}

export type ReviewTable = {
  customer_id: string
  engagement_id: string
  opened_on: Day
  opened_at: string
  opened_by: string
  gate_state: 'met' | 'not-met' | 'unknown'
  because: ColumnType<Text, string, string>
  override_reason: string | null
}

export type ReviewDeckTable = {
  customer_id: string
  engagement_id: string
  locale: DeckLocale
  slides: ColumnType<SlideKind[], readonly SlideKind[], readonly SlideKind[]>
  narratives: ColumnType<Readonly<Partial<Record<SlideKind, string>>>, string, string>
  snapshot: ColumnType<DeckSnapshot | null, string | null, string | null>
  playbook_hash: string | null
  taken_at: string | null
  taken_by: string | null
  changed_by: string
  changed_at: string
  version: number
}
export type DeckBrandTable = {
  is_only: WithDefault<boolean>
  name: string | null
  colour: string | null
  logo: Buffer | null
  logo_type: 'image/png' | 'image/jpeg' | null
  version: WithDefault<number>
  templates: ColumnType<DeckTemplates, string | undefined, string>
  templates_version: WithDefault<number>
}
/** What a deck is made from: as it was on the day. */
export type DeckSnapshot = Readonly<{ facts: Facts; history: History; plan: Plan; extras: DeckExtras }>

export type EngagementFactTable = {
  customer_id: string
  engagement_id: string
  name: string
  service: string
  value: ColumnType<unknown, string, string>
  source: string
  as_of: Day | null
  recorded_at: string
}

export type ExpertProfileTable = {
  person_id: string
  is_expert: WithDefault<boolean>
  skills: WithDefault<readonly string[]>
  services: WithDefault<readonly string[]>
  languages: WithDefault<readonly string[]>
  regions: WithDefault<readonly string[]>
  at_once: WithDefault<number | null>
  changed_by: string
  changed_at: string
  version: number
}

export type ExpertRequestTable = {
  customer_id: string
  id: string
  service: WithDefault<string | null>
  skill: string
  language: WithDefault<string | null>
  region: WithDefault<string | null>
  seats: WithDefault<number | null>
  wanted_on: WithDefault<Day | null>
  purpose: string
  state: ExpertRequestState
  requested_by: string
  requested_at: string
  team_id: WithDefault<string | null>
  expert_id: WithDefault<string | null>
  acknowledge_by: Day
  decide_by: Day
  acknowledged_by: WithDefault<string | null>
  acknowledged_at: WithDefault<string | null>
  decided_by: WithDefault<string | null>
  decided_at: WithDefault<string | null>
  reason: WithDefault<string | null>
  ended_by: WithDefault<string | null>
  ended_at: WithDefault<string | null>
  note: WithDefault<string | null>
  assignment_id: WithDefault<string | null>
  reminded_due: WithDefault<Day | null>
  reminded_at: WithDefault<string | null>
  escalated_at: WithDefault<string | null>
  escalated_to: WithDefault<string | null>
  version: number
}

export type ExpertRequestMessageTable = {
  customer_id: string
  request_id: string
  seq: number
  step: RequestStep
  body: WithDefault<string | null>
  person_id: WithDefault<string | null>
  written_by: string
  written_at: string
}

export type HandshakeTable = {
  customer_id: string
  id: string
  service: string
  state: HandshakeState
  offered_by: string
  offered_to: string
  offered_at: string
  remind_on: Day
  reminded_at: WithDefault<string | null>
  escalated_at: WithDefault<string | null>
  escalated_to: WithDefault<string | null>
  answered_by: WithDefault<string | null>
  answered_at: WithDefault<string | null>
  reason: WithDefault<string | null>
  version: number
}

export type HandshakeMessageTable = {
  customer_id: string
  handshake_id: string
  seq: number
  body: string
  written_by: string
  written_at: string
}

export type AdoptionOwnerTable = {
  customer_id: string
  service: string
  since: Day
  until: WithDefault<Day | null>
  person_id: string
  handshake_id: WithDefault<string | null>
}

export type CadenceTable = {
  customer_id: string
  id: string
  kind: MeetingKind
  title: string
  rule: string
  starts_local: string
  time_zone: string
  minutes: number
  organizer_id: string
  location: WithDefault<string | null>
  services: WithDefault<readonly string[]>
  uid: string
  sequence: WithDefault<number>
  made_for: WithDefault<string | null>
  invited_by: WithDefault<'mail' | 'outlook' | null>
  outlook_state: WithDefault<'waiting' | 'sent' | 'gone' | null>
  outlook_problem: WithDefault<string | null>
  outlook_after: WithDefault<string | null>
  external_id: WithDefault<string | null>
  external_owner: WithDefault<string | null>
  external_told: WithDefault<string | null>
  external_read_at: WithDefault<string | null>
  ended_at: WithDefault<string | null>
  version: number
}

export type MeetingTable = {
  customer_id: string
  id: string
  cadence_id: WithDefault<string | null>
  occurrence: WithDefault<string | null>
  kind: MeetingKind
  title: string
  starts_at: string
  ends_at: string
  time_zone: string
  organizer_id: string
  location: WithDefault<string | null>
  services: WithDefault<readonly string[]>
  items: WithDefault<readonly string[]>
  state: WithDefault<MeetingState>
  agenda: WithDefault<string>
  agenda_changed_at: WithDefault<string | null>
  notes: WithDefault<string | null>
  outcome: WithDefault<string | null>
  about: WithDefault<MeetingAbout | null>
  attaches_deck: WithDefault<boolean>
  uid: string
  sequence: WithDefault<number>
  invited_by: WithDefault<'mail' | 'outlook' | null>
  outlook_state: WithDefault<'waiting' | 'sent' | 'gone' | null>
  outlook_problem: WithDefault<string | null>
  outlook_after: WithDefault<string | null>
  external_id: WithDefault<string | null>
  external_owner: WithDefault<string | null>
  external_told: WithDefault<string | null>
  external_read_at: WithDefault<string | null>
  reminded_at: WithDefault<string | null>
  made_by: string
  version: number
}

/** What somebody asked to a series said of one meeting of it. */
export type OccurrenceAnswer = Readonly<{ answer: AttendeeAnswer; answered_at: string; comment: string | null }>

export type AttendeeTable = {
  customer_id: string
  id: string
  cadence_id: WithDefault<string | null>
  meeting_id: WithDefault<string | null>
  contact_id: WithDefault<string | null>
  person_id: WithDefault<string | null>
  is_optional: WithDefault<boolean>
  answer: WithDefault<AttendeeAnswer>
  answered_at: WithDefault<string | null>
  comment: WithDefault<string | null>
  occurrences: WithDefault<Readonly<Record<string, OccurrenceAnswer>>>
  token_hash: string
  invited_sequence: WithDefault<number | null>
}

export type CalendarConnectionTable = {
  id: WithDefault<boolean>
  cloud: Cloud
  directory: string
  client_id: string
  credential: 'secret' | 'certificate'
  credential_hint: string
  credential_ends: Day | null
  sealed: string
  is_enabled: WithDefault<boolean>
  state: WithDefault<ConnectionState>
  state_since: string
  findings: ColumnType<readonly ConnectionFinding[], string | undefined, string>
  made_by: string
  made_at: string
  version: number
}

export type CalendarFeedTable = {
  person_id: string
  token_hash: string
  made_at: string
  read_at: WithDefault<string | null>
}

export type FollowUpTable = {
  customer_id: string
  id: string
  engagement_id: string
  title: string
  service: WithDefault<string | null>
  made_for: WithDefault<string | null>
  assignee: WithDefault<string | null>
  due: WithDefault<Day | null>
  status: WithDefault<ItemStatus>
  reason: WithDefault<StatusReason | null>
  note: WithDefault<string | null>
  made_by: string
  made_at: string
  closed_at: WithDefault<string | null>
  version: number
}

export type PlanChangeTable = {
  customer_id: string
  id: string
  at: string
  kind: string
  subject: string
  service: WithDefault<string | null>
  before: WithDefault<string | null>
  after: WithDefault<string | null>
}

export type PriorityOverrideTable = {
  customer_id: string
  priority: number
  reason: string
  set_by: string
  set_at: string
  until: Day
}

export type NotificationTable = {
  id: string
  person_id: string
  key: string
  kind: string
  customer_id: WithDefault<string | null>
  path: string
  summary: ColumnType<Text, string, string>
  made_at: string
  seen_at: WithDefault<string | null>
  told_at: WithDefault<string | null>
}

export type PreferenceTable = {
  person_id: string
  name: string
  value: ColumnType<unknown, string, string>
}

export type SavedViewTable = {
  id: string
  screen: 'portfolio' | 'today' | 'meetings' | 'requests'
  person_id: string
  name: string
  is_shared: WithDefault<boolean>
  search: ColumnType<Readonly<Record<string, unknown>>, string, string>
  version: WithDefault<number>
}

export type BulkChangeTable = {
  id: string
  kind: string
  made_by: string
  made_at: string
  content: ColumnType<unknown, string, string>
  undone_by: WithDefault<string | null>
  undone_at: WithDefault<string | null>
}

export type ReviewRecordTable = {
  customer_id: string
  engagement_id: string
  intent: WithDefault<ReviewIntent | null>
  achievements: WithDefault<string | null>
  scenarios: WithDefault<readonly string[]>
  experience: WithDefault<string | null>
  reduced_support: WithDefault<string | null>
  reduced_support_why: WithDefault<string | null>
  talk_version: WithDefault<number>
  expectations_version: WithDefault<number>
}

export type ReviewEntryTable = {
  customer_id: string
  id: string
  engagement_id: string
  list: ReviewList
  kind: WithDefault<string | null>
  what: WithDefault<string | null>
  service: WithDefault<string | null>
  approach: WithDefault<string | null>
  state: WithDefault<string | null>
  reason: WithDefault<string | null>
  resources: ColumnType<readonly ReviewResource[], string | undefined, string>
  owner_id: WithDefault<string | null>
  contact_id: WithDefault<string | null>
  due: WithDefault<Day | null>
  closed_on: WithDefault<Day | null>
  made_at: string
  removed_at: WithDefault<string | null>
  version: number
}

export type ReviewLetterTable = {
  customer_id: string
  id: string
  engagement_id: string
  contact_id: string
  asked_by: string
  asked_at: string
  written_at: WithDefault<string | null>
  refused: WithDefault<LetterProblem | null>
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
  assignee: WithDefault<string | null>
  due_set: WithDefault<Day | null>
  regressed_on: WithDefault<Day | null>
  data_says: WithDefault<Truth | null>
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
export type SavedCell = Omit<ServiceCell, 'trend' | 'signal'>

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
  phase: WithDefault<string | null>
  late_count: WithDefault<number>
  oldest_figure: WithDefault<Day | null>
  priority_parts: Json<readonly PriorityPart[]>
  signals: Json<readonly SavedSignal[]>
  /** The database keeps these, from the customer and its engagements. */
  search_key: WithDefault<string | null>
  segment: WithDefault<string | null>
  team_id: WithDefault<string | null>
  is_listed: WithDefault<boolean>
}

export type EventTable = InstallationEventTable & { customer_id: string }

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
  usage_union: UsageUnionTable
  usage_count: UsageCountTable
  usage_version: UsageVersionTable
  usage_activation: UsageActivationTable
  subscription: SubscriptionTable
  graph_connection: GraphConnectionTable
  graph_secret: GraphSecretTable
  sync_run: SyncRunTable
  sync_step: SyncStepTable
  graph_request: GraphRequestTable
  milestone: MilestoneTable
  milestone_change: MilestoneChangeTable
  milestone_reached: MilestoneReachedTable
  forecast: ForecastTable
  team_holiday: TeamHolidayTable
  contact: ContactTable
  survey_settings: SurveySettingsTable
  survey_opt_out: SurveyOptOutTable
  survey_invitation: SurveyInvitationTable
  survey_answer: SurveyAnswerTable
  note: NoteTable
  note_version: NoteVersionTable
  template: TemplateTable
  template_version: TemplateVersionTable
  reason_list: ReasonListTable
  kickoff_service: KickoffServiceTable
  kickoff: KickoffTable
  objective: ObjectiveTable
  metric: MetricTable
  metric_reading: MetricReadingTable
  seat_split: SeatSplitTable
  seat_intent: SeatIntentTable
  blocker: BlockerTable
  value_discussion: ValueDiscussionTable
  usage_discussion: UsageDiscussionTable
  evidence: EvidenceTable
  decision: DecisionTable
  review: ReviewTable
  review_deck: ReviewDeckTable
  deck_brand: DeckBrandTable
  engagement_fact: EngagementFactTable
  expert_profile: ExpertProfileTable
  expert_request: ExpertRequestTable
  expert_request_message: ExpertRequestMessageTable
  handshake: HandshakeTable
  handshake_message: HandshakeMessageTable
  adoption_owner: AdoptionOwnerTable
  cadence: CadenceTable
  meeting: MeetingTable
  attendee: AttendeeTable
  calendar_connection: CalendarConnectionTable
  calendar_feed: CalendarFeedTable
  follow_up: FollowUpTable
  plan_change: PlanChangeTable
  priority_override: PriorityOverrideTable
  notification: NotificationTable
  preference: PreferenceTable
  saved_view: SavedViewTable
  bulk_change: BulkChangeTable
  review_record: ReviewRecordTable
  review_entry: ReviewEntryTable
  review_letter: ReviewLetterTable
  engagement: EngagementTable
  item: ItemTable
  gate_state: GateStateTable
  outcome: OutcomeTable
  plan: PlanTable
  event: EventTable
}

/** A row of a table as a query gives it. */
export type Row<Table extends keyof Database> = Selectable<Database[Table]>

/** A row to be added: what has a default may be left out. */
export type NewRow<Table extends keyof Database> = Insertable<Database[Table]>
