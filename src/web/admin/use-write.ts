import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { showToast } from '../ui/toasts.tsx'

type WriteOptions<Input, Answer> = {
  write: (input: Input) => Promise<Answer>
  /** Answers that are asked for anew afterwards. */
  changes: readonly QueryKey[]
  /** What is said when it is done; nothing when the screen shows it anyway. */
  done?: string
  onDone?: (answer: Answer, input: Input) => void
  onFailed?: (error: Error) => unknown
  /** A form shows the failure beside its fields; otherwise it is said in passing. */
  isForm?: boolean
}

/** A change to the installation. */
export function useWrite<Input, Answer>({ write, changes, done, onDone, onFailed, isForm = false }: WriteOptions<Input, Answer>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  return useMutation({
    mutationFn: write,
    onSuccess: async (answer, input) => {
      await Promise.all(changes.map(queryKey => client.invalidateQueries({ queryKey })))
      if (done) showToast({ intent: 'success', title: done })
      onDone?.(answer, input)
    },
    onError: error => {
      onFailed?.(error)
      if (!isForm) showToast({ intent: 'error', title: t('admin.notDone'), body: failureText(error, t, formats) })
    },
  })
}
