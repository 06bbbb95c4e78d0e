import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Hidden } from '../ui/Visually.tsx'
import { PasswordField } from './PasswordField.tsx'
import { isGoodEnough, SHORTEST, type Strength, strengthOf } from './strength.ts'

type NewPasswordFieldProps = {
  label: string
  value: string
  /** What others know of the person: a password made of it is easy to guess. */
  about: readonly string[]
  onType: (password: string) => void
  /** Somebody wanted to go on, so what is missing is said. */
  isTried: boolean
}

/** A password to be, with how hard it is to guess in words. */
export function NewPasswordField({ label, value, about, onType, isTried }: NewPasswordFieldProps) {
  const { t } = useTranslation()
  const [strength, setStrength] = useState<Strength>()
  const newest = useRef('')
  const type = (password: string) => {
    newest.current = password
    onType(password)
    if (password.length < SHORTEST) return setStrength(undefined)
    void strengthOf(password, about).then(found => newest.current === password && setStrength(found))
  }
  const words = strength && t(`password.strength.${strength}`)
  const isShort = value.length < SHORTEST
  return (
    <>
      <PasswordField
        label={label}
        name="new-password"
        autoComplete="new-password"
        value={value}
        hint={t('password.advice')}
        onChange={(_, typed) => type(typed.value)}
        {...(isShort
          ? isTried && { validationMessage: t('password.tooShort'), validationState: 'error' as const }
          : words && { validationMessage: words, validationState: isGoodEnough(strength) ? ('success' as const) : ('warning' as const) })}
      />
      <Hidden live>{words}</Hidden>
    </>
  )
}
