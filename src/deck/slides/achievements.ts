import type { Block } from '../../model/deck.ts'
import type { Day } from '../../model/words.ts'
import { oneLine } from '../clean.ts'
import type { MetricFigure } from '../metric-figures.ts'
import type { Teller } from '../teller.ts'
import { oldest, type UsageFigure } from '../usage-figures.ts'
import { bullets, words as say } from './blocks.ts'

/** Gates that are met with their reasons, how many services and metrics reached their targets, what was agreed, and milestones. */
export function achievementBlocks(teller: Teller, usage: readonly UsageFigure[], metrics: readonly MetricFigure[]): readonly Block[] {
  const items = [...gates(teller), ...services(teller, usage), ...ownMetrics(teller, metrics), ...agreed(teller), ...milestones(teller)]
  return items.length === 0 ? [say(teller.words('achievements.nothing'))] : bullets(items)
}

function gates({ input, words, say: told, reason }: Teller): readonly string[] {
  const names = new Map(input.playbook.gates.map(each => [each.id, each.name]))
  return input.plan.gates
    .filter(each => each.state === 'met')
    .map(each => words('achievements.gate', { name: told(names.get(each.id) ?? { en: each.id }), why: reason([each.because.text]) }))
}

function services(teller: Teller, usage: readonly UsageFigure[]): readonly string[] {
  const isUnknown = usage.filter(each => each.isReached === 'unknown').length
  const reached = usage.filter(each => each.isReached === 'yes')
  return counted(
    teller,
    'services',
    reached.map(each => each.asOf),
    usage.length,
    isUnknown,
  )
}

function ownMetrics(teller: Teller, metrics: readonly MetricFigure[]): readonly string[] {
  const isUnknown = metrics.filter(each => each.isMet === 'unknown').length
  const met = metrics.filter(each => each.isMet === 'yes')
  return counted(
    teller,
    'metrics',
    met.map(each => each.asOf),
    metrics.length,
    isUnknown,
  )
}

/** A line `… 3 of 4`, and one that says of how many nothing can be said; none where there is nothing to count. */
function counted(
  { words, formats, figure }: Teller,
  of: 'services' | 'metrics',
  reached: readonly (Day | null)[],
  all: number,
  unknown: number,
): readonly string[] {
  if (all === 0) return []
  const [what, value] = [words(`achievements.${of}`), words('ofAll', { met: formats.count(reached.length), all: formats.count(all) })]
  figure({ what, value, source: words('sources.computed'), asOf: oldest(reached) })
  return [
    `${what}: ${value}`,
    ...(unknown === 0
      ? []
      : [words(of === 'services' ? 'achievements.servicesUnknown' : 'achievements.metricsUnknown', { count: formats.count(unknown) })]),
  ]
}

function agreed({ input, words, serviceName }: Teller): readonly string[] {
  const { programs, accelerators } = input.history
  return [
    ...(programs['onedrive-adoption'] === 'agreed' ? [words('achievements.program')] : []),
    ...Object.keys(accelerators)
      .filter(id => accelerators[id] === 'accepted')
      .sort()
      .map(id => words('achievements.accelerator', { service: serviceName(id) })),
  ]
}

function milestones({ input, words, formats, serviceName }: Teller): readonly string[] {
  return (input.extras.milestones ?? []).map(({ what, service, on }) => {
    const day = on === null ? words('notRecorded') : formats.day(on)
    return service === null
      ? words('achievements.milestoneOfAll', { what: oneLine(what), day })
      : words('achievements.milestone', { what: oneLine(what), service: serviceName(service), day })
  })
}
