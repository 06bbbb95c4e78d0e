import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomerHandshakes, HandshakeView } from '../../model/handshake-api.ts'
import { customerPath } from '../customer/queries.ts'
import { failureText, isLostUpdate } from '../ui/failure.ts'
import { giveFocus } from '../ui/focus-back.ts'
import { useFormats } from '../ui/format.ts'
import { apiUrl, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'
import { customerHandshakesQuery } from './queries.ts'

export type HandshakeWrite = { is: 'accept' } | { is: 'decline'; reason: string } | { is: 'write'; body: string } | { is: 'withdraw' }
export type Offer = Readonly<{ services: readonly string[]; to?: string; message: string | null }>

/** Offers and answers. Each answer is everything of the customer; lists and the plan are asked for anew. */
export function useHandshakeWrites() {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  const write = useMutation({
    mutationFn: ({ handshake, input }: { handshake: HandshakeView; input: HandshakeWrite }) => request(handshake, input),
    onSuccess: answer => keep(client, answer),
    // Somebody was first: what stands now is asked for, and the person decides again.
    onError: (error, { handshake }) => isLostUpdate(error) && refresh(client, handshake.customer.id),
  })
  const offers = useMutation({
    mutationFn: ({ customer, offer }: { customer: string; offer: Offer }) =>
      send<CustomerHandshakes>('POST', apiUrl(customerPath(customer, 'handshakes')), offer),
    onSuccess: answer => keep(client, answer),
  })

  const save = async (handshake: HandshakeView, input: HandshakeWrite): Promise<void> => {
    const isHandingBack = input.is === 'decline' && handshake.state === 'accepted'
    await write.mutateAsync({ handshake, input })
    showToast({ intent: 'success', title: t(`requests.done.${isHandingBack ? 'handBack' : input.is}`) })
    focusAfter()
  }
  const offer = async (customer: string, input: Offer): Promise<void> => {
    const { handshakes } = await offers.mutateAsync({ customer, offer: input })
    const made = handshakes.filter(each => each.may.withdraw.ok && input.services.includes(each.service))
    const undo = async () => {
      try {
        for (const each of made) await write.mutateAsync({ handshake: each, input: { is: 'withdraw' } })
      } catch (error) {
        showToast({ intent: 'error', title: t('requests.notSaved'), body: failureText(error, t, formats) })
      }
    }
    showToast({
      intent: 'success',
      title: t('requests.done.offer', { count: made.length }),
      action: { label: t('plan.undo'), run: () => void undo() },
    })
    focusAfter()
  }
  return { save, offer, isBusy: write.isPending || offers.isPending }
}

function request({ id, customer, version }: HandshakeView, input: HandshakeWrite): Promise<CustomerHandshakes> {
  const path = (last: string) => apiUrl(customerPath(customer.id, 'handshakes', id, last))
  switch (input.is) {
    case 'accept':
      return send('POST', path('answer'), { answer: 'accept', version })
    case 'decline':
      return send('POST', path('answer'), { answer: 'decline', reason: input.reason, version })
    case 'write':
      return send('POST', path('messages'), { body: input.body, version })
    case 'withdraw':
      return send('POST', path('withdrawal'), { version })
  }
}

async function keep(client: QueryClient, answer: CustomerHandshakes): Promise<void> {
  client.setQueryData(customerHandshakesQuery(answer.customer.id).queryKey, answer)
  void client.invalidateQueries({ queryKey: ['portfolio'] })
  await refresh(client, answer.customer.id)
}

const refresh = (client: QueryClient, customer: string) =>
  Promise.all([client.invalidateQueries({ queryKey: ['handshakes'] }), client.invalidateQueries({ queryKey: ['customer', customer] })])

/** What one pressed may have gone with what it did: the focus then goes to the head of the list. Two frames later, when all is drawn. */
function focusAfter(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return
      const head = document.querySelector<HTMLElement>('[data-handshakes]')
      if (head) giveFocus(head)
    }),
  )
}
