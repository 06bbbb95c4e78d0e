import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AppLink } from '../ui/AppLink.tsx'
import { ErrorNotice, errorTitle, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'

const padded = { padding: 24, minHeight: '100%' }

export function RoutePending() {
  return (
    <div style={padded}>
      <Skeletons heights={[32, 20, 96, 160, 160]} />
    </div>
  )
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const retry = () => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  return (
    <>
      <PageTitle name={t(errorTitle(error))} />
      <ErrorNotice error={error} onRetry={retry} />
    </>
  )
}

export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <Notice title={t('error.notFound.title')} actions={<AppLink to="/portfolio">{t('error.toPortfolio')}</AppLink>}>
      <PageTitle name={t('error.notFound.title')} />
      {t('error.notFound.help')}
    </Notice>
  )
}
