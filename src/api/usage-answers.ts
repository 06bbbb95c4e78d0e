import { z } from 'zod'
import type { ImportsView, ServicePeople, UsageAlerts } from '../model/usage-api.ts'
import { Day } from '../model/words.ts'

const text = z.record(z.string(), z.string())
const count = z.int().min(0)

const Imports: z.ZodType<ImportsView> = z.strictObject({
  imports: z.array(
    z.strictObject({
      id: z.string(),
      tenant: z.string(),
      file: z.string(),
      report: z.string().nullable(),
      kind: z.enum(['people', 'counts', 'activations', 'seats']),
      refreshDate: Day.nullable(),
      periodDays: z.int().nullable(),
      rows: z.strictObject({ read: count, rejected: count, deleted: count, duplicates: count }),
      concealed: z.boolean(),
      importedAt: z.string(),
      importedBy: z.string().nullable(),
      origin: z.enum(['upload', 'command', 'graph', 'demo']),
      withdrawnAt: z.string().nullable(),
      cannotUndo: text.nullable(),
    }),
  ),
  next: z.string().nullable(),
})

const Alerts: z.ZodType<UsageAlerts> = z.strictObject({
  alerts: z.array(
    z.strictObject({
      kind: z.enum(['no-rows', 'sudden-zero', 'stale', 'connection']),
      isWidespread: z.boolean(),
      tenants: count,
      of: count,
      services: z.array(z.string()),
      since: Day.nullable(),
      customers: z.array(z.strictObject({ id: z.string(), name: z.string() })).max(5),
      text,
    }),
  ),
})

const People: z.ZodType<ServicePeople> = z.strictObject({
  service: z.string(),
  tenants: z.array(
    z.strictObject({
      tenant: z.string(),
      name: z.string(),
      why: text.nullable(),
      source: z.string().nullable(),
      asOf: Day.nullable(),
      champions: z.array(z.strictObject({ user: z.string(), name: z.string().nullable(), acts: z.number(), lastActivity: Day.nullable() })),
      counted: text.nullable(),
      dormant: z.array(z.strictObject({ from: count, to: count.nullable(), count })).nullable(),
      never: count.nullable(),
      licensed: count.nullable(),
    }),
  ),
})

export const USAGE_ANSWERS = { Imports, UsageAlerts: Alerts, ServicePeople: People } as const
