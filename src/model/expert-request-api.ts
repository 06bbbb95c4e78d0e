import { z } from 'zod'
import { PersonId } from './admin-api.ts'
import { EXPERT_LANGUAGES, REGION_IDS, SKILL_IDS } from './expert-skills.ts'
import { EXPERT_REQUEST_STATES, REQUEST_STEPS } from './expert-words.ts'
import { Day } from './words.ts'

/** The API of requests for a subject-matter expert (R8), and of what experts say of themselves. */

const text = z.record(z.string(), z.string())
const moment = z.string()
const count = z.int().min(0)
const version = z.int().min(0)
const named = z.strictObject({ id: z.string(), name: z.string() })
const may = z.union([z.strictObject({ ok: z.literal(true) }), z.strictObject({ ok: z.literal(false), reason: text })])
const ServiceId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a service')
const Words = z.string().trim().min(1).max(4000)
const Skill = z.enum(SKILL_IDS)
const Language = z.enum(EXPERT_LANGUAGES)
const Region = z.enum(REGION_IDS)

export const ExpertRequestView = z.strictObject({
  id: z.string(),
  /** An expert who does not look after the customer is told no more of it than this. */
  customer: z.strictObject({ id: z.string(), name: z.string(), segment: z.string().nullable(), isVisible: z.boolean() }),
  service: z.string().nullable(),
  skill: z.string(),
  language: z.string().nullable(),
  region: z.string().nullable(),
  seats: count.nullable(),
  wantedOn: Day.nullable(),
  purpose: z.string(),
  state: z.enum(EXPERT_REQUEST_STATES),
  requestedBy: named,
  requestedAt: moment,
  /** Null: in the queue that every matching expert sees. */
  expert: named.nullable(),
  /** One working day of the team of whoever asked, and five. */
  acknowledgeBy: Day,
  decideBy: Day,
  acknowledgedBy: named.nullable(),
  acknowledgedAt: moment.nullable(),
  /** The day by which whoever it waits for should act; null when it waits for nobody. */
  dueOn: Day.nullable(),
  isLate: z.boolean(),
  remindedAt: moment.nullable(),
  escalatedTo: named.nullable(),
  escalatedAt: moment.nullable(),
  decidedBy: named.nullable(),
  decidedAt: moment.nullable(),
  /** Why it was declined. */
  reason: z.string().nullable(),
  endedBy: named.nullable(),
  endedAt: moment.nullable(),
  /** What came of it. */
  note: z.string().nullable(),
  /** Accepting it made an assignment, which ends with it unless it is kept. */
  hasAssignment: z.boolean(),
  messages: z.array(
    z.strictObject({ step: z.enum(REQUEST_STEPS), by: named, at: moment, body: z.string().nullable(), to: named.nullable() }),
  ),
  /** What whoever asks may do now; else why not. */
  may: z.strictObject({ acknowledge: may, accept: may, decline: may, write: may, handOn: may, done: may, withdraw: may }),
  version: count,
})
export type ExpertRequestView = z.infer<typeof ExpertRequestView>

/** GET /customers/:id/expert-requests — what was asked for this customer, newest first, and what a new request begins with. */
export const CustomerExpertRequests = z.strictObject({
  customer: named,
  /** May whoever looks ask for the customer as a whole; else why not. */
  may,
  /** In the order of the playbook; seats null: not known. */
  services: z.array(z.strictObject({ service: z.string(), seats: count.nullable(), may })),
  language: z.string().nullable(),
  requests: z.array(ExpertRequestView),
})
export type CustomerExpertRequests = z.infer<typeof CustomerExpertRequests>

const wanted = {
  service: ServiceId.nullable().default(null),
  skill: Skill,
  language: Language.nullable().default(null),
  region: Region.nullable().default(null),
}

/** POST /customers/:id/expert-requests — answers CustomerExpertRequests. */
export const RequestExpert = z.strictObject({
  ...wanted,
  seats: count.max(100_000_000).nullable().default(null),
  wantedOn: Day.nullable().default(null),
  purpose: Words,
  /** Absent: to the queue. */
  expert: PersonId.nullable().default(null),
})
export type RequestExpert = z.infer<typeof RequestExpert>

/** POST /expert-requests/:request/answer */
export const AnswerExpertRequest = z.discriminatedUnion('answer', [
  /** Somebody looks into it; one from the queue is theirs then. */
  z.strictObject({ answer: z.literal('acknowledge'), version }),
  z.strictObject({ answer: z.literal('accept'), version }),
  z.strictObject({ answer: z.literal('decline'), reason: Words, version }),
  z.strictObject({ answer: z.literal('done'), note: Words, keepAssignment: z.boolean().default(false), version }),
])
export type AnswerExpertRequest = z.infer<typeof AnswerExpertRequest>

/** POST /expert-requests/:request/messages — of the expert: asks for detail; of whoever asked: answers that. */
export const WriteExpertRequest = z.strictObject({ body: Words, version })
export type WriteExpertRequest = z.infer<typeof WriteExpertRequest>

/** POST /expert-requests/:request/expert — `expert` null: to the queue. */
export const HandOnExpertRequest = z.strictObject({ expert: PersonId.nullable(), message: Words.nullable().default(null), version })
export type HandOnExpertRequest = z.infer<typeof HandOnExpertRequest>

/** POST /expert-requests/:request/withdrawal */
export const WithdrawExpertRequest = z.strictObject({ version })
export type WithdrawExpertRequest = z.infer<typeof WithdrawExpertRequest>

/** What changes answer; null where whoever changed it may not see it any more, having handed it on. */
export const ExpertRequestAnswer = z.strictObject({ request: ExpertRequestView.nullable() })
export type ExpertRequestAnswer = z.infer<typeof ExpertRequestAnswer>

/** GET /expert-requests — those that wait for me, that I made, or all I may see. */
export const ExpertRequestQuery = z.strictObject({
  /** `inbox`: for me or in the queue, and escalated to me; `outbox`: mine. */
  box: z.enum(['inbox', 'outbox', 'all']).default('inbox'),
  state: z.enum(['open', 'ended', 'any']).default('open'),
  q: z.string().trim().max(200).optional(),
  service: ServiceId.optional(),
  skill: Skill.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ExpertRequestQuery = z.infer<typeof ExpertRequestQuery>
export const ExpertRequestPage = z.strictObject({
  rows: z.array(ExpertRequestView),
  total: count,
  at: count,
  next: z.string().nullable(),
})
export type ExpertRequestPage = z.infer<typeof ExpertRequestPage>

/** GET /expert-requests/load — by person; `free`: null where they do not say how many they take. */
export const ExpertRequestLoads = z.strictObject({
  people: z.array(
    z.strictObject({ person: named, waiting: count, accepted: count, late: count, done: count, atOnce: z.int().min(1).nullable() }),
  ),
})
export type ExpertRequestLoads = z.infer<typeof ExpertRequestLoads>

// ── Experts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const profile = {
  /** May be asked although the access right does not say so. */
  isExpert: z.boolean(),
  /** Empty: not said, which is no "no". */
  skills: z.array(z.string()),
  services: z.array(z.string()),
  languages: z.array(z.string()),
  regions: z.array(z.string()),
  /** Open requests at the same time; null: not said. */
  atOnce: z.int().min(1).max(99).nullable(),
}

/** GET /me/expertise, GET /people/:person/expertise */
export const Expertise = z.strictObject({
  person: named,
  ...profile,
  /** The access right makes an expert of the person, whatever `isExpert` says. */
  isByRight: z.boolean(),
  /** What the playbook knows, to choose from. */
  known: z.array(z.string()),
  version: count,
})
export type Expertise = z.infer<typeof Expertise>

/** PUT /me/expertise, PUT /people/:person/expertise — answers Expertise. */
export const SetExpertise = z.strictObject({
  isExpert: z.boolean().default(false),
  skills: z.array(Skill).max(50).default([]),
  services: z.array(ServiceId).max(100).default([]),
  languages: z.array(Language).max(50).default([]),
  regions: z.array(Region).max(50).default([]),
  atOnce: z.int().min(1).max(99).nullable().default(null),
  version,
})
export type SetExpertise = z.infer<typeof SetExpertise>

/** GET /experts — whom one may ask, the best match first. */
export const ExpertQuery = z.strictObject({
  service: ServiceId.optional(),
  skill: Skill,
  language: Language.optional(),
  region: Region.optional(),
})
export type ExpertQuery = z.infer<typeof ExpertQuery>

const fit = z.enum(['yes', 'no', 'unknown'])
export const ExpertMatches = z.strictObject({
  experts: z.array(
    z.strictObject({
      person: named,
      /** `unknown`: the profile does not say. Null: not asked for. */
      fits: z.strictObject({ skill: fit, service: fit.nullable(), language: fit.nullable(), region: fit.nullable() }),
      open: count,
      atOnce: z.int().min(1).nullable(),
      /** At the limit: the first day that something of theirs is wanted for, and so may be over. Null: not known, or free now. */
      nextFree: Day.nullable(),
      isFree: z.boolean().nullable(),
    }),
  ),
  /** Those of the queue: experts by right whose profile says nothing against it. */
  inQueue: count,
})
export type ExpertMatches = z.infer<typeof ExpertMatches>
