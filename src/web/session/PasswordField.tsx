import { Button, Field, type FieldProps, Input, type InputProps, makeStyles } from '@fluentui/react-components'
import { Eye20Regular } from '@fluentui/react-icons/svg/eye'
import { EyeOff20Regular } from '@fluentui/react-icons/svg/eye-off'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({ input: { width: '100%', minWidth: 0 } })

type PasswordFieldProps = Pick<FieldProps, 'validationState'> &
  Pick<InputProps, 'name' | 'value' | 'onChange'> & {
    label: string
    hint?: string
    validationMessage?: string | undefined
    autoComplete: 'current-password' | 'new-password'
  }

/** A password, hidden until one wants to see what one types. */
export function PasswordField({ label, hint, validationMessage, validationState, ...input }: PasswordFieldProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const [isShown, setShown] = useState(false)
  return (
    <Field
      label={label}
      required
      {...(hint ? { hint } : {})}
      {...(validationMessage ? { validationMessage } : {})}
      {...(validationState ? { validationState } : {})}
    >
      <Input
        {...input}
        className={styles.input}
        type={isShown ? 'text' : 'password'}
        maxLength={256}
        spellCheck={false}
        autoCapitalize="none"
        contentAfter={
          <Button
            size="small"
            appearance="transparent"
            icon={isShown ? <EyeOff20Regular /> : <Eye20Regular />}
            aria-label={t('password.show')}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          />
        }
      />
    </Field>
  )
}
