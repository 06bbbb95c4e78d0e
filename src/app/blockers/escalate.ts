import type { Day, Text } from '../../model/words.ts'
import { addWorkingDays } from '../../model/working-calendar.ts'
import { findAssignments } from '../../store/assignments.ts'
import { type BlockerWithNames, changeBlocker, findBlocker, findDueBlockers } from '../../store/blockers.ts'
import { lockCustomer, OWNER_ROLE } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { findCalendar } from '../../store/work-calendar.ts'
import { type Context, todayOf } from '../context.ts'
import { recordCustomerEvents } from '../events/record.ts'
import { notify } from '../notifications/notify.ts'
import { type Directory, leadsFor } from '../people/leads.ts'
import { SYSTEM } from '../policy.ts'

/** Working days after its day on which a blocker goes to the lead. Our choice: half a week, so that a second meeting can still be held. */
export const ESCALATE_AFTER_WORKING_DAYS = 3

const BATCH = 200

export type Escalated = Readonly<{ reminded: number; escalated: number }>

/**
 * Reminds the owner of each open blocker on the day of its next action, and tells the leads of the customer some working days later.
 * Once per blocker and day. Each in a transaction of its own: cut off, it goes on where it stopped.
 */
export async function escalateBlockers(
  context: Context,
  directory: Directory,
  isStopping: () => boolean = () => false,
): Promise<Escalated> {
  const today = todayOf(context)
  let [reminded, escalated] = [0, 0]
  let after: { customer_id: string; id: string } | null = null
  for (;;) {
    const due = await findDueBlockers(context.db, today, after, BATCH)
    for (const at of due) {
      if (isStopping()) throw new Error('stopped; goes on at the next start')
      const done = await context.db.transaction().execute(trx => tell(trx, context, directory, today, at))
      reminded += Number(done.reminded)
      escalated += Number(done.escalated)
    }
    const last = due.at(-1)
    if (due.length < BATCH || !last) return { reminded, escalated }
    after = last
  }
}

type At = Readonly<{ customer_id: string; id: string }>

async function tell(trx: Trx, context: Context, directory: Directory, today: Day, { customer_id, id }: At) {
  const nothing = { reminded: false, escalated: false }
  const customer = await lockCustomer(trx, customer_id)
  const row = customer && (await findBlocker(trx, customer_id, id))
  // Somebody was quicker.
  if (!row || row.resolved_at !== null || dayOf(row) > today) return nothing
  const calendar = await findCalendar(trx, customer.team_id)
  const reminded = row.reminded_on === null && (await remind(trx, context, today, row, customer.name))
  const isLate = addWorkingDays(calendar, dayOf(row), ESCALATE_AFTER_WORKING_DAYS) <= today
  const leads = row.escalated_at === null && isLate ? await leadsFor(trx, directory, customer.team_id) : []
  const escalated = leads.length > 0 && (await escalate(trx, context, row, customer.name, leads))
  return { reminded, escalated }
}

/** The day of the next action; of a blocker without one the day it was opened on: what nobody plans is not forgotten either. */
// Cut from an instant, so a day.
const dayOf = (row: BlockerWithNames): Day => row.next_action_on ?? (row.opened_at.slice(0, 10) as Day)

/** The owner; without one, who owns the customer and who opened it. */
async function remind(trx: Trx, context: Context, today: Day, row: BlockerWithNames, customer: string): Promise<boolean> {
  const people = row.owner_id === null ? [...(await ownersOf(trx, row.customer_id)), row.opened_by] : [row.owner_id]
  await notify(trx, context, {
    ...occasion(row, 'blocker-due'),
    to: people,
    kind: 'blocker-due',
    summary: dueText(row, customer),
  })
  await changeBlocker(trx, row, { reminded_on: today })
  await record(trx, context, row, 'blocker-reminded', people)
  return true
}

async function escalate(trx: Trx, context: Context, row: BlockerWithNames, customer: string, leads: readonly string[]): Promise<boolean> {
  await notify(trx, context, {
    ...occasion(row, 'blocker-escalated'),
    to: leads,
    kind: 'blocker-escalated',
    summary: {
      en: `${customer}: the blocker “${row.title}” is late, its day was ${dayOf(row)}${row.owner ? `; it is ${row.owner}’s` : '; nobody owns it'}`,
      'pt-BR': `${customer}: o bloqueio “${row.title}” está atrasado, o dia era ${dayOf(row)}${row.owner ? `; é de ${row.owner}` : '; ninguém responde por ele'}`,
    },
  })
  await changeBlocker(trx, row, { escalated_at: context.now().toISOString(), escalated_to: leads[0] ?? null })
  await record(trx, context, row, 'blocker-escalated', leads)
  return true
}

const ownersOf = async (trx: Trx, customerId: string): Promise<readonly string[]> =>
  (await findAssignments(trx, customerId)).filter(row => row.role === OWNER_ROLE && row.is_primary).map(row => row.person_id)

/** Of another version it may be another occasion, on the same day it is not. */
const occasion = (row: BlockerWithNames, what: string) => ({
  key: `${what} ${row.customer_id} ${row.id} ${dayOf(row)} ${row.version}`,
  customerId: row.customer_id,
  path: `/customers/${row.customer_id}/blockers?blocker=${row.id}`,
})

function dueText(row: BlockerWithNames, customer: string): Text {
  if (row.next_action === null)
    return {
      en: `${customer}: the blocker “${row.title}” has no next step`,
      'pt-BR': `${customer}: o bloqueio “${row.title}” está sem próximo passo`,
    }
  return {
    en: `${customer}: “${row.title}” needs its next step, due ${dayOf(row)}: ${row.next_action}`,
    'pt-BR': `${customer}: “${row.title}” precisa do próximo passo, para ${dayOf(row)}: ${row.next_action}`,
  }
}

const record = (trx: Trx, context: Context, row: BlockerWithNames, kind: string, people: readonly string[]) =>
  recordCustomerEvents(trx, context, SYSTEM, row.customer_id, [
    { kind, data: { blocker: row.id, day: dayOf(row), before: null, after: { to: people.map(person => ({ person })) } } },
  ])
