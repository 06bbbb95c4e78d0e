import { randomUUID } from 'node:crypto'
import type { AddContact, ChangeContact, Contacts, ContactView, EraseContact } from '../../model/customer-api.ts'
import { AppError } from '../../model/errors.ts'
import type { SurveyWithdrawal } from '../../model/survey.ts'
import { type Contact, changeContact as changeRow, findContact, findContacts, forgetContact, insertContact } from '../../store/contacts.ts'
import { raiseVersion } from '../../store/customers.ts'
import { type Trx, violationOf } from '../../store/database.ts'
import { canonical } from '../../store/events.ts'
import { addMissingPerson } from '../../store/person-traces.ts'
import { endInvitationOf } from '../../store/surveys.ts'
import type { Context } from '../context.ts'
import { lockForChange, visibleCustomer } from '../customers/visible.ts'
import { personal } from '../events/personal-value.ts'
import { recordCustomer, type Told } from '../events/record.ts'
import { invalidField } from '../invalid-field.ts'
import { type Actor, authorizeService, writeAccess } from '../policy.ts'

/** What stands for the name of a contact that was erased: meetings keep it. Screens show it in their language. */
export const ERASED_CONTACT = 'Erased contact'
/** Whose key seals what the record says of a contact. `forget_contact` in the database names both the same. */
const keyOf = (id: string) => `contact-${id}`

/** Contacts of a customer by name, those put away last. Throws `not-found` for a customer that the actor may not see. */
export async function getContacts(context: Context, actor: Actor, customerId: string): Promise<Contacts> {
  const { ties } = await visibleCustomer(context, actor, customerId)
  return {
    contacts: (await findContacts(context.db, customerId)).map(viewOf),
    canChange: writeAccess(actor, 'set-contact', ties),
  }
}

/** Throws `invalid-input` naming the field, `conflict` when a contact of the customer has this address. */
export const addContact = (
  context: Context,
  actor: Actor,
  { customerId, ...input }: AddContact & { customerId: string },
): Promise<Contacts> =>
  change(context, actor, customerId, async trx => {
    refuseWrong(context, input)
    const id = randomUUID()
    await addMissingPerson(trx, { id: keyOf(id), name: 'Contact' })
    await insertContact(trx, { customer_id: customerId, id, version: 1, ...columnsOf(input) })
    return { kind: 'contact-added', data: { contact: id, before: null, after: personal(keyOf(id), input) } }
  })

/** Throws `conflict` with both when somebody changed the contact after `version`. */
export const changeContact = (
  context: Context,
  actor: Actor,
  { customerId, contact: id, version, archived, bounceSeen, ...input }: ChangeContact & { customerId: string; contact: string },
): Promise<Contacts> =>
  change(context, actor, customerId, async (trx, now) => {
    const row = await getRow(trx, customerId, id)
    refuseWrong(context, input)
    const before = viewOf(row)
    const isNewAddress = row.email !== input.email
    const after = {
      ...columnsOf(input),
      archived_at: archived ? (row.archived_at ?? now) : null,
      // What came back came back from the old address.
      ...(bounceSeen || isNewAddress ? { bounced_at: null, bounce: null } : {}),
    }
    if (row.version !== version) {
      throw new AppError('conflict', 'somebody else changed this contact meanwhile', {
        details: { theirs: before, yours: { ...input, archived }, version: row.version },
      })
    }
    const next = viewOf({ ...row, ...after })
    if (canonical(before) === canonical(next)) return undefined
    await changeRow(trx, { customer_id: customerId, id, ...after, version: version + 1 })
    const because = surveyEnds(next, isNewAddress)
    if (because !== undefined) await endInvitationOf(trx, { customerId, contact: id, because, at: now })
    const kind = before.isArchived === next.isArchived ? 'contact-changed' : next.isArchived ? 'contact-archived' : 'contact-returned'
    return { kind, data: { contact: id, before: personal(keyOf(id), toldOf(before)), after: personal(keyOf(id), toldOf(next)) } }
  })

/**
 * Forgets a contact: name, address and all the rest go, and what the record says of it can no longer be read. Meetings keep that there was
 * somebody. Throws `invalid-input` when `name` is not the contact's.
 */
export const eraseContact = (
  context: Context,
  actor: Actor,
  { customerId, contact: id, name, version }: EraseContact & { customerId: string; contact: string },
): Promise<Contacts> =>
  change(context, actor, customerId, async (trx, now) => {
    const row = await getRow(trx, customerId, id)
    if (row.name.trim() !== name.trim()) throw invalidField('name', 'this is not the name of the contact')
    if (row.version !== version) {
      throw new AppError('conflict', 'somebody else changed this contact meanwhile', {
        details: { theirs: viewOf(row), version: row.version },
      })
    }
    const nothing = {
      email: null,
      title: null,
      phone: null,
      language: null,
      country: null,
      time_zone: null,
      bounced_at: null,
      bounce: null,
    }
    const none = { roles: [], services: [], do_not_contact: null, survey_eligible: false, archived_at: row.archived_at ?? now }
    // First: what else speaks of the contact is found by its name and address.
    await forgetContact(trx, customerId, id)
    await changeRow(trx, { customer_id: customerId, id, name: ERASED_CONTACT, ...nothing, ...none, version: version + 1 })
    return { kind: 'contact-erased', data: { contact: id, before: null, after: null } }
  })

type Values = Omit<AddContact, never>

/** Why an open survey of the contact ends with what it is now. */
const surveyEnds = (contact: ContactView, isNewAddress: boolean): SurveyWithdrawal | undefined => {
  if (contact.isArchived) return 'archived'
  if (contact.doNotContact !== null) return 'do-not-contact'
  if (!contact.surveyEligible) return 'not-eligible'
  // The link stands in a mail to the old one.
  return isNewAddress ? 'address' : undefined
}

/** What is wrong with the values together. */
function refuseWrong({ playbook }: Pick<Context, 'playbook'>, input: Values): void {
  const unknown = input.services.find(each => !playbook.services.some(({ id }) => id === each))
  if (unknown !== undefined) throw invalidField('services', `the playbook knows no service "${unknown}"`)
  if (input.timeZone !== null && !isTimeZone(input.timeZone)) throw invalidField('timeZone', `there is no time zone "${input.timeZone}"`)
  if (!input.surveyEligible) return
  const missing = SURVEY_NEEDS.filter(([, isThere]) => !isThere(input))
  if (missing.length === 0) return
  const faults = missing.map(([path, , message]) => ({ path, message }))
  throw new AppError('invalid-input', `a contact for surveys needs ${missing.map(([path]) => path).join(', ')}`, { details: faults })
}

/** What a survey cannot be sent without (`contact_survey_needs` in the database). */
const SURVEY_NEEDS: readonly (readonly [string, (input: Values) => boolean, string])[] = [
  ['email', input => input.email !== null, 'a survey needs an address'],
  ['country', input => input.country !== null, 'a survey needs the country'],
  ['language', input => input.language !== null, 'a survey needs the language'],
  ['services', input => input.services.length > 0, 'a survey needs the services that it asks about'],
]

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const columnsOf = (input: Values) => ({
  name: input.name,
  email: input.email,
  title: input.title,
  phone: input.phone,
  roles: [...new Set(input.roles)],
  services: [...new Set(input.services)],
  language: input.language,
  country: input.country,
  time_zone: input.timeZone,
  do_not_contact: input.doNotContact,
  survey_eligible: input.surveyEligible,
})

const viewOf = (row: Contact): ContactView => ({
  id: row.id,
  name: row.name,
  email: row.email,
  title: row.title,
  phone: row.phone,
  roles: [...row.roles],
  services: [...row.services],
  language: row.language,
  country: row.country,
  timeZone: row.time_zone,
  doNotContact: row.do_not_contact,
  surveyEligible: row.survey_eligible,
  bounced: row.bounced_at === null ? null : { at: row.bounced_at, said: row.bounce ?? '' },
  isArchived: row.archived_at !== null,
  version: row.version,
})

const toldOf = ({ id, version, ...rest }: ContactView) => rest

async function getRow(trx: Trx, customerId: string, id: string): Promise<Contact> {
  const row = await findContact(trx, customerId, id)
  if (!row || (row.name === ERASED_CONTACT && row.archived_at !== null)) {
    throw new AppError('not-found', `customer ${customerId} has no contact ${id}`)
  }
  return row
}

async function change(
  context: Context,
  actor: Actor,
  customerId: string,
  work: (trx: Trx, now: string) => Promise<Told | undefined>,
): Promise<Contacts> {
  try {
    await context.db.transaction().execute(async trx => {
      const { access } = await lockForChange(trx, context, actor, 'set-contact', customerId)
      authorizeService(access, null)
      const told = await work(trx, context.now().toISOString())
      if (!told) return
      const version = await raiseVersion(trx, customerId)
      await recordCustomer(trx, context, actor, { customerId, kind: told.kind, data: { ...told.data, version } })
    })
  } catch (error) {
    if (violationOf(error)?.constraint !== 'contact_email') throw error
    throw new AppError('conflict', 'another contact of this customer has this address', { cause: error, details: { field: 'email' } })
  }
  return getContacts(context, actor, customerId)
}
