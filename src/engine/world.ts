import type { Expression } from '../model/expression.ts'
import { type Facts, type History, type Provenance, type ServiceFacts, thresholdsFor } from '../model/facts.ts'
import type { Playbook, Thresholds } from '../model/playbook.ts'
import type { Day, Text } from '../model/words.ts'
import { daysAfter } from './day-numbers.ts'
import { type BookIndex, indexOf } from './index-playbook.ts'
import type { Leaf, Trace } from './prove.ts'
import type { ListedService, Value } from './value.ts'

/** One customer on one day as rules see it, with what has already been worked out for it. */
export type World = {
  readonly book: BookIndex
  readonly playbook: Playbook
  readonly facts: Facts
  readonly history: History
  readonly today: Day
  readonly thresholds: Thresholds
  /** Every listed service, in the playbook's order, ids the playbook does not know last. */
  readonly services: readonly ListedService[]
  /** Those the customer means to use and usage belongs to. */
  readonly intended: readonly ListedService[]
  /** Usage older than this day is stale. */
  readonly usageFrom: string
  /** Answers of gates; one that is there but unknown also stops a rule that leads back to itself. */
  readonly answers: Map<string, Value>
  /** What reasons need beyond that. A portfolio asks only for gates, and does without. */
  notes: Notes | null
}

type Notes = Readonly<{
  /** Whether a task is done, by task and service. */
  tasks: Map<string, Value>
  /** Proofs already written: the review's gate alone is quoted by a dozen reasons of a plan. */
  traces: Map<Expression, Map<ListedService | null, Trace>>
  /** What each word said of each subject, so that a fact quoted twice is one and the same. */
  leaves: Map<object, Map<unknown, Leaf>>
  /** Gates whose proof is being written, so that one which leads back to itself comes to an end. */
  proving: Set<string>
}>

export function notesOf(world: World): Notes {
  world.notes ??= { tasks: new Map(), traces: new Map(), leaves: new Map(), proving: new Set() }
  return world.notes
}

export function worldOf(playbook: Playbook, facts: Facts, history: History, today: Day): World {
  const book = indexOf(playbook)
  const services = listedServices(book, facts)
  const thresholds = thresholdsFor(playbook.playbook.thresholds, facts.thresholds)
  return {
    book,
    playbook,
    facts,
    history,
    today,
    thresholds,
    services,
    intended: services.filter(each => each.facts.intended && each.def?.countsUsage !== false),
    usageFrom: daysAfter(today, -thresholds.usageMaxAgeDays) ?? '',
    answers: new Map(),
    notes: null,
  }
}

function listedServices(book: BookIndex, facts: Facts): ListedService[] {
  const listed: ListedService[] = []
  let isSorted = true
  let last = -1
  for (const id of Object.keys(facts.services)) {
    const known = book.services.get(id)
    const place = known?.place ?? book.services.size
    isSorted &&= place > last
    last = place
    const service = facts.services[id]
    if (service) listed.push({ id, facts: service, def: known?.def ?? null, place })
  }
  // The order of keys in a file means nothing, so it must not reach the plan.
  return isSorted ? listed : listed.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
}

/** The target in force for a service: its own, the customer's, the playbook's. */
export const thresholdOf = (world: World, service: ListedService): number => service.facts.threshold ?? world.thresholds.activeUsagePercent

/** Why usage figures cannot be used; null when they can. Staleness never hides the date itself. */
export function usageGap(
  world: World,
  service: ServiceFacts,
): 'missing' | 'empty-report' | 'doubtful' | 'no-date' | 'in-future' | 'stale' | null {
  const usage = service.usage
  if (!usage) return 'missing'
  if (usage.rows === 0) return 'empty-report'
  if (usage.doubt !== undefined) return 'doubtful'
  if (usage.active === undefined && usage.activeAtLeast === undefined) return 'missing'
  if (usage.asOf === undefined) return 'no-date'
  if (usage.asOf > world.today) return 'in-future'
  return usage.asOf < world.usageFrom ? 'stale' : null
}

/** Where the value at a path of the facts file comes from: the longest path that covers it; the empty path covers all. */
export function provenanceOf(facts: Facts, path: string): Provenance | null {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const found = facts.sources[path.slice(0, end)]
    if (found) return found
  }
  return facts.sources[''] ?? null
}

export const nameOf = (service: ListedService): Text => service.def?.name ?? { en: service.id, 'pt-BR': service.id }
