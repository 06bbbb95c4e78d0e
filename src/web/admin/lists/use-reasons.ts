import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReasonsView } from '../../../model/success-plan-api.ts'
import { failureText, isLostUpdate } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { showToast } from '../../ui/toasts.tsx'
import { urlOf } from '../queries.ts'
import { reasonsQuery } from './queries.ts'
import { backTo, type Change } from './reason-list.ts'

/** A change to the list that the person looked at, and what is said once it is made. */
export type ReasonsWrite = Readonly<{ seen: ReasonsView; change: Change; done: string; onDone?: () => void }>
/** Somebody else made another list meanwhile: what was wanted, and what stands now. */
export type Lost = Readonly<{ wanted: ReasonsWrite; fresh: ReasonsView }>

/** Makes new versions of the list of reasons. What others changed meanwhile is shown before anything is written over it. */
export function useReasons() {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const [lost, setLost] = useState<Lost>()
  const put = async ({ seen, change }: Pick<ReasonsWrite, 'seen' | 'change'>) => {
    const saved = await send<ReasonsView>('PUT', urlOf('lists', 'reasons'), { reasons: change(seen.reasons), version: seen.version })
    client.setQueryData(reasonsQuery.queryKey, saved)
    // Blockers and seats show reasons by their names.
    for (const queryKey of [['customer'], ['blockers']]) void client.invalidateQueries({ queryKey })
    return saved
  }
  const failed = (error: unknown) => showToast({ intent: 'error', title: t('lists.notSaved'), body: failureText(error, t, formats) })
  const mutation = useMutation({
    mutationFn: put,
    onSuccess: (saved, { seen, done, onDone }: ReasonsWrite) => {
      setLost(undefined)
      const undo = () =>
        void put({ seen: saved, change: backTo(seen.reasons) }).then(
          () => showToast({ intent: 'success', title: t('plan.undone') }),
          failed,
        )
      const isChanged = saved.version !== seen.version
      showToast({ intent: 'success', title: done, ...(isChanged ? { action: { label: t('plan.undo'), run: undo } } : {}) })
      onDone?.()
    },
    onError: async (error, wanted) => {
      if (!isLostUpdate(error)) return failed(error)
      setLost({ wanted, fresh: await client.fetchQuery({ ...reasonsQuery, staleTime: 0 }) })
    },
  })
  return {
    write: (wanted: ReasonsWrite) => mutation.mutate(wanted),
    isBusy: mutation.isPending,
    lost,
    /** The same change, made to what stands now. */
    again: () => lost && mutation.mutate({ ...lost.wanted, seen: lost.fresh }),
    giveUp: () => setLost(undefined),
  }
}
export type Reasons = ReturnType<typeof useReasons>
