import type { Facts } from '../../model/facts.ts'
import type { Plan } from '../../model/plan.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { SavedSignal } from '../../model/portfolio-api.ts'
import type { Known } from '../../store/known.ts'
import type { PlanSummary } from '../../store/plans.ts'
import type { SavedCell } from '../../store/tables.ts'
import { cellsOf } from './cells.ts'
import { priorityOf } from './priority.ts'

/** The gate that the success review waits for (R1). */
export const REVIEW_GATE = 'review'

/** What the portfolio shows and sorts of a plan. */
export function summarise(plan: Plan, known: Known, facts: Facts, playbook: Playbook, news: readonly SavedSignal[]): PlanSummary {
  const items = plan.processes.flatMap(process => process.steps.flatMap(step => step.items))
  const due = items.filter(item => item.state === 'due')
  // A person's day counts instead of the playbook's.
  const dates = due.flatMap(item => known.dueSet[item.id] ?? item.due ?? []).sort()
  const cells = cellsOf(known, facts, playbook, plan.date)
  const counts = {
    due_count: due.length,
    unknown_count: items.filter(item => item.state === 'unknown').length,
    warning_count: plan.warnings.length,
    proposal_count: plan.proposals.filter(proposal => proposal.state === 'open').length,
    next_due: dates[0] ?? null,
    review: plan.gates.find(gate => gate.id === REVIEW_GATE)?.state ?? 'unknown',
    overall: plan.overall.state,
  }
  const intended = cells.filter(cell => cell.intended)
  const entitled = Object.values(facts.services).flatMap(service => service.entitled ?? [])
  const seats = entitled.length > 0 ? Math.max(...entitled) : null
  const late = dates.filter(date => date < plan.date)
  const fresh = new Set(cells.filter(cell => cell.quality === 'fresh').map(cell => cell.service))
  // A figure that is old or doubted is no news; that it is so may be.
  const signals = [...news.filter(each => fresh.has(each.service)), ...intended.flatMap(brokenFeed)]
  return {
    ...counts,
    ...priorityOf({ plan, counts, intended, late, seats, signals }),
    phase: phaseOf(plan, playbook),
    late_count: late.length,
    oldest_figure: intended.flatMap(cell => cell.asOf ?? []).sort()[0] ?? null,
    signals,
    seats,
    csm: facts.csm?.assigned === true ? (facts.csm.name ?? null) : null,
    services: cells,
    percents: Object.fromEntries(cells.flatMap(cell => (cell.percent === null ? [] : [[cell.service, cell.percent]]))),
    is_stale: intended.some(cell => cell.quality === 'stale'),
    is_empty: intended.some(cell => cell.quality === 'empty'),
  }
}

/** Figures came, and now they are old, say nothing or are doubted. */
const brokenFeed = ({ service, activated, quality }: SavedCell): SavedSignal[] =>
  activated === true && (quality === 'stale' || quality === 'empty' || quality === 'suspect') ? [{ service, kind: 'feed-broken' }] : []

/** The latest phase, in the order of the playbook, in which a process is open; else the latest of a finished one. */
function phaseOf(plan: Plan, playbook: Playbook): string | null {
  const phases = (state: 'open' | 'finished') => {
    const open = new Set(plan.processes.filter(process => process.state === state).map(process => process.id))
    const named = new Set(playbook.processes.filter(process => open.has(process.id)).map(process => process.phase))
    return playbook.phases.findLast(phase => named.has(phase.id))?.id
  }
  return phases('open') ?? phases('finished') ?? null
}
