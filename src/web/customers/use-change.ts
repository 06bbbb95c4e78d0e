import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isLostUpdate } from '../ui/failure.ts'
import { HttpError } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'

/** What the server says of a conflict: the values that stand now, and their version. */
export type Conflict<Values> = Readonly<{ theirs: Values; version: number }>

/** A change of one customer: everything shown of it is asked for anew. What somebody else saved meanwhile comes back as `conflict`. */
export function useChange<Input, Theirs = unknown>(
  customer: string,
  write: (input: Input) => Promise<unknown>,
  { done, onDone }: { done: string; onDone?: () => void },
) {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: write,
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['customer', customer] }),
        client.invalidateQueries({ queryKey: ['portfolio'] }),
      ])
      showToast({ intent: 'success', title: done })
      onDone?.()
    },
  })
  const { error } = change
  const isLost = isLostUpdate(error)
  // `isLostUpdate` has seen the version; the values are those of the answer to the same question.
  const conflict = isLost && error instanceof HttpError ? (error.problem.details as Conflict<Theirs>) : undefined
  return { run: change.mutate, isBusy: change.isPending, conflict, error: isLost ? undefined : error, forget: change.reset }
}
