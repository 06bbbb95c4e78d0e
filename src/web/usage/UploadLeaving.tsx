import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../ui/FormDialog.tsx'

/** Asks before the page is left while files are on their way: leaving stops them. The browser asks in its own words when it is closed. */
export function UploadLeaving({ isBusy }: { isBusy: boolean }) {
  const { t } = useTranslation()
  const { status, proceed, reset } = useBlocker({
    // Another choice on the same page keeps the files.
    shouldBlockFn: ({ current, next }) => isBusy && current.pathname !== next.pathname,
    enableBeforeUnload: isBusy,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  return (
    <FormDialog title={t('upload.leaving')} onClose={reset} submit={{ label: t('upload.leave'), run: proceed, isBusy: false }}>
      <span>{t('upload.leavingHelp')}</span>
    </FormDialog>
  )
}
