import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppLink } from '../ui/AppLink.tsx'
import { Fault } from './Fault.tsx'
import { focusFirstFault } from './first-fault.ts'
import { Card, PublicPage } from './PublicPage.tsx'
import { requestReset, sessionQuery } from './queries.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** Asks for a mail with a link. The answer is the same for every address, so that nobody learns who has an account. */
export function ForgotPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const [email, setEmail] = useState('')
  const [isTried, setTried] = useState(false)
  const ask = useMutation({ mutationFn: requestReset })
  const isAddress = /^[^\s@]+@[^\s@]+$/.test(email.trim())
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (!isAddress) return focusFirstFault(event.currentTarget)
    if (!ask.isPending) ask.mutate(email.trim())
  }
  return (
    <PublicPage>
      <Card title={t('signIn.forgotTitle')} lead={t('signIn.forgotLead')}>
        <div role="status">
          {ask.isSuccess && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>
                {t('signIn.forgotSent')} {session.mail === 'captured' && t('signIn.mailCaptured')}
              </MessageBarBody>
            </MessageBar>
          )}
        </div>
        <form className={styles.form} noValidate onSubmit={submit} aria-label={t('signIn.forgotTitle')}>
          <Fault error={ask.error} />
          <Field label={t('signIn.email')} required {...(isTried && !isAddress ? { validationMessage: t('signIn.emailMissing') } : {})}>
            <Input
              name="email"
              type="email"
              autoComplete="username"
              autoCapitalize="none"
              value={email}
              onChange={(_, typed) => setEmail(typed.value)}
            />
          </Field>
          <Button type="submit" appearance="primary" disabledFocusable={ask.isPending}>
            {t('signIn.forgotSend')}
          </Button>
        </form>
        <AppLink to="/sign-in">{t('signIn.back')}</AppLink>
      </Card>
    </PublicPage>
  )
}
