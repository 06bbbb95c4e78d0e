import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({ text: { whiteSpace: 'pre-line', overflowWrap: 'anywhere' } })

/** What somebody else saved of the slide meanwhile; nothing where nobody did. */
export function TheirSlide({ lines, onKeep }: Readonly<{ lines: readonly string[] | undefined; onKeep: () => void }>) {
  const { t } = useTranslation()
  const styles = useStyles()
  if (!lines) return null
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('conflict.title')}.</MessageBarTitle> {t('conflict.help')}
        <p className={styles.text}>
          {t('conflict.theirs')}: {lines.length === 0 ? t('deck-brand.slides.nothing') : lines.join('\n')}
        </p>
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onKeep}>{t('conflict.keepTheirs')}</Button>
      </MessageBarActions>
    </MessageBar>
  )
}
