import { createHash } from 'node:crypto'
import type { Day } from '../../../model/words.ts'
import { listText } from '../../../store/bulk.ts'
import { daysBefore, workdayBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import type { DemoRows } from '../rows.ts'

/** It has no summer time, so that ten o'clock there is one in the afternoon UTC all year. */
const TIME_ZONE = 'America/Sao_Paulo'
const WEEKS = 2
/** One customer in so many was met long ago and not since. */
const ONE_OVERDUE_OF = 6

/** A series every two weeks with two meetings held and two to come; one customer in six has not been met for 40 days. */
export function addMeetings(rows: DemoRows, { sheet, manager }: DemoCustomer, today: Day): void {
  const { id } = sheet.customer
  const turn = createHash('sha256').update(`meetings ${id}`).digest().readUInt8(0)
  if (turn % ONE_OVERDUE_OF === 0) {
    rows.meeting.push(meeting(id, manager.id, { day: workdayBefore(daysBefore(today, 40)), state: 'held', cadence: null, index: 0 }))
    return
  }
  // The next one is within two weeks; nobody meets on a weekend.
  const first = workdayBefore(daysBefore(today, 2 * 7 * WEEKS - 1 - (turn % (7 * WEEKS - 1))))
  const cadence = idOf(id, 'cadence')
  rows.cadence.push({
    customer_id: id,
    id: cadence,
    kind: 'customer',
    title: 'Check-in',
    rule: `FREQ=WEEKLY;INTERVAL=${WEEKS}`,
    starts_local: `${first}T10:00`,
    time_zone: TIME_ZONE,
    minutes: 30,
    organizer_id: manager.id,
    services: listText([]),
    uid: `${cadence}@impulso`,
    version: 1,
  })
  for (let index = 0; index < 4; index++) {
    const day = daysBefore(first, -7 * WEEKS * index)
    rows.meeting.push(meeting(id, manager.id, { day, state: day < today ? 'held' : 'scheduled', cadence, index }))
  }
  // Its contacts were added just before.
  const contact = rows.contact.slice(-3).find(each => each.customer_id === id && each.do_not_contact === null)
  const asked = { customer_id: id, cadence_id: cadence, answered_at: `${first}T09:00:00.000Z`, invited_sequence: 0, answer: 'accepted' }
  if (contact)
    rows.attendee.push({ ...asked, id: idOf(id, 'attendee'), contact_id: contact.id, person_id: null, token_hash: hashOf(id, 'attendee') })
}

type Made = Readonly<{ day: Day; state: string; cadence: string | null; index: number }>

function meeting(customer: string, organizer: string, { day, state, cadence, index }: Made): DemoRows['meeting'][number] {
  const id = idOf(customer, `meeting ${index}`)
  const starts = `${day}T13:00:00.000Z`
  return {
    customer_id: customer,
    id,
    cadence_id: cadence,
    occurrence: cadence === null ? null : starts,
    kind: 'customer',
    title: 'Check-in',
    starts_at: starts,
    ends_at: `${day}T13:30:00.000Z`,
    time_zone: TIME_ZONE,
    organizer_id: organizer,
    services: listText([]),
    items: listText([]),
    state,
    agenda: state === 'held' ? '## Usage\n\n- Teams is used more than last month\n' : '',
    outcome: state === 'held' ? 'Agreed on the next group of users' : null,
    about: null,
    uid: `${cadence ?? id}@impulso`,
    made_by: organizer,
    version: 1,
  }
}

const hashOf = (customer: string, what: string) => createHash('sha256').update(`${what} of ${customer}`).digest('hex')

/** The same for the same customer each time. */
function idOf(customer: string, what: string): string {
  const hex = hashOf(customer, what)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
