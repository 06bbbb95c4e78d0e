import { createHash } from 'node:crypto'
import { mix } from '../../app/demo/chance.ts'
import { dayNumber } from '../../app/demo/days.ts'
import { type DemoFeed, type DemoTenant, demoPortfolio } from '../../app/demo/generate.ts'
import type { ServiceId } from '../../model/services.ts'
import type { Day } from '../../model/words.ts'

/** How a service is licensed and used in a simulated tenant. */
export type SimulatedService = Readonly<{
  /** Bought. */
  seats: number
  /** People with a licence; at most the people of the tenant. */
  assigned: number
  /** Of the licensed, how many use the service at the time, by day number: the first ones of an order that stays the same. */
  level: (day: number) => number
}>

/** A tenant as the simulator plays it. Everything about its people follows from `seed`. */
export type SimulatedTenant = Readonly<{
  name: string
  /** The directory id (GUID). */
  directory: string
  /** Its verified domain; a token may be asked for by this name too. */
  domain: string
  clientId: string
  secret: string
  /** PEM; applications may sign in with an assertion signed by any of them. */
  certificates: readonly string[]
  seed: number
  /** People who are there, with and without licences. */
  people: number
  /** People who are gone and still in the reports: after the others. */
  gone: number
  services: ReadonlyMap<ServiceId, SimulatedService>
  concealed: boolean
  /** What an administrator consented to; null = the application was never added to the tenant. */
  consent: Readonly<{ reports: boolean; settings: boolean; seats: boolean; calendars?: boolean }> | null
  /** Addresses without a mailbox, and those that a policy closes to the application; every other address has one. */
  withoutMailbox?: readonly string[]
  closedMailboxes?: readonly string[]
  /** False: the reporting service does not know the tenant yet. */
  isReady: boolean
  /** National clouds offer reports under beta only, and fewer of them. */
  cloud: 'global' | 'us-government' | 'china'
  /** Day number at which the invented history of old activity hangs. */
  anchor: number
}>

export type TenantChanges = Partial<Omit<SimulatedTenant, 'directory'>>

const hex = (text: string) => createHash('md5').update(text).digest('hex')
export const guidOf = (text: string): string => hex(text).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')

/** What tells a tenant from others, worked out from a seed and a number so that values typed into a form stay right after a restart. */
const identity = (seed: number, index: number) => ({
  directory: guidOf(`directory/${seed}/${index}`),
  clientId: guidOf(`client/${seed}/${index}`),
  secret: `simulator-only-${hex(`secret/${seed}/${index}`).slice(0, 20)}`,
})

/**
 * Tenants of the first customers of the demo that use anything: its services, seats and levels, scaled to `users` people each when given.
 * A further tenant of a customer that tells nothing is one the reporting service does not know.
 */
export function demoTenants({
  count,
  today,
  seed = 1,
  users,
}: {
  count: number
  today: Day
  seed?: number
  users?: number
}): SimulatedTenant[] {
  const made: SimulatedTenant[] = []
  // About one customer in ten uses nothing yet.
  for (const customer of demoPortfolio({ customers: 2 * count + 10, today })) {
    for (const [place, tenant] of customer.tenants.entries()) {
      if (made.length === count) return made
      const isSilent = tenant.feeds.every(feed => feed.points.length === 0)
      if (isSilent && place === 0) continue
      made.push({ ...likeDemo(tenant, made.length, dayNumber(today), seed, users), isReady: !isSilent })
    }
  }
  return made
}

function likeDemo(tenant: DemoTenant, index: number, anchor: number, seed: number, users: number | undefined): SimulatedTenant {
  const widest = Math.max(1, ...tenant.feeds.flatMap(feed => [assignedOf(feed), feed.entitled ?? 0]))
  const scale = users === undefined ? 1 : (users * 0.95) / widest
  const sized = (value: number) => (scale === 1 ? value : Math.round(value * scale))
  const services = new Map(tenant.feeds.map(feed => [feed.service, serviceLike(feed, sized)] as const))
  const most = Math.max(1, ...[...services.values()].map(each => each.assigned))
  return finished(
    {
      name: tenant.name,
      domain: tenant.id,
      ...identity(seed, index),
      certificates: [],
      seed: mix(seed, index),
      people: users ?? most + Math.ceil(most / 20),
      services,
      concealed: tenant.concealed,
      consent: { reports: true, settings: true, seats: true, calendars: true },
      isReady: true,
      cloud: 'global',
      anchor,
    },
    most,
  )
}

/** At least everybody active has a licence; the demo speaks of sums and may have more. */
function assignedOf(feed: DemoFeed): number {
  const most = Math.max(0, ...feed.points.map(point => Math.max(point.active, point.assigned)))
  return most > 0 ? most : Math.floor((feed.entitled ?? 10) * 0.9)
}

function serviceLike(feed: DemoFeed, sized: (value: number) => number): SimulatedService {
  const assigned = sized(assignedOf(feed))
  const levels = new Map(feed.points.map(point => [dayNumber(point.day), sized(point.active)]))
  const first = feed.points[0] === undefined ? Number.POSITIVE_INFINITY : dayNumber(feed.points[0].day)
  const final = sized(feed.points.at(-1)?.active ?? 0)
  return {
    seats: feed.entitled === null ? assigned : sized(feed.entitled),
    assigned,
    level: day => Math.min(assigned, levels.get(day) ?? (day < first ? 0 : final)),
  }
}

const PLAIN: Readonly<Record<ServiceId, number>> = {
  exchange: 80,
  'outlook-mobile': 30,
  teams: 65,
  sharepoint: 45,
  onedrive: 50,
  yammer: 15,
  'office-proplus': 60,
  copilot: 10,
}

/** A tenant with every service, in growing use; `levels` are percents of the licensed, as used today. */
export function plainTenant({
  index,
  users,
  today,
  seed = 1,
  levels = PLAIN,
  ...changes
}: {
  index: number
  users: number
  today: Day
  seed?: number
  levels?: Readonly<Record<ServiceId, number>>
} & TenantChanges): SimulatedTenant {
  const anchor = dayNumber(today)
  const most = Math.floor(users * 0.95)
  const services = new Map<ServiceId, SimulatedService>()
  for (const [service, percent] of Object.entries(levels)) {
    const assigned = service === 'copilot' ? Math.floor(most / 5) : most
    const target = Math.floor((assigned * percent) / 100)
    // Two thirds of a year ago it was 60 % of what it is today.
    const level = (day: number) => Math.round(target * (0.6 + 0.4 * Math.min(1, Math.max(0, (day - anchor + 240) / 240))))
    services.set(service, { seats: service === 'copilot' ? assigned : users, assigned, level })
  }
  return finished(
    {
      name: `Simulated tenant ${index + 1}`,
      domain: `tenant${index + 1}.simulator.example`,
      ...identity(seed, index),
      certificates: [],
      seed: mix(seed, index),
      people: users,
      services,
      concealed: false,
      consent: { reports: true, settings: true, seats: true, calendars: true },
      isReady: true,
      cloud: 'global',
      anchor,
      ...changes,
    },
    most,
  )
}

/** Settles what holds in every tenant: OneDrive comes with SharePoint's plan, and Outlook Mobile is a way to use Exchange. */
function finished(tenant: Omit<SimulatedTenant, 'gone'> & { gone?: number }, most: number): SimulatedTenant {
  const services = new Map(tenant.services)
  together(services, 'sharepoint', 'onedrive')
  together(services, 'exchange', 'outlook-mobile')
  return { ...tenant, services, gone: tenant.gone ?? Math.ceil(most / 50) }
}

function together(services: Map<ServiceId, SimulatedService>, ...ids: readonly [ServiceId, ServiceId]): void {
  const there = ids.flatMap(id => services.get(id) ?? [])
  if (there.length === 0) return
  const seats = Math.max(...there.map(each => each.seats))
  const assigned = Math.max(...there.map(each => each.assigned))
  for (const id of ids) services.set(id, { seats, assigned, level: services.get(id)?.level ?? (() => 0) })
}
