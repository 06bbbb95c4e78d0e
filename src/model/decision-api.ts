import { z } from 'zod'
import type { WriteAccess } from './api.ts'
import type { GateState } from './plan.ts'
import { ACCELERATOR_STATES, Day, PROGRAM_STATES, type Text } from './words.ts'

const text = (longest: number) => z.string().trim().min(1).max(longest)

// Evidence

const WEB_ADDRESS = 'an address that begins with http:// or https://, without a name or password in it'

/** Only what a browser opens as a page; no passwords in it. Kept as browsers write it. */
export const Href = z
  .url({ protocol: /^https?$/, normalize: true, abort: true, error: WEB_ADDRESS })
  .max(2000)
  // Written by a browser, the host ends at the first slash: an @ before it parts a name from the host.
  .regex(/^https?:\/\/[^/@]+\//, WEB_ADDRESS)

/** What evidence belongs to: `check:users-able`, `item:…`, `transition:conduct-success-review`, `blocker:…`. */
export const EvidenceSubject = z
  .string()
  .max(320)
  .regex(/^(check|item|transition|blocker):\S+$/, 'check:, item:, transition: or blocker: and an id')

/** POST /customers/:id/evidence */
export const AddLink = z.strictObject({ subject: EvidenceSubject, title: text(200), href: Href })
export type AddLink = z.infer<typeof AddLink>

/** Files of evidence, largest. */
export const EVIDENCE_BYTES = 2 * 1024 * 1024

export const EVIDENCE_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'text/plain',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
] as const
export type EvidenceType = (typeof EVIDENCE_TYPES)[number]

export type EvidenceView = Readonly<{
  id: string
  subject: string
  title: string
  /** A link, with its host to be seen, or a file of the customer, to be saved. */
  kept:
    | Readonly<{ kind: 'link'; href: string; host: string }>
    | Readonly<{ kind: 'file'; mediaType: string; bytes: number; sha256: string }>
  by: string
  at: string
}>

export type EvidenceList = Readonly<{ customer: string; evidence: readonly EvidenceView[] }>

// Checklists

/** PUT /customers/:id/checks/:check — a person's word on a line that no rule can answer. */
export const ConfirmCheck = z.strictObject({
  met: z.boolean(),
  on: Day,
  note: text(500).nullable(),
  /** The customer version the screen showed. */
  version: z.int().min(0),
})
export type ConfirmCheck = z.infer<typeof ConfirmCheck>

export type CheckView = Readonly<{
  id: string
  process: string
  side: 'inputs' | 'outputs'
  text: Text
  state: GateState | 'not-applicable'
  /** A rule answers it; else a person does. */
  isComputed: boolean
  because: Text
  confirmed: Readonly<{ met: boolean; on: Day | null; note: string | null; by: string | null; at: string }> | null
  evidence: readonly EvidenceView[]
  /** What was said of it before, newest first. */
  trace: readonly Readonly<{ kind: 'confirmed' | 'missed' | 'withdrawn'; by: string; at: string }>[]
}>

/** GET /customers/:id/checklists */
export type ChecklistsView = Readonly<{
  customer: string
  today: Day
  version: number
  checks: readonly CheckView[]
  canConfirm: WriteAccess
  canAddEvidence: WriteAccess
}>

// Decisions on proposals

export const DECISION_STATES = [...PROGRAM_STATES, ...ACCELERATOR_STATES] as const
export type DecisionState = (typeof DECISION_STATES)[number]

/** What may follow what; null: nothing was decided yet. */
export const NEXT_DECISIONS: Readonly<
  Record<'program' | 'accelerator', Readonly<Partial<Record<DecisionState | 'none', readonly DecisionState[]>>>>
> = {
  program: { none: ['offered'], offered: ['agreed', 'declined'], agreed: ['declined'], declined: ['offered', 'agreed'] },
  accelerator: {
    none: ['proposed', 'accepted', 'rejected'],
    proposed: ['accepted', 'rejected'],
    accepted: ['rejected'],
    rejected: ['proposed', 'accepted'],
  },
}
/** The customer decides these: who of them is part of it. */
export const NEEDS_CONTACT: readonly DecisionState[] = ['agreed', 'declined']
export const NEEDS_REASON: readonly DecisionState[] = ['declined', 'proposed', 'accepted', 'rejected']

/** POST /customers/:id/decisions/:proposal */
export const MakeDecision = z
  .strictObject({
    state: z.enum(DECISION_STATES),
    contact: z.uuid().nullable(),
    reason: text(1000).nullable(),
    on: Day,
    /** How many decisions on the proposal the screen showed. */
    seq: z.int().min(0),
  })
  .refine(input => !NEEDS_CONTACT.includes(input.state) || input.contact !== null, {
    path: ['contact'],
    message: 'who of the customer decided this',
  })
  .refine(input => !NEEDS_REASON.includes(input.state) || input.reason !== null, {
    path: ['reason'],
    message: 'a reason is needed for this',
  })
export type MakeDecision = z.infer<typeof MakeDecision>

export type DecisionView = Readonly<{
  seq: number
  state: DecisionState | 'withdrawn'
  contact: string | null
  reason: string | null
  on: Day
  /** What the rule had to show then; null: it did not call for it. */
  because: Text | null
  by: string
  at: string
}>

export type ProposalView = Readonly<{
  /** `program:onedrive-adoption`, `accelerator:teams`. */
  id: string
  kind: 'program' | 'accelerator'
  service: string | null
  title: Text
  /** Whether the rule calls for a decision today; `no`: a person may all the same. */
  called: 'open' | 'decided' | 'unknown' | 'no'
  because: Text | null
  state: DecisionState | null
  /** Newest first. */
  history: readonly DecisionView[]
  next: readonly DecisionState[]
  /** The newest decision can be taken back. */
  canWithdraw: boolean
  seq: number
}>

export type TransitionView = Readonly<{
  from: string
  to: string
  /** Another cycle through the playbook, which begins with its services: `POST /customers/:id/engagements`. */
  isNewCycle: boolean
  name: Text
  state: 'available' | 'blocked' | 'unknown'
  because: Text
  /** `forced`: the condition did not hold, and a lead said why all the same. */
  taken: Readonly<{ on: Day | null; by: string | null; at: string; forced: string | null }> | null
  evidence: readonly EvidenceView[]
}>

/** GET /customers/:id/decisions */
export type DecisionsView = Readonly<{
  customer: string
  today: Day
  version: number
  proposals: readonly ProposalView[]
  transitions: readonly TransitionView[]
  contacts: readonly Readonly<{ id: string; name: string }>[]
  canDecide: WriteAccess
  canTake: WriteAccess
  canOverride: WriteAccess
}>

/** POST /customers/:id/transitions/:to */
export const TakeTransition = z.strictObject({
  on: Day,
  /** Why, although the condition does not hold; null: only if it does. */
  override: z.strictObject({ reason: text(1000), evidence: z.strictObject({ title: text(200), href: Href }).nullable() }).nullable(),
  version: z.int().min(0),
})
export type TakeTransition = z.infer<typeof TakeTransition>
