import { z } from 'zod'
import { type ChecklistsView, DECISION_STATES, type DecisionsView, type EvidenceList } from '../model/decision-api.ts'
import { Day } from '../model/words.ts'
import { writeAccess } from './blocker-answers.ts'
import { evidence } from './evidence-answers.ts'

const text = z.record(z.string(), z.string())
const count = z.int().min(0)

const Evidence: z.ZodType<EvidenceList> = z.strictObject({ customer: z.string(), evidence: z.array(evidence) })

const Checklists: z.ZodType<ChecklistsView> = z.strictObject({
  customer: z.string(),
  today: Day,
  version: count,
  checks: z.array(
    z.strictObject({
      id: z.string(),
      process: z.string(),
      side: z.enum(['inputs', 'outputs']),
      text,
      state: z.enum(['met', 'not-met', 'unknown', 'not-applicable']),
      isComputed: z.boolean(),
      because: text,
      confirmed: z
        .strictObject({ met: z.boolean(), on: Day.nullable(), note: z.string().nullable(), by: z.string().nullable(), at: z.string() })
        .nullable(),
      evidence: z.array(evidence),
      trace: z.array(z.strictObject({ kind: z.enum(['confirmed', 'missed', 'withdrawn']), by: z.string(), at: z.string() })),
    }),
  ),
  canConfirm: writeAccess,
  canAddEvidence: writeAccess,
})

const decisionState = z.enum(DECISION_STATES)

const Decisions: z.ZodType<DecisionsView> = z.strictObject({
  customer: z.string(),
  today: Day,
  version: count,
  proposals: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['program', 'accelerator']),
      service: z.string().nullable(),
      title: text,
      called: z.enum(['open', 'decided', 'unknown', 'no']),
      because: text.nullable(),
      state: decisionState.nullable(),
      history: z.array(
        z.strictObject({
          seq: count,
          state: z.enum([...DECISION_STATES, 'withdrawn']),
          contact: z.string().nullable(),
          reason: z.string().nullable(),
          on: Day,
          because: text.nullable(),
          by: z.string(),
          at: z.string(),
        }),
      ),
      next: z.array(decisionState),
      canWithdraw: z.boolean(),
      seq: count,
    }),
  ),
  transitions: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      isNewCycle: z.boolean(),
      name: text,
      state: z.enum(['available', 'blocked', 'unknown']),
      because: text,
      taken: z.strictObject({ on: Day.nullable(), by: z.string().nullable(), at: z.string(), forced: z.string().nullable() }).nullable(),
      evidence: z.array(evidence),
    }),
  ),
  contacts: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  canDecide: writeAccess,
  canTake: writeAccess,
  canOverride: writeAccess,
})

export const DECISION_ANSWERS = { Evidence, Checklists, Decisions } as const
