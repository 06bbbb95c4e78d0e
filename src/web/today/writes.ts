import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomerView } from '../../model/api.ts'
import type { TodayRow } from '../../model/today-api.ts'
import { customerPath } from '../customer/queries.ts'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, get, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'

/** The moment up to which changes were shown. */
export function useLooked() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const formats = useFormats()
  return useMutation({
    mutationFn: (at: string) => send('PUT', apiUrl('/today/looked'), { at }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['today'] }),
    onError: error => showToast({ intent: 'error', title: t('today.notSaved'), body: failureText(error, t, formats) }),
  })
}

const itemOf = ({ subject }: TodayRow) => subject?.replace(/^item:/, '') ?? ''
export const canComplete = (row: TodayRow) => row.kind === 'item'

/** Marks items as complete, one after the other; said at the end, with a way back. One that fails leaves the others done. */
export function useComplete(onDone: () => void) {
  const client = useQueryClient()
  const { t } = useTranslation()
  const formats = useFormats()
  const refresh = (rows: readonly TodayRow[]) => {
    for (const key of [['today'], ['portfolio'], ...rows.map(row => ['customer', row.customer.id])])
      void client.invalidateQueries({ queryKey: key })
  }
  const each = async (rows: readonly TodayRow[], write: (row: TodayRow, version: number) => Promise<unknown>) => {
    for (const row of rows) {
      const { version } = await get<CustomerView>(customerPath(row.customer.id))
      await write(row, version)
    }
  }
  const fail = (error: unknown) => showToast({ intent: 'error', title: t('today.notSaved'), body: failureText(error, t, formats) })
  const undo = (rows: readonly TodayRow[]) =>
    each(rows, (row, version) => send('DELETE', apiUrl(`${customerPath(row.customer.id, 'items', itemOf(row))}/status`, { version })))
      .then(() => showToast({ intent: 'success', title: t('today.undone') }), fail)
      .finally(() => refresh(rows))
  return useMutation({
    mutationFn: (rows: readonly TodayRow[]) =>
      each(rows, (row, version) =>
        send('PUT', apiUrl(customerPath(row.customer.id, 'items', itemOf(row))), { status: 'complete', version }),
      ),
    onSuccess: (_, rows) => {
      showToast({
        intent: 'success',
        title: t('today.completed', { count: rows.length }),
        action: { label: t('today.undo'), run: () => void undo(rows) },
      })
      onDone()
    },
    onError: fail,
    onSettled: (_, __, rows) => refresh(rows),
  })
}
