import { Field, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArchivedCustomers, CustomerDetails } from '../../model/customer-api.ts'
import { customerPath } from '../customer/queries.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { apiUrl, send } from '../ui/http.ts'
import { showToast } from '../ui/toasts.tsx'
import { type DialogProps, Loaded } from './Loaded.tsx'

/** Puts the customer away, with a reason; the toast brings it back. */
export default function ArchiveDialog(props: DialogProps) {
  const { t } = useTranslation()
  return (
    <Loaded {...props} title={t('customers.action.archive')} needs="manage">
      {details => <ArchiveForm {...props} details={details} />}
    </Loaded>
  )
}

function ArchiveForm({ customer, onClose, details }: DialogProps & { details: CustomerDetails }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const back = async () => {
    await send('POST', apiUrl(`/archived-customers/${encodeURIComponent(customer)}/return`))
    await client.invalidateQueries()
    void navigate({ to: '/customers/$customer/plan', params: { customer } })
  }
  const archive = useMutation({
    mutationFn: () =>
      send<ArchivedCustomers>('POST', apiUrl(customerPath(customer, 'archive')), { reason: reason.trim(), version: details.version }),
    onSuccess: async () => {
      onClose()
      await navigate({ to: '/portfolio' })
      await client.invalidateQueries({ queryKey: ['portfolio'] })
      showToast({
        intent: 'success',
        title: t('customers.archive.done', { name: details.name }),
        action: { label: t('plan.undo'), run: () => void back() },
      })
    },
    onError: () => client.invalidateQueries({ queryKey: ['customer', customer, 'details'] }),
  })
  const run = () => {
    setTried(true)
    if (reason.trim() !== '') archive.mutate()
  }
  return (
    <FormDialog
      title={t('customers.archive.title', { name: details.name })}
      onClose={onClose}
      submit={{ label: t('customers.archive.run'), run, isBusy: archive.isPending }}
      error={archive.error}
    >
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{t('customers.archive.help')}</MessageBarBody>
      </MessageBar>
      <Field
        label={t('customers.archive.reason')}
        required
        {...(tried && reason.trim() === '' ? { validationMessage: t('customers.archive.reasonNeeded') } : {})}
      >
        <Textarea value={reason} maxLength={1000} onChange={(_, { value }) => setReason(value)} />
      </Field>
    </FormDialog>
  )
}
