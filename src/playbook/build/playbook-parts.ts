import type { GateDef, OverallDef, Process, ProposalDef, Thresholds, TransitionDef } from '../../model/playbook.ts'
import { DEFAULT_THRESHOLDS } from '../../model/playbook.ts'
import type { Report } from '../checks/catalogue.ts'
import { thresholdValue } from '../manifest/manifest-schema.ts'
import type { ReadManifest } from '../manifest/read-manifest.ts'
import { didYouMean } from '../nearest.ts'
import type { RuleCompiler } from './rules.ts'

/** What only a manifest can say about the playbook as a whole. */
export type PlaybookParts = {
  gates: GateDef[]
  proposals: ProposalDef[]
  transitions: TransitionDef[]
  overall: OverallDef | null
}

export const thresholdsOf = (read: ReadManifest | null): Thresholds => {
  const given = read?.manifest.thresholds ?? {}
  return {
    activeUsagePercent: thresholdValue(given.activeUsagePercent) ?? DEFAULT_THRESHOLDS.activeUsagePercent,
    usageMaxAgeDays: thresholdValue(given.usageMaxAgeDays) ?? DEFAULT_THRESHOLDS.usageMaxAgeDays,
    metricMaxAgeDays: thresholdValue(given.metricMaxAgeDays) ?? DEFAULT_THRESHOLDS.metricMaxAgeDays,
    acceleratorAfterDays: thresholdValue(given.acceleratorAfterDays) ?? DEFAULT_THRESHOLDS.acceleratorAfterDays,
  }
}

export function buildParts(
  read: ReadManifest | null,
  rules: RuleCompiler,
  processes: readonly Process[],
  services: ReadonlySet<string>,
  report: Report,
): PlaybookParts {
  if (!read) return { gates: [], proposals: [], transitions: [], overall: null }
  const { manifest, source } = read
  const gates = Object.entries(manifest.gates).flatMap(([id, gate]): GateDef[] => {
    const rule = rules.manifestRule(read, ['gates', id, 'rule'], 'done', false)
    return rule ? [{ id, name: gate.name, rule }] : []
  })
  checkCycles(read, gates, report)
  const proposals = manifest.proposals.flatMap((each, at): ProposalDef[] => {
    const perService = each.services !== undefined
    for (const [nth, service] of (Array.isArray(each.services) ? each.services : []).entries()) {
      if (services.has(service)) continue
      report(
        'manifest/unknown-reference',
        source.placeOf(['proposals', at, 'services', nth]),
        `Unexpected service "${service}"`,
        didYouMean(service, services),
      )
    }
    const when = rules.manifestRule(read, ['proposals', at, 'when'], 'when', perService)
    const decided = rules.manifestRule(read, ['proposals', at, 'decided'], 'done', perService)
    return when && decided ? [{ id: each.id, title: each.title, services: each.services ?? null, when, decided }] : []
  })
  const transitions = manifest.transitions.flatMap((each, at): TransitionDef[] => {
    mustBeProcess(each.from, read, ['transitions', at, 'from'], processes, report)
    const when = rules.manifestRule(read, ['transitions', at, 'when'], 'when', false)
    return when ? [{ from: each.from, to: each.to, name: each.name, when }] : []
  })
  return { gates, proposals, transitions, overall: overallOf(read, processes, report) }
}

function overallOf(read: ReadManifest, processes: readonly Process[], report: Report): OverallDef | null {
  const { overall } = read.manifest
  if (!overall) return null
  mustBeProcess(overall.process, read, ['overall', 'process'], processes, report)
  const tasks = processes.find(each => each.id === overall.process)?.steps.flatMap(step => step.tasks.map(task => task.id))
  if (tasks && !tasks.includes(overall.task)) {
    report(
      'manifest/unknown-reference',
      read.source.placeOf(['overall', 'task']),
      `Unexpected task "${overall.task}"`,
      didYouMean(overall.task, tasks),
    )
  }
  return overall
}

/** A process the manifest knows counts: its page may not be among those compiled this time. */
function mustBeProcess(id: string, read: ReadManifest, path: (string | number)[], processes: readonly Process[], report: Report): void {
  const known = [...processes.map(each => each.id), ...Object.keys(read.manifest.processes)]
  if (!known.includes(id))
    report('manifest/unknown-reference', read.source.placeOf(path), `Unexpected process "${id}"`, didYouMean(id, known))
}

/** A gate that leans on itself has no answer. */
function checkCycles(read: ReadManifest, gates: readonly GateDef[], report: Report): void {
  const uses = new Map(
    gates.map(gate => [gate.id, [...gate.rule.source.matchAll(/gate\(\s*["']([^"']+)["']\s*\)/g)].map(match => match[1] ?? '')]),
  )
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    (uses.get(from) ?? []).some(next => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))))
  for (const gate of gates) {
    if (reaches(gate.id, gate.id, new Set()))
      report('manifest/gate-cycle', read.source.placeOf(['gates', gate.id, 'rule']), `Unexpected circle: gate "${gate.id}" leans on itself`)
  }
}
