import { type ListedService, shownPercent } from '../engine/value.ts'
import { percentGap, USAGE } from '../engine/words/usage.ts'
import { thresholdOf } from '../engine/world.ts'
import type { Figure } from '../model/deck.ts'
import type { Day, Truth } from '../model/words.ts'
import type { Teller } from './teller.ts'

/** Active usage of one intended service as the engine sees it, so that a deck never says other than the plan. */
export type UsageFigure = Readonly<{
  id: string
  name: string
  /** Of the seats, rounded down to one decimal; null = unknown, or only a lower bound is known. */
  percent: number | null
  /** The lower bound where only that is known. */
  atLeast: number | null
  active: number | null
  seats: number | null
  target: number
  asOf: Day | null
  isReached: Truth
  /** Why it is unknown, or the figure in a sentence. */
  reason: string
}>

/** Of every intended service that usage is counted for, in the playbook's order. Leaves its numbers for the last slide. */
export function usageFigures(teller: Teller): readonly UsageFigure[] {
  return teller.world.intended.map(service => {
    const told = usageFigure(teller, service)
    leaveNumbers(teller, told)
    return told
  })
}

function usageFigure({ world, reason, serviceName }: Teller, service: ListedService): UsageFigure {
  const { entitled, usage } = service.facts
  const { facts, says } = USAGE.percent?.evidence(service, world) ?? { facts: [], says: [] }
  const numberOf = (name: string) => {
    const value = facts.find(each => each.name === name)?.value
    return typeof value === 'number' ? value : null
  }
  const isKnown = percentGap(world, service) === null
  const bound = isKnown && usage?.active === undefined ? usage?.activeAtLeast : undefined
  const target = thresholdOf(world, service)
  return {
    id: service.id,
    name: serviceName(service.id),
    percent: numberOf('service.usage.percent'),
    atLeast: bound !== undefined && entitled ? shownPercent(bound, entitled) : null,
    active: numberOf('service.usage.active'),
    seats: entitled ?? null,
    target,
    asOf: usage?.asOf !== undefined && usage.asOf <= world.today ? usage.asOf : null,
    isReached: isKnown ? reached(usage?.active, usage?.activeAtLeast, entitled, target) : 'unknown',
    reason: reason(says),
  }
}

function leaveNumbers(teller: Teller, { id, name: service, percent, atLeast, active, seats, target, asOf }: UsageFigure): void {
  const { words, formats, figure, sourceOf } = teller
  if (active !== null) {
    const { source } = sourceOf(`services.${id}.usage.active`)
    figure({ what: words('sources.activeUsers', { service }), value: formats.count(active), source, asOf })
  }
  if (seats !== null)
    figure({ what: words('sources.seats', { service }), value: formats.count(seats), ...sourceOf(`services.${id}.entitled`) })
  const shown = shownUsage(teller, { percent, atLeast })
  if (shown !== null) figure({ what: words('sources.usage', { service }), value: shown, source: words('sources.computed'), asOf })
  figure({ what: words('sources.target', { service }), value: formats.percent(target), ...targetSource(teller, id) })
}

/** The percentage in words; null when nothing of it is known. */
export function shownUsage({ words, formats }: Teller, { percent, atLeast }: Pick<UsageFigure, 'percent' | 'atLeast'>): string | null {
  if (percent !== null) return formats.percent(percent)
  return atLeast === null ? null : words('usage.atLeast', { value: formats.percent(atLeast) })
}

/** On whole numbers, as the engine compares: a lower bound is enough to say yes, never to say no. */
function reached(active: number | undefined, atLeast: number | undefined, seats: number | undefined, target: number): Truth {
  if (!seats) return 'unknown'
  if (active !== undefined) return 100 * active >= target * seats ? 'yes' : 'no'
  return atLeast !== undefined && 100 * atLeast >= target * seats ? 'yes' : 'unknown'
}

function targetSource({ world, words, sourceOf }: Teller, service: string): Pick<Figure, 'source' | 'asOf'> {
  if (world.facts.services[service]?.threshold !== undefined) return sourceOf(`services.${service}.threshold`)
  return world.facts.thresholds.activeUsagePercent !== undefined
    ? sourceOf('thresholds.activeUsagePercent')
    : { source: words('sources.playbook'), asOf: null }
}

/** The oldest day that the figures rest on. */
export const oldest = (days: readonly (Day | null)[]): Day | null =>
  days.reduce<Day | null>((found, day) => (day !== null && (found === null || day < found) ? day : found), null)
