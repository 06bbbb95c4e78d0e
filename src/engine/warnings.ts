import type { PlanWarning, WarningCode } from '../model/plan.ts'
import { DEFAULT_THRESHOLDS } from '../model/playbook.ts'
import type { Text } from '../model/words.ts'
import { because, type Detail, type Reason, truth } from './because.ts'
import { outcomeTooEarly, overallEvidence } from './overall.ts'
import { phrase } from './phrases.ts'
import { isNewCycle, rulesOf, type Standing, takenTo } from './processes.ts'
import { itemsOf } from './statuses.ts'
import type { ListedService } from './value.ts'
import { SERVICE } from './words/service.ts'
import { gapOf, metricFact, metricSay } from './words/success-plan.ts'
import { gapSay, USAGE } from './words/usage.ts'
import { used } from './words/word.ts'
import { nameOf, usageGap, type World } from './world.ts'

type Raised = Readonly<{ code: WarningCode; service: ListedService | null; reason: Reason }>

/** What a person should look into although nothing is due for it. Services in the playbook's order, then the customer as a whole. */
export function warningsOf(world: World, detail: Detail, standings: readonly Standing[]): PlanWarning[] {
  const raised = [
    ...world.services.filter(each => each.facts.intended).flatMap(service => aboutService(world, service)),
    ...aboutMetrics(world),
    ...aboutThresholds(world),
    ...standings.flatMap(standing => aboutStanding(world, standing)),
    ...aboutTransitions(world, standings),
    ...aboutOutcome(world),
    ...aboutNames(world),
  ]
  return raised.map(({ code, service, reason }) => ({ code, service: service?.id ?? null, because: because(world, detail, reason) }))
}

function aboutService(world: World, service: ListedService): Raised[] {
  const raised: Raised[] = []
  const { usage, entitled, owner, threshold } = service.facts
  const name = { service: nameOf(service) }
  const raise = (code: WarningCode, head: Text, facts: Reason['facts'] = []) => raised.push({ code, service, reason: { head, facts } })
  if (owner === null && SERVICE.activated?.read(service, world) === true) {
    const head = phrase(
      '{service} is active and nobody owns its adoption',
      '{service} está ativo e ninguém é responsável pela adoção',
      name,
    )
    raise('service-without-owner', head, [used(world, 'service.owner', `services.${service.id}.owner`, null, { why: null })])
  }
  const gap = usageGap(world, service.facts)
  const evidence = USAGE.percent?.evidence(service, world)
  if (gap === null && entitled && (usage?.active ?? usage?.activeAtLeast ?? 0) > entitled) {
    raise('usage-over-100-percent', evidence?.says[0] ?? name.service, evidence?.facts)
  }
  if (gap === 'stale') raise('usage-stale', gapSay(service, world, gap), evidence?.facts)
  if (gap === 'empty-report') raise('usage-empty-report', gapSay(service, world, gap), evidence?.facts)
  if (gap === 'doubtful') raise('usage-doubtful', gapSay(service, world, gap), evidence?.facts)
  if (usage?.asOf !== undefined && usage.asOf > world.today) {
    raise('usage-date-in-future', gapSay(service, world, 'in-future'), evidence?.facts)
  }
  if (threshold !== undefined && threshold < DEFAULT_THRESHOLDS.activeUsagePercent) {
    const head = phrase('the target of {service} is only {threshold} %', 'a meta de {service} é de apenas {threshold} %', {
      ...name,
      threshold,
    })
    raise('low-threshold', head, [used(world, 'service.threshold', `services.${service.id}.threshold`, threshold)])
  }
  return raised
}

/** A reading of tomorrow counts for nothing, and is most likely a slip of the pen. */
function aboutMetrics(world: World): Raised[] {
  return world.facts.metrics
    .filter(metric => gapOf(metric, world) === 'in-future')
    .map(metric => ({
      code: 'metric-date-in-future',
      service: null,
      reason: { head: metricSay(metric, world), facts: [metricFact(metric, world)] },
    }))
}

function aboutThresholds(world: World): Raised[] {
  const threshold = world.thresholds.activeUsagePercent
  if (threshold >= DEFAULT_THRESHOLDS.activeUsagePercent) return []
  const isOwn = world.facts.thresholds.activeUsagePercent !== undefined
  const head = phrase('the target of active usage is only {threshold} %', 'a meta de uso ativo é de apenas {threshold} %', { threshold })
  const fact = used(world, 'thresholds.activeUsagePercent', isOwn ? 'thresholds.activeUsagePercent' : null, threshold)
  return [{ code: 'low-threshold', service: null, reason: { head, facts: [fact] } }]
}

/** A process that work keeps open although its rules would not open it today. */
function aboutStanding(world: World, { process, state, by, opens }: Standing): Raised[] {
  if (state !== 'open' || by !== 'work') return []
  const name = { name: process.title }
  const head =
    opens === 'no'
      ? phrase('“{name}” stays open, but would not open today', '“{name}” continua aberto, mas hoje não abriria', name)
      : phrase('“{name}” stays open, but nobody can tell whether it should', '“{name}” continua aberto, mas não se sabe se deveria', name)
  const rules = rulesOf(process, 'opens').filter(rule => truth(world, rule, null) === opens)
  return [{ code: 'gate-no-longer-met', service: null, reason: { head, rules } }]
}

/** Given with a reason = taken against the gate, told for ever. Given without one, the gate held then; told while it does not. */
function aboutTransitions(world: World, standings: readonly Standing[]): Raised[] {
  return world.playbook.transitions.flatMap((definition): Raised[] => {
    const taken = takenTo(world, definition.to)
    if (!taken) return []
    const parts = { name: definition.name, by: taken.by ?? '', reason: taken.reason ?? '' }
    const fact = used(world, 'transition', `transitions.${definition.to}`, true, { asOf: taken.on })
    if (taken.reason !== undefined) {
      const head = phrase(
        '“{name}” was taken against its condition ({reason})',
        '“{name}” foi feito contra a sua condição ({reason})',
        parts,
      )
      return [{ code: 'forced-transition', service: null, reason: { head, facts: [fact], place: definition.when } }]
    }
    // Taken at the end of the cycle before: its condition was that one's.
    if (isNewCycle(world.playbook, definition.to)) return []
    const isOver = standings.some(each => each.process.id === definition.to && each.state === 'finished')
    const holds = truth(world, definition.when, null)
    if (isOver || holds === 'yes') return []
    const head =
      holds === 'no'
        ? phrase('“{name}” was taken, and its condition no longer holds', '“{name}” foi feito, e a sua condição já não vale', parts)
        : phrase(
            '“{name}” was taken, and its condition can no longer be told',
            '“{name}” foi feito, e já não se sabe se a sua condição vale',
            parts,
          )
    return [{ code: 'gate-no-longer-met', service: null, reason: { head, facts: [fact], rules: [definition.when] } }]
  })
}

function aboutOutcome(world: World): Raised[] {
  if (!outcomeTooEarly(world)) return []
  const head = phrase('An outcome is recorded too early', 'Um resultado foi registrado cedo demais')
  return [{ code: 'outcome-too-early', service: null, reason: { head, ...overallEvidence(world) } }]
}

/** Names in the facts that the playbook does not have: nothing would come of them, and nobody would notice. */
function aboutNames(world: World): Raised[] {
  const { history, book, playbook } = world
  const raised: Raised[] = []
  const raise = (english: string, portuguese: string, name: string, service: ListedService | null = null) =>
    raised.push({ code: 'unknown-name', service, reason: { head: phrase(english, portuguese, { name }) } })
  for (const service of world.services) {
    if (!service.def) raise('the playbook knows no service “{name}”', 'o playbook não conhece o serviço “{name}”', service.id, service)
  }
  for (const mark of history.tasks) {
    const work = book.byTask.get(mark.id)
    if (!work) raise('the playbook has no task {name}', 'o playbook não tem a tarefa {name}', mark.id)
    else if (mark.service !== null && !work.some(each => itemsOf(world, each).some(item => item.service?.id === mark.service))) {
      raise('task {name} is not done for this customer', 'a tarefa {name} não existe para este cliente', `${mark.id} (${mark.service})`)
    }
  }
  for (const mark of history.steps) {
    if (!book.byId.has(mark.step))
      raise('the playbook has no step “{name}” with a status', 'o playbook não tem a etapa “{name}” com status', mark.step)
  }
  for (const taken of history.transitions) {
    if (!playbook.transitions.some(each => each.to === taken.to))
      raise('the playbook has no way to “{name}”', 'o playbook não tem caminho para “{name}”', taken.to)
  }
  const checks = new Set(playbook.processes.flatMap(each => each.checks.map(check => check.id)))
  for (const word of history.checks) {
    if (!checks.has(word.id)) raise('the playbook has no checklist line “{name}”', 'o playbook não tem a linha “{name}”', word.id)
  }
  return raised
}
