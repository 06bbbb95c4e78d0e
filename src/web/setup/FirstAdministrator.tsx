import { Field, Input } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { Email, PersonName } from '../../model/admin-api.ts'
import { NewPasswordField } from '../session/NewPasswordField.tsx'
import { SHORTEST } from '../session/strength.ts'

export type Administrator = { name: string; email: string; password: string }
export const NOBODY: Administrator = { name: '', email: '', password: '' }

const isName = (text: string) => PersonName.safeParse(text).success
const isEmail = (text: string) => Email.safeParse(text.trim()).success
export const isComplete = ({ name, email, password }: Administrator): boolean =>
  isName(name) && isEmail(email) && password.length >= SHORTEST

type FirstAdministratorProps = { value: Administrator; onChange: (value: Administrator) => void; isTried: boolean }

/** Name, e-mail and password of the person who will let the others in. */
export function FirstAdministrator({ value, onChange, isTried }: FirstAdministratorProps) {
  const { t } = useTranslation()
  const { name, email, password } = value
  return (
    <>
      <Field label={t('setup.name')} required {...(isTried && !isName(name) ? { validationMessage: t('setup.nameMissing') } : {})}>
        <Input
          name="name"
          autoComplete="name"
          maxLength={200}
          value={name}
          onChange={(_, typed) => onChange({ ...value, name: typed.value })}
        />
      </Field>
      <Field label={t('signIn.email')} required {...(isTried && !isEmail(email) ? { validationMessage: t('signIn.emailMissing') } : {})}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          value={email}
          onChange={(_, typed) => onChange({ ...value, email: typed.value })}
        />
      </Field>
      <NewPasswordField
        label={t('signIn.password')}
        value={password}
        about={[name, email]}
        onType={typed => onChange({ ...value, password: typed })}
        isTried={isTried}
      />
    </>
  )
}
