import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { customerPath } from '../customer/queries.ts'
import { failureText, isLostUpdate } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'

export type MeetingWrite = Readonly<{
  method: 'POST' | 'PUT'
  /** Below the customer. */
  path: readonly string[]
  body: unknown
  /** What is said afterwards, a key below `meetings.done`. */
  done: string
}>

/** Changes to the meetings of one customer; whatever shows meetings is asked again afterwards. */
export function useMeetingWrites(customer: string) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['customer', customer] }),
      client.invalidateQueries({ queryKey: ['meetings'] }),
      client.invalidateQueries({ queryKey: ['today'] }),
    ])
  const write = useMutation({
    scope: { id: `meetings-${customer}` },
    mutationFn: ({ method, path, body }: MeetingWrite) => send<unknown>(method, apiUrl(customerPath(customer, ...path)), body),
    onSuccess: refresh,
    // Somebody saved first: what they saved is shown, and the person decides again.
    onError: error => isLostUpdate(error) && refresh(),
  })
  /** For a form: the promise fails, and the form says why. */
  const save = async (input: MeetingWrite): Promise<void> => {
    await write.mutateAsync(input)
    showToast({ intent: 'success', title: t(`meetings.done.${input.done}`) })
  }
  /** For a button: a failure is said in passing. */
  const change = (input: MeetingWrite): void =>
    void save(input).catch((error: unknown) =>
      showToast({
        intent: 'error',
        title: t('plan.notSaved'),
        body: isLostUpdate(error) ? t('conflict.title') : failureText(error, t, formats),
      }),
    )
  return { save, change, isBusy: write.isPending }
}
