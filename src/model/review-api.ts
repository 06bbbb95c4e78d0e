import { z } from 'zod'
import type { WriteAccess } from './api.ts'
import type { EvidenceView } from './decision-api.ts'
import type { GateState, Plan } from './plan.ts'
import { type Day, Outcome, type Text } from './words.ts'

const version = z.int('the customer version the screen showed').min(0)
const reason = z.string().trim().min(1).max(1000)
const outcomes = z.array(Outcome).max(4)

/** POST /customers/:id/review/outcomes — R6: one or more of the four; the engagement is complete with it. */
export const RecordOutcomes = z.strictObject({ outcomes, version })
export type RecordOutcomes = z.infer<typeof RecordOutcomes>

/** PUT /customers/:id/review/outcomes — what was agreed was something else; none: the engagement is open again. */
export const CorrectOutcomes = z.strictObject({ outcomes, reason, version })
export type CorrectOutcomes = z.infer<typeof CorrectOutcomes>

/** POST /customers/:id/engagement/cancelled — the customer is lost; not an outcome of a review. */
export const CancelEngagement = z.strictObject({ reason, version })
export type CancelEngagement = z.infer<typeof CancelEngagement>

/** POST /customers/:id/engagements — the next cycle, at kick-off. */
export const BeginCycle = z.strictObject({
  /** What it is about: intended from now on. */
  services: z.array(z.string().min(1).max(100)).min(1).max(50),
  /** Why, where no outcome asks for another cycle: the customer came back. */
  reason: reason.nullable(),
  version,
})
export type BeginCycle = z.infer<typeof BeginCycle>

export type RecordedOutcome = Readonly<{ outcome: Outcome; by: string | null; at: string }>

export type EngagementView = Readonly<{
  id: string
  cycle: number
  state: 'open' | 'complete' | 'cancelled'
  openedAt: string
  closedAt: string | null
  cancelReason: string | null
  outcomes: readonly RecordedOutcome[]
}>

/** What can be done, or why it cannot. */
export type Possible = Readonly<{ ok: true }> | Readonly<{ ok: false; reason: Text }>

/** GET /customers/:id/review */
export type ReviewView = Readonly<{
  customer: string
  today: Day
  version: number
  engagement: EngagementView
  /** Earlier cycles, newest first. */
  history: readonly EngagementView[]
  /** The gate as it stands today. */
  gate: Readonly<{ state: GateState; because: Text }>
  /** What it said when the review was opened; null: not opened, or by something else than the portal. */
  opened: Readonly<{
    on: Day
    by: string
    gate: GateState
    because: Text
    /** Why it was opened against its gate, and what there was to show for it; null: the gate was met. */
    override: Readonly<{ reason: string; evidence: readonly EvidenceView[] }> | null
  }> | null
  meetingHeldOn: Day | null
  /** The task of R6; null: the playbook names none. `item`: its item in the plan, where there is one. */
  task: Readonly<{ id: string; title: Text; item: string | null; isDone: boolean }> | null
  overall: Readonly<{ state: Plan['overall']['state']; because: Text }>
  outcomes: Possible
  /** Services the customer has, to choose from for the next cycle. `handshake` null: the playbook does not hand it over. */
  services: readonly Readonly<{ id: string; intended: boolean; isActive: boolean | null; handshake: string | null }>[]
  /** Another cycle; `needsReason`: no outcome asks for it. */
  cycle: Possible & Readonly<{ needsReason: boolean }>
  /** Steps out of the review, as the plan has them. */
  steps: readonly Readonly<{ to: string; name: Text; state: 'available' | 'blocked' | 'unknown'; because: Text; takenOn: Day | null }>[]
  corrections: readonly Readonly<{ before: readonly Outcome[]; after: readonly Outcome[]; reason: string | null; by: string; at: string }>[]
  canRecord: WriteAccess
  canCorrect: WriteAccess
  canCancel: WriteAccess
  canBegin: WriteAccess
}>
