import { z } from 'zod'
import { Cloud, CONNECTION_STATES, type ConnectionFinding, SetConnection } from './usage-api.ts'
import { Day } from './words.ts'

/** The API of the way to the Outlook calendars of the organization's own people. Routes in api/calendar-routes.ts. */

const text = z.record(z.string(), z.string())
const state = z.enum(CONNECTION_STATES)
const findings: z.ZodType<readonly ConnectionFinding[]> = z.array(
  z.strictObject({
    code: z.string(),
    severity: z.enum(['ok', 'info', 'warning', 'error']),
    text,
    remedy: text.nullable(),
    requestId: z.string().exactOptional(),
  }),
)

/** PUT /calendar-connection — `credential` absent: the one that is there stays; `enabled` absent: meetings are not put there. */
export const SetCalendarConnection = SetConnection.extend({ enabled: z.boolean().default(false) })

/** GET, PUT, DELETE /calendar-connection */
export const CalendarConnection = z.strictObject({
  /** Null: there is none. */
  connection: z
    .strictObject({
      cloud: Cloud,
      directory: z.string(),
      clientId: z.string(),
      credential: z.enum(['secret', 'certificate']),
      credentialHint: z.string(),
      credentialEnds: Day.nullable(),
      enabled: z.boolean(),
      state,
      since: z.iso.datetime(),
      findings,
      version: z.int().min(1),
    })
    .nullable(),
  clouds: z.array(Cloud),
})
export type CalendarConnection = z.infer<typeof CalendarConnection>

/** POST /calendar-connection/test */
export const CalendarTest = z.strictObject({ state, findings })
export type CalendarTest = z.infer<typeof CalendarTest>
