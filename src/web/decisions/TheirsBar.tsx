import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

/** What somebody else said meanwhile, above one's own in the fields, and the choice. Without `onMine` theirs cannot be replaced. */
export function TheirsBar({ text, onKeep, onMine }: Readonly<{ text: string; onKeep: () => void; onMine?: () => void }>) {
  const { t } = useTranslation()
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('conflict.title')}</MessageBarTitle>
        {t('conflict.theirs')}: {text}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onKeep}>{t('conflict.keepTheirs')}</Button>
        {onMine && <Button onClick={onMine}>{t('conflict.saveMine')}</Button>}
      </MessageBarActions>
    </MessageBar>
  )
}
