import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { failureText } from './failure.ts'
import { useFormats } from './format.ts'

/** Says beside a form why it was not saved; nothing without an error. */
export function FailureBar({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (!error) return null
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{failureText(error, t, formats)}</MessageBarBody>
    </MessageBar>
  )
}
