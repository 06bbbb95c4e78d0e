import { makeStyles, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { MailView } from '../../../model/admin-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useFormats } from '../../ui/format.ts'
import { send } from '../../ui/http.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { useRefusal } from '../permission.ts'
import { mailQuery, urlOf } from '../queries.ts'
import { useWrite } from '../use-write.ts'
import { linesOf } from './links.ts'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 },
  link: { color: tokens.colorBrandForegroundLink },
  frame: {
    width: '100%',
    height: '360px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
})

/** One mail; its words only where it was captured. */
export function MailPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(mailQuery(id))
  return (
    <Panel title={data?.mail.subject ?? t('admin.mail.mail')} closeLabel={t('close')} onClose={onClose}>
      {data ? (
        <Mail view={data} />
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[60, 160, 360]} />
      )}
    </Panel>
  )
}

function Mail({ view: { mail, text, html, attachments } }: { view: MailView }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const facts = [
    [t('admin.mail.to'), mail.address],
    [t('admin.mail.state'), t(`admin.mail.states.${mail.state}`)],
    [t('admin.mail.written'), formats.moment(mail.createdAt)],
    ...(attachments.length > 0
      ? [
          [
            t('admin.mail.attachments'),
            attachments.map(({ name, bytes }) => t('admin.mail.file', { name, kib: formats.number(Math.ceil(bytes / 1024)) })).join(', '),
          ] as const,
        ]
      : []),
    ...(mail.error ? [[t('admin.mail.error'), mail.error] as const] : []),
  ] as const
  return (
    <div className={styles.body}>
      <Facts facts={facts} />
      <Actions mail={mail} />
      {text === null ? <Notice title={t('admin.mail.noText')}>{t('admin.mail.noTextHelp')}</Notice> : <MailText text={text} />}
      {html !== null && (
        // No script, no form, no way out of it: the empty sandbox forbids all, and the page's own policy holds inside as well.
        <iframe className={styles.frame} sandbox="" srcDoc={unstyled(html)} title={t('admin.mail.html')} referrerPolicy="no-referrer" />
      )}
    </div>
  )
}

/** The page's policy refuses styles written into a mail; left in, each would only be a complaint of the browser. */
const unstyled = (html: string) => html.replace(/\sstyle="[^"]*"/g, '')

function MailText({ text }: { text: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <section aria-label={t('admin.mail.text')}>
      <p className={styles.text}>
        {linesOf(text).map(({ key, part, isLink }) =>
          isLink ? (
            <a key={key} className={styles.link} href={part} target="_blank" rel="noreferrer">
              {part}
            </a>
          ) : (
            part
          ),
        )}
      </p>
    </section>
  )
}

function Actions({ mail }: { mail: MailView['mail'] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const refusal = useRefusal()('run-jobs')
  const changes = [['mail'], ['jobs']]
  const again = useWrite({ write: () => send<unknown>('POST', urlOf('mail', mail.id, 'send')), changes, done: t('admin.mail.queuedAgain') })
  const dismiss = useWrite({ write: () => send<unknown>('DELETE', urlOf('mail', mail.id)), changes, done: t('admin.mail.dismissed') })
  if (mail.state !== 'failed' && mail.state !== 'uncertain') return null
  return (
    <div className={styles.actions}>
      <ActionButton refusal={refusal} disabledFocusable={again.isPending} onClick={() => again.mutate(undefined)}>
        {t('admin.jobs.sendAgain')}
      </ActionButton>
      {mail.state === 'uncertain' && (
        <ActionButton refusal={refusal} disabledFocusable={dismiss.isPending} onClick={() => dismiss.mutate(undefined)}>
          {t('admin.jobs.dismiss')}
        </ActionButton>
      )}
    </div>
  )
}
