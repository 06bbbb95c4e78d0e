import { z } from 'zod'
import { TODAY_KINDS, type TodayPart, type TodayView } from '../model/today-api.ts'
import { Day, ItemStatus } from '../model/words.ts'

const text = z.record(z.string(), z.string())
const customer = z.strictObject({ id: z.string(), name: z.string() })

const part: z.ZodType<TodayPart> = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(TODAY_KINDS),
      customer,
      subject: z.string().nullable(),
      task: z.string().nullable(),
      title: text,
      role: text.nullable(),
      service: z.string().nullable(),
      why: text,
      due: Day.nullable(),
      at: z.string().nullable(),
      mandatory: z.boolean().nullable(),
      status: ItemStatus.nullable(),
      assignee: z.string().nullable(),
      path: z.string(),
    }),
  ),
  total: z.int().min(0),
})

const Today: z.ZodType<TodayView> = z.strictObject({
  today: Day,
  overdue: part,
  week: part,
  changed: part,
  meetings: z.array(
    z.strictObject({
      id: z.string(),
      customer,
      title: z.string(),
      startsAt: z.string(),
      endsAt: z.string(),
      location: z.string().nullable(),
    }),
  ),
  since: z.string(),
  readAt: z.string(),
})

const Looked = z.strictObject({ since: z.string() })

export const TODAY_ANSWERS = { Today, Looked } as const
