import { MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerDetails } from '../../model/customer-api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { useFormats } from '../ui/format.ts'
import { detailsQuery } from './queries.ts'

export type DialogProps = { customer: string; onClose: () => void }
type LoadedProps = DialogProps & {
  title: string
  /** `manage`: for those who manage customers; else for those who may change this one. */
  needs: 'change' | 'manage'
  children: (details: CustomerDetails) => ReactNode
}

/** A dialog about a customer once it is known; until then, or to those who may not, it says so. */
export function Loaded({ customer, onClose, title, needs, children }: LoadedProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data, error } = useQuery({ ...detailsQuery(customer), refetchOnMount: 'always' })
  if (!data || error)
    return (
      <FormDialog title={title} onClose={onClose} error={error}>
        {!error && <Spinner label={t('customers.loading')} />}
      </FormDialog>
    )
  const refusal = needs === 'change' ? refusalFor(data.canChange, null) : data.canManage.ok ? undefined : data.canManage.reason
  if (!refusal) return children(data)
  return (
    <FormDialog title={title} onClose={onClose}>
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>{t('customers.mayNot', { reason: formats.text(refusal) })}</MessageBarBody>
      </MessageBar>
    </FormDialog>
  )
}
