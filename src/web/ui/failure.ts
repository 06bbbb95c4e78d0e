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

/** Somebody saved after this person looked: the answer tells the version that stands now. Other conflicts are rules that say no. */
export const isLostUpdate = (error: unknown): boolean => isConflict(error) && 'version' in detailsOf(error)

/** Something like it is there already. */
export const isTwice = (error: unknown): boolean => isConflict(error) && !isLostUpdate(error) && 'theirs' in detailsOf(error)

const isConflict = (error: unknown) => error instanceof HttpError && error.status === 409

function detailsOf(error: unknown): object {
  const details = error instanceof HttpError ? error.problem.details : undefined
  return typeof details === 'object' && details !== null ? details : {}
}
