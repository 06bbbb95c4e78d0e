import { Button, Field, Input, MessageBar, MessageBarBody, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Email, type Invitation, PersonName } from '../../../model/admin-api.ts'
import { LANGUAGES, languageName } from '../../i18n.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { send } from '../../ui/http.ts'
import { urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'
import { type Access, AccessFields } from './AccessFields.tsx'

const FIRST_ACCESS: Access = { right: 'engineer', scope: 'customers', teams: [] }

/** Asks somebody in; afterwards says where the invitation went. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [locale, setLocale] = useState(i18n.language)
  const [access, setAccess] = useState(FIRST_ACCESS)
  const [tried, setTried] = useState(false)
  const invite = useWrite({
    write: () => send<Invitation>('POST', urlOf('people'), { email: email.trim(), name: name.trim(), ...access, locale }),
    changes: [['people'], ['teams'], ['mail'], ['jobs']],
    isForm: true,
  })
  if (invite.data) {
    return (
      <FormDialog title={t('admin.people.invited', { name: invite.data.person.name })} onClose={onClose}>
        <InvitationSent invitation={invite.data} />
      </FormDialog>
    )
  }
  const emailFault = Email.safeParse(email.trim()).success ? undefined : t('admin.people.emailFault')
  const nameFault = PersonName.safeParse(name).success ? undefined : t('admin.people.nameFault')
  const run = () => {
    setTried(true)
    if (!emailFault && !nameFault) invite.mutate(undefined)
  }
  return (
    <FormDialog
      title={t('admin.people.invite')}
      onClose={onClose}
      submit={{ label: t('admin.people.sendInvitation'), run, isBusy: invite.isPending }}
      error={invite.error}
    >
      <Field label={t('admin.people.email')} required {...(tried && emailFault ? { validationMessage: emailFault } : {})}>
        <Input type="email" value={email} autoComplete="off" onChange={(_, { value }) => setEmail(value)} />
      </Field>
      <Field label={t('admin.people.name')} required {...(tried && nameFault ? { validationMessage: nameFault } : {})}>
        <Input value={name} autoComplete="off" onChange={(_, { value }) => setName(value)} />
      </Field>
      <AccessFields access={access} onChange={setAccess} />
      <Field label={t('admin.people.language')} hint={t('admin.people.languageHint')}>
        <Select value={locale} onChange={(_, { value }) => setLocale(value)}>
          {LANGUAGES.map(tag => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
        </Select>
      </Field>
    </FormDialog>
  )
}

/** Where the mail went, and the link itself where mail reaches nobody. */
export function InvitationSent({ invitation: { person, link } }: { invitation: Invitation }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  if (link === null) return <p>{t('admin.people.mailed', { email: person.email })}</p>
  const copy = () =>
    void navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('admin.people.mailCaptured')}</MessageBarBody>
      </MessageBar>
      <Field
        label={t('admin.people.link')}
        {...(copied ? { validationState: 'success', validationMessage: t('admin.people.copied') } : {})}
      >
        <Input
          readOnly
          value={link}
          onFocus={event => event.target.select()}
          contentAfter={
            <Button size="small" appearance="transparent" onClick={copy}>
              {t('admin.people.copy')}
            </Button>
          }
        />
      </Field>
    </>
  )
}
