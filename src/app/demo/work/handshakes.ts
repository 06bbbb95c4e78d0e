import { createHash } from 'node:crypto'
import type { Day } from '../../../model/words.ts'
import { addWorkingDays, USUAL_CALENDAR } from '../../../model/working-calendar.ts'
import { CSM_ROLE } from '../../handshakes/csm.ts'
import { daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import type { DemoPerson } from '../people.ts'
import type { DemoRows } from '../rows.ts'

/** What waits, by service: just offered, with a question, and past its reminder. */
const WAITING: Readonly<Record<string, { ago: number; state: 'offered' | 'asked'; isReminded: boolean }>> = {
  teams: { ago: 2, state: 'offered', isReminded: false },
  yammer: { ago: 4, state: 'asked', isReminded: false },
  'outlook-mobile': { ago: 9, state: 'offered', isReminded: true },
}
/** Handshakes with an answer were offered so long ago, and answered some days later. */
const ANSWERED_AGO = 30
const DAYS_TO_ANSWER = 4

/** The customer success manager at work for the customer, and a handshake behind each state that the facts tell. */
export function addHandshakes(rows: DemoRows, { sheet, manager, csm }: DemoCustomer, today: Day): void {
  if (!csm) return
  const { id } = sheet.customer
  const csmSince = sheet.csm?.since ?? today
  rows.assignment.push({
    customer_id: id,
    id: 'csm',
    person_id: csm.id,
    role: CSM_ROLE,
    service: null,
    is_primary: false,
    since: csmSince,
    until: null,
    covers: null,
  })
  for (const [service, { handshake, activatedOn }] of Object.entries(sheet.services)) {
    if (!handshake || handshake === 'none' || !activatedOn) continue
    const given = { customer: id, service, manager, csm, today }
    if (handshake === 'offered') addWaiting(rows, given)
    else addAnswered(rows, given, handshake, activatedOn > csmSince ? activatedOn : csmSince)
  }
}

type Given = Readonly<{ customer: string; service: string; manager: DemoPerson; csm: DemoPerson; today: Day }>

const base = ({ customer, service, manager, csm }: Given, offered: Day) => ({
  customer_id: customer,
  id: idOf(customer, service),
  service,
  offered_by: manager.id,
  offered_to: csm.id,
  offered_at: at(offered),
  remind_on: addWorkingDays(USUAL_CALENDAR, offered, 5),
  version: 0,
})

function addWaiting(rows: DemoRows, given: Given): void {
  const { ago, state, isReminded } = WAITING[given.service] ?? { ago: 1, state: 'offered', isReminded: false }
  const row = base(given, daysBefore(given.today, ago))
  const reminded_at = isReminded ? at(row.remind_on) : null
  rows.handshake.push({ ...row, state, reminded_at, answered_by: null, answered_at: null, reason: null })
  if (state !== 'asked') return
  rows.handshake_message.push({
    customer_id: given.customer,
    handshake_id: row.id,
    seq: 1,
    body: 'Who trains the community managers: you or we?',
    written_by: given.csm.id,
    written_at: at(daysBefore(given.today, 1)),
  })
}

function addAnswered(rows: DemoRows, given: Given, state: 'accepted' | 'declined', earliest: Day): void {
  const usual = daysBefore(given.today, ANSWERED_AGO)
  const offered = usual > earliest ? usual : earliest
  const answered = offered >= daysBefore(given.today, DAYS_TO_ANSWER) ? given.today : daysBefore(offered, -DAYS_TO_ANSWER)
  const row = base(given, offered)
  const reason = state === 'declined' ? 'No capacity before spring.' : null
  rows.handshake.push({ ...row, state, reminded_at: null, answered_by: given.csm.id, answered_at: at(answered), reason })
  if (state === 'declined') return
  const owner = { service: given.service, since: answered, until: null, person_id: given.csm.id, handshake_id: row.id }
  rows.adoption_owner.push({ customer_id: given.customer, ...owner })
}

const at = (day: Day): string => `${day}T09:30:00.000Z`

/** The same on every machine. */
function idOf(customer: string, service: string): string {
  const hex = createHash('sha256').update(`handshake ${customer} ${service}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
