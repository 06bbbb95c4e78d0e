import { Button, makeStyles } from '@fluentui/react-components'
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { detailsQuery } from '../customers/queries.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { personName } from '../ui/person-name.ts'
import { mergedQuery } from './queries.ts'
import { useTimelineStyles } from './timeline-styles.ts'

const useStyles = makeStyles({
  column: { maxWidth: '780px', margin: '0 auto' },
  title: { margin: '0 0 4px', overflowWrap: 'anywhere' },
  links: { margin: '0 0 12px', padding: 0, listStyleType: 'none' },
})

/** The way to the histories of customers that were merged into this one; nothing where there are none. */
export function MergedLinks({ customer }: { customer: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: details } = useSuspenseQuery(detailsQuery(customer))
  if (details.merged.length === 0) return null
  return (
    <ul className={styles.links} aria-label={t('timeline.merged.list')}>
      {details.merged.map(gone => (
        <li key={gone.id}>
          <AppLink to="/customers/$customer/timeline" params={{ customer }} search={{ merged: gone.id }}>
            {t('timeline.merged.link', { name: gone.name, moment: formats.moment(gone.at) })}
          </AppLink>
        </li>
      ))}
    </ul>
  )
}

/** What happened to a customer before it was merged into this one, newest first. */
export function MergedTimeline({ customer, from }: { customer: string; from: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const shared = useTimelineStyles()
  const formats = useFormats()
  const { data: details } = useSuspenseQuery(detailsQuery(customer))
  const found = useInfiniteQuery(mergedQuery(customer, from))
  const title = t('timeline.merged.title', { name: details.merged.find(each => each.id === from)?.name ?? from })
  return (
    <div className={styles.column}>
      <AppLink to="/customers/$customer/timeline" params={{ customer }}>
        {t('timeline.merged.back', { name: details.name })}
      </AppLink>
      <h2 className={styles.title}>{title}</h2>
      {found.isError && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <p role="status">{t('timeline.loading')}</p>}
      <ol className={shared.list} aria-label={title}>
        {found.data?.pages
          .flatMap(page => page.events)
          .map(event => (
            <li key={event.seq} className={shared.event}>
              {formats.text(event.summary, event.kind)}
              <div className={shared.quiet}>
                <time dateTime={event.at}>{formats.moment(event.at)}</time> · {personName(event.who, t)}
              </div>
            </li>
          ))}
      </ol>
      {found.hasNextPage && (
        <Button disabledFocusable={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('timeline.more')}
        </Button>
      )}
    </div>
  )
}
