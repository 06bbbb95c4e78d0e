import { randomUUID } from 'node:crypto'
import { AppError } from '../../model/errors.ts'
import { type LetterProblem, MOMENTUM_KINDS, MOMENTUM_NAMES, USUAL_MOMENTUM } from '../../model/review-record.ts'
import type { ReviewRecordView, SendReviewSummary } from '../../model/review-record-api.ts'
import { findContacts } from '../../store/contacts.ts'
import { findCustomer } from '../../store/customers.ts'
import type { Trx } from '../../store/database.ts'
import { enqueue } from '../../store/jobs.ts'
import { findPersonRow } from '../../store/person-traces.ts'
import {
  closeReviewLetter,
  findReviewEntries,
  findReviewLetters,
  findReviewRecord,
  insertReviewLetters,
  lockWaitingLetters,
  type ReviewEntry,
  type ReviewRecordRow,
} from '../../store/review-record.ts'
import { type EngagementKey, findOutcomesOf } from '../../store/reviews.ts'
import type { Context } from '../context.ts'
import { invalidField } from '../invalid-field.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { MailLocale, MailValues } from '../mail/sentences.ts'
import type { MailContext } from '../mail/settings.ts'
import type { Actor } from '../policy.ts'
import { refuseLostUpdate } from '../success-plan/change.ts'
import { changeRecord } from './change.ts'
import { ownerView } from './get-review-record.ts'
import { letterLanguage, letterProblem } from './letter-problem.ts'

const REASONS: Readonly<Record<LetterProblem, string>> = {
  'do-not-contact': 'is not to be contacted',
  archived: 'was put away',
  'no-address': 'has no mail address',
  bounced: 'has an address from which mail came back',
}

/**
 * Has the contacts written to: expectations, momentum plan, open next steps. Throws `invalid-input` naming who cannot be written to,
 * `conflict` when there is nothing to say yet, when somebody was written to before and `again` does not say so, and when what is expected
 * was changed after `version`.
 */
export const sendReviewSummary = (
  context: Context,
  actor: Actor,
  { customerId, contacts, again, version }: SendReviewSummary & Readonly<{ customerId: string }>,
): Promise<ReviewRecordView> =>
  changeRecord(context, actor, customerId, async changing => {
    const { trx, engagement, at } = changing
    const of = { customerId, engagementId: engagement.id }
    const record = await findReviewRecord(trx, of)
    const seen = record && { version: record.expectations_version }
    refuseLostUpdate(changing, version, seen, { theirs: null, yours: null, what: 'what is expected' })
    if (!(await isDisengaged(trx, of)) && isEmpty(record, await findReviewEntries(trx, of, { left: true })))
      throw new AppError('conflict', 'there is nothing to write yet: no expectations, no momentum plan and no open next step')
    const known = new Map((await findContacts(trx, customerId)).map(each => [each.id, each]))
    for (const [index, id] of contacts.entries()) {
      const contact = known.get(id)
      if (!contact) throw invalidField(`contacts.${index}`, `the customer has no contact ${id}`)
      const problem = letterProblem(contact)
      if (problem !== null) throw invalidField(`contacts.${index}`, `${contact.name} ${REASONS[problem]}`)
    }
    const before = new Set((await findReviewLetters(trx, of)).filter(each => each.refused === null).map(each => each.contact_id))
    const already = contacts.filter(id => before.has(id))
    if (already.length > 0 && !again)
      throw new AppError('conflict', 'some of them were written to before; say that they are to be written to again', {
        details: { already },
      })
    const letters = contacts.map(contact => ({ id: randomUUID(), contact }))
    await insertReviewLetters(
      trx,
      letters.map(({ id, contact }) => ({
        customer_id: customerId,
        id,
        engagement_id: engagement.id,
        contact_id: contact,
        asked_by: actor.personId,
        asked_at: at,
      })),
    )
    // A request may not write mails itself. A key of its own: a job that runs already may have read what was before.
    await enqueue(trx, 'review-letters', { customer: customerId, engagement: engagement.id }, { key: randomUUID() })
    return [{ kind: 'review-summary-asked', data: { engagement: engagement.id, letters, count: letters.length } }]
  })

/** Writes the letters of one review that wait, each once however often the job runs; answers how many. The system acts. */
export async function writeReviewLetters(context: MailContext & Pick<Context, 'playbook'>, data: unknown): Promise<number> {
  const { customer: customerId, engagement: engagementId } = (typeof data === 'object' && data !== null ? data : {}) as Readonly<
    Record<string, unknown>
  >
  if (typeof customerId !== 'string' || typeof engagementId !== 'string')
    throw new Error('a job of review-letters names a customer and an engagement')
  return context.db.transaction().execute(async trx => {
    const customer = await findCustomer(trx, customerId)
    if (!customer) return 0
    const of = { customerId, engagementId }
    const letters = await lockWaitingLetters(trx, of)
    if (letters.length === 0) return 0
    const record = await findReviewRecord(trx, of)
    const entries = await findReviewEntries(trx, of, { left: true })
    const contacts = new Map((await findContacts(trx, customerId)).map(each => [each.id, each]))
    const isClosing = await isDisengaged(trx, of)
    const senders = await namesOfSenders(trx, [...new Set(letters.map(each => each.asked_by))])
    let count = 0
    for (const letter of letters) {
      const contact = contacts.get(letter.contact_id)
      // Whoever was put away or asked not to be written to since.
      const problem = contact ? letterProblem(contact) : 'archived'
      if (!contact?.email || problem !== null) {
        await closeReviewLetter(trx, atOf(letter), { refused: problem ?? 'no-address' })
        continue
      }
      const locale = letterLanguage(contact, customer.language)
      const language: MailLocale = locale.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en'
      const sender = senders.get(letter.asked_by) ?? ''
      const values = { name: contact.name, customer: customer.name, sender, ...contentOf(language, record, entries), isClosing }
      await queueMail(trx, context, {
        kind: 'review-summary',
        key: `review-summary:${letter.id}`,
        to: contact.email,
        personId: null,
        locale,
        values,
        contact: { customerId, id: contact.id },
        sentBy: letter.asked_by,
      })
      await closeReviewLetter(trx, atOf(letter), { written_at: context.now().toISOString() })
      count++
    }
    return count
  })
}

const atOf = ({ customer_id, id }: Readonly<{ customer_id: string; id: string }>) => ({ customerId: customer_id, id })

/** R13 (d): the letter also closes what was done together. */
const isDisengaged = async (trx: Trx, of: EngagementKey): Promise<boolean> =>
  (await findOutcomesOf(trx, of)).some(each => each.outcome === 'disengage')

async function namesOfSenders(trx: Trx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await Promise.all(ids.map(id => findPersonRow(trx, id)))
  return new Map(rows.flatMap(row => (row ? [[row.id, row.name] as const] : [])))
}

const isOpenStep = (each: ReviewEntry) => each.list === 'step' && each.closed_on === null
const isInPlan = (each: ReviewEntry) => each.list === 'momentum' && each.state !== 'not-needed'

const isEmpty = (record: ReviewRecordRow | undefined, entries: readonly ReviewEntry[]): boolean =>
  !record?.experience &&
  !record?.reduced_support &&
  !record?.reduced_support_why &&
  !entries.some(each => isOpenStep(each) || isInPlan(each))

const STATES: Readonly<Record<string, Readonly<Record<MailLocale, string>>>> = {
  planned: { en: 'planned', 'pt-BR': 'planejado' },
  'in-place': { en: 'in place already', 'pt-BR': 'já existe' },
  done: { en: 'done', 'pt-BR': 'concluído' },
}

function contentOf(
  language: MailLocale,
  record: ReviewRecordRow | undefined,
  entries: readonly ReviewEntry[],
): Omit<MailValues['review-summary'], 'name' | 'customer' | 'sender' | 'isClosing'> {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  const until = (due: string | null) => (due === null ? [] : [`${language === 'en' ? 'by' : 'até'} ${day.format(new Date(due))}`])
  const lineOf = (name: string, parts: readonly string[]) => (parts.length === 0 ? name : `${name} (${parts.join(', ')})`)
  const owner = (each: ReviewEntry) => ownerView(each)?.name ?? []
  // Of the table: one of these.
  const place = (each: ReviewEntry) => MOMENTUM_KINDS.indexOf(each.kind as (typeof MOMENTUM_KINDS)[number])
  const momentum = entries.filter(isInPlan).sort((a, b) => place(a) - place(b))
  return {
    experience: paragraphsOf(record?.experience),
    reducedSupport: paragraphsOf(record?.reduced_support),
    why: paragraphsOf(record?.reduced_support_why),
    momentum: momentum.map(each => {
      const usual = USUAL_MOMENTUM.find(kind => kind === each.kind)
      const name = usual ? MOMENTUM_NAMES[usual][language] : (each.what ?? '')
      const state = STATES[each.state ?? '']?.[language] ?? ''
      const when = each.state === 'planned' ? until(each.due) : []
      return {
        line: lineOf(name, [state, owner(each), when].flat()),
        links: each.resources.map(({ title, url }) => ({ line: title, url })),
      }
    }),
    steps: entries.filter(isOpenStep).map(each => ({ line: lineOf(each.what ?? '', [owner(each), until(each.due)].flat()), links: [] })),
  }
}

const paragraphsOf = (text: string | null | undefined): readonly Readonly<{ paragraph: string }>[] =>
  (text ?? '')
    .split(/\n+/)
    .map(each => each.trim())
    .filter(Boolean)
    .map(paragraph => ({ paragraph }))
