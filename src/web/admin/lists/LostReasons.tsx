import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useFormats } from '../../ui/format.ts'
import { Differences } from './Differences.tsx'
import type { Reasons } from './use-reasons.ts'

/** In a form: somebody else saved first. What they changed, and the choice. Nothing of theirs is lost by making one's own change to it. */
export function LostReasons({ reasons: { lost, again, giveUp, isBusy } }: { reasons: Reasons }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (!lost) return null
  const [newest] = lost.fresh.versions
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('conflict.title')}.</MessageBarTitle>{' '}
        {newest && t('conflict.by', { who: newest.by, when: formats.moment(newest.at) })}
        <Differences before={lost.wanted.seen.reasons} after={lost.fresh.reasons} />
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={giveUp}>{t('conflict.keepTheirs')}</Button>
        <Button disabledFocusable={isBusy} onClick={again}>
          {t('lists.mineToo')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}

/** The same where there is no form to say it in: the list may be long, and what is at its top out of sight. */
export function LostDialog({ reasons }: { reasons: Reasons }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { lost, again, giveUp, isBusy } = reasons
  if (!lost) return null
  const [newest] = lost.fresh.versions
  return (
    <FormDialog title={t('conflict.title')} onClose={giveUp} submit={{ label: t('lists.mineToo'), run: again, isBusy }}>
      {newest && <p>{t('conflict.by', { who: newest.by, when: formats.moment(newest.at) })}</p>}
      <Differences before={lost.wanted.seen.reasons} after={lost.fresh.reasons} />
    </FormDialog>
  )
}
