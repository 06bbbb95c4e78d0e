import type { Plan } from '../../model/plan.ts'
import { PRIORITY_PARTS, type PriorityPart, type PriorityPartId, type SavedSignal } from '../../model/portfolio-api.ts'
import type { Day, Text } from '../../model/words.ts'
import type { PlanSummary } from '../../store/plans.ts'
import type { SavedCell } from '../../store/tables.ts'

export type Urgency = Readonly<{
  plan: Plan
  counts: Pick<PlanSummary, 'due_count' | 'proposal_count' | 'overall'>
  /** Of the services the customer means to use. */
  intended: readonly SavedCell[]
  /** Days of the items that should have been done, the oldest first. */
  late: readonly Day[]
  seats: number | null
  signals: readonly SavedSignal[]
}>

/** Points of a part before it is cut to its most. The numbers are ours (docs/portfolio.md); they order, they measure nothing. */
const PER = {
  lateItem: 60,
  dayLate: 3,
  drop: 90,
  feedBroken: 50,
  seatsAdded: 30,
  gain: 10,
  proposal: 20,
  dueItem: 5,
  /** A hundred thousand seats have all the points, ten have a fifth. */
  seatDecade: 20,
} as const
/** Of the gate's points for one that is not met: being ready comes before being far away. */
const FAR_MOST = 200

/**
 * How urgent a customer is, 0 to 999, and of what that is made. Each part says its own reason; the one with the most points is the clause
 * a list shows.
 */
export function priorityOf(urgency: Urgency): Pick<PlanSummary, 'priority' | 'priority_reason' | 'priority_parts'> {
  const parts = [lateness(urgency), gate(urgency), signalled(urgency), size(urgency), waiting(urgency)]
  // Seats make nobody urgent by themselves: they are no reason to show beside another one.
  const told = parts.filter(part => part.id !== 'seats').reduce((most, part) => (part.points > most.points ? part : most))
  return {
    priority: parts.reduce((sum, part) => sum + part.points, 0),
    priority_reason: told.points > 0 ? told.why : NOTHING,
    priority_parts: parts,
  }
}

const NOTHING: Text = { en: 'Nothing is waiting', 'pt-BR': 'Nada pendente' }

const part = (id: PriorityPartId, points: number, en: string, pt: string): PriorityPart => ({
  id,
  points: Math.min(PRIORITY_PARTS[id], Math.round(points)),
  why: { en, 'pt-BR': pt },
})

function lateness({ late, plan }: Urgency): PriorityPart {
  const [oldest] = late
  if (!oldest) return part('lateness', 0, 'No task is late', 'Nenhuma tarefa atrasada')
  const days = Math.round((Date.parse(plan.date) - Date.parse(oldest)) / 86_400_000)
  const en = `${plural(late.length, 'task is late', 'tasks are late')}, since ${plural(days, 'day', 'days')}`
  const pt = `${plural(late.length, 'tarefa atrasada', 'tarefas atrasadas')}, há ${plural(days, 'dia', 'dias')}`
  return part('lateness', PER.lateItem * late.length + PER.dayLate * days, en, pt)
}

function gate({ plan, counts, intended }: Urgency): PriorityPart {
  const reviewOpen = plan.transitions.some(each => each.to === 'conduct-success-review' && each.state === 'available' && !each.taken)
  const most = PRIORITY_PARTS.gate
  if (counts.overall === 'completable') return part('gate', most, 'Everything for closing is there', 'Tudo pronto para concluir')
  if (reviewOpen) return part('gate', most, 'Ready for the success review', 'Pronto para a revisão de sucesso')
  const measured = intended.filter(cell => cell.activated === true && cell.quality === 'fresh' && cell.percent !== null)
  if (measured.length === 0) return part('gate', 0, 'No current figures to tell the distance', 'Sem dados atuais para medir a distância')
  const below = measured.filter(cell => shortOf(cell) > 0)
  if (below.length === 0) return part('gate', 0, 'No service is below its target', 'Nenhum serviço abaixo da meta')
  const distance = below.reduce((sum, cell) => sum + shortOf(cell), 0) / measured.length
  const en = plural(below.length, 'service is below target', 'services are below target')
  return part('gate', FAR_MOST * distance, en, plural(below.length, 'serviço abaixo da meta', 'serviços abaixo da meta'))
}

/** How much of the way to its target a service still has to go, 0 to 1. */
const shortOf = ({ percent, target }: SavedCell): number => (target > 0 ? Math.max(0, (target - (percent ?? 0)) / target) : 0)

const SIGNAL_WORDS: Readonly<Record<SavedSignal['kind'], readonly [number, string, string, string, string]>> = {
  drop: [PER.drop, 'service loses users', 'services lose users', 'serviço perde usuários', 'serviços perdem usuários'],
  'feed-broken': [
    PER.feedBroken,
    'service without current figures',
    'services without current figures',
    'serviço sem dados atuais',
    'serviços sem dados atuais',
  ],
  'seats-added': [PER.seatsAdded, 'service got seats', 'services got seats', 'serviço com novas licenças', 'serviços com novas licenças'],
  gain: [PER.gain, 'service gains users', 'services gain users', 'serviço ganha usuários', 'serviços ganham usuários'],
}

function signalled({ signals }: Urgency): PriorityPart {
  const kinds = (['drop', 'feed-broken', 'seats-added', 'gain'] as const)
    .map(kind => ({ words: SIGNAL_WORDS[kind], count: signals.filter(each => each.kind === kind).length }))
    .filter(({ count }) => count > 0)
  if (kinds.length === 0) return part('signals', 0, 'Nothing new in the figures', 'Nada de novo nos dados')
  const points = kinds.reduce((sum, { words, count }) => sum + words[0] * count, 0)
  const en = kinds.map(({ words, count }) => plural(count, words[1], words[2])).join(', ')
  return part('signals', points, en, kinds.map(({ words, count }) => plural(count, words[3], words[4])).join(', '))
}

function size({ seats }: Urgency): PriorityPart {
  if (seats === null) return part('seats', 0, 'Seats are not known', 'Licenças desconhecidas')
  const points = seats > 0 ? PER.seatDecade * Math.log10(seats) : 0
  return part('seats', points, plural(seats, 'seat', 'seats'), plural(seats, 'licença', 'licenças'))
}

function waiting({ counts }: Urgency): PriorityPart {
  const { proposal_count: proposals, due_count: due } = counts
  const said: (readonly [string, string])[] = []
  if (proposals > 0)
    said.push([
      plural(proposals, 'decision is waiting', 'decisions are waiting'),
      plural(proposals, 'decisão pendente', 'decisões pendentes'),
    ])
  if (due > 0) said.push([plural(due, 'task is due', 'tasks are due'), plural(due, 'tarefa a fazer', 'tarefas a fazer')])
  if (said.length === 0) return part('waiting', 0, 'Nothing is waiting', 'Nada pendente')
  return part(
    'waiting',
    PER.proposal * proposals + PER.dueItem * due,
    said.map(each => each[0]).join(', '),
    said.map(each => each[1]).join(', '),
  )
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
