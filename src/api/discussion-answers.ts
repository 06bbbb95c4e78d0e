import { z } from 'zod'
import { DISCUSSION_STATUSES, type DiscussionsView } from '../model/discussion-api.ts'
import { Day, ItemStatus } from '../model/words.ts'
import { writeAccess } from './blocker-answers.ts'

const count = z.int().min(0)
const named = z.strictObject({ id: z.string(), name: z.string() })
const asked = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ value: value.nullable(), source: z.string().nullable(), asOf: Day.nullable() })

const Discussions: z.ZodType<DiscussionsView> = z.strictObject({
  customer: z.string(),
  version: count,
  today: Day,
  wantsMore: asked(z.boolean()),
  wantsUsageReports: asked(z.boolean()),
  measuringSuccessDiscussed: asked(z.boolean()),
  reviewHeldOn: asked(Day),
  proposesMore: z.boolean(),
  services: z.array(
    z.strictObject({
      service: z.string(),
      intended: z.boolean().nullable(),
      discussion: z
        .strictObject({
          interest: z.boolean().nullable(),
          status: z.enum(DISCUSSION_STATUSES),
          plannedFor: Day.nullable(),
          heldOn: Day.nullable(),
          successFactors: z.string().nullable(),
          participants: z.string().nullable(),
          outcome: z.string().nullable(),
          by: z.string(),
          at: z.string(),
          version: count,
        })
        .nullable(),
      earlier: z.array(Day),
      followUps: z.array(
        z.strictObject({ id: z.string(), title: z.string(), assignee: named.nullable(), due: Day.nullable(), status: ItemStatus }),
      ),
    }),
  ),
  usage: z.array(
    z.strictObject({
      id: z.string(),
      heldOn: Day,
      participants: z.string().nullable(),
      note: z.string().nullable(),
      links: z.array(z.string()),
      by: z.string(),
      at: z.string(),
    }),
  ),
  assignees: z.array(named),
  canSet: writeAccess,
  canSetFacts: writeAccess,
})

export const DISCUSSION_ANSWERS = { Discussions } as const
