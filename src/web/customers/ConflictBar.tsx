import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

type ConflictBarProps = { differences: readonly Readonly<{ label: string; theirs: string; yours: string }>[]; onTake: () => void }

/** Somebody else saved first: both values, and the choice. Saving again keeps one's own. */
export function ConflictBar({ differences, onTake }: ConflictBarProps) {
  const { t } = useTranslation()
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('customers.conflict')}</MessageBarTitle>
        <ul>
          {differences.map(({ label, theirs, yours }) => (
            <li key={label}>{t('customers.conflictLine', { label, theirs: theirs || '–', yours: yours || '–' })}</li>
          ))}
        </ul>
        {t('customers.conflictHelp')}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onTake}>{t('customers.takeTheirs')}</Button>
      </MessageBarActions>
    </MessageBar>
  )
}
