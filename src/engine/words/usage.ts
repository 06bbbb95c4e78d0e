import type { FactUsed } from '../../model/plan.ts'
import { type Day, never, type Text } from '../../model/words.ts'
import { dayNumber, dayOf, daysBetween } from '../day-numbers.ts'
import { phrase } from '../phrases.ts'
import { atLeast, type ListedService, Ratio, type Scalar, shownPercent, UNKNOWN, type Value } from '../value.ts'
import { nameOf, thresholdOf, usageGap, type World } from '../world.ts'
import { bothSides, type Change, numbersIn, textsIn, used, type Why, type Words } from './word.ts'

const path = (service: ListedService, name: string) => `services.${service.id}.usage.${name}`

/** Why there is no percent; null when there is one. */
export function percentGap(world: World, service: ListedService): Why | null {
  return usageGap(world, service.facts) ?? (service.facts.entitled ? null : 'no-seats')
}

export const USAGE: Words<ListedService> = {
  percent: {
    read: (service, world): Value => {
      const { usage, entitled } = service.facts
      if (!usage || !entitled || usageGap(world, service.facts) !== null) return UNKNOWN
      return usage.active === undefined ? new Ratio(usage.activeAtLeast ?? 0, entitled, true) : new Ratio(usage.active, entitled, false)
    },
    evidence: (service, world) => ({ facts: percentFacts(service, world), says: [percentSay(service, world)] }),
    changes: percentChanges,
  },
  active: {
    read: (service, world): Value => {
      const usage = service.facts.usage
      if (!usage || usageGap(world, service.facts) !== null) return UNKNOWN
      return usage.active ?? atLeast(usage.activeAtLeast ?? 0)
    },
    evidence: (service, world) => ({ facts: [activeFact(service, world)], says: [activeSay(service, world)] }),
    changes: (service, world, against) => [
      ...gapChanges(service, world),
      ...bothSides(path(service, 'active'), service.facts.usage?.active, numbersIn(against)),
      ...forget(service),
    ],
  },
  asOf: {
    read: (service, world) => knownAsOf(service, world) ?? UNKNOWN,
    evidence: (service, world) => ({ facts: [asOfFact(service, world)], says: [ageSay(service, world)] }),
    changes: (service, world, against) => daysAround(service, world, textsIn(against).map(dayNumber)),
  },
  ageDays: {
    read: (service, world) => {
      const asOf = knownAsOf(service, world)
      return asOf === undefined ? UNKNOWN : daysBetween(asOf, world.today)
    },
    evidence: (service, world) => {
      const asOf = knownAsOf(service, world)
      const age = used(world, 'service.usage.ageDays', null, asOf === undefined ? null : daysBetween(asOf, world.today))
      return { facts: [age, asOfFact(service, world)], says: [ageSay(service, world)] }
    },
    changes: (service, world, against) =>
      daysAround(
        service,
        world,
        numbersIn(against).map(days => dayNumber(world.today) - Math.floor(days)),
      ),
  },
}

/** A date after today is a mistake somewhere, and not known. */
function knownAsOf(service: ListedService, world: World): Day | undefined {
  const asOf = service.facts.usage?.asOf
  return asOf !== undefined && asOf <= world.today ? asOf : undefined
}

function asOfFact(service: ListedService, world: World): FactUsed {
  const asOf = knownAsOf(service, world)
  const why = asOf ? null : service.facts.usage?.asOf ? 'in-future' : 'missing'
  return used(world, 'service.usage.asOf', path(service, 'asOf'), asOf, { why })
}

function activeFact(service: ListedService, world: World): FactUsed {
  const usage = service.facts.usage
  const why = usageGap(world, service.facts) ?? (usage?.active === undefined ? 'lower-bound' : null)
  return used(world, 'service.usage.active', path(service, 'active'), why === null ? usage?.active : null, { why, asOf: usage?.asOf })
}

function percentFacts(service: ListedService, world: World): FactUsed[] {
  const { usage, entitled } = service.facts
  const gap = percentGap(world, service)
  const why = gap ?? (usage?.active === undefined ? 'lower-bound' : null)
  const percent = why === null && usage?.active !== undefined && entitled ? shownPercent(usage.active, entitled) : null
  const facts = [
    used(world, 'service.usage.percent', null, percent, { why, asOf: usage?.asOf }),
    activeFact(service, world),
    used(world, 'service.entitled', `services.${service.id}.entitled`, entitled, entitled === 0 ? { why: 'no-seats' } : {}),
  ]
  if (usage?.active === undefined && usage?.activeAtLeast !== undefined) {
    facts.splice(
      1,
      0,
      used(world, 'service.usage.activeAtLeast', path(service, 'activeAtLeast'), usage.activeAtLeast, { asOf: usage.asOf }),
    )
  }
  return facts
}

function percentSay(service: ListedService, world: World): Text {
  const { usage, entitled } = service.facts
  const gap = percentGap(world, service)
  if (gap !== null || !usage || !entitled) return gapSay(service, world, gap ?? 'missing')
  const parts = {
    service: nameOf(service),
    target: thresholdOf(world, service),
    percent: shownPercent(usage.active ?? usage.activeAtLeast ?? 0, entitled),
    active: usage.active ?? usage.activeAtLeast ?? 0,
    seats: entitled,
    asOf: usage.asOf ?? '',
  }
  if (usage.active === undefined) {
    return phrase(
      '{service} is used by at least {active} of {seats} seats ({percent} % on {asOf}, target {target} %)',
      '{service} é usado por pelo menos {active} de {seats} licenças ({percent} % em {asOf}, meta {target} %)',
      parts,
    )
  }
  return phrase(
    '{service} is used by {active} of {seats} seats ({percent} % on {asOf}, target {target} %)',
    '{service} é usado por {active} de {seats} licenças ({percent} % em {asOf}, meta {target} %)',
    parts,
  )
}

function activeSay(service: ListedService, world: World): Text {
  const gap = usageGap(world, service.facts)
  const usage = service.facts.usage
  if (gap !== null || !usage) return gapSay(service, world, gap ?? 'missing')
  const parts = { service: nameOf(service), active: usage.active ?? usage.activeAtLeast ?? 0, asOf: usage.asOf ?? '' }
  return usage.active === undefined
    ? phrase('{service} has at least {active} active users on {asOf}', '{service} tem pelo menos {active} usuários ativos em {asOf}', parts)
    : phrase('{service} has {active} active users on {asOf}', '{service} tem {active} usuários ativos em {asOf}', parts)
}

function ageSay(service: ListedService, world: World): Text {
  const asOf = knownAsOf(service, world)
  if (asOf === undefined) return gapSay(service, world, service.facts.usage?.asOf ? 'in-future' : 'no-date')
  const parts = { service: nameOf(service), asOf, days: daysBetween(asOf, world.today) }
  return phrase('usage of {service} is of {asOf}, {days} days old', 'o uso de {service} é de {asOf}, há {days} dias', parts)
}

export function gapSay(service: ListedService, world: World, gap: Why): Text {
  const asOf = service.facts.usage?.asOf
  const parts = {
    service: nameOf(service),
    asOf: asOf ?? '',
    days: asOf ? daysBetween(asOf, world.today) : 0,
    limit: world.thresholds.usageMaxAgeDays,
  }
  switch (gap) {
    case 'stale':
      return phrase(
        'usage of {service} is of {asOf}, {days} days old (limit {limit})',
        'o uso de {service} é de {asOf}, há {days} dias (limite {limit})',
        parts,
      )
    case 'empty-report':
      return phrase('the usage report of {service} is empty', 'o relatório de uso de {service} está vazio', parts)
    case 'doubtful':
      return asOf === undefined
        ? phrase(
            'the usage report of {service} tells of nobody active, which is doubted',
            'o relatório de uso de {service} não mostra ninguém ativo, o que é duvidoso',
            parts,
          )
        : phrase(
            'the usage report of {service} of {asOf} tells of nobody active, which is doubted',
            'o relatório de uso de {service} de {asOf} não mostra ninguém ativo, o que é duvidoso',
            parts,
          )
    case 'no-date':
      return phrase('usage of {service} has no date', 'o uso de {service} não tem data', parts)
    case 'in-future':
      return phrase('usage of {service} is dated {asOf}, in the future', 'o uso de {service} tem data futura, {asOf}', parts)
    case 'no-seats':
      return service.facts.entitled === 0
        ? phrase('{service} has 0 seats', '{service} tem 0 licenças', parts)
        : phrase('the seats of {service} are not known', 'as licenças de {service} não são conhecidas', parts)
    case 'missing':
    case 'not-asked':
    case 'lower-bound':
    case 'none-defined':
    case 'undecided':
      return phrase('usage of {service} is not known', 'o uso de {service} não é conhecido', parts)
    default:
      return never(gap)
  }
}

/** What would make usable the figures that are hidden. */
function gapChanges(service: ListedService, world: World): Change[] {
  const { usage } = service.facts
  const asOf = { fact: path(service, 'asOf'), from: usage?.asOf ?? null }
  if (usage?.rows === 0) return [{ fact: path(service, 'rows'), from: 0, to: 1 }]
  if (usage?.doubt !== undefined) return [{ fact: path(service, 'doubt'), from: usage.doubt, to: null }]
  if (usage?.asOf === undefined || usage.asOf > world.today) return [{ ...asOf, to: world.today }]
  const oldest = dayOf(dayNumber(world.today) - world.thresholds.usageMaxAgeDays)
  const tooOld = dayOf(dayNumber(world.today) - world.thresholds.usageMaxAgeDays - 1)
  return [oldest, tooOld, null].filter(to => to !== undefined && to !== usage.asOf).map(to => ({ ...asOf, to: to ?? null }))
}

function forget(service: ListedService): Change[] {
  const { usage } = service.facts
  return usage?.active === undefined ? [] : [{ fact: path(service, 'active'), from: usage.active, to: null }]
}

/** The users, or the seats where those are missing, on both sides of each percent it is compared with. */
function percentChanges(service: ListedService, world: World, against: readonly Scalar[]): Change[] {
  const { usage, entitled } = service.facts
  const targets = numbersIn(against)
  const changes = [...gapChanges(service, world), ...forget(service)]
  if (entitled) {
    changes.push({ fact: `services.${service.id}.entitled`, from: entitled, to: null })
    const users = targets.map(percent => (percent * entitled) / 100)
    return [...changes, ...bothSides(path(service, 'active'), usage?.active, users)]
  }
  const active = usage?.active ?? usage?.activeAtLeast
  const seats = active === undefined ? [100] : targets.filter(percent => percent > 0).map(percent => (100 * active) / percent)
  return [...changes, ...bothSides(`services.${service.id}.entitled`, entitled, seats).filter(each => each.to !== 0)]
}

const daysAround = (service: ListedService, world: World, numbers: readonly number[]): Change[] =>
  [...numbers.flatMap(number => [dayOf(number - 1), dayOf(number), dayOf(number + 1)]), null]
    .filter(to => to !== undefined && (to === null || to <= world.today) && to !== (service.facts.usage?.asOf ?? null))
    .map(to => ({ fact: path(service, 'asOf'), from: service.facts.usage?.asOf ?? null, to: to ?? null }))
