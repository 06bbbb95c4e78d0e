import { z } from 'zod'
import { PersonId } from './admin-api.ts'
import { HANDSHAKE_STATES } from './success.ts'
import { Day } from './words.ts'

/** The API of handshakes: handing the adoption of a service over to the customer success manager; and when a team works. */

const text = z.record(z.string(), z.string())
const moment = z.string()
const count = z.int().min(0)
const named = z.strictObject({ id: z.string(), name: z.string() })
const may = z.union([z.strictObject({ ok: z.literal(true) }), z.strictObject({ ok: z.literal(false), reason: text })])
export type May = z.infer<typeof may>
const ServiceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service')
const Words = z.string().trim().min(1).max(4000)

export const HandshakeView = z.strictObject({
  id: z.string(),
  customer: named,
  service: z.string(),
  /** `asked`: there is a question; whoever offered has to answer it. */
  state: z.enum(HANDSHAKE_STATES),
  offeredBy: named,
  offeredTo: named,
  offeredAt: moment,
  /** The day a reminder goes out unless there is an answer, in working days of the customer's team. */
  remindOn: Day,
  remindedAt: moment.nullable(),
  escalatedTo: named.nullable(),
  escalatedAt: moment.nullable(),
  answeredBy: named.nullable(),
  answeredAt: moment.nullable(),
  /** Why it was declined or handed back. */
  reason: z.string().nullable(),
  messages: z.array(z.strictObject({ by: named, at: moment, body: z.string() })),
  /** What whoever asks may do now; else why not. */
  may: z.strictObject({ accept: may, decline: may, write: may, withdraw: may }),
  version: count,
})
export type HandshakeView = z.infer<typeof HandshakeView>

/** GET /customers/:id/handshakes — by service, with what was offered before, and who owned which adoption from when, newest first. */
export const CustomerHandshakes = z.strictObject({
  customer: named,
  services: z.array(
    z.strictObject({
      service: z.string(),
      /** May it be offered now, and to whom; the first is the one it is offered to unless another is chosen. */
      offer: z.union([z.strictObject({ ok: z.literal(true), to: z.array(named) }), z.strictObject({ ok: z.literal(false), reason: text })]),
    }),
  ),
  handshakes: z.array(HandshakeView),
  owners: z.array(z.strictObject({ service: z.string(), person: named, since: Day, until: Day.nullable() })),
})
export type CustomerHandshakes = z.infer<typeof CustomerHandshakes>

/** POST /customers/:id/handshakes — offers several services at once, or none of them. Answers CustomerHandshakes. */
export const OfferHandshakes = z.strictObject({
  services: z.array(ServiceId).min(1).max(20),
  /** Absent: who leads there. */
  to: PersonId.optional(),
  message: Words.nullable().default(null),
})
export type OfferHandshakes = z.infer<typeof OfferHandshakes>

const version = z.int().min(0)
/** POST /customers/:id/handshakes/:handshake/answer — an accepted one that is declined is handed back. */
export const AnswerHandshake = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('accept'), version }),
  z.strictObject({ answer: z.literal('decline'), reason: Words, version }),
])
export type AnswerHandshake = z.infer<typeof AnswerHandshake>
/** POST /customers/:id/handshakes/:handshake/messages — a question of whom it was offered to, or an answer to it. */
export const WriteHandshake = z.strictObject({ body: Words, version })
export type WriteHandshake = z.infer<typeof WriteHandshake>
/** POST /customers/:id/handshakes/:handshake/withdrawal */
export const WithdrawHandshake = z.strictObject({ version })
export type WithdrawHandshake = z.infer<typeof WithdrawHandshake>

/** GET /handshakes */
export const HandshakeQuery = z.object({
  /** `inbox`: what waits for me or was put to me; `outbox`: what I offered; `all`: of every customer I may see. */
  box: z.enum(['inbox', 'outbox', 'all']).default('inbox'),
  state: z.enum(['open', 'answered', 'any']).default('open'),
  service: ServiceId.optional(),
  q: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type HandshakeQuery = z.infer<typeof HandshakeQuery>
export const HandshakePage = z.strictObject({ rows: z.array(HandshakeView), total: count, at: count, next: z.string().nullable() })
export type HandshakePage = z.infer<typeof HandshakePage>

/** GET /handshakes/load — open offers, those past their reminder, and services whose adoption is theirs, by person. */
export const HandshakeLoads = z.strictObject({
  people: z.array(z.strictObject({ person: named, waiting: count, overdue: count, owned: count })),
})
export type HandshakeLoads = z.infer<typeof HandshakeLoads>

// ── When a team works ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, HH:MM')
const holidays = z.array(z.strictObject({ day: Day, name: z.string().trim().min(1).max(100) })).max(500)
const calendar = {
  /** IANA name: `America/Sao_Paulo`. */
  timeZone: z.string().min(1).max(100),
  /** ISO days, 1 Monday … 7 Sunday. */
  workDays: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: time,
  until: time,
  holidays,
}
/** GET /teams/:team/calendar */
export const TeamCalendar = z.strictObject({ team: named, ...calendar })
export type TeamCalendar = z.infer<typeof TeamCalendar>
/** PUT /teams/:team/calendar — answers TeamCalendar. Deadlines that are running keep their day. */
export const SetTeamCalendar = z.strictObject(calendar)
export type SetTeamCalendar = z.infer<typeof SetTeamCalendar>
