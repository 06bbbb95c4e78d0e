import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Context } from '../context.ts'

/** 32 bytes as base64url. */
export const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** What the database keeps of a link. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * The secret of the link by which an attendee answers. The same in every invitation, and made again from the installation's key, because
 * the database keeps its hash only. Taking the attendee away ends it.
 */
export const answerToken = ({ sealKey }: Pick<Context, 'sealKey'>, attendeeId: string): string =>
  createHmac('sha256', sealKey).update(`impulso answer to a meeting ${attendeeId}`).digest('base64url')

/** The secret of a calendar feed, shown once. */
export const newToken = (): string => randomBytes(32).toString('base64url')
