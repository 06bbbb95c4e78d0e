import { z } from 'zod'
import { ForecastOutcomeKind, type ForecastReport, MilestoneId, SIGNALS, type TargetsView } from '../model/usage-api.ts'
import { Day } from '../model/words.ts'

const text = z.record(z.string(), z.string())
const count = z.int().min(0)

const forecast = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('reached'), on: Day.nullable() }),
  z.strictObject({ state: z.literal('expected'), expected: Day, earliest: Day, latest: Day.nullable() }),
  z.strictObject({ state: z.literal('not-in-sight') }),
  z.strictObject({ state: z.literal('too-little-data'), weeks: count, needed: count }),
])

const Targets: z.ZodType<TargetsView> = z.strictObject({
  customer: z.string(),
  services: z.array(
    z.strictObject({
      service: z.string(),
      milestones: z.array(
        z.strictObject({
          id: MilestoneId,
          percent: z.number(),
          targetDate: Day.nullable(),
          reachedOn: Day.nullable(),
          forecast,
          because: text,
          late: z.boolean(),
          version: count,
          changes: z.array(
            z.strictObject({
              percent: z.number(),
              targetDate: Day.nullable(),
              reason: z.string().nullable(),
              by: z.string(),
              at: z.string(),
            }),
          ),
        }),
      ),
      band: z.array(z.strictObject({ day: Day, low: z.number(), middle: z.number(), high: z.number() })),
      signals: z.array(z.strictObject({ kind: z.enum(SIGNALS), before: z.number(), now: z.number(), from: Day.nullable(), to: Day, text })),
    }),
  ),
})

const Forecasts: z.ZodType<ForecastReport> = z.strictObject({
  rows: z.array(
    z.strictObject({
      customer: z.string(),
      customerName: z.string(),
      service: z.string(),
      milestone: MilestoneId,
      goal: z.number(),
      madeOn: Day,
      percentThen: z.number(),
      expected: Day,
      earliest: Day,
      latest: Day.nullable(),
      reachedOn: Day.nullable(),
      targetDate: Day.nullable(),
      outcome: ForecastOutcomeKind,
    }),
  ),
  next: z.string().nullable(),
  summary: z.strictObject({
    made: count,
    reached: count,
    inRange: count,
    early: count,
    late: count,
    open: count,
    overdue: count,
    notInSight: count,
    notInSightReached: count,
    medianErrorDays: z.number().nullable(),
  }),
})

export const MILESTONE_ANSWERS = { Targets, Forecasts } as const
