import type { FactSheet, ServiceFacts } from '../../model/facts.ts'
import type { Day, Initiative, ItemStatus, Segment, StatusReason } from '../../model/words.ts'
import type { Chance } from './chance.ts'
import { dayOf } from './days.ts'
import { DEMO_CSMS, DEMO_MANAGERS, type DemoPerson } from './people.ts'
import type { Trend } from './usage-curve.ts'

/** A service of a demo customer while its story is being told. Days are counted back from today. */
export type ServiceDraft = {
  intended: boolean
  /** null = nobody has told us the seats. */
  entitled: number | null
  /** null = not activated, undefined = not known. */
  activatedAgo: number | null | undefined
  /** Users active at the end of the newest report; null = no report at all. */
  active: number | null
  /** How old the newest report is. */
  reportAgo: number
  /** The newest report came without rows, so many days ago. */
  emptyReportAgo: number | null
  /** The newest report tells of nobody active. */
  suddenZero: boolean
  trend: Trend
  threshold: number | null
  handshake: NonNullable<ServiceFacts['handshake']>
  owner: string | null | undefined
}

export type Draft = {
  readonly today: number
  readonly chance: Chance
  readonly manager: DemoPerson
  segment: Segment
  initiatives: Initiative[]
  assignedAgo: number
  seats: number
  tenants: number
  /** Index of the tenant that sends no reports, if any. */
  silentTenant: number | null
  concealed: boolean
  csm: { person: DemoPerson; sinceAgo: number } | 'none' | 'unknown'
  services: Map<string, ServiceDraft>
  thresholds: FactSheet['thresholds']
  metrics: FactSheet['metrics']
  programs: FactSheet['programs']
  accelerators: FactSheet['accelerators']
  review: FactSheet['review']
  history: FactSheet['history']
  survey: FactSheet['survey']
  transitions: FactSheet['transitions']
  tasks: FactSheet['tasks']
  steps: FactSheet['steps']
  checks: FactSheet['checks']
}

/** Share of the seats that hold a licence of the service, and how far use usually goes; percent. */
const SERVICE_SHAPE: Readonly<Record<string, { seats: readonly [number, number]; level: readonly [number, number] }>> = {
  exchange: { seats: [95, 100], level: [58, 92] },
  teams: { seats: [90, 100], level: [34, 84] },
  onedrive: { seats: [85, 100], level: [22, 68] },
  sharepoint: { seats: [80, 100], level: [18, 62] },
  'office-proplus': { seats: [60, 100], level: [31, 78] },
  'outlook-mobile': { seats: [70, 100], level: [14, 41] },
  yammer: { seats: [50, 100], level: [11, 30] },
  copilot: { seats: [5, 18], level: [24, 71] },
}

const SEATS: Readonly<Record<Segment, readonly [number, number]>> = {
  enterprise: [2600, 84000],
  corporate: [620, 5200],
  'small-business': [28, 390],
  education: [900, 41000],
  'public-sector': [450, 27000],
  nonprofit: [45, 1400],
}

const SEGMENT_MIX: readonly Segment[] = [
  'enterprise',
  'enterprise',
  'corporate',
  'corporate',
  'corporate',
  'small-business',
  'education',
  'public-sector',
  'nonprofit',
]

/** A customer at its ordinary best: everything activated, in use and reported on, kick-off behind it. Stories change what they need. */
export function ordinaryDraft(chance: Chance, today: number): Draft {
  const segment = chance.pick(SEGMENT_MIX)
  const seats = chance.int(...SEATS[segment])
  const assignedAgo = chance.int(190, 700)
  const draft: Draft = {
    today,
    chance,
    manager: chance.pick(DEMO_MANAGERS),
    segment,
    initiatives: [chance.pick<Initiative>(['customer-health', 'customer-health', 'rfa', 'targeting'])],
    assignedAgo,
    seats,
    tenants: 1,
    silentTenant: null,
    concealed: chance.is(8),
    csm: 'none',
    services: new Map(),
    thresholds: {},
    metrics: [],
    programs: {},
    accelerators: {},
    review: { outcomes: [] },
    history: { measuringSuccessDiscussed: false },
    survey: { completed: false },
    transitions: [],
    tasks: [],
    steps: [],
    checks: [],
  }
  for (const service of ['exchange', 'teams', 'onedrive', 'sharepoint', 'office-proplus', 'outlook-mobile', 'yammer'])
    addService(draft, service)
  if (chance.is(35)) addService(draft, 'copilot')
  finishKickoff(draft)
  return draft
}

export function addService(draft: Draft, service: string): ServiceDraft {
  const shape = SERVICE_SHAPE[service] ?? { seats: [50, 100], level: [15, 60] }
  const entitled = Math.max(10, Math.round((draft.seats * draft.chance.int(...shape.seats)) / 100))
  const made: ServiceDraft = {
    intended: true,
    entitled,
    activatedAgo: draft.assignedAgo - draft.chance.int(20, 120),
    active: Math.ceil((entitled * draft.chance.int(...shape.level)) / 100),
    reportAgo: service === 'exchange' ? 3 : 2,
    emptyReportAgo: null,
    suddenZero: false,
    trend: draft.chance.is(25) ? 'flat' : 'rise',
    threshold: null,
    handshake: 'none',
    owner: draft.manager.name,
  }
  draft.services.set(service, made)
  return made
}

/** The service named, added if the customer lacks it. */
export const serviceOf = (draft: Draft, service: string): ServiceDraft => draft.services.get(service) ?? addService(draft, service)

export const onlyServices = (draft: Draft, ...ids: readonly string[]): void => {
  for (const id of ids) serviceOf(draft, id)
  for (const id of [...draft.services.keys()]) if (!ids.includes(id)) draft.services.delete(id)
}

/** Sets use to a percent of the seats, rounded down; a service without known seats keeps its figure. */
export function setLevel(service: ServiceDraft, percent: number): void {
  if (service.entitled !== null) service.active = Math.floor((service.entitled * percent) / 100)
}

/** Every service somewhere below the usual ten percent. */
export function belowTarget(draft: Draft): void {
  for (const service of draft.services.values()) setLevel(service, draft.chance.int(2, 8))
}

export function notActivated(service: ServiceDraft): void {
  service.activatedAgo = null
  service.active = null
  service.owner = undefined
}

export function alignCsm(draft: Draft, sinceAgo = draft.chance.int(40, 160)): DemoPerson {
  const person = draft.chance.pick(DEMO_CSMS)
  draft.csm = { person, sinceAgo }
  return person
}

export const dayAgo = (draft: Draft, ago: number): Day => dayOf(draft.today - ago)

type Mark = { service?: string; reason?: StatusReason; note?: string; ago?: number; by?: string }

export function mark(draft: Draft, task: string, status: ItemStatus, more: Mark = {}): void {
  draft.tasks.push({ id: task, ...marking(draft, status, more) })
}

/** `step` is `process/step`. */
export function markStep(draft: Draft, step: string, status: ItemStatus, more: Mark = {}): void {
  draft.steps.push({ step, ...marking(draft, status, more) })
}

function marking(draft: Draft, status: ItemStatus, { service, reason, note, ago, by }: Mark) {
  return {
    service: service ?? null,
    status,
    by: by ?? draft.manager.name,
    on: dayAgo(draft, ago ?? draft.chance.int(3, 25)),
    ...(reason ? { reason } : {}),
    ...(note ? { note } : {}),
  }
}

export function finishKickoff(draft: Draft): void {
  const ago = Math.max(1, draft.assignedAgo - 20)
  mark(draft, '3979', 'complete', { ago })
  mark(draft, '3616', 'complete', { ago })
  mark(draft, '994', 'complete', { ago: Math.max(1, ago - 9) })
  mark(draft, '983', 'not-required', { ago, reason: 'customer', note: 'Works without a partner.' })
  mark(draft, '1903', 'complete', { ago })
  for (const service of ['exchange', 'onedrive', 'sharepoint'])
    if (draft.services.has(service)) mark(draft, '1904', 'complete', { ago: Math.max(1, ago - 12), service })
  markStep(draft, 'conduct-customer-kickoff/capture-ssat', 'complete', { ago })
}

export function moveToReview(draft: Draft, ago: number, reason?: string): void {
  draft.transitions.push({ to: 'conduct-success-review', on: dayAgo(draft, ago), by: draft.manager.name, ...(reason ? { reason } : {}) })
}

/** The review took place and its mandatory task is complete; the outcomes are agreed or still open. */
export function reviewHeld(draft: Draft, ago: number, outcomes: FactSheet['review']['outcomes']): void {
  moveToReview(draft, ago + 16)
  draft.review = { ...draft.review, meetingHeldOn: dayAgo(draft, ago), outcomes: [...outcomes], wantsMore: false, wantsUsageReports: false }
  mark(draft, '3735', 'complete', { ago: Math.max(0, ago - 1) })
}

export function addMetric(draft: Draft, metric: Omit<FactSheet['metrics'][number], 'id' | 'asOf'> & { ago?: number }): void {
  const { ago, ...rest } = metric
  draft.metrics.push({ id: `m${draft.metrics.length + 1}`, ...rest, ...(ago === undefined ? {} : { asOf: dayAgo(draft, ago) }) })
}
