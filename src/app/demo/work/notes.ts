import { createHash } from 'node:crypto'
import type { Day } from '../../../model/words.ts'
import { listText } from '../../../store/bulk.ts'
import { noteKey } from '../../../store/note-search.ts'
import { FIRST_ENGAGEMENT } from '../../plans/recompute.ts'
import { daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import type { DemoRows } from '../rows.ts'

/** How long ago each was written; a customer with none of the first two is silent. */
const NOTES = [
  { ago: 3, body: '## Check-in call\n\n- Pilot group is larger than planned\n- **Next:** training dates for the second wave' },
  { ago: 9, body: 'The sponsor asked for figures by department; agreed to bring what the reports can show.' },
  { ago: 24, body: '## Conversa com o time de TI\n\n- Migração das caixas antigas termina no fim do mês\n- Falta a lista de **campeões**' },
] as const

type FollowUp = Readonly<{
  title: string
  status: 'not-started' | 'in-progress' | 'complete' | 'blocked'
  reason?: 'customer'
  note?: string
}>

/** Of each a customer has one at most: to be done, begun and late, done, waiting for the customer. */
const FOLLOW_UPS: readonly Readonly<{ due: number | null; of: readonly FollowUp[] }>[] = [
  {
    due: 5,
    of: [
      { title: 'Send the list of champions', status: 'not-started' },
      { title: 'Enviar o roteiro do piloto', status: 'not-started' },
      { title: 'Bring usage by department to the next call', status: 'not-started', note: 'Asked for by the sponsor' },
      { title: 'Book the room for the train-the-trainer day', status: 'not-started' },
      { title: 'Ask who answers for mailbox migration', status: 'not-started' },
    ],
  },
  {
    due: -2,
    of: [
      { title: 'Confirm training dates for the second wave', status: 'in-progress' },
      { title: 'Revisar o texto do aviso aos usuários', status: 'in-progress' },
      { title: 'Compare seats in the contract with those assigned', status: 'in-progress' },
      {
        title: 'Collect questions for the security team',
        status: 'blocked',
        reason: 'customer',
        note: 'Their contact is away until Monday',
      },
    ],
  },
  {
    due: -10,
    of: [
      { title: 'Share the summary of the kick-off', status: 'complete' },
      { title: 'Enviar o link da biblioteca de treinamento', status: 'complete' },
      { title: 'Introduce the new success owner', status: 'complete' },
    ],
  },
  { due: null, of: [{ title: 'Find a reference customer of the same trade', status: 'not-started' }] },
]

/** Notes and follow-ups: of every third customer none, so that silence shows too. */
export function addNotes(rows: DemoRows, { sheet, manager }: DemoCustomer, today: Day): void {
  const { id } = sheet.customer
  const turn = createHash('sha256').update(id).digest().readUInt8(0) % 3
  if (turn === 0) return
  for (const [index, { ago, body }] of NOTES.slice(turn - 1).entries()) {
    const note = idOf(id, 'note', index)
    const written = { written_by: manager.id, written_at: at(daysBefore(today, ago)) }
    rows.note.push({
      ...{ customer_id: id, id: note, subject: null, body, search_key: noteKey(body), mentions: listText([]), ...written },
      ...{ changed_at: written.written_at, version: 1 },
    })
    rows.note_version.push({ customer_id: id, note_id: note, seq: 1, body, ...written })
  }
  const digest = createHash('sha256').update(`follow-ups ${id}`).digest()
  for (const [index, { due, of }] of FOLLOW_UPS.slice(turn - 1).entries()) {
    const followUp = of[digest.readUInt8(index) % of.length]
    // One without a day at every third only.
    if (!followUp || (due === null && digest.readUInt8(9) % 3 > 0)) continue
    const { title, status, reason = null, note = null } = followUp
    rows.follow_up.push({
      ...{ customer_id: id, id: idOf(id, 'follow-up', index), engagement_id: FIRST_ENGAGEMENT, title, service: null, status, reason, note },
      ...{ assignee: manager.id, due: due === null ? null : daysBefore(today, -due) },
      ...{ made_by: manager.id, made_at: at(daysBefore(today, 12)) },
      ...{ closed_at: status === 'complete' ? at(daysBefore(today, 4)) : null, version: 0 },
    })
  }
}

const at = (day: Day) => `${day}T12:00:00.000Z`

/** The same for the same customer each time. */
function idOf(customer: string, kind: string, index: number): string {
  const hex = createHash('sha256').update(`${kind} ${customer} ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
