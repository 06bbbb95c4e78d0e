import type { Day } from '../../model/words.ts'
import { addWorkingDays, dayIn, nextWorkingMoment, USUAL_CALENDAR, type WorkingCalendar } from '../../model/working-calendar.ts'
import { findAssignments } from '../../store/assignments.ts'
import { lockCustomer, raiseVersion } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { changeHandshake, type FoundHandshake, findHandshakes, findWaiting } from '../../store/handshakes.ts'
import { findCalendars } from '../../store/work-calendar.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomer } from '../events/record.ts'
import { notify } from '../notifications/notify.ts'
import { type Directory, leadsFor } from '../people/leads.ts'
import { SYSTEM } from '../policy.ts'
import { standInsOf } from './csm.ts'
import { inboxPath, outboxPath } from './offer.ts'
import { nameOfService, TOLD } from './sentences.ts'

/** Working days from the reminder until the lead hears of it (E2: two). */
const ESCALATE_AFTER = 2

/** What a handshake without an answer calls for at a moment: only while the team works, and each once. */
export function dueStep(
  row: Pick<FoundHandshake, 'state' | 'remind_on' | 'reminded_at' | 'escalated_at'>,
  calendar: WorkingCalendar,
  now: Date,
): 'remind' | 'escalate' | null {
  if (row.state !== 'offered' && row.state !== 'asked') return null
  if (nextWorkingMoment(calendar, now).getTime() !== now.getTime()) return null
  const today = dayIn(calendar.timeZone, now)
  if (row.reminded_at === null) return today >= row.remind_on ? 'remind' : null
  const reminded = dayIn(calendar.timeZone, new Date(row.reminded_at))
  return row.escalated_at === null && today >= addWorkingDays(calendar, reminded, ESCALATE_AFTER) ? 'escalate' : null
}

/** Reminds of what has no answer, and tells the lead later. Cut off, or run twice, it does nothing twice. Answers how often it told. */
export async function remindHandshakes(
  context: Context,
  directory: Directory,
  isStopping: () => boolean = () => false,
): Promise<{ reminded: number; escalated: number }> {
  const now = context.now()
  // It may be tomorrow already where the team is.
  const waiting = await findWaiting(context.db, dayIn('UTC', new Date(now.getTime() + DAY_MS)))
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
  { customer_id: customerId, id }: FoundHandshake,
  calendar: WorkingCalendar,
): Promise<'remind' | 'escalate' | null> {
  if (!(await lockCustomer(trx, customerId))) return null
  const row = (await findHandshakes(trx, customerId)).find(each => each.id === id)
  const step = row ? dueStep(row, calendar, context.now()) : null
  if (!row || step === null) return null
  if (step === 'remind') await remind(trx, context, row)
  else if (!(await escalate(trx, context, directory, row))) return null
  return step
}

async function remind(trx: Trx, context: Context, row: FoundHandshake): Promise<void> {
  const version = await raiseVersion(trx, row.customer_id)
  await changeHandshake(trx, row, { reminded_at: context.now().toISOString() })
  // A question waits for whoever offered.
  const isAsked = row.state === 'asked'
  const standIns = standInsOf(await findAssignments(trx, row.customer_id), row.offered_to, row.service, todayOf(context))
  await tell(trx, context, row, {
    to: isAsked ? [row.offered_by] : [row.offered_to, ...standIns],
    sentence: 'waiting',
    person: isAsked ? row.offered_to_name : row.offered_by_name,
  })
  const data = { handshake: row.id, service: row.service, person: isAsked ? row.offered_by : row.offered_to, version }
  await recordCustomer(trx, context, SYSTEM, { customerId: row.customer_id, kind: 'handshake-reminded', data })
}

/** False where nobody is to be told: it is tried again until somebody is. */
async function escalate(trx: Trx, context: Context, directory: Directory, row: FoundHandshake): Promise<boolean> {
  const leads = await leadsFor(trx, directory, row.team_id)
  const [lead] = leads
  if (lead === undefined) {
    context.log('warn', `handshake ${row.id}: there is no lead and no administrator to tell`)
    return false
  }
  const version = await raiseVersion(trx, row.customer_id)
  await changeHandshake(trx, row, { escalated_at: context.now().toISOString(), escalated_to: lead })
  const isAsked = row.state === 'asked'
  await tell(trx, context, row, { to: leads, sentence: 'escalated', person: isAsked ? row.offered_by_name : row.offered_to_name })
  const data = { handshake: row.id, service: row.service, person: lead, version }
  await recordCustomer(trx, context, SYSTEM, { customerId: row.customer_id, kind: 'handshake-escalated', data })
  return true
}

const tell = (
  trx: Trx,
  context: Context,
  row: FoundHandshake,
  { to, sentence, person }: Readonly<{ to: readonly string[]; sentence: 'waiting' | 'escalated'; person: string }>,
) =>
  notify(trx, context, {
    to,
    // An answer to a question gives time anew, and so another day to remind on.
    key: `handshake:${row.id}:${sentence}:${row.remind_on satisfies Day}`,
    kind: 'handshake-waiting',
    customerId: row.customer_id,
    path: sentence === 'waiting' && row.state === 'asked' ? outboxPath(row.id) : inboxPath(row.id),
    summary: TOLD[sentence]({ customer: row.customer, service: nameOfService(context.playbook, row.service), person }),
  })
