import { Button, Checkbox } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnAccount } from '../../model/admin-api.ts'
import { Fault } from '../session/Fault.tsx'
import { focusFirstFault } from '../session/first-fault.ts'
import { NewPasswordField } from '../session/NewPasswordField.tsx'
import { PasswordField } from '../session/PasswordField.tsx'
import { SHORTEST } from '../session/strength.ts'
import { changePassword, useChange } from './queries.ts'
import { Section, useRowStyles } from './Section.tsx'

export function PasswordSection({ account: { person } }: { account: OwnAccount }) {
  const { t } = useTranslation()
  // A new form, empty, after each change.
  const [changes, setChanges] = useState(0)
  return (
    <Section title={t('signIn.password')} {...(person.ways.password ? {} : { lead: t('account.noPassword') })}>
      {person.ways.password && (
        <PasswordForm key={changes} about={[person.name, person.email]} email={person.email} onDone={() => setChanges(changes + 1)} />
      )}
    </Section>
  )
}

function PasswordForm({ about, email, onDone }: { about: readonly string[]; email: string; onDone: () => void }) {
  const { t } = useTranslation()
  const styles = useRowStyles()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [isOthers, setOthers] = useState(true)
  const [isTried, setTried] = useState(false)
  const change = useChange({ run: changePassword, done: 'account.passwordChanged', after: onDone })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (current === '' || next.length < SHORTEST) return focusFirstFault(event.currentTarget)
    if (!change.isPending) change.mutate({ currentPassword: current, newPassword: next, revokeOtherSessions: isOthers })
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit} aria-label={t('signIn.password')}>
      {/* Tells password managers whose password this is. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <div className={styles.field}>
        <PasswordField
          label={t('password.current')}
          name="current-password"
          autoComplete="current-password"
          value={current}
          onChange={(_, typed) => setCurrent(typed.value)}
          validationMessage={isTried && current === '' ? t('signIn.passwordMissing') : undefined}
        />
      </div>
      <div className={styles.field}>
        <NewPasswordField label={t('password.new')} value={next} about={about} onType={setNext} isTried={isTried} />
      </div>
      <Checkbox label={t('account.endOthersToo')} checked={isOthers} onChange={(_, { checked }) => setOthers(checked === true)} />
      <Fault error={change.error} />
      <Button type="submit" disabledFocusable={change.isPending}>
        {t('account.changePassword')}
      </Button>
    </form>
  )
}
