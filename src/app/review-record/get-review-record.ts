import type { WriteAccess } from '../../model/api.ts'
import { AppError } from '../../model/errors.ts'
import { MOMENTUM_KINDS, REVIEW_LISTS } from '../../model/review-record.ts'
import type { ReviewEngagement, ReviewEntryView, ReviewOwnerView, ReviewRecordView } from '../../model/review-record-api.ts'
import { findContacts } from '../../store/contacts.ts'
import {
  findEngagements,
  findReviewEntries,
  findReviewLetters,
  findReviewRecord,
  type ReviewEntry,
  type ReviewLetter,
} from '../../store/review-record.ts'
import type { Row } from '../../store/tables.ts'
import { type Context, todayOf } from '../context.ts'
import { visibleCustomer } from '../customers/visible.ts'
import { type Actor, serviceRefusal, writeAccess } from '../policy.ts'
import { letterLanguage, letterProblem } from './letter-problem.ts'

/**
 * What the success review of an engagement found and agreed; of the newest engagement without `engagement`. Throws `not-found` for a
 * customer that the actor may not see and for an engagement that is not there.
 */
export async function getReviewRecord(context: Context, actor: Actor, customerId: string, engagement?: string): Promise<ReviewRecordView> {
  const { customer, ties } = await visibleCustomer(context, actor, customerId)
  const { db } = context
  const engagements = await findEngagements(db, customerId)
  const [newest] = engagements
  const shown = engagement === undefined ? newest : engagements.find(each => each.id === engagement)
  if (engagement !== undefined && !shown) throw new AppError('not-found', `customer ${customerId} has no engagement ${engagement}`)
  const of = shown && { customerId, engagementId: shown.id }
  const record = of && (await findReviewRecord(db, of))
  const entries = of ? await findReviewEntries(db, of, { left: shown === newest }) : []
  const contacts = await findContacts(db, customerId)
  const letters = of ? await findReviewLetters(db, of) : []
  const access = wholeAccess(writeAccess(actor, 'set-review', ties))
  return {
    customer: customerId,
    version: customer.version,
    today: todayOf(context),
    engagement: shown ? engagementView(shown) : null,
    engagements: engagements.map(engagementView),
    canWrite: access.ok && shown && shown.state !== 'open' ? OVER : earlier(access, shown, newest),
    canWriteOngoing: earlier(access, shown, newest),
    segment: customer.segment,
    intent: record?.intent ?? null,
    achievements: record?.achievements ?? null,
    scenarios: record?.scenarios ?? [],
    expectations: {
      experience: record?.experience ?? null,
      reducedSupport: record?.reduced_support ?? null,
      reducedSupportWhy: record?.reduced_support_why ?? null,
    },
    entries: inOrder(entries.map(each => entryView(each, shown?.id))),
    recipients: contacts
      .filter(each => each.archived_at === null)
      .map(each => ({
        contact: each.id,
        name: each.name,
        language: letterLanguage(each, customer.language),
        problem: letterProblem(each),
      })),
    letters: letters.map(letterView),
  }
}

const OVER: WriteAccess = {
  ok: false,
  reason: { en: 'this engagement is over; its review is only read', 'pt-BR': 'este engajamento terminou; a revisão é apenas para leitura' },
}
const EARLIER: WriteAccess = {
  ok: false,
  reason: {
    en: 'this is an earlier engagement; write to the newest one',
    'pt-BR': 'este é um engajamento anterior; escreva no mais recente',
  },
}

/** A review is of the customer as a whole: who may write to services only may not write to it. */
function wholeAccess(access: WriteAccess): WriteAccess {
  const reason = serviceRefusal(access, null)
  return reason ? { ok: false, reason } : access
}

const earlier = (access: WriteAccess, shown: Row<'engagement'> | undefined, newest: Row<'engagement'> | undefined): WriteAccess =>
  access.ok && shown !== newest ? EARLIER : access

const engagementView = (row: Row<'engagement'>): ReviewEngagement => ({
  id: row.id,
  cycle: row.cycle,
  state: row.state,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
})

const entryView = (row: ReviewEntry, shown: string | undefined): ReviewEntryView => ({
  id: row.id,
  list: row.list,
  // Which kinds and states a list has is held by the table.
  kind: row.kind as ReviewEntryView['kind'],
  what: row.what,
  service: row.service,
  approach: row.approach,
  state: row.state as ReviewEntryView['state'],
  reason: row.reason,
  resources: row.resources,
  owner: ownerView(row),
  due: row.due,
  closedOn: row.closed_on,
  leftByCycle: row.engagement_id === shown ? null : row.cycle,
})

export function ownerView(row: ReviewEntry): ReviewOwnerView | null {
  if (row.owner_id !== null) return { person: row.owner_id, name: row.person_name ?? row.owner_id }
  if (row.contact_id !== null) return { contact: row.contact_id, name: row.contact_name ?? '–' }
  return null
}

const KINDS: readonly (string | null)[] = MOMENTUM_KINDS

function inOrder(entries: readonly ReviewEntryView[]): readonly ReviewEntryView[] {
  const place = ({ list, kind }: ReviewEntryView) => REVIEW_LISTS.indexOf(list) * 100 + (list === 'momentum' ? KINDS.indexOf(kind) : 0)
  // Sorting keeps the order of what is alike.
  return [...entries].sort((a, b) => place(a) - place(b))
}

const letterView = (row: ReviewLetter): ReviewRecordView['letters'][number] => ({
  id: row.id,
  contact: row.contact_id,
  name: row.contact_name,
  askedBy: row.asker,
  askedAt: row.asked_at,
  writtenAt: row.written_at,
  refused: row.refused,
})
