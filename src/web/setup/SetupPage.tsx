import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Fault } from '../session/Fault.tsx'
import { focusFirstFault } from '../session/first-fault.ts'
import { Card, PublicPage } from '../session/PublicPage.tsx'
import { sessionQuery } from '../session/queries.ts'
import { forgetSecret, secretOf } from '../session/secrets.ts'
import { useLeaveTo } from '../session/use-enter.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { FirstAdministrator, isComplete, NOBODY } from './FirstAdministrator.tsx'
import { setUp } from './queries.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px' },
  code: { fontFamily: tokens.fontFamilyMonospace },
})

/** The first start of an installation: its first administrator, made by whoever can read what the start printed. */
export function SetupPage() {
  const { t } = useTranslation()
  const { data: session } = useSuspenseQuery(sessionQuery)
  // A link opened while the page is there changes the address for a moment, and brings another code.
  useLocation()
  return (
    <PublicPage>
      {session.needsSetup ? (
        <Card title={t('setup.title')} lead={t(secretOf('/setup') === undefined ? 'setup.whereCode' : 'setup.lead')}>
          <SetupForm key={secretOf('/setup')} />
        </Card>
      ) : (
        <Card title={t('setup.title')} lead={t('setup.doneAlready')}>
          <AppLink to="/sign-in">{t('signIn.back')}</AppLink>
        </Card>
      )}
    </PublicPage>
  )
}

const REFUSALS = { 403: 'setup.wrongCode', 404: 'setup.wrongCode', 409: 'setup.doneAlready' }

function SetupForm() {
  const { t } = useTranslation()
  const styles = useStyles()
  const leave = useLeaveTo()
  const [code, setCode] = useState(secretOf('/setup') ?? '')
  const [person, setPerson] = useState(NOBODY)
  const [isTried, setTried] = useState(false)
  const make = useMutation({
    mutationFn: () => setUp({ code: code.trim(), name: person.name.trim(), email: person.email.trim(), password: person.password }),
    onSuccess: async () => {
      forgetSecret('/setup')
      await leave({ done: 'setup', to: '/admin/checks' })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (code.trim() === '' || !isComplete(person)) return focusFirstFault(event.currentTarget)
    if (!make.isPending) make.mutate()
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-label={t('setup.title')}>
      <Fault error={make.error} byStatus={REFUSALS} />
      <Field label={t('setup.code')} required {...(isTried && code.trim() === '' ? { validationMessage: t('setup.codeMissing') } : {})}>
        <Input
          name="code"
          className={styles.code}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          value={code}
          onChange={(_, typed) => setCode(typed.value)}
        />
      </Field>
      <FirstAdministrator value={person} onChange={setPerson} isTried={isTried} />
      <Button type="submit" appearance="primary" disabledFocusable={make.isPending}>
        {t('setup.submit')}
      </Button>
    </form>
  )
}
