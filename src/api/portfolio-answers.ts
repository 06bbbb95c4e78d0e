import { z } from 'zod'
import { PRIORITY_PART_IDS, type PriorityOverride, type PriorityView, type SavedViews } from '../model/portfolio-api.ts'
import { Day } from '../model/words.ts'

const text = z.record(z.string(), z.string())

export const priorityOverride: z.ZodType<PriorityOverride> = z.strictObject({
  priority: z.int(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  until: Day,
})

const Priority: z.ZodType<PriorityView> = z.strictObject({
  customer: z.string(),
  priority: z.int(),
  computed: z.int(),
  parts: z.array(z.strictObject({ id: z.enum(PRIORITY_PART_IDS), points: z.int(), most: z.int(), why: text })),
  override: priorityOverride.nullable(),
})

const SavedViewList: z.ZodType<SavedViews> = z.strictObject({
  views: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      by: z.string().nullable(),
      shared: z.boolean(),
      search: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])),
      version: z.int(),
    }),
  ),
  default: z.string().nullable(),
})

export const PORTFOLIO_ANSWERS = { Priority, SavedViews: SavedViewList } as const
