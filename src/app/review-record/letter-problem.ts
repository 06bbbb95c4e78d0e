import type { LetterProblem } from '../../model/review-record.ts'
import type { Contact } from '../../store/contacts.ts'
import { isMailAddress } from '../mail/address.ts'

/** Why a contact cannot be written to; null: can be. */
export function letterProblem(contact: Contact): LetterProblem | null {
  if (contact.do_not_contact !== null) return 'do-not-contact'
  if (contact.archived_at !== null) return 'archived'
  if (contact.email === null || !isMailAddress(contact.email)) return 'no-address'
  return contact.bounced_at === null ? null : 'bounced'
}

/** The contact's own, else the one the customer is written to in. */
export const letterLanguage = (contact: Contact, ofCustomer: string): string => contact.language ?? ofCustomer
