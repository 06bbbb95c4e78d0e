import type { WorkingCalendar } from '../../model/working-calendar.ts'
import { findTies } from '../../store/access.ts'
import type { Db, Trx } from '../../store/database.ts'
import { markTold, peopleToTell, takeUntold, type Untold } from '../../store/notifications.ts'
import { preferencesOf } from '../../store/preferences.ts'
import { calendarsOfPeople } from '../../store/work-calendar.ts'
import type { PersonAccount } from '../auth/types.ts'
import { todayOf } from '../context.ts'
import { isMailAddress } from '../mail/address.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { MailContext } from '../mail/settings.ts'
import { everyPerson } from '../people/every-person.ts'
import type { Directory } from '../people/leads.ts'
import { maySee } from '../policy.ts'
import { type PersonTelling, tellingOf, wayOf } from '../preferences/preferences.ts'
import { KINDS } from './kinds.ts'
import { dueDigest, isQuiet } from './when.ts'

/** What nobody could be told for so long is no news any more: the portal has it. */
const NEWS_DAYS = 7
/** A digest lists at most this many, newest first. */
const LISTED = 50

/** `at-once`: mails of their own for what was chosen so, held while the person has quiet hours; `digest`: the mail of the day. */
export type TellRun = 'at-once' | 'digest'

/**
 * Writes to people what they were told and have not seen yet, as each chose. Who cannot sign in is not written to, and nobody about a
 * customer that they may no longer see. May run twice or beside itself: each mail is written once. Answers how many were. The system acts.
 */
export async function tellPeople(context: MailContext, directory: Directory, run: TellRun): Promise<number> {
  const since = new Date(context.now().getTime() - NEWS_DAYS * 24 * 3_600_000).toISOString()
  const waiting = await peopleToTell(context.db, since)
  if (waiting.length === 0) return 0
  const accounts = new Map((await everyPerson(directory)).filter(each => each.state === 'active').map(each => [each.id, each]))
  const chosen = await preferencesOf(context.db, waiting)
  const teams = run === 'digest' ? await calendarsOfPeople(context.db, waiting) : new Map<string, readonly WorkingCalendar[]>()
  let count = 0
  for (const id of waiting) {
    const person = accounts.get(id)
    const choice = tellingOf(chosen.get(id))
    if (person && !isMailAddress(person.email)) {
      // Others are told all the same; what this person was told stands in the portal.
      context.log('warn', `person ${id} cannot be written to: the address of the account is no mail address`)
      continue
    }
    if (!person || isQuiet(choice.telling.quiet, choice.timeZone, context.now())) continue
    count += await context.db.transaction().execute(async trx => {
      const untold = await takeUntold(trx, id, since)
      return run === 'at-once'
        ? tellAtOnce(trx, context, person, choice, untold)
        : tellDigest(trx, context, person, choice, untold, teams.get(id))
    })
  }
  return count
}

async function tellAtOnce(
  trx: Trx,
  context: MailContext,
  person: PersonAccount,
  { telling }: PersonTelling,
  untold: readonly Untold[],
): Promise<number> {
  const told = await onlyVisible(
    trx,
    context,
    person,
    untold.filter(each => wayOf(telling, each.kind) === 'at-once'),
  )
  for (const each of told) {
    const values = { name: person.name, title: inLocale(titleOf(each.kind), person.locale), ...lineOf(context, person, each) }
    const to = { to: person.email, personId: person.id, locale: person.locale }
    await queueMail(trx, context, { kind: 'notification', key: `notification:${each.id}`, ...to, values })
  }
  return markAll(trx, context, told)
}

async function tellDigest(
  trx: Trx,
  context: MailContext,
  person: PersonAccount,
  { telling, timeZone }: PersonTelling,
  untold: readonly Untold[],
  teams: readonly WorkingCalendar[] | undefined,
): Promise<number> {
  const due = dueDigest(telling.digestHour, timeZone, context.now(), teams)
  if (!due) return 0
  const chosen = untold.filter(each => wayOf(telling, each.kind) === 'digest' && new Date(each.made_at) < due.until)
  const news = (await onlyVisible(trx, context, person, chosen)).toReversed()
  if (news.length === 0) return 0
  const listed = news.slice(0, LISTED)
  const values = {
    name: person.name,
    lines: listed.map(each => lineOf(context, person, each)),
    more: news.length - listed.length,
    url: urlOf(context, '/notifications'),
  }
  const to = { to: person.email, personId: person.id, locale: person.locale }
  const mail = await queueMail(trx, context, { kind: 'digest', key: `digest:${person.id}:${due.day}`, ...to, values })
  // There was one today already, and what came late to the table waits for the next.
  if (mail === undefined) return 0
  await markAll(trx, context, news)
  return 1
}

async function markAll(trx: Trx, { now }: Pick<MailContext, 'now'>, told: readonly Untold[]): Promise<number> {
  const ids = told.map(each => each.id)
  if (ids.length > 0) await markTold(trx, ids, now().toISOString())
  return ids.length
}

/** Without those about customers that the person may not see (any more). */
async function onlyVisible(
  db: Db,
  context: Pick<MailContext, 'now'>,
  { id, name, right, scope }: PersonAccount,
  untold: readonly Untold[],
): Promise<readonly Untold[]> {
  const seen = new Map<string, boolean>()
  const shown: Untold[] = []
  for (const each of untold) {
    const customerId = each.customer_id
    if (customerId !== null && !seen.has(customerId)) {
      const ties = await findTies(db, { personId: id, customerId, today: todayOf(context) })
      seen.set(customerId, maySee({ personId: id, name, right, scope }, ties))
    }
    if (customerId === null || seen.get(customerId)) shown.push(each)
  }
  return shown
}

const lineOf = (context: MailContext, { locale }: PersonAccount, { summary, path }: Untold) => ({
  line: inLocale(summary, locale),
  url: urlOf(context, path),
})

/** The path alone is taken: nothing in it leads elsewhere. */
const urlOf = ({ mail }: Pick<MailContext, 'mail'>, path: string): string => new URL(mail.publicUrl).origin + path

// Only kinds that there are reach a mail: `wayOf` shows all others in the portal.
const titleOf = (kind: string) => KINDS[kind as keyof typeof KINDS].title

function inLocale(text: Readonly<Record<string, string>>, locale: string): string {
  const language = locale.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en'
  return text[language] ?? text.en ?? Object.values(text)[0] ?? ''
}
