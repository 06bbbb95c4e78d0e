import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type {
  CustomerExpertRequests,
  ExpertRequestAnswer,
  ExpertRequestPage,
  ExpertRequestView,
} from '../../../model/expert-request-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { failureText, isLostUpdate } from '../../ui/failure.ts'
import { giveFocus } from '../../ui/focus-back.ts'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { showToast } from '../../ui/toasts.tsx'
import { customerExpertRequestsQuery } from './queries.ts'

export type RequestWrite =
  | { is: 'acknowledge' }
  | { is: 'accept' }
  | { is: 'decline'; reason: string }
  | { is: 'write'; body: string }
  | { is: 'handOn'; expert: string | null; message: string | null }
  | { is: 'done'; note: string; keepAssignment: boolean }
  | { is: 'withdraw' }
export type NewRequest = Readonly<{
  service: string | null
  skill: string
  language: string | null
  region: string | null
  seats: number | null
  wantedOn: string | null
  purpose: string
  expert: string | null
}>

/** Requests and answers. Lists and the customer are asked for anew. */
export function useRequestWrites() {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const write = useMutation({
    mutationFn: ({ request, input }: { request: ExpertRequestView; input: RequestWrite }) => sent(request, input),
    onSuccess: (_, { request }) => refresh(client, request.customer.id),
  })
  const asks = useMutation({
    mutationFn: ({ customer, input }: { customer: string; input: NewRequest }) =>
      send<CustomerExpertRequests>('POST', apiUrl(customerPath(customer, 'expert-requests')), input),
    onSuccess: async answer => {
      client.setQueryData(customerExpertRequestsQuery(answer.customer.id).queryKey, answer)
      await refresh(client, answer.customer.id)
    },
  })

  const save = async (request: ExpertRequestView, input: RequestWrite): Promise<void> => {
    await write.mutateAsync({ request, input })
    showToast({ intent: 'success', title: t(`experts.saved.${input.is}`) })
    focusAfter()
  }
  const ask = async (customer: string, input: NewRequest, before: readonly ExpertRequestView[]): Promise<void> => {
    const { requests } = await asks.mutateAsync({ customer, input })
    const made = requests.find(each => !before.some(({ id }) => id === each.id))
    const undo = async () => {
      try {
        if (made) await write.mutateAsync({ request: made, input: { is: 'withdraw' } })
      } catch (error) {
        showToast({ intent: 'error', title: t('experts.notSaved'), body: failureText(error, t, formats) })
      }
    }
    showToast({ intent: 'success', title: t('experts.saved.ask'), action: { label: t('plan.undo'), run: () => void undo() } })
    focusAfter()
  }
  /** For a button without a dialog: what failed is said in passing. */
  const acknowledge = async (request: ExpertRequestView): Promise<void> => {
    try {
      await save(request, { is: 'acknowledge' })
    } catch (error) {
      showToast({
        intent: 'error',
        title: t('experts.notSaved'),
        body: isLostUpdate(error) ? t('experts.lookAgain') : failureText(error, t, formats),
      })
      await refresh(client, request.customer.id)
    }
  }
  return { save, ask, acknowledge, isBusy: write.isPending || asks.isPending }
}

function sent({ id, version }: ExpertRequestView, input: RequestWrite): Promise<ExpertRequestAnswer> {
  const url = (last: string) => apiUrl(`/expert-requests/${encodeURIComponent(id)}/${last}`)
  switch (input.is) {
    case 'acknowledge':
    case 'accept':
      return send('POST', url('answer'), { answer: input.is, version })
    case 'decline':
      return send('POST', url('answer'), { answer: 'decline', reason: input.reason, version })
    case 'done':
      return send('POST', url('answer'), { answer: 'done', note: input.note, keepAssignment: input.keepAssignment, version })
    case 'write':
      return send('POST', url('messages'), { body: input.body, version })
    case 'handOn':
      return send('POST', url('expert'), { expert: input.expert, message: input.message, version })
    case 'withdraw':
      return send('POST', url('withdrawal'), { version })
  }
}

const refresh = (client: QueryClient, customer: string) =>
  Promise.all([
    client.invalidateQueries({ queryKey: ['expert-requests'] }),
    client.invalidateQueries({ queryKey: ['experts'] }),
    client.invalidateQueries({ queryKey: ['customer', customer] }),
  ])

/** One request as it stands now, of whatever list shows it; undefined when none does any more. */
export async function asItStands(client: QueryClient, request: ExpertRequestView): Promise<ExpertRequestView | undefined> {
  await refresh(client, request.customer.id)
  const lists = client.getQueriesData<{ pages?: readonly ExpertRequestPage[] }>({ queryKey: ['expert-requests'] })
  const ofCustomer = client.getQueryData(customerExpertRequestsQuery(request.customer.id).queryKey)
  return [...lists.flatMap(([, data]) => data?.pages?.flatMap(page => page.rows) ?? []), ...(ofCustomer?.requests ?? [])]
    .filter(({ id }) => id === request.id)
    .toSorted((a, b) => b.version - a.version)[0]
}

/** What one pressed may have gone with what it did: the focus then goes to the head of the list. Two frames later, when all is drawn. */
function focusAfter(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return
      const head = document.querySelector<HTMLElement>('[data-expert-requests]')
      if (head) giveFocus(head)
    }),
  )
}
