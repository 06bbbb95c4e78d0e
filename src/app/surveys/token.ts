import { createHmac } from 'node:crypto'
import type { Context } from '../context.ts'

type Key = Pick<Context, 'sealKey'>

/**
 * The secret of the link to a survey, 256 bits. The same in the invitation and its reminder, and made again from the installation's key,
 * because the database keeps its hash only.
 */
export const surveyToken = ({ sealKey }: Key, invitationId: string): string =>
  createHmac('sha256', sealKey).update(`impulso survey ${invitationId}`).digest('base64url')

/** Knows a person again by the address, in whatever case, at every customer; says nothing without the installation's key. */
export const personKey = ({ sealKey }: Key, email: string): string =>
  createHmac('sha256', sealKey)
    .update(`impulso survey person ${email.normalize('NFC').toLowerCase()}`)
    .digest('hex')
