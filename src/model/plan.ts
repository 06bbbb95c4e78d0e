import type { Day, ItemState, ItemStatus, Text, Truth } from './words.ts'

/** A fact as a reason quotes it. `value` null = unknown; `why` then says why (missing, stale, empty report, …). */
export type FactUsed = Readonly<{
  /** The rule's word for it: `service.usage.percent`. */
  name: string
  /** Path in the facts file: `services.teams.usage.active`; null for a derived value. */
  path: string | null
  value: boolean | number | string | null
  why: string | null
  source: string | null
  asOf: Day | null
}>

/** The proof tree of one rule: each sub-expression with its value. Leaves carry the facts. */
export type Proof = Readonly<{
  /** The part of the rule's source this node speaks of. */
  source: string
  value: Truth | number | string
  facts: readonly FactUsed[]
  parts: readonly Proof[]
}>

export type Because = Readonly<{
  /** One sentence per language. */
  text: Text
  rule: string | null
  file: string | null
  line: number | null
  facts: readonly FactUsed[]
  proof: Proof | null
}>

/** Serves gates, checks and transitions alike. */
export type GateState = 'met' | 'not-met' | 'unknown'

export type PlanItem = Readonly<{
  /** `process/step/task@service`; without task `process/step`; without service no `@`. */
  id: string
  task: string | null
  service: string | null
  mandatory: boolean | null
  state: ItemState
  /** What a person set; null = nothing yet. */
  status: ItemStatus | null
  /** The day it should be done, if the step has a `Due` rule that can be computed. */
  due: Day | null
  because: Because
}>

export type PlanCheck = Readonly<{
  id: string
  row: string | null
  text: Text
  state: GateState | 'not-applicable'
  because: Because
}>

export type PlanProcess = Readonly<{
  id: string
  state: 'closed' | 'open' | 'finished' | 'unknown'
  because: Because
  steps: readonly Readonly<{ id: string; items: readonly PlanItem[] }>[]
  checklists: Readonly<{ inputs: readonly PlanCheck[]; outputs: readonly PlanCheck[] }>
}>

export type PlanGate = Readonly<{ id: string; state: GateState; because: Because }>

/** `state` is the answer of the transition's condition today, also after it was taken: a gate may fall later. */
export type PlanTransition = Readonly<{ to: string; state: 'available' | 'blocked' | 'unknown'; taken: boolean; because: Because }>

/** The one word a list shows. */
export const shownTransition = ({ state, taken }: Pick<PlanTransition, 'state' | 'taken'>) => (taken ? 'taken' : state)

export type PlanProposal = Readonly<{ id: string; state: 'open' | 'decided' | 'unknown'; because: Because }>

export const WARNING_CODES = [
  'service-without-owner',
  'usage-over-100-percent',
  'usage-date-in-future',
  'usage-stale',
  'usage-empty-report',
  'usage-doubtful',
  'metric-date-in-future',
  'gate-no-longer-met',
  'forced-transition',
  'low-threshold',
  'outcome-too-early',
  'unknown-name',
] as const
export type WarningCode = (typeof WARNING_CODES)[number]

export type PlanWarning = Readonly<{ code: WarningCode; service: string | null; because: Because }>

/** What `decide` returns: plain JSON, the same bytes for the same inputs. */
export type Plan = Readonly<{
  date: Day
  /** Hash of the playbook. */
  playbook: string
  gates: readonly PlanGate[]
  processes: readonly PlanProcess[]
  overall: Readonly<{ state: 'open' | 'completable' | 'complete'; because: Because }>
  transitions: readonly PlanTransition[]
  proposals: readonly PlanProposal[]
  warnings: readonly PlanWarning[]
}>
