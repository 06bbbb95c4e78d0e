import { createHash } from 'node:crypto'
import { mix } from '../../app/demo/chance.ts'
import type { ServiceId } from '../../model/services.ts'
import { guidOf, type SimulatedTenant } from './tenants.ts'

/** One person of a simulated tenant; `place` says which licences they have: the lower, the more. */
export type SimulatedPerson = Readonly<{ index: number; place: number; isGone: boolean }>

/**
 * The people of a tenant and what each did on each day. Everything is worked out, nothing is remembered: the same question has the same
 * answer in every report, on every day it is asked, in every process.
 */
export type Crowd = Readonly<{
  tenant: SimulatedTenant
  people: () => Generator<SimulatedPerson>
  hasLicence: (person: SimulatedPerson, service: ServiceId) => boolean
  isActiveOn: (person: SimulatedPerson, service: ServiceId, day: number) => boolean
  /** Day number of the last activity up to `until`; null = none. */
  lastActive: (person: SimulatedPerson, service: ServiceId, until: number) => number | null
  /** A whole number that belongs to the person and never changes. */
  trait: (person: SimulatedPerson, salt: number) => number
}>

/** Weekends see this part of the activity of other days. */
const WEEKEND = 0.08
/** Beyond this many days back nobody's days are searched; older activity is invented outright. */
const SEARCHED_DAYS = 190
/** 1970-01-01 was a Thursday; 0 = Sunday. */
export const weekdayOf = (day: number): number => (day + 4) % 7

export function crowdOf(tenant: SimulatedTenant): Crowd {
  const { people, gone, seed, services, anchor } = tenant
  const step = strideFor(people, seed)
  // People without a licence who use a service all the same: one in fifty, at the end of the order.
  const visitors = Math.floor(people / 50)
  const uses = new Map(
    [...services].map(([service, { assigned, level }], at): [ServiceId, Use] => [
      service,
      {
        assigned,
        level: remembered(level),
        salt: at + 11,
        // Each service has an order of its own; Outlook Mobile shares that of Exchange, so that its users read mail too.
        shift: (service === 'outlook-mobile' ? 'exchange' : service).length * 31,
        visitorsFrom: MAY_VISIT.has(service) ? Math.max(assigned, people - visitors) : Number.POSITIVE_INFINITY,
      },
    ]),
  )

  const trait = (person: SimulatedPerson, salt: number) => mix(seed, person.index, salt)
  const hasLicence = (person: SimulatedPerson, service: ServiceId) => person.place < (uses.get(service)?.assigned ?? 0)
  const rankIn = ({ assigned, shift }: Use, { place }: SimulatedPerson) => (place + shift) % assigned
  const goneOn = (person: SimulatedPerson) => anchor - 8 - (trait(person, 3) % 12)

  const isUsing = (use: Use, person: SimulatedPerson, day: number): boolean => {
    if (person.isGone && day > goneOn(person)) return false
    return person.place < use.assigned ? rankIn(use, person) < use.level(day) : person.place >= use.visitorsFrom
  }
  const isActiveHere = (use: Use | undefined, person: SimulatedPerson, day: number): boolean => {
    if (!use || !isUsing(use, person, day)) return false
    const weekday = weekdayOf(day)
    const habit = trait(person, use.salt)
    // One weekday is theirs, so that whoever uses a service does so every week; on the others it depends.
    if (weekday === 1 + (habit % 5)) return true
    const share = (0.05 + (0.8 * (habit >>> 8)) / 2 ** 24) * (weekday === 0 || weekday === 6 ? WEEKEND : 1)
    return mix(habit, day, 5) < share * 2 ** 32
  }
  const mobile = uses.get('outlook-mobile')
  const isActiveOn = (person: SimulatedPerson, service: ServiceId, day: number): boolean =>
    isActiveHere(uses.get(service), person, day) || (service === 'exchange' && isActiveHere(mobile, person, day))

  /** Some who do not use the service once did: long ago, and longer than any report's period. */
  const longAgo = (use: Use, person: SimulatedPerson): number | null => {
    const chance = trait(person, 100 + use.salt)
    return person.place < use.assigned && chance % 5 < 2 ? anchor - 250 - (chance % 500) : null
  }
  const lastActive = (person: SimulatedPerson, service: ServiceId, until: number): number | null => {
    const use = uses.get(service)
    if (!use) return null
    if (mayHaveUsed(use, person, until) || (service === 'exchange' && mobile && mayHaveUsed(mobile, person, until)))
      for (let day = until; day > until - SEARCHED_DAYS; day--) if (isActiveOn(person, service, day)) return day
    return longAgo(use, person)
  }
  /** False for the many who never did, so that their days need not be searched. */
  const mayHaveUsed = (use: Use, person: SimulatedPerson, until: number): boolean =>
    person.place < use.assigned ? rankIn(use, person) < highest(use, until) : person.place >= use.visitorsFrom
  const highs = new Map<Use, Map<number, number>>([...uses.values()].map(use => [use, new Map()]))
  const highest = (use: Use, until: number): number => {
    const known = highs.get(use)?.get(until)
    if (known !== undefined) return known
    let high = 0
    for (let day = until; day > until - SEARCHED_DAYS; day--) high = Math.max(high, use.level(day))
    highs.get(use)?.set(until, high)
    return high
  }

  return {
    tenant,
    hasLicence,
    isActiveOn,
    lastActive,
    trait,
    *people() {
      for (let index = 0; index < people; index++) yield { index, place: (index * step + (seed % people)) % people, isGone: false }
      for (let index = people; index < people + gone; index++) yield { index, place: index - people, isGone: true }
    },
  }
}

type Use = Readonly<{
  assigned: number
  level: (day: number) => number
  salt: number
  shift: number
  /** Place from which people use the service without a licence. */
  visitorsFrom: number
}>

/** Where reports say of a person that the licence is missing; elsewhere people without one do not appear. */
const MAY_VISIT: ReadonlySet<ServiceId> = new Set(['teams', 'sharepoint'])

function remembered(level: (day: number) => number): (day: number) => number {
  const known = new Map<number, number>()
  return day => {
    const before = known.get(day)
    if (before !== undefined) return before
    const value = level(day)
    known.set(day, value)
    return value
  }
}

/** A stride without a common divisor with the number of people, so that every place occurs once. */
function strideFor(people: number, seed: number): number {
  let step = 7919 + 2 * (seed % 1000)
  while (divisor(step, people) > 1) step += 2
  return step
}
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

const GIVEN = ['Ana', 'Ben', 'Carla', 'Davi', 'Elena', 'Farid', 'Grace', 'Hugo', 'Inês', 'Jonas', 'Keiko', 'Luca', 'Maya', 'Nuno', 'Olga']
const FAMILY = ['Orrelund', 'Velmoor', 'Quint', 'Larquist', 'Ossewijk', 'Farnoush', 'Aldenray', 'Barrocal', 'Tarr', 'Wexa', 'Ulm', 'Sorn']

export type Names = Readonly<{
  principal: (person: SimulatedPerson) => string
  display: (person: SimulatedPerson) => string
  objectId: (person: SimulatedPerson) => string
}>

/** Names, or what stands in their place when they are concealed: 32 upper-case hexadecimal digits, the same in every report. */
export function namesOf({ tenant, trait }: Crowd): Names {
  const pick = (from: readonly string[], person: SimulatedPerson, salt: number) => from[trait(person, salt) % from.length] ?? ''
  const given = (person: SimulatedPerson) => pick(GIVEN, person, 1)
  const family = (person: SimulatedPerson) => pick(FAMILY, person, 2)
  const digest = (kind: string, { index }: SimulatedPerson) =>
    createHash('md5').update(`${kind}/${tenant.directory}/${index}`).digest('hex').toUpperCase()
  if (tenant.concealed)
    return {
      principal: person => digest('principal', person),
      display: person => digest('display', person),
      objectId: () => '00000000-0000-0000-0000-000000000000',
    }
  return {
    principal: person => `${plain(given(person))}.${plain(family(person))}${person.index}@${tenant.domain}`,
    // Every twentieth is written the other way round, which a CSV must quote.
    display: person => (person.index % 20 === 7 ? `${family(person)}, ${given(person)}` : `${given(person)} ${family(person)}`),
    objectId: person => guidOf(`person/${tenant.directory}/${person.index}`),
  }
}
const plain = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
