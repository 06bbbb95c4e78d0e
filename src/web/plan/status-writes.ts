import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ItemMark, PlanView, SetItemStatus } from '../../model/api.ts'
import { customerPath, planQuery } from '../customer/queries.ts'
import { apiUrl, HttpError, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'

export type StatusInput = Pick<SetItemStatus, 'status' | 'reason' | 'note'>
/** `input` null takes the status away again. `seen` is the mark the person was looking at. */
type Write = { item: string; input: StatusInput | null; version?: number | undefined }
/** What the person looked at when a dialog opened: what others save meanwhile arrives below it. */
export type Seen = Readonly<{ version: number; mark: ItemMark | null }>
export type Conflict = { item: string; mine: StatusInput | null; theirs: ItemMark | null }

/** Setting and undoing statuses of one customer. Writes wait for each other, so the version sent is always the newest this page knows. */
export function useStatusWrites(customer: string) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const last = useRef<{ item: string; before: ItemMark | null } | null>(null)
  const { queryKey } = planQuery(customer)
  const markOf = (item: string): ItemMark | null => client.getQueryData<PlanView>(queryKey)?.marks[item] ?? null

  const keep = (view: PlanView) => {
    client.setQueryData(queryKey, view)
    for (const key of [['customer', customer], ['portfolio']])
      void client.invalidateQueries({ queryKey: key, predicate: query => query.queryHash !== JSON.stringify(queryKey) })
  }

  const write = useMutation({
    scope: { id: `status-${customer}` },
    mutationFn: ({ item, input, version: seen }: Write) => {
      const version = seen ?? client.getQueryData<PlanView>(queryKey)?.version ?? 0
      const path = customerPath(customer, 'items', item)
      return input
        ? send<PlanView>('PUT', apiUrl(path), { ...input, version })
        : send<PlanView>('DELETE', apiUrl(`${path}/status`, { version }))
    },
    onSuccess: keep,
  })

  const put = async (
    item: string,
    input: StatusInput | null,
    seen: ItemMark | null,
    { isUndo = false, isRetry = false, version }: { isUndo?: boolean; isRetry?: boolean; version?: number | undefined } = {},
  ): Promise<void> => {
    try {
      await write.mutateAsync({ item, input, version })
    } catch (error) {
      if (!isLostUpdate(error)) return showToast({ intent: 'error', ...failureOf(error, t) })
      const fresh = await client.fetchQuery({ ...planQuery(customer), staleTime: 0 })
      const theirs = fresh.marks[item] ?? null
      // Somebody changed something else of this customer: no reason to ask.
      if (!isRetry && sameMark(theirs, seen)) return put(item, input, seen, { isUndo, isRetry: true })
      setConflict({ item, mine: input, theirs })
      return
    }
    last.current = isUndo ? null : { item, before: seen }
    showToast({
      intent: 'success',
      title: isUndo ? t('plan.undone') : t('plan.saved', { status: t(`status.${input?.status ?? 'not-started'}`) }),
      ...(isUndo ? {} : { action: { label: t('plan.undo'), run: undo } }),
    })
  }

  const undo = () => {
    if (!last.current) return
    const { item, before } = last.current
    void put(item, before && inputOf(before), markOf(item), { isUndo: true })
  }

  return {
    save: (item: string, input: StatusInput, seen?: Seen) =>
      void put(item, input, seen ? seen.mark : markOf(item), { version: seen?.version }),
    undo,
    pendingItem: write.isPending ? write.variables.item : null,
    conflict,
    keepTheirs: () => setConflict(null),
    saveMine: () => {
      if (conflict) void put(conflict.item, conflict.mine, conflict.theirs)
      setConflict(null)
    },
  }
}

/** A 409 carries both versions when somebody was faster; without them it is a rule that says no. */
const isLostUpdate = (error: unknown) =>
  error instanceof HttpError &&
  error.status === 409 &&
  typeof error.problem.details === 'object' &&
  error.problem.details !== null &&
  'theirs' in error.problem.details

const inputOf = ({ status, reason, note }: ItemMark): StatusInput => ({ status, ...(reason ? { reason } : {}), ...(note ? { note } : {}) })

const sameMark = (a: ItemMark | null, b: ItemMark | null) =>
  a?.at === b?.at && a?.status === b?.status && a?.note === b?.note && a?.reason === b?.reason

function failureOf(error: unknown, t: TFunction): { title: string; body: string } {
  if (!(error instanceof HttpError)) return { title: t('plan.notSaved'), body: t('error.other.help') }
  const { detail, requestId, status } = error.problem
  const why = status === 0 ? t('error.offline.title') : detail
  return { title: t('plan.notSaved'), body: requestId ? `${why} (${t('error.requestId', { id: requestId })})` : why }
}
