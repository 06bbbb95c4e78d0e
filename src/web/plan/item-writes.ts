import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AddFollowUp, ItemChange, ItemConflicts, ItemRefusals, ItemsChanged, ItemsView } from '../../model/item-api.ts'
import { customerPath } from '../customer/queries.ts'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, get, HttpError, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'

export const itemsQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customer', customer, 'items'],
    queryFn: ({ signal }) => get<ItemsView>(customerPath(customer, 'items'), {}, signal),
  })

export type ItemsConflict = Readonly<{ changes: readonly ItemChange[]; conflicts: ItemConflicts['conflicts']; version: number }>

/** Changes of several items and follow-ups at once. Each goes out with the version last seen; an answer says what takes it back. */
export function useItemWrites(customer: string) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const { queryKey } = itemsQuery(customer)
  const [conflict, setConflict] = useState<ItemsConflict | null>(null)
  const last = useRef<readonly ItemChange[]>([])

  const refresh = () => void client.invalidateQueries({ queryKey: ['customer', customer] })
  const write = useMutation({
    scope: { id: `status-${customer}` },
    mutationFn: ({ changes, version }: { changes: readonly ItemChange[]; version: number }) =>
      send<ItemsChanged>('POST', apiUrl(customerPath(customer, 'items')), { changes, version }),
    onSuccess: ({ items }) => {
      client.setQueryData(queryKey, items)
      refresh()
    },
  })

  const put = async (changes: readonly ItemChange[], isUndo: boolean, seen?: number): Promise<void> => {
    if (changes.length === 0) return
    const version = seen ?? client.getQueryData<ItemsView>(queryKey)?.version ?? 0
    try {
      const { undo: back, warnings } = await write.mutateAsync({ changes, version })
      last.current = isUndo ? [] : back
      for (const { code, person, open } of warnings)
        showToast({ intent: 'warning', title: t(`items.warning.${code}`, { person, open: formats.number(open) }) })
      showToast({
        intent: 'success',
        title: isUndo ? t('plan.undone') : t('items.saved', { count: changes.length }),
        ...(isUndo || back.length === 0 ? {} : { action: { label: t('plan.undo'), run: undo } }),
      })
    } catch (error) {
      const lost = conflictsIn(error)
      if (lost) {
        setConflict({ changes, ...lost })
        refresh()
        return
      }
      const named = refusalsIn(error).map(each => formats.text(each.reason))
      const body = named.length > 0 ? [...new Set(named)].join(' · ') : failureText(error, t, formats)
      showToast({ intent: 'error', title: t('items.noneSaved', { count: changes.length }), body })
    }
  }
  const undo = () => void put(last.current, true)

  return {
    /** `seen`: the version that the person looked at, where the page may have changed below an open dialog. */
    change: (changes: readonly ItemChange[], seen?: number) => void put(changes, false, seen),
    undo,
    addFollowUp: async (input: AddFollowUp): Promise<void> => {
      client.setQueryData(queryKey, await send<ItemsView>('POST', apiUrl(customerPath(customer, 'follow-ups')), input))
      refresh()
    },
    conflict,
    keepTheirs: () => setConflict(null),
    saveMine: () => {
      if (conflict) void put(conflict.changes, false, conflict.version)
      setConflict(null)
    },
  }
}

const detailsOf = (error: unknown): object =>
  error instanceof HttpError && typeof error.problem.details === 'object' && error.problem.details !== null ? error.problem.details : {}

// Both are what the server promises in `model/item-api.ts`.
const conflictsIn = (error: unknown) => {
  const details = detailsOf(error)
  return 'conflicts' in details ? (details as ItemConflicts) : undefined
}
const refusalsIn = (error: unknown) => {
  const details = detailsOf(error)
  return 'refusals' in details ? (details as ItemRefusals).refusals : []
}
