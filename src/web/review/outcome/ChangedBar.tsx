import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { Conflict } from '../../decisions/use-telling.ts'

/** Somebody changed the customer meanwhile; what stands now is drawn behind the form. */
export function ChangedBar({ conflict }: { conflict: Conflict<never> }) {
  const { t } = useTranslation()
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('conflict.title')}</MessageBarTitle>
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={conflict.keepTheirs}>{t('conflict.keepTheirs')}</Button>
        <Button onClick={conflict.saveMine}>{t('conflict.saveMine')}</Button>
      </MessageBarActions>
    </MessageBar>
  )
}
