import { Badge, type BadgeProps, Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MailPage } from '../../../model/admin-api.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { useRefusal } from '../permission.ts'
import { mailsQuery } from '../queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { MailPanel } from './MailPanel.tsx'

const route = getRouteApi('/frame/admin/mail')

type MailLine = MailPage['mails'][number]

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '12px' },
  error: { display: 'block', color: tokens.colorPaletteRedForeground1, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

const LOOK: Readonly<Record<MailLine['state'], NonNullable<BadgeProps['color']>>> = {
  queued: 'informative',
  sending: 'brand',
  sent: 'success',
  captured: 'informative',
  failed: 'danger',
  uncertain: 'warning',
}

/** What was written to whom, and whether it went out. */
export function MailSection() {
  const refusal = useRefusal()('see-jobs')
  const { mail } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <SplitPage
      panel={
        mail !== undefined && refusal === undefined ? (
          <MailPanel key={mail} id={mail} onClose={() => void navigate({ search: {} })} />
        ) : undefined
      }
    >
      <Section id="mail">
        <Outbox />
      </Section>
    </SplitPage>
  )
}

function Outbox() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(mailsQuery)
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[40, 40, 44, 44, 44]} />
  const mails = data.pages.flatMap(page => page.mails)
  const isCaptured = data.pages[0]?.mode === 'captured'
  return (
    <div className={styles.list}>
      <MessageBar intent={isCaptured ? 'warning' : 'info'} layout="multiline">
        <MessageBarBody>{t(isCaptured ? 'admin.mail.captured' : 'admin.mail.smtp')}</MessageBarBody>
      </MessageBar>
      {mails.length === 0 ? (
        <Notice title={t('admin.mail.none')} actions={<AppLink to="/admin/checks">{t('admin.mail.toTest')}</AppLink>}>
          {t('admin.mail.noneHelp')}
        </Notice>
      ) : (
        <Mails mails={mails} />
      )}
      {hasNextPage && (
        <Button disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('admin.more')}
        </Button>
      )}
    </div>
  )
}

function Mails({ mails }: { mails: readonly MailLine[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { mail: open } = route.useSearch()
  return (
    <DataTable
      label={t('admin.section.mail')}
      rows={mails}
      keyOf={({ id }) => id}
      isChosen={({ id }) => id === open}
      columns={[
        {
          id: 'subject',
          head: t('admin.mail.subject'),
          cell: ({ id, subject }) => (
            <AppLink to="/admin/mail" search={{ mail: id }}>
              {subject}
            </AppLink>
          ),
        },
        { id: 'to', head: t('admin.mail.to'), breaks: true, cell: ({ address }) => address },
        {
          id: 'state',
          head: t('admin.mail.state'),
          cell: ({ state, error }) => (
            <>
              <Badge appearance="tint" shape="rounded" color={LOOK[state]}>
                {t(`admin.mail.states.${state}`)}
              </Badge>
              {error && <span className={styles.error}>{error}</span>}
            </>
          ),
        },
        { id: 'tries', isMinor: true, head: t('admin.mail.tries'), isNumber: true, cell: ({ tries }) => formats.number(tries) },
        { id: 'at', head: t('admin.mail.written'), cell: ({ createdAt }) => <time dateTime={createdAt}>{formats.moment(createdAt)}</time> },
        {
          id: 'sent',
          isMinor: true,
          head: t('admin.mail.sent'),
          cell: ({ state, sentAt }) => (state === 'sent' && sentAt ? formats.moment(sentAt) : '–'),
        },
      ]}
    />
  )
}
