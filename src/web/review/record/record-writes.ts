import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ReviewRecordView } from '../../../model/review-record-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { failureText } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, HttpError, send } from '../../ui/http.ts'
import { showToast } from '../../ui/toasts.tsx'
import { recordQuery } from './queries.ts'

export type Write = Readonly<{
  method: 'PUT' | 'POST' | 'DELETE'
  path: readonly string[]
  /** Absent for what is removed. */
  body?: Readonly<Record<string, unknown>> | undefined
}>
export type Written = Write &
  Readonly<{
    done: string
    /** What takes it back, one after the other; from the record before and after where it depends on them. */
    undo?: readonly Write[] | ((before: ReviewRecordView, after: ReviewRecordView) => readonly Write[])
  }>

export const isConflict = (error: unknown): error is HttpError => error instanceof HttpError && error.status === 409

/** Removes what a write added. */
export const takeBackAdded = (before: ReviewRecordView, after: ReviewRecordView): readonly Write[] => {
  const known = new Set(before.entries.map(each => each.id))
  return after.entries.filter(each => !known.has(each.id)).map(each => ({ method: 'DELETE', path: ['entries', each.id] }))
}

/**
 * Writes to the newest review record with the version that the screen shows; the answer is the record as it is then. Writes without a
 * dialog tell what failed in a toast: `isQuiet` for those with one.
 */
export function useRecordWrite(customer: string, { isQuiet = false, onDone = () => {} }: { isQuiet?: boolean; onDone?: () => void } = {}) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const query = recordQuery(customer)
  const put = async ({ method, path, body }: Write): Promise<ReviewRecordView> => {
    const version = client.getQueryData<ReviewRecordView>(query.queryKey)?.version ?? 0
    const url = customerPath(customer, 'review-record', ...path)
    const record =
      method === 'DELETE'
        ? await send<ReviewRecordView>(method, apiUrl(url, { version }))
        : await send<ReviewRecordView>(method, apiUrl(url), { ...body, version })
    client.setQueryData(query.queryKey, record)
    return record
  }
  // The timeline and what is due follow from it.
  const refresh = () => void client.invalidateQueries({ queryKey: ['customer', customer] })
  const failed = async (error: unknown) => {
    if (isConflict(error)) await client.fetchQuery({ ...query, staleTime: 0 })
    if (!isQuiet) showToast({ intent: 'error', title: t('plan.notSaved'), body: failureText(error, t, formats) })
  }
  const takeBack = async (writes: readonly Write[]) => {
    try {
      for (const write of writes) await put(write)
      showToast({ intent: 'success', title: t('plan.undone') })
    } catch (error) {
      showToast({ intent: 'error', title: t('plan.notSaved'), body: failureText(error, t, formats) })
    }
    refresh()
  }
  return useMutation({
    mutationFn: async (write: Written) => {
      const before = client.getQueryData<ReviewRecordView>(query.queryKey)
      const after = await put(write)
      refresh()
      return { before, after }
    },
    onSuccess: ({ before, after }, { done, undo }) => {
      const writes = typeof undo === 'function' ? before && undo(before, after) : undo
      const back = writes && writes.length > 0 && { action: { label: t('plan.undo'), run: () => void takeBack(writes) } }
      showToast({ intent: 'success', title: done, ...back })
      onDone()
    },
    onError: failed,
  })
}
