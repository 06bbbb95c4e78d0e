import { z } from 'zod'
import { ITEM_WARNINGS, ItemChange, type ItemsChanged, type ItemsView, type LoadView } from '../model/item-api.ts'
import { Day, ItemStatus, StatusReason } from '../model/words.ts'

const count = z.int().min(0)
const named = z.strictObject({ id: z.string(), name: z.string() })

const Items: z.ZodType<ItemsView> = z.strictObject({
  customer: z.string(),
  version: count,
  items: z.record(z.string(), z.strictObject({ assignee: named.nullable(), due: Day.nullable(), regressedOn: Day.nullable() })),
  followUps: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      service: z.string().nullable(),
      madeFor: z.string().nullable(),
      assignee: named.nullable(),
      due: Day.nullable(),
      status: ItemStatus,
      reason: StatusReason.nullable(),
      note: z.string().nullable(),
      by: z.string(),
      at: z.string(),
      closedAt: z.string().nullable(),
      isEarlier: z.boolean(),
    }),
  ),
  people: z.array(z.strictObject({ id: z.string(), name: z.string(), roles: z.array(z.string()), open: count })),
  loadCap: count,
  meetings: z.array(z.strictObject({ id: z.string(), title: z.string(), day: Day })),
})

const Changed: z.ZodType<ItemsChanged> = z.strictObject({
  items: Items,
  warnings: z.array(z.strictObject({ item: z.string(), code: z.enum(ITEM_WARNINGS), person: z.string(), open: count.nullable() })),
  undo: z.array(ItemChange),
})

const Load: z.ZodType<LoadView> = z.strictObject({
  cap: count,
  people: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      open: count,
      overdue: count,
      dueSoon: count,
      assigned: count,
      owned: count,
      customers: z.array(z.strictObject({ id: z.string(), name: z.string(), open: count, overdue: count, dueSoon: count })),
    }),
  ),
})

export const ITEM_ANSWERS = { Items, ItemsChanged: Changed, Load } as const
