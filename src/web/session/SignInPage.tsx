import { Button, Divider, Link, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppLink } from '../ui/AppLink.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { DemoAccounts } from './DemoAccounts.tsx'
import { Fault } from './Fault.tsx'
import { ssoSentence } from './failure.ts'
import { PasskeyButton } from './PasskeyButton.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { Card, PublicPage } from './PublicPage.tsx'
import { sessionQuery, signIn, startSingleSignOn } from './queries.ts'
import { useEnter } from './use-enter.ts'

// Most people never see it.
const SecondStep = lazy(() => import('./SecondStep.tsx'))

const route = getRouteApi('/sign-in')

const useStyles = makeStyles({ ways: { display: 'flex', flexDirection: 'column', gap: '12px' } })

/** Every way in: single sign-on, passkey, password with a second step, and the demo accounts of a demo. */
export function SignInPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const search = route.useSearch()
  const enter = useEnter(search.to)
  const [isSecondStep, setSecondStep] = useState(false)
  // Where single sign-on is the rule, an administrator can still come in another way when the provider is down.
  const [isOtherWay, setOtherWay] = useState(false)
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: answer => (answer.twoFactorRedirect ? setSecondStep(true) : enter()),
  })
  const sso = useMutation({ mutationFn: () => startSingleSignOn(search.to ?? '/') })
  const hasOwnWays = !session.sso?.only || isOtherWay
  if (isSecondStep)
    return (
      <Suspense fallback={null}>
        <SecondStep onEnter={enter} onBack={() => setSecondStep(false)} />
      </Suspense>
    )
  return (
    <PublicPage>
      <PageTitle name={t('signIn.submit')} />
      <Card title="Impulso" lead={t('signIn.lead')} isBrand>
        {search.done && (
          <MessageBar intent="success" layout="multiline" role="status">
            <MessageBarBody>{t(`signIn.done.${search.done}`)}</MessageBarBody>
          </MessageBar>
        )}
        {search.error !== undefined && (
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{t(ssoSentence(search.error))}</MessageBarBody>
          </MessageBar>
        )}
        {session.sso && (
          <div className={styles.ways}>
            <Fault error={sso.error} />
            <Button appearance="primary" disabledFocusable={sso.isPending} onClick={() => sso.mutate()}>
              {t('signIn.sso.with', { name: session.sso.name })}
            </Button>
          </div>
        )}
        {hasOwnWays ? (
          <>
            {session.sso && <Divider>{t('signIn.or')}</Divider>}
            <PasswordForm
              error={attempt.error}
              isBusy={attempt.isPending}
              isMain={!session.sso}
              onSend={input => attempt.mutate(input)}
              onEnter={enter}
            />
            <PasskeyButton onEnter={enter} />
            <AppLink to="/forgot">{t('signIn.forgot')}</AppLink>
          </>
        ) : (
          <Link as="button" onClick={() => setOtherWay(true)}>
            {t('signIn.otherWay')}
          </Link>
        )}
      </Card>
      {session.demoAccounts.length > 0 && (
        <DemoAccounts accounts={session.demoAccounts} isBusy={attempt.isPending} onChoose={input => attempt.mutate(input)} />
      )}
    </PublicPage>
  )
}
