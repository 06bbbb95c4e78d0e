import { createHash } from 'node:crypto'

/** What can go wrong on purpose. */
export const FAULTS = [
  /** 429 with `Retry-After`, and without. */
  'throttled',
  'throttled-silent',
  /** 503. */
  'unavailable',
  /** The connection is torn down before an answer. */
  'reset',
  /** The download link no longer holds when it is followed. */
  'expired-link',
  /** The connection breaks in the middle of the file. */
  'truncated',
  /** The file comes with a pause in the middle. */
  'slow',
  /** A page of some proxy stands where the file should. */
  'html',
  /** 200 with the header and no rows. */
  'header-only',
  /** 404: the reporting service does not know the tenant. */
  'not-ready',
] as const
/** Of calendars, and only when planned: what was asked for is done, and the connection breaks before the answer. */
export const EVERY_FAULT = [...FAULTS, 'lost-answer'] as const
export type Fault = (typeof EVERY_FAULT)[number]

/** These last as long as the day does: asking again at once brings the same. */
const LASTING: readonly Fault[] = ['header-only', 'not-ready']
/** What can befall requests that answer no file. */
const WITHOUT_FILE: readonly Fault[] = ['throttled', 'throttled-silent', 'unavailable', 'reset', 'lost-answer']

/** Faults by chance: `rate` is the share of requests, evenly over `kinds`. The same seed and requests have the same faults. */
export type FaultChance = Readonly<{ rate: number; kinds?: readonly Fault[] }>

/** A fault asked for by hand: the next `times` requests that fit have it. */
export type PlannedFault = Readonly<{
  fault: Fault
  /** Directory id; absent: any. */
  tenant?: string
  /** Report function, `subscribedSkus`, …; absent: any report. */
  fn?: string
  times?: number
}>

export type FaultsSeen = Readonly<Record<string, Readonly<Partial<Record<Fault, number>>>>>

export type Faults = Readonly<{
  /** The fault this request has, if any; counts it. `what` tells requests of one function apart (period, day). */
  take: (request: { tenant: string; fn: string; what: string; today: number; hasFile: boolean }) => Fault | null
  plan: (fault: PlannedFault) => void
  clearPlans: () => void
  setChance: (chance: FaultChance) => void
  chance: () => FaultChance
  seen: () => FaultsSeen
}>

export function createFaults(seed: number, first: FaultChance): Faults {
  let chance = first
  let plans: { fault: Fault; tenant: string | undefined; fn: string | undefined; left: number }[] = []
  const asked = new Map<string, number>()
  const seen = new Map<string, Partial<Record<Fault, number>>>()

  const byPlan = (tenant: string, fn: string, hasFile: boolean): Fault | null => {
    const plan = plans.find(
      each =>
        each.left > 0 &&
        (each.tenant ?? tenant) === tenant &&
        (each.fn === undefined ? hasFile : each.fn === fn) &&
        fits(each.fault, hasFile),
    )
    if (!plan) return null
    plan.left--
    return plan.fault
  }
  const byChance = (tenant: string, fn: string, what: string, today: number, hasFile: boolean): Fault | null => {
    const kinds = (chance.kinds ?? FAULTS).filter(kind => fits(kind, hasFile))
    const all = (chance.kinds ?? FAULTS).length
    const lasting = kinds.filter(kind => LASTING.includes(kind))
    const passing = kinds.filter(kind => !LASTING.includes(kind))
    const place = `${tenant} ${fn} ${what} ${today}`
    const nth = (asked.get(place) ?? 0) + 1
    asked.set(place, nth)
    // Passing ones are thrown anew each time, by how often the same was asked: not by the order in which tenants come.
    return (
      drawn(dice(`${seed} ${place}`), (chance.rate * lasting.length) / all, lasting) ??
      drawn(dice(`${seed} ${place} ${nth}`), (chance.rate * passing.length) / all, passing)
    )
  }

  return {
    take({ tenant, fn, what, today, hasFile }) {
      const fault = byPlan(tenant, fn, hasFile) ?? byChance(tenant, fn, what, today, hasFile)
      if (fault) {
        const counts = seen.get(tenant) ?? {}
        seen.set(tenant, { ...counts, [fault]: (counts[fault] ?? 0) + 1 })
      }
      return fault
    },
    plan: ({ fault, tenant, fn, times = 1 }) => void plans.push({ fault, tenant, fn, left: times }),
    clearPlans: () => {
      plans = []
    },
    setChance: next => {
      chance = next
    },
    chance: () => chance,
    seen: () => Object.fromEntries(seen),
  }
}

const fits = (fault: Fault, hasFile: boolean) => hasFile || WITHOUT_FILE.includes(fault)
/** [0, 1) */
const dice = (text: string): number => createHash('md5').update(text).digest().readUInt32LE() / 2 ** 32
const drawn = (value: number, rate: number, kinds: readonly Fault[]): Fault | null =>
  value < rate ? (kinds[Math.floor((value / rate) * kinds.length)] ?? null) : null
