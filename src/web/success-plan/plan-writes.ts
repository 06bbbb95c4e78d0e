import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SuccessPlanView } from '../../model/success-plan-api.ts'
import { customerPath } from '../customer/queries.ts'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, HttpError, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'
import { successQuery } from './queries.ts'

export type Write = Readonly<{
  method: 'PUT' | 'POST' | 'DELETE'
  path: readonly string[]
  /** Absent for what is removed. */
  body?: Readonly<Record<string, unknown>> | undefined
}>
export type Written = Write & Readonly<{ done: string; undo?: Write | undefined }>

export const isConflict = (error: unknown): error is HttpError => error instanceof HttpError && error.status === 409

/**
 * Writes to a success plan with the version that the screen shows; the answer is the plan as it is then. Writes without a dialog tell what
 * failed in a toast: `isQuiet` for those with one.
 */
export function usePlanWrite(customer: string, { isQuiet = false, onDone = () => {} }: { isQuiet?: boolean; onDone?: () => void } = {}) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const { queryKey } = successQuery(customer)
  const refresh = () => Promise.all([['customer', customer], ['portfolio']].map(key => client.invalidateQueries({ queryKey: key })))
  const put = async ({ method, path, body }: Write) => {
    const version = client.getQueryData<SuccessPlanView>(queryKey)?.version ?? 0
    const url = customerPath(customer, ...path)
    const plan =
      method === 'DELETE'
        ? await send<SuccessPlanView>(method, apiUrl(url, { version }))
        : await send<SuccessPlanView>(method, apiUrl(url), { ...body, version })
    client.setQueryData(queryKey, plan)
    // The plan, the gate and the timeline follow from it.
    void refresh()
  }
  const failed = async (error: unknown) => {
    if (isConflict(error)) await client.fetchQuery({ ...successQuery(customer), staleTime: 0 })
    if (!isQuiet) showToast({ intent: 'error', title: t('success.notSaved'), body: failureText(error, t, formats) })
  }
  return useMutation({
    mutationFn: (write: Written) => put(write),
    onSuccess: (_, { done, undo }) => {
      const back = undo && {
        action: {
          label: t('plan.undo'),
          run: () =>
            void put(undo).then(
              () => showToast({ intent: 'success', title: t('plan.undone') }),
              error => showToast({ intent: 'error', title: t('success.notSaved'), body: failureText(error, t, formats) }),
            ),
        },
      }
      showToast({ intent: 'success', title: done, ...back })
      onDone()
    },
    onError: failed,
  })
}
