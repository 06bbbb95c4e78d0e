import { localOf } from '../../calendar/zone.ts'
import { REMIND_HOURS } from '../../model/meeting-api.ts'
import { findCustomer } from '../../store/customers.ts'
import { changeMeeting, findAttendees, takeToRemind } from '../../store/meetings.ts'
import type { Context } from '../context.ts'
import { notify } from '../notifications/notify.ts'
import { attendeesOf } from './attendees.ts'
import { overdueRows } from './get-meetings.ts'

const BATCH = 100

/** Reminds the people who organize or attend of meetings of the next hours, once each. May run beside itself. The system acts. */
export async function remindOfMeetings(context: Context, isStopping: () => boolean = () => false): Promise<number> {
  const from = context.now().toISOString()
  const before = new Date(context.now().getTime() + REMIND_HOURS * 3_600_000).toISOString()
  for (let count = 0; ; ) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const done = await context.db.transaction().execute(async trx => {
      const rows = await takeToRemind(trx, { from, before }, BATCH)
      const attendees = await findAttendees(trx, [...new Set(rows.map(row => row.customer_id))])
      for (const row of rows) {
        await changeMeeting(trx, { customerId: row.customer_id, id: row.id }, { reminded_at: from })
        const customer = await findCustomer(trx, row.customer_id)
        if (!customer) continue
        const people = attendeesOf(
          attendees.filter(each => each.customer_id === row.customer_id && each.answer !== 'declined'),
          row,
        ).flatMap(each => each.person_id ?? [])
        const when = `${localOf(row.starts_at, row.time_zone).replace('T', ' ')} (${row.time_zone})`
        await notify(trx, context, {
          to: [row.organizer_id, ...people],
          key: `meeting-soon:${row.id}:${row.starts_at}`,
          kind: 'meeting-soon',
          customerId: row.customer_id,
          path: `/customers/${row.customer_id}/meetings?meeting=${row.id}`,
          summary: { en: `${row.title} (${customer.name}) begins ${when}`, 'pt-BR': `${row.title} (${customer.name}) começa ${when}` },
        })
      }
      return rows.length
    })
    count += done
    if (done < BATCH) return count
  }
}

/** Tells owners of customers whose next contact is overdue; of each due day once. Answers how many customers those are. The system acts. */
export async function tellOverdue(context: Context, isStopping: () => boolean = () => false): Promise<number> {
  for (let at = 0; ; ) {
    if (isStopping()) throw new Error('stopped; goes on at the next start')
    const rows = await overdueRows(context, at, BATCH)
    await context.db.transaction().execute(async trx => {
      for (const row of rows) {
        if (row.owner_id === null) continue
        await notify(trx, context, {
          to: [row.owner_id],
          key: `contact-overdue:${row.customer_id}:${row.due_by}`,
          kind: 'contact-overdue',
          customerId: row.customer_id,
          path: `/customers/${row.customer_id}/meetings`,
          summary: {
            en: `${row.name}: the next contact was due by ${row.due_by}`,
            'pt-BR': `${row.name}: o próximo contato era previsto até ${row.due_by}`,
          },
        })
      }
    })
    at += rows.length
    if (rows.length < BATCH) return at
  }
}
