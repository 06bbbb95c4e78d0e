import { z } from 'zod'
import { AppError } from '../../model/errors.ts'
import { ACCELERATOR_STATES, Day, HANDSHAKES, Initiative, Outcome, PROGRAM_STATES, Segment } from '../../model/words.ts'

/**
 * What a person may tell us of a customer, by name. `home` says where it is kept: a row of its own, a column of the customer or of its
 * service, the engagement's outcomes, or a part of a metric. `person` marks values that name somebody.
 */
export type FactKind = Readonly<{
  home: 'fact' | 'customer' | 'service' | 'outcome' | 'metric' | 'decision'
  isPerService: boolean
  value: z.ZodType
  namesPerson?: true
}>

const fact = (value: z.ZodType, more: Partial<FactKind> = {}): FactKind => ({ home: 'fact', isPerService: false, value, ...more })
const perService = (value: z.ZodType, more: Partial<FactKind> = {}): FactKind => fact(value, { isPerService: true, ...more })
const name = z.string().trim().min(1).max(200)
/** A service that nobody owns, or that is not activated: known, and told apart from unknown. */
const none = z.literal(false)

const KINDS: Readonly<Record<string, FactKind>> = {
  'customer.segment': fact(Segment, { home: 'customer' }),
  'customer.initiatives': fact(z.array(Initiative), { home: 'customer' }),
  'customer.assignedOn': fact(Day, { home: 'customer' }),
  'csm.assigned': fact(z.boolean()),
  'csm.name': fact(name, { namesPerson: true }),
  'csm.since': fact(Day),
  'service.intended': perService(z.boolean(), { home: 'service' }),
  'service.activatedOn': perService(z.union([Day, none]), { home: 'service' }),
  'service.threshold': perService(z.number().min(0).max(100)),
  'service.handshake': perService(z.enum(HANDSHAKES)),
  'service.owner': perService(z.union([name, none]), { namesPerson: true }),
  accelerator: perService(z.enum(ACCELERATOR_STATES)),
  'program.onedrive-adoption': fact(z.enum(PROGRAM_STATES)),
  'review.meetingHeldOn': fact(Day),
  'review.outcomes': fact(z.array(Outcome), { home: 'outcome' }),
  'review.wantsMore': fact(z.boolean()),
  'review.wantsUsageReports': fact(z.boolean()),
  'review.readyForMaintenance': fact(z.boolean()),
  'history.measuringSuccessDiscussed': fact(z.boolean()),
  'survey.completed': fact(z.boolean()),
}

/** Names with a part of their own: a checklist line confirmed, a transition taken on a day, the present value of a metric. */
const PATTERNS: readonly (readonly [RegExp, FactKind])[] = [
  [/^check\..+$/, fact(z.boolean(), { home: 'decision' })],
  [/^transition\.[a-z0-9-]+$/, fact(Day, { home: 'decision' })],
  [/^metric\..+\.current$/, fact(z.number(), { home: 'metric' })],
]

export type FactSubject = Readonly<{ name: string; service: string | null; kind: FactKind }>

/** Also takes paths of the facts file: `services.teams.handshake` is `service.handshake` of teams. Throws `invalid-input`. */
export function parseFactName(given: string, service: string | null): FactSubject {
  const path = /^(services|accelerators|programs|checks)\.([^.]+)(?:\.(.+))?$/.exec(given)
  if (path?.[1] === 'services' && path[3]) return parseFactName(`service.${path[3]}`, path[2] ?? null)
  if (path?.[1] === 'accelerators') return parseFactName('accelerator', path[2] ?? null)
  if (path?.[1] === 'programs') return parseFactName(`program.${path[2]}`, service)
  if (path?.[1] === 'checks') return parseFactName(`check.${path[2]}`, service)
  const kind = Object.hasOwn(KINDS, given) ? KINDS[given] : PATTERNS.find(([pattern]) => pattern.test(given))?.[1]
  if (!kind) throw new AppError('invalid-input', `there is no fact "${given}"; known are ${Object.keys(KINDS).join(', ')}`)
  if (kind.isPerService && !service) throw new AppError('invalid-input', `the fact "${given}" belongs to a service; name it`)
  if (!kind.isPerService && service) throw new AppError('invalid-input', `the fact "${given}" belongs to the customer, not to a service`)
  return { name: given, service, kind }
}

/** The value as the fact's type; null = unknown again. Throws `invalid-input` naming what is expected. */
export function parseFactValue({ name: factName, kind }: FactSubject, value: unknown): unknown {
  if (value === null) return null
  const parsed = kind.value.safeParse(value)
  if (parsed.success) return parsed.data
  const message = parsed.error.issues[0]?.message ?? 'not a value of this fact'
  throw new AppError('invalid-input', `${factName}: ${message}`, { details: [{ path: 'value', message }] })
}
