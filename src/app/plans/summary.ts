import type { Facts } from '../../model/facts.ts'
import type { Plan } from '../../model/plan.ts'
import type { Playbook } from '../../model/playbook.ts'
import type { Text } from '../../model/words.ts'
import type { Known } from '../../store/known.ts'
import type { PlanSummary } from '../../store/plans.ts'
import type { SavedCell } from '../../store/tables.ts'
import { cellsOf } from './cells.ts'

/** Which gate the portfolio shows as the way to the success review. */
const REVIEW_GATE = 'review'

/** What the portfolio shows and sorts of a plan. */
export function summarise(plan: Plan, known: Known, facts: Facts, playbook: Playbook): PlanSummary {
  const items = plan.processes.flatMap(process => process.steps.flatMap(step => step.items))
  const due = items.filter(item => item.state === 'due')
  const dates = due.flatMap(item => item.due ?? []).sort()
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
  const seats = Object.values(facts.services).flatMap(service => service.entitled ?? [])
  return {
    ...counts,
    ...priorityOf(plan, counts, intended, dates.filter(date => date < plan.date).length),
    seats: seats.length > 0 ? Math.max(...seats) : null,
    csm: facts.csm?.assigned === true ? (facts.csm.name ?? null) : null,
    services: cells,
    percents: Object.fromEntries(cells.flatMap(cell => (cell.percent === null ? [] : [[cell.service, cell.percent]]))),
    is_stale: intended.some(cell => cell.quality === 'stale'),
    is_empty: intended.some(cell => cell.quality === 'empty'),
  }
}

type Counts = Pick<PlanSummary, 'due_count' | 'warning_count' | 'proposal_count' | 'overall'>

/**
 * What makes a customer urgent, first match: each kind has a band of its own and more of it ranks higher within the band. The order is
 * ours: what can be finished today, what is late, what a person must decide, where use lags, what there is to do, what we cannot tell.
 */
function priorityOf(plan: Plan, counts: Counts, intended: readonly SavedCell[], late: number): { priority: number; priority_reason: Text } {
  const reviewOpen = plan.transitions.some(each => each.to === 'conduct-success-review' && each.state === 'available' && !each.taken)
  const below = intended.filter(cell => cell.activated === true && cell.quality === 'fresh' && (cell.percent ?? cell.target) < cell.target)
  const blind = intended.filter(cell => cell.activated === true && cell.quality !== 'fresh')
  if (counts.overall === 'completable') return band(900, 0, 'Everything for closing is there', 'Tudo pronto para concluir')
  if (reviewOpen) return band(800, counts.due_count, 'Ready for the success review', 'Pronto para a revisão de sucesso')
  if (late > 0) return band(700, late, plural(late, 'task is late', 'tasks are late'), plural(late, 'tarefa atrasada', 'tarefas atrasadas'))
  if (counts.proposal_count > 0) {
    const n = counts.proposal_count
    return band(600, n, plural(n, 'decision is waiting', 'decisions are waiting'), plural(n, 'decisão pendente', 'decisões pendentes'))
  }
  if (below.length > 0) {
    const n = below.length
    return band(
      500,
      n,
      plural(n, 'service is below target', 'services are below target'),
      plural(n, 'serviço abaixo da meta', 'serviços abaixo da meta'),
    )
  }
  if (counts.due_count > 0) {
    const n = counts.due_count
    return band(400, n, plural(n, 'task is due', 'tasks are due'), plural(n, 'tarefa a fazer', 'tarefas a fazer'))
  }
  if (blind.length > 0) {
    const n = blind.length
    return band(
      300,
      n,
      plural(n, 'service without current figures', 'services without current figures'),
      plural(n, 'serviço sem dados atuais', 'serviços sem dados atuais'),
    )
  }
  if (counts.warning_count > 0) {
    const n = counts.warning_count
    return band(200, n, plural(n, 'warning', 'warnings'), plural(n, 'aviso', 'avisos'))
  }
  return band(0, 0, 'Nothing is waiting', 'Nada pendente')
}

const band = (base: number, count: number, en: string, pt: string) => ({
  priority: base + Math.min(count, 99),
  priority_reason: { en, 'pt-BR': pt },
})

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
