import type { Plan } from '../../model/plan.ts'
import type { Known } from '../../store/known.ts'
import { type Context, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { cellsOf, figureOf } from '../plans/cells.ts'

/** What an import changed, for the services of one file: their percents, and the gates. */
export function difference(context: Context, before: { plan: Plan; known: Known }, after: { plan: Plan; known: Known }) {
  const cells = ({ known }: { known: Known }) =>
    new Map(cellsOf(known, factsOf(known, todayOf(context)).facts, context.playbook, todayOf(context)).map(cell => [cell.service, cell]))
  const [was, is] = [cells(before), cells(after)]
  const gates = after.plan.gates.map(gate => ({
    id: gate.id,
    before: before.plan.gates.find(each => each.id === gate.id)?.state ?? ('unknown' as const),
    after: gate.state,
  }))
  return (services: readonly string[]) => ({
    gates,
    services: services.map(service => ({
      service,
      before: was.get(service)?.percent ?? null,
      after: is.get(service)?.percent ?? null,
      active: figureOf(after.known, service).active,
      assigned: figureOf(after.known, service).assigned,
      asOf: is.get(service)?.asOf ?? null,
    })),
  })
}
