import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Denominator, MilestoneView, SetDenominator, SetMilestone } from '../../model/usage-api.ts'
import { customerPath, customerQuery } from '../customer/queries.ts'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, HttpError, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'
import { targetsQuery } from './queries.ts'
import { milestoneName } from './words.ts'

export type Target = Pick<SetMilestone, 'percent' | 'targetDate' | 'reason'>

export const isConflict = (error: unknown): boolean => error instanceof HttpError && error.status === 409

/** Setting the milestones of one service. A lost update leaves the newest version in the cache, for the form to show beside one's own. */
export function useMilestoneWrite(customer: string, service: string, onDone: () => void) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const present = async (id: MilestoneView['id']) => {
    const { services } = await client.fetchQuery({ ...targetsQuery(customer), staleTime: 0 })
    return services.find(each => each.service === service)?.milestones.find(each => each.id === id)
  }
  const pathOf = (id: MilestoneView['id']) => customerPath(customer, 'services', service, 'milestones', id)
  const refresh = () => Promise.all([['customer', customer], ['portfolio']].map(queryKey => client.invalidateQueries({ queryKey })))
  const put = async (id: MilestoneView['id'], target: Target, version: number) => {
    await send('PUT', apiUrl(pathOf(id)), { ...target, version })
    await refresh()
  }
  const clear = async (id: MilestoneView['id'], version: number) => {
    await send('DELETE', apiUrl(pathOf(id), { version }))
    await refresh()
  }
  const undo = async (before: MilestoneView) => {
    try {
      const version = (await present(before.id))?.version ?? 0
      // What nobody had set goes back to being the usual.
      if (before.version === 0) await clear(before.id, version)
      else await put(before.id, { percent: before.percent, targetDate: before.targetDate, reason: null }, version)
      showToast({ intent: 'success', title: t('plan.undone') })
    } catch (error) {
      showToast({ intent: 'error', title: t('targets.notSaved'), body: failureText(error, t, formats) })
    }
  }
  return useMutation({
    mutationFn: ({ before, target }: { before: MilestoneView; target: Target }) => put(before.id, target, before.version),
    onSuccess: (_, { before, target }) => {
      showToast({
        intent: 'success',
        title: t('targets.saved', { milestone: milestoneName({ id: before.id, percent: target.percent }, { t, formats }) }),
        action: { label: t('plan.undo'), run: () => void undo(before) },
      })
      onDone()
    },
    onError: async (error, { before }) => {
      if (isConflict(error)) await present(before.id)
    },
  })
}

/** Of what the active users of a service are a share; null: the usual way. */
export type Share = Readonly<{ kind: Denominator | null; seats: number | null }>

export function useDenominatorWrite(customer: string, service: string, onDone: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const refresh = () => Promise.all([['customer', customer], ['portfolio']].map(queryKey => client.invalidateQueries({ queryKey })))
  return useMutation({
    mutationFn: async (share: Share) => {
      const version = client.getQueryData(customerQuery(customer).queryKey)?.version ?? 0
      await send('PUT', apiUrl(customerPath(customer, 'services', service, 'denominator')), { ...share, version } satisfies SetDenominator)
    },
    onSuccess: async () => {
      await refresh()
      showToast({ intent: 'success', title: t('usage.share.saved') })
      onDone()
    },
    // What somebody else saved meanwhile stands in the form then, and the next try goes on from there.
    onError: error => (isConflict(error) ? refresh() : undefined),
  })
}
