import type { Expression } from './expression.ts'
import type { ServiceDef, ServiceId } from './services.ts'
import type { Day, Initiative, Locale, Place, Text } from './words.ts'

export type Severity = 'error' | 'warning' | 'info'

/** A fault or remark about a playbook. `code` is one of `playbook/checks`. */
export type Diagnostic = Readonly<{
  code: string
  severity: Severity
  message: string
  file: string
  line: number
  column: number
  help: string | null
}>

export type RuleKind = 'opens' | 'when' | 'unless' | 'needs' | 'done' | 'due'

/** A condition (or, for `due`, a date) with the place it was written at; `file`, `line`, `column` point at the code span. */
export type Rule = Place & Readonly<{ kind: RuleKind; source: string; expression: Expression }>

export type RoleId = string
export type RoleDef = Readonly<{ id: RoleId; name: Text; aliases: readonly string[] }>

export type Link = Readonly<{ text: Text; href: string }>

export type Task = Readonly<{
  id: string
  title: Text
  mandatory: boolean | null
  role: RoleId | null
  services: 'all' | readonly ServiceId[]
  line: number
  links: readonly Link[]
  rules: readonly Rule[]
}>

export type Step = Readonly<{
  id: string
  title: Text
  /** Markdown below the labelled lines, without the task table. */
  text: Text
  role: RoleId | null
  /** Empty = unrestricted. */
  initiatives: readonly Initiative[]
  services: 'all' | readonly ServiceId[]
  line: number
  links: readonly Link[]
  rules: readonly Rule[]
  tasks: readonly Task[]
  /** A step that collects tasks which no other step holds (R10). */
  uncategorised: boolean
  /** Reading matter only: makes no item although it has no tasks. */
  guidance: boolean
}>

export type NextStep = Readonly<{ process: string | null; href: string; text: Text }>

/** One refresh-summary row; they belong to a locale. `date` is null when it cannot be read with certainty. */
export type Change = Readonly<{ locale: Locale; date: Day | null; raw: string; who: string; what: string }>

/** A line of the key inputs or outputs; `rule` null = a person confirms it. */
export type CheckDef = Readonly<{
  id: string
  side: 'inputs' | 'outputs'
  /** Row of the mission this line comes from, for example `E12`. */
  row: string | null
  text: Text
  /** Does the line apply at all; absent = always. */
  when: Rule | null
  rule: Rule | null
}>

export type Process = Readonly<{
  id: string
  phase: string | null
  title: Text
  file: Text
  meta: Readonly<Record<Locale, Readonly<Record<string, string>>>>
  rules: readonly Rule[]
  overview: Text
  objectives: Text
  steps: readonly Step[]
  keyInputs: Readonly<Record<Locale, readonly string[]>>
  keyOutputs: Readonly<Record<Locale, readonly string[]>>
  checks: readonly CheckDef[]
  nextSteps: readonly NextStep[]
  changes: readonly Change[]
}>

export type Thresholds = Readonly<{
  /** Percent of seats. */
  activeUsagePercent: number
  /** Usage older than this many days is stale. */
  usageMaxAgeDays: number
  metricMaxAgeDays: number
  acceleratorAfterDays: number
}>

/** Sources: mission (10 %), usage reference §1.2 (reports lag up to a week), our choices for the rest. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  activeUsagePercent: 10,
  usageMaxAgeDays: 14,
  metricMaxAgeDays: 90,
  acceleratorAfterDays: 60,
}

export type GateDef = Readonly<{ id: string; name: Text; rule: Rule }>

/** A decision a person should take. Per service when `services` is given. `when` says when it is open, `decided` when it is over. */
export type ProposalDef = Readonly<{
  /** `handshake`, `accelerator`, or `program:onedrive-adoption`; per service the item id gets `:service` behind it. */
  id: string
  title: Text
  services: readonly ServiceId[] | 'all' | null
  when: Rule
  decided: Rule
}>

/** Leaving a process: the review when its gate is met, a new cycle, maintenance. */
export type TransitionDef = Readonly<{ from: string; to: string; name: Text; when: Rule }>

/** The task that must be complete before the overall status may be (R6). */
export type OverallDef = Readonly<{ process: string; task: string }>

export type PlaybookHead = Readonly<{
  id: string | null
  version: string | null
  /** `sha256:` over everything else in the compiled playbook, without positions in other locales. */
  hash: string
  locales: readonly Locale[]
  sourceLocale: Locale | null
  thresholds: Thresholds
}>

/** A compiled playbook: plain JSON, immutable, the same for the same files. */
export type Playbook = Readonly<{
  format: 1
  playbook: PlaybookHead
  phases: readonly Readonly<{ id: string; name: Text }>[]
  services: readonly ServiceDef[]
  roles: readonly RoleDef[]
  processes: readonly Process[]
  gates: readonly GateDef[]
  proposals: readonly ProposalDef[]
  transitions: readonly TransitionDef[]
  overall: OverallDef | null
}>
