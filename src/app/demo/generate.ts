import type { FactSheet } from '../../model/facts.ts'
import type { Day } from '../../model/words.ts'
import { chanceFrom, mix } from './chance.ts'
import { dayNumber, dayOf } from './days.ts'
import { type Draft, ordinaryDraft, type ServiceDraft } from './draft.ts'
import { demoId, demoName } from './names.ts'
import type { DemoPerson } from './people.ts'
import { STORIES, type Story } from './stories.ts'
import { activeOn } from './usage-curve.ts'

export type DemoPoint = Readonly<{ day: Day; active: number; assigned: number /** As known on that day. */; entitled: number | null }>

/** What one tenant reports of one service. */
export type DemoFeed = Readonly<{
  service: string
  /** null = nobody has told us. */
  entitled: number | null
  /** Oldest first; the last is what counts today. */
  points: readonly DemoPoint[]
  /** Day of a newer report that came without rows. */
  emptyReport: Day | null
  /** The newest point tells of nobody active, where many were the day before. */
  isDoubted: boolean
}>

export type DemoTenant = Readonly<{ id: string; name: string; concealed: boolean; feeds: readonly DemoFeed[] }>

/** One customer of the demo: its facts sheet, and the reports the sheet's usage is the sum of. */
export type DemoCustomer = Readonly<{
  story: Story['id']
  manager: DemoPerson
  csm: DemoPerson | null
  sheet: FactSheet
  tenants: readonly DemoTenant[]
}>

export type DemoOptions = Readonly<{
  customers: number
  today: Day
  seed?: number
  /** Only the newest point of each feed: all that decisions need. */
  newestOnly?: boolean
}>

export const DEMO_CUSTOMERS = 60
const SEED = 20_200_504
/** Larger portfolios are for load tests: they carry fewer points. */
const DENSE_UP_TO = 1000

/** Days back from the newest report at which there is a figure: 18 months of days, or 35 days and 18 months. Oldest first. */
const DENSE: readonly number[] = Array.from({ length: 548 }, (_, index) => 547 - index)
const SPARSE: readonly number[] = [
  ...Array.from({ length: 18 }, (_, index) => 34 + 30 * (18 - index)),
  ...Array.from({ length: 35 }, (_, index) => 34 - index),
]

/**
 * The demo portfolio, one customer at a time. The same options give the same customers, and a larger portfolio begins with
 * the customers of a smaller one (with fewer points of usage above 1,000).
 */
export function* demoPortfolio({
  customers,
  today,
  seed = SEED,
  newestOnly = false,
}: DemoOptions): Generator<DemoCustomer, void, undefined> {
  const offsets = newestOnly ? [0] : customers > DENSE_UP_TO ? SPARSE : DENSE
  for (let index = 0; index < customers; index++) yield demoCustomer(index, dayNumber(today), seed, offsets)
}

function demoCustomer(index: number, today: number, seed: number, offsets: readonly number[]): DemoCustomer {
  const chance = chanceFrom(mix(seed, index))
  const story = storyOf(index, seed)
  const draft = ordinaryDraft(chance, today)
  story.tell(draft)
  const tenants = tenantsOf(draft, index, offsets)
  return {
    story: story.id,
    manager: draft.manager,
    csm: typeof draft.csm === 'string' ? null : draft.csm.person,
    sheet: sheetOf(draft, index, tenants),
    tenants,
  }
}

/** Each story once, in order, then by its share. */
function storyOf(index: number, seed: number): Story {
  const first = STORIES[index]
  if (first) return first
  return AGAIN[mix(seed, index, 7) % AGAIN.length]!
}

/** Each story as often as its share. */
const AGAIN: readonly Story[] = STORIES.flatMap(story => Array.from({ length: story.share }, () => story))

function tenantsOf(draft: Draft, index: number, offsets: readonly number[]): readonly DemoTenant[] {
  const word = demoId(index).slice('demo-'.length).split('-').slice(0, 2).join('')
  return Array.from({ length: draft.tenants }, (_, tenant) => ({
    id: `${word}${index < STORIES.length ? '' : index + 1}${tenant > 0 ? tenant + 1 : ''}.demo.example`,
    name: `${demoName(index)}${tenant > 0 ? ` ${tenant + 1}` : ''} (demo)`,
    concealed: draft.concealed,
    feeds: [...draft.services].map(([service, details], position) =>
      feedOf(draft, service, details, { tenant, offsets, seed: mix(index, position, tenant) }),
    ),
  }))
}

function feedOf(
  draft: Draft,
  service: string,
  details: ServiceDraft,
  { tenant, offsets, seed }: { tenant: number; offsets: readonly number[]; seed: number },
): DemoFeed {
  const entitled = details.entitled === null ? null : share(details.entitled, draft.tenants, tenant)
  const emptyReport = details.emptyReportAgo === null ? null : dayOf(draft.today - details.emptyReportAgo)
  const last = draft.today - details.reportAgo
  const since = details.activatedAgo === null || details.activatedAgo === undefined ? null : draft.today - details.activatedAgo
  if (details.active === null || since === null || draft.silentTenant === tenant || since > last)
    return { service, entitled, points: [], emptyReport, isDoubted: false }
  const final = share(details.active, draft.tenants, tenant)
  const curve = {
    seed,
    trend: details.trend,
    from: since,
    to: last,
    final,
    most: entitled === null ? null : Math.max(entitled, final),
    rampDays: 30 + (seed % 90),
  }
  const assigned = Math.max(Math.ceil((entitled ?? final * 1.4) * (0.86 + (seed % 14) / 100)), Math.min(final, entitled ?? final))
  const points = offsets
    .map(back => last - back)
    .filter(day => day >= since)
    .map(day => ({
      day: dayOf(day),
      active: details.suddenZero && day === last ? 0 : Math.min(activeOn(curve, day), assigned + (final > assigned ? final - assigned : 0)),
      assigned,
      entitled: entitled === null ? null : seatsOn(entitled, { day, last, assigned, seed }),
    }))
  return { service, entitled, points, emptyReport, isDoubted: details.suddenZero }
}

/** A third of the services had fewer seats until somebody bought more, some months ago; never fewer than were assigned. */
function seatsOn(seats: number, { day, last, assigned, seed }: { day: number; last: number; assigned: number; seed: number }): number {
  const boughtAgo = 45 + (seed % 180)
  return seed % 3 === 0 && last - day > boughtAgo ? Math.min(seats, Math.max(assigned, Math.ceil(seats * 0.9))) : seats
}

/** Part of a whole number that falls to one of several tenants; the first is the largest, and the parts sum up exactly. */
function share(whole: number, tenants: number, tenant: number): number {
  const rest = Math.floor(whole / (tenants + 1))
  return tenant === 0 ? whole - rest * (tenants - 1) : rest
}

function sheetOf(draft: Draft, index: number, tenants: readonly DemoTenant[]): FactSheet {
  const { thresholds, metrics, programs, accelerators, review, history, survey, transitions, tasks, steps, checks } = draft
  return {
    customer: {
      id: demoId(index),
      name: demoName(index),
      segment: draft.segment,
      initiatives: draft.initiatives,
      assignedOn: dayOf(draft.today - draft.assignedAgo),
    },
    ...(draft.csm === 'unknown' ? {} : { csm: csmOf(draft) }),
    thresholds,
    services: Object.fromEntries([...draft.services].map(([id, details]) => [id, serviceFacts(draft, id, details, tenants)])),
    metrics,
    programs,
    accelerators,
    review,
    history,
    survey,
    transitions,
    tasks: tasks.filter(task => task.service === null || draft.services.has(task.service)),
    steps: steps.filter(step => step.service === null || draft.services.has(step.service)),
    checks,
  }
}

function csmOf(draft: Draft): NonNullable<FactSheet['csm']> {
  if (typeof draft.csm === 'string') return { assigned: false }
  return { assigned: true, name: draft.csm.person.name, since: dayOf(draft.today - draft.csm.sinceAgo) }
}

function serviceFacts(draft: Draft, id: string, details: ServiceDraft, tenants: readonly DemoTenant[]): FactSheet['services'][string] {
  const usage = usageOf(tenants.map(tenant => tenant.feeds.find(feed => feed.service === id)))
  return {
    intended: details.intended,
    ...(details.entitled === null ? {} : { entitled: details.entitled }),
    ...(details.activatedAgo === undefined
      ? {}
      : { activatedOn: details.activatedAgo === null ? null : dayOf(draft.today - details.activatedAgo) }),
    ...(usage ? { usage } : {}),
    ...(details.threshold === null ? {} : { threshold: details.threshold }),
    handshake: details.handshake,
    ...(details.owner === undefined ? {} : { owner: details.owner }),
  }
}

/** The sum over tenants; with a tenant that sends nothing it is only a lower bound, as old as its oldest part. */
function usageOf(feeds: readonly (DemoFeed | undefined)[]): FactSheet['services'][string]['usage'] {
  const empty = feeds.find(feed => feed?.emptyReport)?.emptyReport
  if (empty) return { rows: 0, asOf: empty }
  const lasts = feeds.flatMap(feed => feed?.points.at(-1) ?? [])
  const [first] = lasts
  if (!first) return undefined
  const sum = lasts.reduce((total, point) => total + point.active, 0)
  if (feeds.every(feed => feed?.isDoubted)) return { doubt: 'sudden-zero', asOf: first.day }
  const asOf = lasts.map(point => point.day).sort()[0] ?? first.day
  return lasts.length === feeds.length ? { active: sum, asOf } : { activeAtLeast: sum, asOf }
}
