import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { type FormEvent, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HttpError } from '../ui/http.ts'
import { Fault } from './Fault.tsx'
import { focusFirstFault } from './first-fault.ts'
import { PasswordField } from './PasswordField.tsx'
import { offerPasskeys, withdrawPasskeys } from './passkeys.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px' } })

type PasswordFormProps = {
  error: unknown
  isBusy: boolean
  /** The way most people take here: its button is the one in colour. */
  isMain: boolean
  onSend: (input: { email: string; password: string }) => void
  onEnter: () => Promise<void>
}

/** E-mail and password. Browsers that can offer passkeys do so in the e-mail field. */
export function PasswordForm({ error, isBusy, isMain, onSend, onEnter }: PasswordFormProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  useOfferedPasskeys(onEnter)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (isBusy) return
    if (email.trim() === '' || password === '') return focusFirstFault(event.currentTarget)
    onSend({ email: email.trim(), password })
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-label={t('signIn.form')}>
      <Fault error={error}>
        {error instanceof HttpError && error.status === 429 && ` ${t(isMain ? 'signIn.lockedOther' : 'signIn.lockedOtherSso')}`}
      </Fault>
      <Field
        label={t('signIn.email')}
        required
        {...(isTried && email.trim() === '' ? { validationMessage: t('signIn.emailMissing') } : {})}
      >
        <Input
          name="email"
          type="email"
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          onChange={(_, typed) => setEmail(typed.value)}
        />
      </Field>
      <PasswordField
        label={t('signIn.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(_, typed) => setPassword(typed.value)}
        validationMessage={isTried && password === '' ? t('signIn.passwordMissing') : undefined}
      />
      <Button type="submit" appearance={isMain ? 'primary' : 'secondary'} disabledFocusable={isBusy}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}

/** Stands by while the form is there; the browser decides whether anything is shown. What fails here was not asked for, so it stays quiet. */
function useOfferedPasskeys(onEnter: () => Promise<void>): void {
  const enter = useEffectEvent(onEnter)
  useEffect(() => {
    offerPasskeys().then(
      isTaken => isTaken && void enter(),
      () => undefined,
    )
    return withdrawPasskeys
  }, [])
}
