import type { Plan } from '../../model/plan.ts'
import type { Known } from '../../store/known.ts'
import { type Context, todayOf } from '../context.ts'
import { factsOf } from '../customers/sheet.ts'
import { cellsOf } from '../plans/cells.ts'

/** What an import changed, for the services of one file: their percents, and the gates. */
export function difference(context: Context, before: { plan: Plan; known: Known }, after: { plan: Plan; known: Known }) {
  const cells = ({ known }: { known: Known }) =>
    new Map(cellsOf(known, factsOf(known).facts, context.playbook, todayOf(context)).map(cell => [cell.service, cell]))
  const [was, is] = [cells(before), cells(after)]
  const gates = after.plan.gates.map(gate => ({
    id: gate.id,
    before: before.plan.gates.find(each => each.id === gate.id)?.state ?? ('unknown' as const),
    after: gate.state,
  }))
  const sumOf = (service: string, of: 'active' | 'assigned') => {
    const rows = after.known.usage.filter(row => row.service === service).map(row => row[of])
    return rows.length === 0 || rows.includes(null) ? null : rows.reduce<number>((sum, each) => sum + (each ?? 0), 0)
  }
  return (services: readonly string[]) => ({
    gates,
    services: services.map(service => ({
      service,
      before: was.get(service)?.percent ?? null,
      after: is.get(service)?.percent ?? null,
      active: sumOf(service, 'active'),
      assigned: sumOf(service, 'assigned'),
      asOf: is.get(service)?.asOf ?? null,
    })),
  })
}
