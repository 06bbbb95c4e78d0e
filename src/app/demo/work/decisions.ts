import { createHash } from 'node:crypto'
import type { DecisionState } from '../../../model/decision-api.ts'
import type { Playbook } from '../../../model/playbook.ts'
import type { Day } from '../../../model/words.ts'
import { daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import type { DemoRows } from '../rows.ts'

/** What was decided on the way to each state, oldest first. */
const WAY: Readonly<Partial<Record<DecisionState, readonly DecisionState[]>>> = {
  offered: ['offered'],
  agreed: ['offered', 'agreed'],
  declined: ['offered', 'declined'],
  proposed: ['proposed'],
  accepted: ['proposed', 'accepted'],
  rejected: ['proposed', 'rejected'],
}
const REASONS: Readonly<Partial<Record<DecisionState, string>>> = {
  declined: 'No capacity before the new year',
  proposed: 'Usage stays below the target',
  accepted: 'The customer wants help with the roll-out',
  rejected: 'A training of their own is under way',
}
/** Days since the first and the second decision. */
const AGO = [40, 26] as const
/** Of so many customers one has something to show. */
const ONE_OF = 3

/** What led to the states the facts hold, with a contact where the customer decided. Needs the contacts. */
export function addDecisions(rows: DemoRows, { sheet, manager }: DemoCustomer, today: Day): void {
  const { id } = sheet.customer
  const contact = rows.contact.find(each => each.customer_id === id && each.archived_at === null)?.id ?? null
  const decided = [
    ...Object.entries(sheet.programs).map(([program, state]) => ({ proposal: `program:${program}`, state })),
    ...Object.entries(sheet.accelerators).map(([service, state]) => ({ proposal: `accelerator:${service}`, state })),
  ]
  for (const { proposal, state: last } of decided) {
    const way = (last && WAY[last]) ?? []
    for (const [index, state] of way.entries()) {
      const day = daysBefore(today, AGO[index] ?? 0)
      rows.decision.push({
        ...{ customer_id: id, proposal, seq: index + 1, state, decided_on: day, reason: REASONS[state] ?? null },
        contact_id: state === 'agreed' || state === 'declined' ? contact : null,
        because: JSON.stringify({ before: way[index - 1] ?? null, text: null, facts: [], rule: null }),
        ...{ recorded_by: manager.id, recorded_at: `${day}T10:00:00.000Z` },
      })
    }
  }
}

/** A link and a small file for a line of a checklist that only a person can answer, of every third customer. */
export function addEvidence(rows: DemoRows, { sheet, manager }: DemoCustomer, { processes }: Playbook, today: Day): void {
  const { id } = sheet.customer
  const check = processes.flatMap(each => each.checks).find(each => each.rule === null)
  if (!check || createHash('sha256').update(`evidence ${id}`).digest().readUInt8(0) % ONE_OF !== 0) return
  const added = {
    ...{ customer_id: id, subject: `check:${check.id}`, added_by: manager.id },
    added_at: `${daysBefore(today, 20)}T10:00:00.000Z`,
  }
  const link = { title: 'Minutes of the call', href: `https://minutes.example.com/${id}`, media_type: null, content: null, sha256: null }
  rows.evidence.push({ ...added, id: idOf(`${id} link`), ...link })
  const text = Buffer.from('Demo: what was agreed in the call\n')
  const file = { title: 'agreed.txt', href: null, media_type: 'text/plain', content: `\\x${text.toString('hex')}` }
  rows.evidence.push({ ...added, id: idOf(`${id} file`), ...file, sha256: createHash('sha256').update(text).digest('hex') })
}

/** What a step against its condition rests on. */
export function addStepEvidence(rows: DemoRows, { sheet, manager }: DemoCustomer): void {
  const { id } = sheet.customer
  for (const { to, on, reason } of sheet.transitions) {
    if (reason === undefined || !on) continue
    const link = { title: 'Mail of the sponsor', href: `https://minutes.example.com/${id}/sponsor`, media_type: null, content: null }
    const added = { added_by: manager.id, added_at: `${on}T10:00:00.000Z`, sha256: null }
    rows.evidence.push({ customer_id: id, id: idOf(`${id} step ${to}`), subject: `transition:${to}`, ...link, ...added })
  }
}

/** The same for the same thing each time. */
function idOf(what: string): string {
  const hex = createHash('sha256').update(`evidence ${what}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
