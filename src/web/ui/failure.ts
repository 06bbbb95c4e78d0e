import type { TFunction } from 'i18next'
import type { Text } from '../../model/words.ts'
import type { Formats } from './format.ts'
import { HttpError } from './http.ts'

/** Why something was not done, in one sentence of the reader's language where the server has one, with the id to ask about. */
export function failureText(error: unknown, t: TFunction, formats: Formats): string {
  if (!(error instanceof HttpError)) return t('error.other.help')
  const { detail, requestId, status, details, title } = error.problem
  const why = status === 0 ? t('error.offline.title') : formats.text(reasonOf(details), detail || title)
  return requestId ? `${why} (${t('error.requestId', { id: requestId })})` : why
}

/** Refusals carry their reason in every language. */
const reasonOf = (details: unknown): Text | undefined =>
  typeof details === 'object' && details !== null && 'reason' in details && typeof details.reason === 'object'
    ? // What the server sends as a reason is one text per language.
      (details.reason as Text)
    : undefined

/** Somebody saved after this person looked. */
export const isConflict = (error: unknown): boolean => error instanceof HttpError && error.status === 409
