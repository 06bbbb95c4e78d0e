import { Badge, Button, makeStyles, mergeClasses, Switch, Title3, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MarkSeen, NotificationLine } from '../../model/notification-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { failureText } from '../ui/failure.ts'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { showToast } from '../ui/toasts.tsx'
import { markSeen, notificationsQuery } from './queries.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '860px', margin: '0 auto', padding: '12px 16px 48px' },
  lead: { margin: 0, color: tokens.colorNeutralForeground3 },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, backgroundColor: tokens.colorNeutralBackground1 },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 12px',
    padding: '10px 12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  what: { flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere', display: 'flex', flexDirection: 'column', gap: '2px' },
  isNew: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** What one was told: each line leads to it, and is seen once one went there. */
export function NotificationsPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const [isOnlyNew, setOnlyNew] = useState(false)
  const mark = useMark()
  const shown = useInfiniteQuery(notificationsQuery(isOnlyNew))
  const lines = shown.data?.pages.flatMap(page => page.notifications) ?? []
  const unseen = shown.data?.pages[0]?.unseen ?? 0
  const newest = lines[0]
  return (
    <div className={styles.page}>
      <PageTitle name={t('frame.notifications')} />
      <Title3 as="h1">{t('frame.notifications')}</Title3>
      <p className={styles.lead}>
        {t('notices.lead')} <AppLink to="/account">{t('notices.choose')}</AppLink>
      </p>
      <div className={styles.bar}>
        <Switch label={t('notices.onlyNew')} checked={isOnlyNew} onChange={(_, { checked }) => setOnlyNew(checked)} />
        <Button
          disabledFocusable={unseen === 0 || !newest || mark.isPending}
          onClick={() =>
            // Until now, and not until the newest line: what is filtered out may be newer.
            unseen > 0 &&
            mark.mutate(
              { until: new Date().toISOString() },
              { onSuccess: () => showToast({ intent: 'success', title: t('notices.seenAll') }) },
            )
          }
        >
          {t('notices.markAll')}
        </Button>
      </div>
      {shown.isPending && <Skeletons heights={[56, 56, 56, 56]} />}
      {shown.isError && <ErrorNotice error={shown.error} onRetry={() => void shown.refetch()} />}
      {shown.isSuccess && lines.length === 0 && <Empty isOnlyNew={isOnlyNew} onAll={() => setOnlyNew(false)} />}
      {lines.length > 0 && (
        <ul className={styles.list} aria-label={t('notices.list')}>
          {lines.map(line => (
            <Line key={line.id} line={line} isBusy={mark.isPending} onMark={seen => mark.mutate({ ids: [line.id], seen })} />
          ))}
        </ul>
      )}
      {shown.hasNextPage && (
        <div>
          <Button disabledFocusable={shown.isFetchingNextPage} onClick={() => void shown.fetchNextPage()}>
            {t('notices.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function useMark() {
  const { t } = useTranslation()
  const formats = useFormats()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: MarkSeen) => markSeen(input),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }),
    onError: error => showToast({ intent: 'error', title: t('notices.notDone'), body: failureText(error, t, formats) }),
  })
}

function Empty({ isOnlyNew, onAll }: { isOnlyNew: boolean; onAll: () => void }) {
  const { t } = useTranslation()
  if (!isOnlyNew) return <Notice title={t('notices.none')}>{t('notices.noneHelp')}</Notice>
  return (
    <Notice title={t('notices.noneNew')} actions={<Button onClick={onAll}>{t('notices.showAll')}</Button>}>
      {t('notices.noneNewHelp')}
    </Notice>
  )
}

type LineProps = { line: NotificationLine; isBusy: boolean; onMark: (seen: boolean) => void }

function Line({ line, isBusy, onMark }: LineProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const isNew = line.seenAt === null
  const what = formats.text(line.summary)
  return (
    <li className={styles.row}>
      <span className={styles.what}>
        <span>
          <AppLink to={line.path} className={mergeClasses(isNew && styles.isNew)} onClick={() => isNew && onMark(true)}>
            {what}
          </AppLink>{' '}
          {isNew && (
            <Badge size="small" color="brand">
              {t('notices.new')}
            </Badge>
          )}
        </span>
        <span className={styles.quiet}>
          {formats.text(line.title)} · {line.customer && `${line.customer.name} · `}
          <time dateTime={line.at}>{formats.moment(line.at)}</time>
        </span>
      </span>
      <Button
        size="small"
        appearance="subtle"
        disabledFocusable={isBusy}
        aria-label={t(isNew ? 'notices.markSeenOf' : 'notices.markNewOf', { what })}
        onClick={() => !isBusy && onMark(isNew)}
      >
        {t(isNew ? 'notices.markSeen' : 'notices.markNew')}
      </Button>
    </li>
  )
}
