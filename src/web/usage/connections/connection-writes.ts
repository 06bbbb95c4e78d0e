import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ConnectionTest, ConnectionView, SetConnection, SyncRunView, TenantConnections } from '../../../model/usage-api.ts'
import { customerPath } from '../../customer/queries.ts'
import { failureText, isLostUpdate } from '../../ui/failure.ts'
import { useFormats } from '../../ui/format.ts'
import { apiUrl, send } from '../../ui/http.ts'
import { showToast } from '../../ui/toasts.tsx'
import { connectionsQuery } from './queries.ts'

const connectionUrl = (customer: string, tenant: string, ...rest: string[]) =>
  apiUrl(customerPath(customer, 'tenants', tenant, 'connection', ...rest))

/** Everything that can be done with a tenant's connection. */
export const connectionCalls = (customer: string, tenant: string) => ({
  save: (input: SetConnection) => send<ConnectionView>('PUT', connectionUrl(customer, tenant), input),
  test: () => send<ConnectionTest>('POST', connectionUrl(customer, tenant, 'test')),
  run: () => send<SyncRunView>('POST', connectionUrl(customer, tenant, 'runs')),
  stop: (run: string) => send<SyncRunView>('DELETE', connectionUrl(customer, tenant, 'runs', run)),
  drop: () => send<TenantConnections>('DELETE', connectionUrl(customer, tenant)),
  allowPeople: (allowed: boolean) =>
    send<TenantConnections>('PUT', apiUrl(customerPath(customer, 'tenants', tenant, 'people')), { allowed }),
})

/** One of these calls, of a customer's tenant or, with null, of the organization itself; connections are asked for anew whatever comes of it, for a failed test is a finding too. */
export function useConnectionWrite<Input, Answer>(
  customer: string | null,
  call: (input: Input) => Promise<Answer>,
  { done, isForm = false, onDone }: { done?: string; isForm?: boolean; onDone?: (answer: Answer) => void } = {},
) {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  return useMutation({
    mutationFn: call,
    onSuccess: answer => {
      if (done) showToast({ intent: 'success', title: done })
      onDone?.(answer)
    },
    onError: error => {
      if (isForm) return
      const body = isLostUpdate(error) ? t('connections.changedMeanwhile') : failureText(error, t, formats)
      showToast({ intent: 'error', title: t('connections.notDone'), body })
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: customer === null ? ['calendar-connection'] : connectionsQuery(customer).queryKey }),
        client.invalidateQueries({ queryKey: ['connections'] }),
      ]),
  })
}
