import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '../ui/format.ts'
import { HttpError, reasonOf } from '../ui/http.ts'
import { isCancelled, sentenceFor } from './failure.ts'

type FaultProps = {
  error: unknown
  /** What an answer means on this screen in particular: keys of sentences. */
  byStatus?: Readonly<Record<number, string>>
  children?: ReactNode
}

/** Why signing in, or changing how one signs in, came to nothing, read out at once; nothing without an error. */
export function Fault({ error, byStatus, children }: FaultProps) {
  const { t, i18n } = useTranslation()
  if (!error || isCancelled(error)) return null
  const problem = error instanceof HttpError ? error.problem : undefined
  const special = problem && byStatus?.[problem.status]
  const { key, blanks } = special ? { key: special } : sentenceFor(error)
  const isUnknown = key === 'error.other.title'
  const hint = error instanceof HttpError && error.hint
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        {t(key, blanks ?? {})}
        {hint && ` ${t(`password.hint.${hint}`, { defaultValue: '' })}`}
        {isUnknown && problem?.detail && `: ${inLanguage(reasonOf(problem), i18n.language, problem.detail)}`}
        {isUnknown && problem?.requestId && ` (${t('error.requestId', { id: problem.requestId })})`}
        {children}
      </MessageBarBody>
    </MessageBar>
  )
}
