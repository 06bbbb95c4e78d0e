import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppLink } from '../ui/AppLink.tsx'
import { HttpError } from '../ui/http.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { Fault } from './Fault.tsx'
import { focusFirstFault } from './first-fault.ts'
import { NewPasswordField } from './NewPasswordField.tsx'
import { Card, PublicPage } from './PublicPage.tsx'
import { acceptInvitation, findInvitation } from './queries.ts'
import { forgetSecret, secretOf } from './secrets.ts'
import { SHORTEST } from './strength.ts'
import { useLeaveTo } from './use-enter.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** Where the link of an invitation leads: who is meant, and a password to come in with. Passkeys are added once inside. */
export function InvitationPage() {
  const { t } = useTranslation()
  const token = secretOf('/invitation')
  const found = useQuery({
    queryKey: ['invitation'],
    queryFn: () => findInvitation(token ?? ''),
    enabled: token !== undefined,
    retry: false,
    gcTime: 0,
  })
  // A reload forgets the token, the link in the mail still has it.
  if (token === undefined) return <NothingToAccept why="signIn.noLink" />
  if (found.error instanceof HttpError && (found.error.status === 404 || found.error.status === 400))
    return <NothingToAccept why="signIn.invitationEnded" />
  return (
    <PublicPage>
      <Card
        title={found.data ? t('signIn.welcome', { name: found.data.name }) : t('signIn.invitationTitle')}
        lead={t('signIn.invitationLead')}
      >
        {found.isPending && <Skeletons heights={[56, 56, 32]} />}
        {found.error && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && <AcceptForm token={token} {...found.data} />}
      </Card>
    </PublicPage>
  )
}

function AcceptForm({ token, name, email }: { token: string; name: string; email: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const leave = useLeaveTo()
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const accept = useMutation({
    mutationFn: () => acceptInvitation(token, password),
    onSuccess: async () => {
      forgetSecret('/invitation')
      await leave({ done: 'invitation' })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (password.length < SHORTEST) return focusFirstFault(event.currentTarget)
    if (!accept.isPending) accept.mutate()
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-label={t('signIn.invitationTitle')}>
      <Fault error={accept.error} byStatus={{ 404: 'signIn.invitationEnded' }} />
      <Field label={t('signIn.email')}>
        <Input name="email" type="email" autoComplete="username" appearance="filled-darker" readOnly value={email} />
      </Field>
      <NewPasswordField label={t('password.new')} value={password} about={[name, email]} onType={setPassword} isTried={isTried} />
      <Button type="submit" appearance="primary" disabledFocusable={accept.isPending}>
        {t('signIn.accept')}
      </Button>
    </form>
  )
}

function NothingToAccept({ why }: { why: 'signIn.noLink' | 'signIn.invitationEnded' }) {
  const { t } = useTranslation()
  return (
    <PublicPage>
      <Card title={t('signIn.invitationTitle')} lead={t(why)}>
        <AppLink to="/sign-in">{t('signIn.back')}</AppLink>
      </Card>
    </PublicPage>
  )
}
