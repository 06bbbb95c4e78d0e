import { Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactView } from '../../model/customer-api.ts'
import { customerPath } from '../customer/queries.ts'
import { useChange } from '../customers/use-change.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { apiUrl, send } from '../ui/http.ts'

type EraseProps = { customer: string; contact: ContactView; onClose: () => void }

/** Forgets a contact; the name is typed, because nothing brings it back. */
export function EraseContactDialog({ customer, contact, onClose }: EraseProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const isMeant = name.trim() === contact.name.trim()
  const erase = useChange<void>(
    customer,
    () => send('POST', apiUrl(customerPath(customer, 'contacts', contact.id, 'erasure')), { name: name.trim(), version: contact.version }),
    { done: t('contacts.erased'), onDone: onClose },
  )
  const run = () => {
    setTried(true)
    if (isMeant) erase.run()
  }
  return (
    <FormDialog
      title={t('contacts.eraseTitle', { name: contact.name })}
      onClose={onClose}
      submit={{ label: t('contacts.erase'), run, isBusy: erase.isBusy }}
      error={erase.error ?? (erase.conflict ? new Error(t('contacts.conflict')) : undefined)}
    >
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('contacts.eraseHelp')}</MessageBarBody>
      </MessageBar>
      <Field label={t('contacts.eraseName')} required {...(tried && !isMeant ? { validationMessage: t('contacts.eraseNameWrong') } : {})}>
        <Input value={name} autoComplete="off" onChange={(_, { value }) => setName(value)} />
      </Field>
    </FormDialog>
  )
}
