import { Button, Field, Input, Link, makeStyles } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Fault } from './Fault.tsx'
import { focusFirstFault } from './first-fault.ts'
import { Card, PublicPage } from './PublicPage.tsx'
import { verifyBackupCode, verifyCode } from './queries.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px' },
  more: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '8px' },
})

type SecondStepProps = { onEnter: () => Promise<void>; onBack: () => void }

/** After the password: the code of the authenticator app, or one of the backup codes. */
export default function SecondStep({ onEnter, onBack }: SecondStepProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const [way, setWay] = useState<'app' | 'backup'>('app')
  const [code, setCode] = useState('')
  const [isTried, setTried] = useState(false)
  const attempt = useMutation({ mutationFn: way === 'app' ? verifyCode : verifyBackupCode, onSuccess: onEnter })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (attempt.isPending) return
    // Apps show the code in groups, and people copy it so.
    const bare = code.replace(/\s/g, '')
    if (bare === '') return focusFirstFault(event.currentTarget)
    attempt.mutate(bare)
  }
  const change = () => {
    setWay(way === 'app' ? 'backup' : 'app')
    setCode('')
    setTried(false)
    attempt.reset()
  }
  return (
    <PublicPage>
      <Card title={t('signIn.secondStep')} lead={t(way === 'app' ? 'signIn.codeLead' : 'signIn.backupLead')}>
        <form key={way} className={styles.form} noValidate onSubmit={submit} aria-label={t('signIn.secondStep')}>
          <Fault error={attempt.error} />
          <Field
            label={t(way === 'app' ? 'signIn.code' : 'signIn.backupCode')}
            required
            {...(isTried && code.trim() === '' ? { validationMessage: t('signIn.codeMissing') } : {})}
          >
            <Input
              autoFocus
              name="code"
              autoComplete={way === 'app' ? 'one-time-code' : 'off'}
              inputMode={way === 'app' ? 'numeric' : 'text'}
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
              value={code}
              onChange={(_, typed) => setCode(typed.value)}
            />
          </Field>
          <Button type="submit" appearance="primary" disabledFocusable={attempt.isPending}>
            {t('signIn.submit')}
          </Button>
        </form>
        <div className={styles.more}>
          <Link as="button" onClick={change}>
            {t(way === 'app' ? 'signIn.useBackup' : 'signIn.useApp')}
          </Link>
          <Link as="button" onClick={onBack}>
            {t('signIn.startAgain')}
          </Link>
        </div>
      </Card>
    </PublicPage>
  )
}
