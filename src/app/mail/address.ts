import { domainToASCII } from 'node:url'
import { AppError } from '../../model/errors.ts'

/** One atom of RFC 5322 or several with dots between them; letters of any script. No quotes, comments or routes. */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
/** Checked first: turning a domain into ASCII drops line breaks without a word. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * One mail address and nothing else, with the domain as servers write it. Throws `invalid-input` for a second recipient, a name beside
 * the address, a line break or anything else that could mean more than one address to a mail server.
 */
export function mailAddress(text: string): string {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at).normalize('NFC')
  const given = text.slice(at + 1)
  const domain = DOMAIN.test(given) ? domainToASCII(given) : ''
  const isAddress =
    at > 0 && local.length <= 64 && LOCAL.test(local) && domain !== '' && domain.split('.').every(label => LABEL.test(label))
  if (!isAddress || local.length + domain.length > 253) throw new AppError('invalid-input', 'this is not one e-mail address')
  return `${local}@${domain}`
}

/** Whether a mail can be written to it: addresses that others vouch for are not always such. */
export function isMailAddress(text: string): boolean {
  try {
    mailAddress(text)
    return true
  } catch {
    return false
  }
}
