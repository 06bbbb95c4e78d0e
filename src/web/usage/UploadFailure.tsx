import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { HttpError } from '../ui/http.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { FirstFew } from './FirstFew.tsx'
import { ProblemText } from './ProblemText.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px', marginTop: '6px', overflowWrap: 'anywhere' },
  title: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type UploadFailureProps = { error: unknown; file: string; onRetry: () => void }

/** A file that the server refused, with all it found wrong; any other failure as everywhere else. */
export function UploadFailure({ error, file, onRetry }: UploadFailureProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  if (!(error instanceof HttpError) || error.status !== 400) return <ErrorNotice error={error} onRetry={onRetry} isQuiet />
  const { detail, faults = [], requestId } = error.problem
  return (
    <div className={styles.root}>
      <span className={styles.title}>{t('upload.refused', { file })}</span>
      {faults.length === 0 && detail && <span>{detail}</span>}
      <FirstFew all={faults} keyOf={fault => `${fault.path} ${fault.message}`}>
        {({ code, path, message }) => <ProblemText code={code} particulars={path ? `${path}: ${message}` : message} />}
      </FirstFew>
      <span>{t('upload.refusedHelp')}</span>
      {requestId && <span className={styles.quiet}>{t('error.requestId', { id: requestId })}</span>}
      <Button size="small" aria-label={t('upload.retryOf', { file })} onClick={onRetry}>
        {t('error.retry')}
      </Button>
    </div>
  )
}
