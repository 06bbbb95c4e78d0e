import { FOLLOW_UP, type FollowUpView, type ItemsView, LOAD_CAP, type LoadView } from '../../model/item-api.ts'
import type { Day } from '../../model/words.ts'
import { countHeld, findAssignments } from '../../store/assignments.ts'
import { type FollowUpRow, findEngagement, findFollowUps } from '../../store/follow-ups.ts'
import { findItems, findLoads, nextMeetings } from '../../store/items.ts'
import { holdsOn } from '../assignments/period.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { type Actor, authorize } from '../policy.ts'
import { FIRST_ENGAGEMENT } from './recompute.ts'

/** As many meetings as one chooses a day by. */
const MEETINGS = 5

/** Whose the items are, days that people set, follow-ups, and whom and what one may choose. */
export async function getItems(context: Context, actor: Actor, customerId: string): Promise<ItemsView> {
  const { customer } = await visibleCustomer(context, actor, customerId)
  const { db } = context
  const engagementId = (await findEngagement(db, customerId))?.id ?? FIRST_ENGAGEMENT
  const meetings = await nextMeetings(db, customerId, context.now().toISOString(), MEETINGS)
  return {
    customer: customerId,
    version: customer.version,
    items: Object.fromEntries(
      (await findItems(db, customerId, engagementId)).map(row => [
        row.id,
        { assignee: named(row.assignee, row.assignee_name), due: row.due_set, regressedOn: row.regressed_on },
      ]),
    ),
    followUps: (await findFollowUps(db, customerId, engagementId)).map(row => followUpView(row, engagementId)),
    people: await assignable(context, customerId),
    loadCap: LOAD_CAP,
    meetings: meetings.map(({ id, title, starts_at, time_zone }) => ({ id, title, day: dayIn(starts_at, time_zone) })),
  }
}

/** Who is assigned to the customer today, with their roles and what they have open. */
export async function assignable(context: Pick<Context, 'db' | 'now'>, customerId: string): Promise<ItemsView['people']> {
  const today = todayOf(context)
  const assigned = (await findAssignments(context.db, customerId)).filter(row => holdsOn(row, today))
  const ids = [...new Set(assigned.map(row => row.person_id))]
  const loads = ids.length === 0 ? [] : await findLoads(context.db, today, ids)
  return ids
    .map(id => {
      const own = assigned.filter(row => row.person_id === id)
      return {
        id,
        name: own[0]?.person ?? id,
        roles: [...new Set(own.map(row => row.role))].sort(),
        open: loads.filter(each => each.person === id).reduce((sum, each) => sum + each.open, 0),
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

export function followUpView(row: FollowUpRow, engagementId: string): FollowUpView {
  const { title, service, due, status, reason, note } = row
  return {
    id: `${FOLLOW_UP}${row.id}`,
    title,
    service,
    madeFor: row.made_for,
    assignee: named(row.assignee, row.assignee_name),
    due,
    status,
    reason,
    note,
    by: row.maker,
    at: row.made_at,
    closedAt: row.closed_at,
    isEarlier: row.engagement_id !== engagementId,
  }
}

export const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? id })

/** The day of an instant where it takes place. */
const dayIn = (at: string, timeZone: string): Day =>
  // The Swedish way of writing a date is ISO 8601.
  new Date(at).toLocaleDateString('sv-SE', { timeZone }) as Day

/** What everybody has open and looks after, the most loaded first. */
export async function getLoad(context: Context, actor: Actor): Promise<LoadView> {
  authorize(actor, 'see-load')
  const today = todayOf(context)
  const loads = Map.groupBy(await findLoads(context.db, today, null), each => each.person)
  const held = new Map((await countHeld(context.db, today)).map(each => [each.person, each]))
  const people = [...new Set([...loads.keys(), ...held.keys()])].map(id => {
    const [own = [], of] = [loads.get(id), held.get(id)]
    const sum = (count: 'open' | 'overdue' | 'soon') => own.reduce((all, each) => all + each[count], 0)
    return {
      id,
      name: own[0]?.name ?? of?.name ?? id,
      open: sum('open'),
      overdue: sum('overdue'),
      dueSoon: sum('soon'),
      assigned: of?.customers ?? 0,
      owned: of?.owned ?? 0,
      customers: own.map(({ customer, customer_name: name, open, overdue, soon }) => ({
        id: customer,
        name,
        open,
        overdue,
        dueSoon: soon,
      })),
    }
  })
  return { cap: LOAD_CAP, people: people.sort((a, b) => b.open - a.open || b.assigned - a.assigned || (a.name < b.name ? -1 : 1)) }
}
