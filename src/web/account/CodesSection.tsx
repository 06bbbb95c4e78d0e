import { Badge, Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnAccount } from '../../model/admin-api.ts'
import { Fault } from '../session/Fault.tsx'
import { PasswordField } from '../session/PasswordField.tsx'
import { ActionButton } from '../ui/ActionButton.tsx'
import { FormDialog } from '../ui/FormDialog.tsx'
import { BackupCodes } from './BackupCodes.tsx'
import { CopyButton } from './CopyButton.tsx'
import { focusSection } from './focus-section.ts'
import { QrCode } from './QrCode.tsx'
import { type CodesStarted, confirmCodes, newBackupCodes, startCodes, stopCodes, useChange } from './queries.ts'
import { Section, useRowStyles } from './Section.tsx'
import { secretOfUri } from './totp-uri.ts'

/** What the person is in the middle of. */
type Step =
  | { is: 'idle' }
  | { is: 'password'; wants: 'on' | 'off' | 'codes' }
  | { is: 'scan'; started: CodesStarted }
  | { is: 'codes'; codes: readonly string[] }

/** Codes of an authenticator app as the second step of signing in with a password. */
export function CodesSection({ account: { person } }: { account: OwnAccount }) {
  const { t } = useTranslation()
  const styles = useRowStyles()
  const [step, setStep] = useState<Step>({ is: 'idle' })
  const close = () => setStep({ is: 'idle' })
  const finish = () => {
    close()
    // The button that all this began with is another one now.
    focusSection(t('account.codes'))
  }
  const { twoFactor, password } = person.ways
  return (
    <Section title={t('account.codes')} lead={t('account.codesLead')}>
      <div>
        <Badge appearance="tint" color={twoFactor ? 'success' : 'informative'} shape="rounded">
          {t(twoFactor ? 'account.codesOn' : 'account.codesOff')}
        </Badge>
      </div>
      <div className={styles.actions}>
        {twoFactor ? (
          <>
            <Button onClick={() => setStep({ is: 'password', wants: 'codes' })}>{t('account.newCodes')}</Button>
            <Button onClick={() => setStep({ is: 'password', wants: 'off' })}>{t('account.turnOff')}</Button>
          </>
        ) : (
          <ActionButton
            refusal={password ? undefined : t('account.codesNeedPassword')}
            onClick={() => setStep({ is: 'password', wants: 'on' })}
          >
            {t('account.turnOn')}
          </ActionButton>
        )}
      </div>
      {step.is === 'password' && (
        <AskPassword
          wants={step.wants}
          onClose={close}
          onOff={finish}
          onStarted={started => setStep({ is: 'scan', started })}
          onCodes={codes => setStep({ is: 'codes', codes })}
        />
      )}
      {step.is === 'scan' && (
        <Scan started={step.started} onClose={finish} onDone={() => setStep({ is: 'codes', codes: step.started.backupCodes })} />
      )}
      {step.is === 'codes' && <BackupCodes codes={step.codes} onClose={finish} />}
    </Section>
  )
}

type AskPasswordProps = {
  wants: 'on' | 'off' | 'codes'
  onClose: () => void
  onOff: () => void
  onStarted: (started: CodesStarted) => void
  onCodes: (codes: readonly string[]) => void
}

/** Whoever finds an open screen cannot change how its owner signs in. */
function AskPassword({ wants, onClose, onOff, onStarted, onCodes }: AskPasswordProps) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  // Nothing has changed yet: the codes count from the first one that is right.
  const on = useMutation({ mutationFn: startCodes, onSuccess: onStarted })
  const off = useChange({ run: stopCodes, done: 'account.codesAreOff', after: onOff })
  const codes = useChange({ run: newBackupCodes, after: answer => onCodes(answer.backupCodes) })
  const attempt = { on, off, codes }[wants]
  const run = () => {
    setTried(true)
    if (password !== '') attempt.mutate(password)
  }
  return (
    <FormDialog
      title={t(`account.${{ on: 'turnOn', off: 'turnOff', codes: 'newCodes' }[wants]}`)}
      onClose={onClose}
      submit={{ label: t('account.continue'), run, isBusy: attempt.isPending }}
    >
      <span>{t(`account.${{ on: 'onHelp', off: 'offHelp', codes: 'newCodesHelp' }[wants]}`)}</span>
      <PasswordField
        label={t('password.current')}
        name="current-password"
        autoComplete="current-password"
        value={password}
        onChange={(_, typed) => setPassword(typed.value)}
        validationMessage={isTried && password === '' ? t('signIn.passwordMissing') : undefined}
      />
      <Fault error={attempt.error} />
    </FormDialog>
  )
}

const useScanStyles = makeStyles({
  secret: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', userSelect: 'all' },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
})

function Scan({ started, onClose, onDone }: { started: CodesStarted; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation()
  const styles = useScanStyles()
  const [code, setCode] = useState('')
  const [isTried, setTried] = useState(false)
  const confirm = useChange({ run: confirmCodes, done: 'account.codesAreOn', after: onDone })
  const bare = code.replace(/\s/g, '')
  const run = () => {
    setTried(true)
    if (bare !== '') confirm.mutate(bare)
  }
  const secret = secretOfUri(started.totpURI)
  return (
    <FormDialog title={t('account.turnOn')} onClose={onClose} submit={{ label: t('account.confirmCode'), run, isBusy: confirm.isPending }}>
      <span>{t('account.scanHelp')}</span>
      <QrCode text={started.totpURI} label={t('account.qrCode')} />
      <span>{t('account.secretHelp')}</span>
      <div className={styles.line}>
        <code className={styles.secret}>{secret}</code>
        <CopyButton text={secret.replaceAll(' ', '')} label={t('account.copySecret')} />
      </div>
      <Field label={t('signIn.code')} required {...(isTried && bare === '' ? { validationMessage: t('signIn.codeMissing') } : {})}>
        <Input
          name="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          value={code}
          onChange={(_, typed) => setCode(typed.value)}
        />
      </Field>
      <Fault error={confirm.error} />
    </FormDialog>
  )
}
