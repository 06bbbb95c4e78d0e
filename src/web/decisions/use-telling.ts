import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isLostUpdate } from '../ui/failure.ts'
import { HttpError } from '../ui/http.ts'

/** Somebody was quicker: what they said, and the choice. */
export type Conflict<Theirs> = Readonly<{ theirs: Theirs; keepTheirs: () => void; saveMine: () => void }>

/** `against`: the version the screen showed, or the one that stands now where the person wants theirs all the same. */
type Save = (against: number) => Promise<unknown>

/** A form on its way: closes when it was saved, and everything of the customer is asked anew; keeps its fields and says why when not. */
export function useTelling<Theirs = never>(customer: string, onClose: () => void) {
  const client = useQueryClient()
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown; save?: Save }>({ isBusy: false })
  const run = async (save: Save, against = 0): Promise<void> => {
    setState({ isBusy: true })
    try {
      await save(against)
      await client.invalidateQueries({ queryKey: ['customer', customer] })
      onClose()
    } catch (error) {
      setState({ isBusy: false, error, save })
      // What stands now is shown behind the form.
      void client.invalidateQueries({ queryKey: ['customer', customer] })
    }
  }
  const { isBusy, error, save } = state
  if (!save || !isLostUpdate(error) || !(error instanceof HttpError)) return { isBusy, error, run, conflict: undefined }
  // `isLostUpdate` looked for the version; the other is what the route says it is.
  const { theirs, version } = error.problem.details as { theirs: Theirs; version: number }
  const conflict: Conflict<Theirs> = { theirs, keepTheirs: onClose, saveMine: () => void run(save, version) }
  return { isBusy, error: undefined, run, conflict }
}
