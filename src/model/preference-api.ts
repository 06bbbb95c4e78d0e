import { z } from 'zod'
import { ITEM_STATES, ITEM_STATUSES } from './choices.ts'
import { NOTIFICATION_KINDS, TELL_WAYS } from './notification-kinds.ts'

/** What a person chose for themselves. What is not chosen follows the browser, the installation or the defaults told beside it. */

/** An IANA name that this program's clock knows: `America/Sao_Paulo`. */
export const TimeZone = z.string().max(60).refine(isTimeZone, 'a time zone like America/Sao_Paulo')
function isTimeZone(text: string): boolean {
  try {
    // Offsets like `+03:00` are accepted there as well, but follow no daylight saving time.
    new Intl.DateTimeFormat('en', { timeZone: text })
    return /^[A-Za-z]/.test(text)
  } catch {
    return false
  }
}

/** A language tag that numbers and dates are written by: `pt-BR`, `en-GB`. */
export const FormatTag = z.string().max(35).refine(isTag, 'a language tag like en-GB')
function isTag(text: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(text).length === 1
  } catch {
    return false
  }
}

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day like 20:00')
/** No mail between these, in the person's time zone; over midnight when `from` is the later of the two. */
export const QuietHours = z
  .strictObject({ from: LocalTime, until: LocalTime })
  .refine(({ from, until }) => from !== until, 'quiet hours that end when they begin would never end')
export type QuietHours = z.infer<typeof QuietHours>

export const Telling = z.strictObject({
  /** How one is told of each kind; what is left out follows its default. */
  ways: z.partialRecord(z.enum(NOTIFICATION_KINDS), z.enum(TELL_WAYS)),
  /** Hour of the day, in the person's time zone, at which the digest is made on Monday to Friday. */
  digestHour: z.int().min(0).max(23),
  quiet: QuietHours.nullable(),
})
export type Telling = z.infer<typeof Telling>

const name = z.string().min(1).max(100)
/** What the plan of every customer is narrowed by until the person says otherwise; not words searched for, which are of one customer. */
export const PlanFilters = z.strictObject({
  service: name.optional(),
  state: z.enum(ITEM_STATES).optional(),
  role: name.optional(),
  status: z.enum(ITEM_STATUSES).optional(),
})
export type PlanFilters = z.infer<typeof PlanFilters>

/** Kept as rows of these names. */
export const PREFERENCES = {
  'time-zone': TimeZone,
  formats: FormatTag,
  'keys.single': z.boolean(),
  telling: Telling,
  'plan.filters': PlanFilters,
} as const
export type PreferenceName = keyof typeof PREFERENCES

export const PreferencesView = z.strictObject({
  timeZone: z.string().nullable(),
  formats: z.string().nullable(),
  singleKeys: z.boolean(),
  telling: Telling,
  planFilters: PlanFilters.nullable(),
  /** Every kind there is, with what it is called and what happens when nothing is chosen. */
  kinds: z.array(z.strictObject({ kind: z.enum(NOTIFICATION_KINDS), title: z.record(z.string(), z.string()), usual: z.enum(TELL_WAYS) })),
})
export type PreferencesView = z.infer<typeof PreferencesView>

/** PUT /me/preferences — what is absent stays, null is the default again. */
export const ChangePreferences = z.strictObject({
  timeZone: TimeZone.nullable().optional(),
  formats: FormatTag.nullable().optional(),
  singleKeys: z.boolean().optional(),
  telling: Telling.nullable().optional(),
  planFilters: PlanFilters.nullable().optional(),
})
export type ChangePreferences = z.infer<typeof ChangePreferences>
