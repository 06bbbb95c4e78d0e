import { Button, makeStyles } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppLink } from '../ui/AppLink.tsx'
import { HttpError } from '../ui/http.ts'
import { Fault } from './Fault.tsx'
import { focusFirstFault } from './first-fault.ts'
import { NewPasswordField } from './NewPasswordField.tsx'
import { Card, PublicPage } from './PublicPage.tsx'
import { resetPassword } from './queries.ts'
import { forgetSecret, secretOf } from './secrets.ts'
import { SHORTEST } from './strength.ts'
import { useLeaveTo } from './use-enter.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** Where the link of the mail leads: a new password, once. */
export function ResetPage() {
  const { t } = useTranslation()
  const token = secretOf('/reset')
  if (token === undefined) return <NoLink />
  return (
    <PublicPage>
      <Card title={t('signIn.resetTitle')} lead={t('signIn.resetLead')}>
        <ResetForm token={token} />
        <AppLink to="/sign-in">{t('signIn.back')}</AppLink>
      </Card>
    </PublicPage>
  )
}

function ResetForm({ token }: { token: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const leave = useLeaveTo()
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const reset = useMutation({
    mutationFn: () => resetPassword(token, password),
    onSuccess: async () => {
      forgetSecret('/reset')
      await leave({ done: 'password' })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (password.length < SHORTEST) return focusFirstFault(event.currentTarget)
    if (!reset.isPending) reset.mutate()
  }
  const isUsed = reset.error instanceof HttpError && (reset.error.code === 'INVALID_TOKEN' || reset.error.code === 'TOKEN_EXPIRED')
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-label={t('signIn.resetTitle')}>
      <Fault error={reset.error} />
      {isUsed ? (
        <AppLink to="/forgot">{t('signIn.askAgain')}</AppLink>
      ) : (
        <>
          <NewPasswordField label={t('password.new')} value={password} about={[]} onType={setPassword} isTried={isTried} />
          <Button type="submit" appearance="primary" disabledFocusable={reset.isPending}>
            {t('password.set')}
          </Button>
        </>
      )}
    </form>
  )
}

/** Opened without a link, or after a reload: the address no longer has the token, and that is on purpose. */
function NoLink() {
  const { t } = useTranslation()
  return (
    <PublicPage>
      <Card title={t('signIn.resetTitle')} lead={t('signIn.noLink')}>
        <AppLink to="/forgot">{t('signIn.askAgain')}</AppLink>
        <AppLink to="/sign-in">{t('signIn.back')}</AppLink>
      </Card>
    </PublicPage>
  )
}
