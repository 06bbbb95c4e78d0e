import { useState } from 'react'
import type { DeckTemplates } from '../../../model/deck.ts'
import type { DeckTemplatesView } from '../../../model/deck-api.ts'
import { isLostUpdate } from '../../ui/failure.ts'
import { HttpError } from '../../ui/http.ts'

type Base = Pick<DeckTemplatesView, 'templates' | 'version'>

/** What a dialog puts its change upon: what was seen when it was opened, or what somebody else saved meanwhile. */
export function useBase(view: DeckTemplatesView, error: unknown): Readonly<{ base: Base; theirs: DeckTemplates | undefined }> {
  const [seen] = useState<Base>(view)
  if (!isLostUpdate(error) || !(error instanceof HttpError)) return { base: seen, theirs: undefined }
  // What the server promises in `app/decks/templates.ts`.
  const { theirs, version } = error.problem.details as { theirs: DeckTemplates; version: number }
  return { base: { templates: theirs, version }, theirs }
}
