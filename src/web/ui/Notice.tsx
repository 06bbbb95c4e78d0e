import { Body1, Button, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from './format.ts'
import { HttpError, reasonOf } from './http.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '8px',
    maxWidth: '60ch',
    padding: '24px',
    margin: '0 auto',
  },
  small: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '8px' },
})

type NoticeProps = { title: string; children?: ReactNode; actions?: ReactNode; role?: 'alert' | 'status' }

/** Instead of content: why there is none, and the next step. */
export function Notice({ title, children, actions, role }: NoticeProps) {
  const styles = useStyles()
  return (
    <div className={styles.root} role={role}>
      <Subtitle2 as="h2" block>
        {title}
      </Subtitle2>
      {children && <Body1 as="p">{children}</Body1>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

/** `isQuiet` where another line is read out for it. */
type ErrorNoticeProps = { error: unknown; onRetry?: () => void; isQuiet?: boolean }

/** What went wrong in the reader's words, the server's sentence, and the id under which the server logged it. */
export function ErrorNotice({ error, onRetry, isQuiet = false }: ErrorNoticeProps) {
  const { t, i18n } = useTranslation()
  const styles = useStyles()
  const problem = error instanceof HttpError ? error.problem : undefined
  return (
    <Notice
      {...(isQuiet ? {} : { role: 'alert' as const })}
      title={t(titleOf(problem?.status))}
      actions={onRetry && <Button onClick={onRetry}>{t('error.retry')}</Button>}
    >
      {t(helpOf(problem?.status))}
      {problem?.detail && <span> {inLanguage(reasonOf(problem), i18n.language, problem.detail)}</span>}
      {problem?.requestId && (
        <span className={styles.small}>
          <br />
          {t('error.requestId', { id: problem.requestId })}
        </span>
      )}
    </Notice>
  )
}

const KNOWN: Readonly<Record<number, string>> = {
  0: 'offline',
  401: 'signedOut',
  403: 'forbidden',
  404: 'notFound',
  413: 'tooLarge',
  429: 'busy',
  503: 'busy',
}
const kindOf = (status: number | undefined) => (status === undefined ? 'other' : (KNOWN[status] ?? 'other'))
/** Key of the words for what went wrong. */
export const errorTitle = (error: unknown) => titleOf(error instanceof HttpError ? error.problem.status : undefined)
const titleOf = (status: number | undefined) => `error.${kindOf(status)}.title`
const helpOf = (status: number | undefined) => `error.${kindOf(status)}.help`
