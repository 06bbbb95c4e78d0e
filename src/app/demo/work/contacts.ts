import { createHash } from 'node:crypto'
import type { Day } from '../../../model/words.ts'
import { listText } from '../../../store/bulk.ts'
import type { DemoCustomer } from '../generate.ts'
import type { DemoRows } from '../rows.ts'

/** Invented, and said to be: nobody of these names is meant. */
const CONTACTS = [
  { name: 'Demo contact Alex', at: 'alex', title: 'CIO', roles: ['sponsor'], country: 'US', language: 'en', time_zone: 'America/New_York' },
  {
    ...{ name: 'Demo contact Bruna', at: 'bruna', title: 'Líder de adoção', roles: ['adoption-lead', 'success-owner'] },
    ...{ country: 'BR', language: 'pt-BR', time_zone: 'America/Sao_Paulo' },
  },
  { name: 'Demo contact Chris', at: 'chris', title: null, roles: ['help-desk'], country: 'PT', language: 'en', time_zone: 'Europe/Lisbon' },
] as const

/** Two or three contacts of every customer but some; one gets surveys, one now and then not to be written to, or with mail that came back. */
export function addContacts(rows: DemoRows, { sheet }: DemoCustomer, today: Day): void {
  const { id } = sheet.customer
  const turn = createHash('sha256').update(`contacts ${id}`).digest().readUInt8(0) % 6
  if (turn === 0) return
  const services = Object.keys(sheet.services).slice(0, 2)
  for (const [index, { at, roles, ...contact }] of CONTACTS.slice(0, turn === 1 ? 2 : 3).entries()) {
    const isLast = index === 2
    const bounces = isLast && turn === 3
    rows.contact.push({
      ...{ ...contact, customer_id: id, id: idOf(id, index), email: `${at}@${id}.example.com`, phone: null },
      ...{ roles: listText(roles), services: listText(services), survey_eligible: index === 1 && services.length > 0 },
      do_not_contact: isLast && turn === 2 ? 'Asked not to be written to' : null,
      ...{ bounced_at: bounces ? `${today}T06:00:00.000Z` : null, bounce: bounces ? '550 5.1.1 no such user' : null },
      ...{ archived_at: isLast && turn === 4 ? `${today}T06:00:00.000Z` : null, version: 1 },
    })
  }
}

/** The same for the same customer each time. */
function idOf(customer: string, index: number): string {
  const hex = createHash('sha256').update(`contact ${customer} ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
