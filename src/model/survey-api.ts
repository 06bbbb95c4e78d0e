import { z } from 'zod'
import type { WriteAccess } from './api.ts'
import { SURVEY_LANGUAGES, SURVEY_REFUSALS, SURVEY_STATES, SURVEY_WITHDRAWALS } from './survey.ts'
import { Day } from './words.ts'

const count = z.int().min(0)
const writeAccess: z.ZodType<WriteAccess> = z.custom<WriteAccess>(value => typeof value === 'object' && value !== null)
const id = z.uuid('the id of an invitation')
const person = z.strictObject({ id: z.string(), name: z.string() })
const rating = z.int().min(1).max(5).nullable()

/** What a contact answered; null: left blank, or, of the comment, forgotten. */
export const SurveyAnswerView = z.strictObject({
  overall: z.int().min(1).max(5),
  responsiveness: rating,
  expertise: rating,
  usefulness: rating,
  recommend: z.int().min(0).max(10).nullable(),
  comment: z.string().nullable(),
  answeredAt: z.iso.datetime(),
  isLow: z.boolean(),
})
export type SurveyAnswerView = z.infer<typeof SurveyAnswerView>

export const SurveyInvitationView = z.strictObject({
  id,
  /** Null: forgotten, or made anonymous after its time. */
  contact: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  state: z.enum(SURVEY_STATES),
  withdrawnBecause: z.enum(SURVEY_WITHDRAWALS).nullable(),
  language: z.enum(SURVEY_LANGUAGES),
  cycle: z.int().min(1),
  askedBy: z.string(),
  askedAt: z.iso.datetime(),
  /** Null: the mail is being written. */
  mailedAt: z.iso.datetime().nullable(),
  remindOn: Day,
  remindedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  answer: SurveyAnswerView.nullable(),
})
export type SurveyInvitationView = z.infer<typeof SurveyInvitationView>

/** A contact that could be asked, and why not. `until`: of a cool-down, the first day on which it may be. */
export const SurveyContactView = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  /** In which it would be asked. */
  language: z.enum(SURVEY_LANGUAGES),
  refusal: z.strictObject({ is: z.enum(SURVEY_REFUSALS), until: Day.nullable(), why: z.string().nullable() }).nullable(),
})
export type SurveyContactView = z.infer<typeof SurveyContactView>

/** GET /customers/:id/survey */
export const CustomerSurvey = z.strictObject({
  customer: z.string(),
  canSend: writeAccess,
  /** Why the customer may be asked: a first milestone, the review meeting; null: not yet. */
  ready: z.strictObject({ service: z.string().nullable(), reachedOn: Day.nullable(), meetingHeldOn: Day.nullable() }).nullable(),
  /** The survey of this engagement has an answer, or somebody said that it has. */
  isCompleted: z.boolean(),
  coolDown: count,
  remindAfter: count,
  expireAfter: count,
  contacts: z.array(SurveyContactView),
  counts: z.strictObject({ asked: count, reminded: count, answered: count, open: count }),
  /** Newest first, 200 at most. */
  invitations: z.array(SurveyInvitationView),
})
export type CustomerSurvey = z.infer<typeof CustomerSurvey>

/** POST /customers/:id/survey/invitations */
export const AskContacts = z.strictObject({
  contacts: z
    .array(z.uuid('the id of a contact'))
    .min(1, 'choose whom to ask')
    .max(200)
    .refine(ids => new Set(ids).size === ids.length, 'each contact once'),
})
export type AskContacts = z.infer<typeof AskContacts>

/** GET /customers/:id/survey/contacts/:contact/export: everything that surveys keep of a contact, for the copy it may ask for. */
export const ContactSurveys = z.strictObject({
  contact: z.strictObject({ id: z.uuid(), name: z.string(), email: z.string().nullable() }),
  madeAt: z.iso.datetime(),
  /** It asked never to be asked again. */
  hasRefused: z.boolean(),
  invitations: z.array(SurveyInvitationView),
})
export type ContactSurveys = z.infer<typeof ContactSurveys>

const words = z.partialRecord(z.enum(SURVEY_LANGUAGES), z.string().trim().max(400))
/** GET /survey/settings, PUT /survey/settings */
export const SurveySettingsView = z.strictObject({
  isAutomatic: z.boolean(),
  remindAfter: z.int(),
  expireAfter: z.int(),
  coolDown: z.int(),
  lowOverall: z.int(),
  lowRecommend: z.int(),
  languages: z.array(z.enum(SURVEY_LANGUAGES)),
  words,
  version: count,
})
export type SurveySettingsView = z.infer<typeof SurveySettingsView>
export const ChangeSurveySettings = z
  .strictObject({
    isAutomatic: z.boolean(),
    remindAfter: z.int('days').min(1).max(90),
    expireAfter: z.int('days').min(2).max(180),
    coolDown: z.int('days').min(0).max(730),
    /** Answers at or below call for a follow-up; 0 and -1: none does. */
    lowOverall: z.int().min(0).max(5),
    lowRecommend: z.int().min(-1).max(10),
    languages: z.array(z.enum(SURVEY_LANGUAGES)).min(1, 'one language at least'),
    words,
    version: count,
  })
  .refine(({ remindAfter, expireAfter }) => expireAfter > remindAfter, { path: ['expireAfter'], error: 'later than the reminder' })
export type ChangeSurveySettings = z.infer<typeof ChangeSurveySettings>

export const SURVEY_BY = ['service', 'owner', 'quarter'] as const
/** GET /reports/survey */
export const SurveyReportQuery = z.object({
  by: z.enum(SURVEY_BY).default('quarter'),
  service: z.string().min(1).max(64).optional(),
  owner: z.string().min(1).max(100).optional(),
  from: Day.optional(),
  until: Day.optional(),
})
export type SurveyReportQuery = z.infer<typeof SurveyReportQuery>

/** A mean with how many it is of; null: nobody answered. */
const Mean = z.strictObject({ mean: z.number().nullable(), count })
/** Net promoter score from -100 to 100 with its 95 % interval; null where fewer than five answered. */
export const NetPromoter = z.strictObject({
  count,
  promoters: count,
  passives: count,
  detractors: count,
  score: z.strictObject({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
})
export type NetPromoter = z.infer<typeof NetPromoter>
export const SurveyReportRow = z.strictObject({
  /** Service, person or first day of the quarter; null: nobody owned the customer, and in `total`. */
  key: z.string().nullable(),
  name: z.string().nullable(),
  asked: count,
  reminded: count,
  answered: count,
  open: count,
  low: count,
  /** Share that answered of those asked, in percent; null: nobody was asked. */
  rate: z.number().nullable(),
  overall: Mean,
  responsiveness: Mean,
  expertise: Mean,
  usefulness: Mean,
  netPromoter: NetPromoter,
})
export type SurveyReportRow = z.infer<typeof SurveyReportRow>
export const SurveyReport = z.strictObject({
  by: z.enum(SURVEY_BY),
  rows: z.array(SurveyReportRow),
  total: SurveyReportRow,
  /** To filter by: whoever owned a customer when somebody of it was asked. */
  owners: z.array(person),
  services: z.array(z.string()),
})
export type SurveyReport = z.infer<typeof SurveyReport>
