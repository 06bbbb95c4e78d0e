import { createHash } from 'node:crypto'
import type { Day } from '../../../model/words.ts'
import { type BulkRow, listText } from '../../../store/bulk.ts'
import { daysBefore } from '../days.ts'
import type { DemoCustomer } from '../generate.ts'
import type { DemoRows } from '../rows.ts'
import type { Story } from '../stories.ts'

type Told = Readonly<{
  intent: 'new-workloads' | 'sustaining' | null
  /** How far the record is: the talk alone; what was agreed too; all of it, with the expectations written to the customer. */
  until: 'talk' | 'agreed' | 'sent'
}>

/** What these customers said in their review, or before it. */
const TOLD: Readonly<Partial<Record<Story['id'], Told>>> = {
  'review-to-hold': { intent: null, until: 'talk' },
  'review-held-questions-open': { intent: null, until: 'agreed' },
  'review-without-outcome': { intent: 'sustaining', until: 'agreed' },
  'outcome-value-discussion': { intent: 'new-workloads', until: 'agreed' },
  'outcome-activate-workloads': { intent: 'new-workloads', until: 'sent' },
  'outcome-hand-over-to-csm': { intent: 'sustaining', until: 'sent' },
  'outcome-disengage': { intent: 'sustaining', until: 'sent' },
  'outcomes-both-ways': { intent: 'new-workloads', until: 'sent' },
  'in-maintenance': { intent: 'sustaining', until: 'sent' },
  'second-cycle': { intent: 'new-workloads', until: 'agreed' },
}

const COMMUNITY = { title: 'Microsoft 365 community', url: 'https://techcommunity.microsoft.com/' }
const TRAINING = { title: 'Microsoft 365 training', url: 'https://support.microsoft.com/training' }

/** The record of the review of every customer that is near one: begun, agreed, or sent. Its engagement must be there. */
export function addReviewRecord(rows: DemoRows, customer: DemoCustomer, today: Day): void {
  const { sheet, story } = customer
  const told = TOLD[story]
  const engagement = rows.engagement.findLast(each => each.customer_id === sheet.customer.id)
  if (!told || !engagement) return
  const engagement_id = String(engagement.id)
  const isSent = told.until === 'sent'
  rows.review_record.push({
    customer_id: sheet.customer.id,
    engagement_id,
    intent: told.intent,
    achievements: '- Most teams meet online and share their files in one place\n- The service desk answers *how do I* questions itself',
    scenarios: listText(told.intent === 'new-workloads' ? ['Frontline teams plan their shifts', 'Contracts are signed without paper'] : []),
    experience: isSent ? 'Your champions and your service desk answer first; you follow your usage in the reports.' : null,
    reduced_support: isSent ? 'Our regular meetings end. You reach us through support, and come back when you start something new.' : null,
    reduced_support_why: isSent ? 'You reached your goals and have a plan to keep the momentum.' : null,
    talk_version: 0,
    expectations_version: 0,
  })
  if (told.until === 'talk') return
  addEntries(rows, customer, { engagement_id, today, isSent })
  if (isSent) addLetter(rows, customer, engagement_id, today)
}

type Entry = BulkRow<'review_entry'>
type In = Readonly<{ engagement_id: string; today: Day; isSent: boolean }>

function addEntries(rows: DemoRows, { sheet, manager }: DemoCustomer, { engagement_id, today, isSent }: In): void {
  const customer_id = sheet.customer.id
  const service = Object.entries(sheet.services).find(([, each]) => each.intended && each.activatedOn)?.[0] ?? null
  const contact = rows.contact.find(each => each.customer_id === customer_id && each.archived_at === null)
  let count = 0
  const add = (list: Entry['list'], what: string | null, more: Partial<Entry>) => {
    rows.review_entry.push({
      ...{ customer_id, id: idOf(customer_id, ++count), engagement_id, list, what, kind: null, service: null, approach: null },
      ...{ state: null, reason: null, resources: '[]', owner_id: null, contact_id: null, due: null, closed_on: null },
      ...{ made_at: `${daysBefore(today, 3)}T10:00:${String(count).padStart(2, '0')}.000Z`, removed_at: null, version: 0, ...more },
    })
  }
  const theirs = contact ? { contact_id: contact.id } : {}
  add('gap', 'Some departments do not see why they should change', {
    ...{ kind: 'benefits', service, approach: 'Half an hour with each head of department, with examples of their own work' },
    ...{ owner_id: manager.id, due: daysBefore(today, isSent ? -20 : 2) },
  })
  add('gap', 'Files are still sent around by mail', { kind: 'driving-usage', service, ...theirs, closed_on: daysBefore(today, 2) })
  add('prerequisite', 'Devices of the frontline are managed', { state: 'open', owner_id: manager.id, due: daysBefore(today, -30) })
  add('prerequisite', 'Network carries video', { state: 'met' })
  add('step', 'Train ten more champions', { ...theirs, due: daysBefore(today, -14) })
  add('step', 'Send the report of the year to the sponsor', { owner_id: manager.id, due: daysBefore(today, -4) })
  if (sheet.customer.segment === 'enterprise') {
    add('alignment', 'Service desk', { ...theirs, closed_on: daysBefore(today, 3), state: 'in-place' })
    add('alignment', 'Internal communications', {})
  }
  if (!isSent) return
  add('momentum', null, { kind: 'best-practices', state: 'in-place', resources: JSON.stringify([TRAINING]) })
  add('momentum', null, { kind: 'self-service-support', state: 'done' })
  add('momentum', null, { kind: 'champions-community', state: 'planned', ...theirs, due: daysBefore(today, -45) })
  add('momentum', null, { kind: 'new-training', state: 'not-needed', reason: 'The academy of the customer makes its own' })
  add('momentum', null, { kind: 'wider-community', state: 'planned', resources: JSON.stringify([COMMUNITY]) })
  add('momentum', 'A newsletter of what is new, each month', { kind: 'other', state: 'planned', owner_id: manager.id })
}

/** To the first contact who may be written to; where there is none, to nobody. */
function addLetter(rows: DemoRows, { sheet, manager }: DemoCustomer, engagement_id: string, today: Day): void {
  const customer_id = sheet.customer.id
  const contact = rows.contact.find(
    each => each.customer_id === customer_id && each.do_not_contact === null && each.archived_at === null && each.bounced_at === null,
  )
  if (!contact) return
  const at = `${daysBefore(today, 2)}T09:00:00.000Z`
  const asked = { asked_by: manager.id, asked_at: at, written_at: at, refused: null }
  rows.review_letter.push({ customer_id, id: idOf(customer_id, 0), engagement_id, contact_id: contact.id, ...asked })
}

/** The same on every machine. */
function idOf(customer: string, index: number): string {
  const hex = createHash('sha256').update(`review ${customer} ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
