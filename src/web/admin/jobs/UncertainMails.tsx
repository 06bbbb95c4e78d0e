import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { JobsView, MailPage } from '../../../model/admin-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { useRefusal } from '../permission.ts'
import { urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: '4px' },
  help: { margin: '0 0 8px', color: tokens.colorNeutralForeground3, maxWidth: '80ch' },
})

/** Mails of which nobody knows whether they went out: a person decides whether twice or never is worse. */
export function UncertainMails({ mails }: { mails: JobsView['uncertain'] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const refusal = useRefusal()('run-jobs')
  const changes = [['jobs'], ['mail']]
  const again = useWrite({
    write: (id: string) => send<MailPage>('POST', urlOf('mail', id, 'send')),
    changes,
    done: t('admin.mail.queuedAgain'),
  })
  const dismiss = useWrite({ write: (id: string) => send<MailPage>('DELETE', urlOf('mail', id)), changes, done: t('admin.mail.dismissed') })
  const isBusy = again.isPending || dismiss.isPending
  return (
    <>
      <p className={styles.help}>{t('admin.jobs.uncertainHelp')}</p>
      <DataTable
        label={t('admin.jobs.uncertainTitle')}
        rows={mails}
        keyOf={({ id }) => id}
        columns={[
          { id: 'subject', head: t('admin.mail.subject'), cell: mail => mail.subject },
          { id: 'to', head: t('admin.mail.to'), breaks: true, cell: mail => mail.address },
          { id: 'at', head: t('admin.jobs.when'), cell: mail => <time dateTime={mail.createdAt}>{formats.moment(mail.createdAt)}</time> },
          {
            id: 'actions',
            head: t('admin.actions'),
            cell: mail => (
              <span className={styles.actions}>
                <ActionButton
                  size="small"
                  refusal={refusal}
                  aria-label={t('admin.jobs.sendAgainTo', { address: mail.address })}
                  disabledFocusable={isBusy}
                  onClick={() => again.mutate(mail.id)}
                >
                  {t('admin.jobs.sendAgain')}
                </ActionButton>
                <ActionButton
                  size="small"
                  refusal={refusal}
                  aria-label={t('admin.jobs.dismissTo', { address: mail.address })}
                  disabledFocusable={isBusy}
                  onClick={() => dismiss.mutate(mail.id)}
                >
                  {t('admin.jobs.dismiss')}
                </ActionButton>
              </span>
            ),
          },
        ]}
      />
    </>
  )
}
