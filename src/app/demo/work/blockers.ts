import { createHash } from 'node:crypto'
import type { BlockerFigure } from '../../../model/blocker-api.ts'
import type { Day } from '../../../model/words.ts'
import { listText } from '../../../store/bulk.ts'
import { shareOf } from '../../plans/cells.ts'
import { dayNumber, dayOf, daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import { DEMO_MANAGERS, teamOf } from '../people.ts'
import type { DemoRows } from '../rows.ts'
import { SOURCE } from '../usage-rows.ts'

type Kind = Readonly<{
  title: string
  reason: string
  seats: number | null
  dueIn: number | null
  state: 'open' | 'escalated' | 'resolved'
}>

/** What occurs: due soon, late and escalated, without a next step, and resolved. */
const KINDS: readonly Kind[] = [
  { title: 'Sign-in is not federated yet', reason: 'identity', seats: 240, dueIn: 4, state: 'open' },
  { title: 'Files still live on the old server', reason: 'migration', seats: 600, dueIn: -9, state: 'escalated' },
  { title: 'Nobody was trained', reason: 'training', seats: null, dueIn: null, state: 'open' },
  { title: 'Security review was open', reason: 'security-review', seats: 120, dueIn: null, state: 'resolved' },
]
/** Of so many customers one has a blocker. */
const ONE_OF = 4
const OPENED_AGO = 30
const RESOLVED_AGO = 12

/** A blocker for every fourth customer, each kind in turn. */
export function addBlockers(rows: DemoRows, customer: DemoCustomer, today: Day): void {
  const { sheet, manager } = customer
  const { id } = sheet.customer
  const [service] = Object.entries(sheet.services).find(([, each]) => each.intended && each.activatedOn) ?? []
  const hash = createHash('sha256').update(`blocker ${id}`).digest()
  const number = hash.readUInt32BE(0)
  const kind = KINDS[Math.floor(number / ONE_OF) % KINDS.length]
  if (number % ONE_OF !== 0 || service === undefined || !kind) return
  const at = (ago: number) => `${daysBefore(today, ago)}T09:00:00.000Z`
  // Whoever shares the team stands for its lead.
  const colleague = DEMO_MANAGERS.find(each => each !== manager && teamOf(each) === teamOf(manager))
  const isResolved = kind.state === 'resolved'
  rows.blocker.push({
    customer_id: id,
    id: `${hash.toString('hex', 0, 4)}-${hash.toString('hex', 4, 6)}-4${hash.toString('hex', 6, 8).slice(1)}-8${hash.toString('hex', 8, 10).slice(1)}-${hash.toString('hex', 10, 16)}`,
    title: kind.title,
    services: listText([service]),
    items: listText([]),
    reason: kind.reason,
    reason_version: 0,
    seats: kind.seats,
    owner_id: kind.dueIn === null && !isResolved ? null : manager.id,
    next_action: kind.dueIn === null ? null : 'Call whoever runs it and agree a date',
    next_action_on: kind.dueIn === null ? null : dayOf(dayNumber(today) + kind.dueIn),
    opened_by: manager.id,
    opened_at: at(OPENED_AGO),
    usage_opened: figuresOn(customer, service, daysBefore(today, OPENED_AGO)),
    reminded_on: kind.state === 'escalated' ? daysBefore(today, 9) : null,
    escalated_at: kind.state === 'escalated' ? at(4) : null,
    escalated_to: kind.state === 'escalated' ? (colleague?.id ?? null) : null,
    resolved_by: isResolved ? manager.id : null,
    resolved_at: isResolved ? at(RESOLVED_AGO) : null,
    resolution: isResolved ? 'The review was closed without findings' : null,
    usage_resolved: isResolved ? figuresOn(customer, service, daysBefore(today, RESOLVED_AGO)) : null,
    version: 1,
  })
}

/** What the reports told of a service on a day, as a blocker keeps it; nothing where a tenant had told nothing by then. */
function figuresOn(customer: DemoCustomer, service: string, day: Day): string {
  const figure = figureOn(customer, service, day)
  return JSON.stringify(figure ? [figure] : [])
}

/** Active usage in percent as the reports until a day had it. */
export const shareOn = (customer: DemoCustomer, service: string, day: Day): number | null =>
  figureOn(customer, service, day)?.percent ?? null

function figureOn({ tenants }: DemoCustomer, service: string, day: Day): BlockerFigure | undefined {
  const feeds = tenants.flatMap(each => each.feeds.filter(feed => feed.service === service))
  const points = feeds.flatMap(each => each.points.findLast(point => point.day <= day) ?? [])
  if (points.length === 0 || points.length < feeds.length) return undefined
  const sum = (of: readonly (number | null)[]) => of.reduce((all, each) => (all === null || each === null ? null : all + each), 0)
  const active = points.reduce((all, each) => all + each.active, 0)
  const seats = { chosen: null, entitled: sum(feeds.map(each => each.entitled)), assigned: sum(points.map(each => each.assigned)) }
  const asOf = points.map(each => each.day).sort()[0] ?? null
  return { service, ...shareOf(active, seats), active, asOf, sources: [SOURCE], quality: 'fresh' }
}
