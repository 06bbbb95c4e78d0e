import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AuditPage } from '../../../model/admin-api.ts'
import { useFormats } from '../../ui/format.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { personName } from '../../ui/person-name.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { auditQuery } from '../queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { changesOf } from './changes.ts'
import { Verification } from './Verification.tsx'

const route = getRouteApi('/frame/admin/audit')

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: '0 0 16px',
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  event: {
    padding: '8px 12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomWidth: 0 },
    overflowWrap: 'anywhere',
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  more: { width: 'fit-content', padding: '2px 0', cursor: 'pointer' },
  changes: { display: 'grid', gridTemplateColumns: 'minmax(0, max-content) minmax(0, 1fr)', gap: '2px 12px', margin: '4px 0' },
  term: { color: tokens.colorNeutralForeground3 },
  what: { margin: 0 },
})

/** What belongs to no customer: sign-ins, people, settings, exports. */
export function AuditSection() {
  return (
    <SplitPage>
      <Section id="audit">
        <Verification />
        <Events />
      </Section>
    </SplitPage>
  )
}

function Events() {
  const { t } = useTranslation()
  const styles = useStyles()
  const { kind, person } = route.useSearch()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(auditQuery(kind, person))
  const events = data?.pages.flatMap(page => page.events)
  return (
    <>
      <AuditFilters seen={events ?? []} />
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !events ? (
        <Skeletons heights={[52, 52, 52, 52, 52]} />
      ) : events.length === 0 ? (
        <Notice title={t('admin.audit.none')}>{t(kind || person ? 'admin.audit.noMatchHelp' : 'admin.audit.noneHelp')}</Notice>
      ) : (
        <ol className={styles.list} aria-label={t('admin.audit.events')}>
          {events.map(event => (
            <EventRow key={event.seq} event={event} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('admin.more')}
        </Button>
      )}
    </>
  )
}

function EventRow({ event }: { event: AuditPage['events'][number] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const changes = changesOf(event.before, event.after)
  return (
    <li className={styles.event}>
      <div>{formats.text(event.summary, event.kind)}</div>
      <div className={styles.quiet}>
        <time dateTime={event.at}>{formats.moment(event.at)}</time> · {personName(event.who.name, t)} ·{' '}
        {event.from === null ? t('admin.audit.fromUnknown') : t('admin.audit.from', { address: event.from })} · #{event.seq}
      </div>
      {changes.length > 0 && (
        <details>
          <summary className={mergeClasses(styles.quiet, styles.more)}>{t('admin.audit.changes', { count: changes.length })}</summary>
          <dl className={styles.changes}>
            {changes.flatMap(({ path, before, after }) => [
              <dt key={`${path}-term`} className={styles.term}>
                {path || t('admin.audit.value')}
              </dt>,
              <dd key={path} className={styles.what}>
                {before === undefined
                  ? t('admin.audit.added', { after })
                  : after === undefined
                    ? t('admin.audit.gone', { before })
                    : t('admin.audit.fromTo', { before, after })}
              </dd>,
            ])}
          </dl>
        </details>
      )}
    </li>
  )
}
