import { z } from 'zod'
import {
  Cloud,
  CONNECTION_STATES,
  type ConnectionFinding,
  type ConnectionsPage,
  type ConnectionTest,
  type ConnectionView,
  SYNC_RUN_STATES,
  SYNC_STEP_STATES,
  SYNC_TRIGGERS,
  type SyncRunView,
  type TenantConnections,
} from '../model/usage-api.ts'
import { Day } from '../model/words.ts'

const text = z.record(z.string(), z.string())
const count = z.int().min(0)
const moment = z.iso.datetime()
const state = z.enum(CONNECTION_STATES)

const Finding: z.ZodType<ConnectionFinding> = z.strictObject({
  code: z.string(),
  severity: z.enum(['ok', 'info', 'warning', 'error']),
  text,
  remedy: text.nullable(),
  requestId: z.string().exactOptional(),
})

const Run: z.ZodType<SyncRunView> = z.strictObject({
  id: z.uuid(),
  trigger: z.enum(SYNC_TRIGGERS),
  reachesBack: z.boolean(),
  state: z.enum(SYNC_RUN_STATES),
  requestedAt: moment,
  requestedBy: z.string(),
  endedAt: moment.nullable(),
  resumesAt: moment.nullable(),
  done: count,
  total: count,
  steps: z.array(
    z.strictObject({
      report: z.string(),
      period: z.string().nullable(),
      day: Day.nullable(),
      state: z.enum(SYNC_STEP_STATES),
      tries: count,
      refreshDate: Day.nullable(),
      rows: count.nullable(),
      problem: z.string().nullable(),
    }),
  ),
})

const Connection: z.ZodType<ConnectionView> = z.strictObject({
  customer: z.string(),
  customerName: z.string(),
  tenant: z.string(),
  tenantName: z.string(),
  cloud: Cloud,
  directory: z.string(),
  clientId: z.string(),
  credential: z.enum(['secret', 'certificate']),
  credentialHint: z.string(),
  credentialEnds: Day.nullable(),
  enabled: z.boolean(),
  state,
  since: moment,
  findings: z.array(Finding),
  concealed: z.boolean().nullable(),
  allowsPeople: z.boolean(),
  run: Run.nullable(),
  version: count,
})

const OfCustomer: z.ZodType<TenantConnections> = z.strictObject({
  tenants: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      allowsPeople: z.boolean(),
      domains: z.array(z.string()),
      connection: Connection.nullable(),
    }),
  ),
  clouds: z.array(Cloud),
})

const Page: z.ZodType<ConnectionsPage> = z.strictObject({ connections: z.array(Connection), total: count, next: z.string().nullable() })

const Test: z.ZodType<ConnectionTest> = z.strictObject({ state, concealed: z.boolean().nullable(), findings: z.array(Finding) })

/** Of connections and their runs. */
export const CONNECTION_ANSWERS = {
  ConnectionFinding: Finding,
  Connection,
  TenantConnections: OfCustomer,
  ConnectionsPage: Page,
  ConnectionTest: Test,
  SyncRun: Run,
} as const
