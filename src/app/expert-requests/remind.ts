import type { Day } from '../../model/words.ts'
import { dayIn, nextWorkingMoment, USUAL_CALENDAR, type WorkingCalendar } from '../../model/working-calendar.ts'
import { lockCustomer, raiseVersion } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { changeRequest, type FoundRequest, findRequest, findWaitingRequests } from '../../store/expert-requests.ts'
import { findCalendars } from '../../store/work-calendar.ts'
import type { Context } from '../context.ts'
import { recordCustomer } from '../events/record.ts'
import { type Directory, leadsFor } from '../people/leads.ts'
import { SYSTEM } from '../policy.ts'
import { dueOf } from './deadlines.ts'
import { findExperts, queueOf } from './experts.ts'
import { tellAskers, tellExperts } from './tell.ts'

/** What a request that waits calls for at a moment, only while the team works: a reminder on the day it is due, later once the lead. */
export function dueStep(
  row: Pick<FoundRequest, 'state' | 'acknowledged_at' | 'acknowledge_by' | 'decide_by' | 'reminded_due' | 'reminded_at' | 'escalated_at'>,
  calendar: WorkingCalendar,
  now: Date,
): 'remind' | 'escalate' | null {
  const due = dueOf(row)
  if (due === null || nextWorkingMoment(calendar, now).getTime() !== now.getTime()) return null
  const today = dayIn(calendar.timeZone, now)
  if (row.reminded_due !== due || row.reminded_at === null) return today >= due ? 'remind' : null
  const reminded = dayIn(calendar.timeZone, new Date(row.reminded_at))
  return row.escalated_at === null && today > due && today > reminded ? 'escalate' : null
}

/** Reminds of what is due, and tells the lead of what is late. Cut off, or run twice, it does nothing twice. Answers how often it told. */
export async function remindExpertRequests(
  context: Context,
  directory: Directory,
  isStopping: () => boolean = () => false,
): Promise<{ reminded: number; escalated: number }> {
  const now = context.now()
  // It may be tomorrow already where the team is.
  const waiting = await findWaitingRequests(context.db, dayIn('UTC', new Date(now.getTime() + DAY_MS)))
  const calendars = await findCalendars(
    context.db,
    waiting.flatMap(row => row.team_id ?? []),
  )
  const done = { reminded: 0, escalated: 0 }
  for (const row of waiting) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const calendar = calendars.get(row.team_id ?? '') ?? USUAL_CALENDAR
    if (dueStep(row, calendar, now) === null) continue
    const step = await context.db.transaction().execute(trx => takeStep(trx, context, directory, row, calendar))
    if (step === 'remind') done.reminded++
    if (step === 'escalate') done.escalated++
  }
  return done
}
const DAY_MS = 86_400_000

/** Looks again with the customer locked: somebody may have answered, or another worker reminded. */
async function takeStep(
  trx: Trx,
  context: Context,
  directory: Directory,
  { customer_id: customerId, id }: FoundRequest,
  calendar: WorkingCalendar,
): Promise<'remind' | 'escalate' | null> {
  if (!(await lockCustomer(trx, customerId))) return null
  const row = await findRequest(trx, id)
  const step = row ? dueStep(row, calendar, context.now()) : null
  const due = row ? dueOf(row) : null
  if (!row || step === null || due === null) return null
  if (step === 'remind') await remind(trx, context, directory, row, due)
  else if (!(await escalate(trx, context, directory, row, due))) return null
  return step
}

async function remind(trx: Trx, context: Context, directory: Directory, row: FoundRequest, due: Day): Promise<void> {
  const version = await raiseVersion(trx, row.customer_id)
  await changeRequest(trx, row, { reminded_due: due, reminded_at: context.now().toISOString() })
  const telling = { kind: 'expert-waiting', sentence: 'waiting', key: due } as const
  // A question waits for whoever made the request.
  const isAsked = row.state === 'needs-detail'
  if (isAsked) await tellAskers(trx, context, row, [row.requested_by], { ...telling, person: row.expert_name ?? row.requested_by_name })
  else {
    const to = row.expert_id === null ? queueOf(await findExperts(trx, directory), row).map(each => each.id) : [row.expert_id]
    await tellExperts(trx, context, row, to, { ...telling, person: row.requested_by_name })
  }
  const data = { request: row.id, service: row.service, skill: row.skill, person: isAsked ? row.requested_by : row.expert_id, version }
  await recordCustomer(trx, context, SYSTEM, { customerId: row.customer_id, kind: 'expert-reminded', data })
}

/** False where nobody is to be told: it is tried again until somebody is. */
async function escalate(trx: Trx, context: Context, directory: Directory, row: FoundRequest, due: Day): Promise<boolean> {
  const leads = await leadsFor(trx, directory, row.team_id ?? row.customer_team)
  const [lead] = leads
  if (lead === undefined) {
    context.log('warn', `request for an expert ${row.id}: there is no lead and no administrator to tell`)
    return false
  }
  const version = await raiseVersion(trx, row.customer_id)
  await changeRequest(trx, row, { escalated_at: context.now().toISOString(), escalated_to: lead })
  const silent = row.state === 'needs-detail' ? row.requested_by_name : row.expert_name
  await tellAskers(trx, context, row, leads, {
    kind: 'expert-waiting',
    sentence: silent === null ? 'unclaimed' : 'late',
    person: silent ?? '',
    key: due,
    isOver: true,
  })
  const data = { request: row.id, service: row.service, skill: row.skill, person: lead, version }
  await recordCustomer(trx, context, SYSTEM, { customerId: row.customer_id, kind: 'expert-escalated', data })
  return true
}
