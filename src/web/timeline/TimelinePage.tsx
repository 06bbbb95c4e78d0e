import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { eventsQuery } from '../customer/queries.ts'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { personName } from '../ui/person-name.ts'
import { DownloadRecord } from './DownloadRecord.tsx'

const route = getRouteApi('/frame/customers/$customer/timeline')

const useStyles = makeStyles({
  column: { maxWidth: '780px', margin: '0 auto' },
  list: { listStyleType: 'none', margin: '0 0 16px', padding: 0 },
  event: { padding: '10px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** Everything that happened to this customer, newest first. */
export function TimelinePage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer } = route.useParams()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(eventsQuery(customer))
  const events = data.pages.flatMap(page => page.events)
  if (events.length === 0) return <Notice title={t('timeline.none')}>{t('timeline.noneHelp')}</Notice>
  return (
    <div className={styles.column}>
      <DownloadRecord customer={customer} />
      <ol className={styles.list} aria-label={t('tab.timeline')}>
        {events.map(event => (
          <li key={event.seq} className={styles.event}>
            <div>{formats.text(event.summary, event.kind)}</div>
            <div className={styles.quiet}>
              <time dateTime={event.at}>{formats.moment(event.at)}</time> · {personName(event.who, t)}
            </div>
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </div>
  )
}
