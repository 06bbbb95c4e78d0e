import { Button, Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EVENT_GROUPS } from '../../model/event-groups.ts'
import { planQuery } from '../customer/queries.ts'
import { FindBox } from '../ui/FindBox.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { personName } from '../ui/person-name.ts'
import { DownloadRecord } from './DownloadRecord.tsx'
import { EventPanel } from './EventPanel.tsx'
import { MergedLinks, MergedTimeline } from './MergedTimeline.tsx'
import { timelineQuery } from './queries.ts'
import type { TimelineSearch } from './search.ts'
import { useTimelineStyles } from './timeline-styles.ts'

const route = getRouteApi('/frame/customers/$customer/timeline')

const useStyles = makeStyles({
  split: { display: 'flex', gap: '16px', alignItems: 'flex-start' },
  column: { flex: 1, minWidth: 0, maxWidth: '780px', margin: '0 auto' },
  covered: { '@media (max-width: 900px)': { display: 'none' } },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end', marginBottom: '12px' },
  open: { backgroundColor: tokens.colorNeutralBackground1Selected },
  link: { color: 'inherit', textDecorationLine: 'none', overflowWrap: 'anywhere', ':hover': { textDecorationLine: 'underline' } },
})

const NONE = { q: undefined, group: undefined, person: undefined, service: undefined, from: undefined, until: undefined }

export function TimelinePage() {
  const { customer } = route.useParams()
  const { merged } = route.useSearch()
  return merged === undefined ? <OwnTimeline /> : <MergedTimeline customer={customer} from={merged} />
}

/** Everything that happened to this customer, newest first; a link to one opens it among its neighbours. */
function OwnTimeline() {
  const { t } = useTranslation()
  const styles = useStyles()
  const shared = useTimelineStyles()
  const formats = useFormats()
  const { customer } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  // What was opened by hand stays where it is in the list; only a link loads around it.
  const [linked, setLinked] = useState(search.event)
  const [clearings, setClearings] = useState(0)
  const { data: view } = useSuspenseQuery(planQuery(customer))
  const found = useInfiniteQuery(timelineQuery(customer, { ...search, event: linked }))
  const events = found.data?.pages.flatMap(page => page.events) ?? []
  const people = found.data?.pages[0]?.people ?? []
  const change = (next: { [K in keyof TimelineSearch]?: TimelineSearch[K] }) => {
    setLinked(undefined)
    void navigate({ search: previous => ({ ...previous, ...next, event: undefined }), replace: true })
  }
  const clear = () => {
    setClearings(count => count + 1)
    change(NONE)
  }
  const isFiltered = Object.keys(NONE).some(name => search[name as keyof typeof NONE] !== undefined)
  const opened = events.find(each => each.seq === search.event)
  const close = () => void navigate({ search: previous => ({ ...previous, event: undefined }), replace: true })
  return (
    <div className={styles.split}>
      <div className={mergeClasses(styles.column, opened !== undefined && styles.covered)}>
        <DownloadRecord customer={customer} />
        <MergedLinks customer={customer} />
        <search className={styles.filters} aria-label={t('timeline.filters')}>
          <FindBox key={clearings} q={search.q} onFind={q => change({ q })} />
          <PickFilter
            label={t('timeline.group')}
            values={EVENT_GROUPS}
            nameOf={group => t(`timeline.groups.${group}`)}
            value={search.group}
            onPick={group => change({ group })}
          />
          <PickFilter
            label={t('timeline.person')}
            values={people.map(each => each.id)}
            nameOf={id => personName(people.find(each => each.id === id)?.name ?? id, t)}
            value={search.person}
            onPick={person => change({ person })}
          />
          <PickFilter
            label={t('plan.service')}
            values={view.playbook.services.map(each => each.id)}
            nameOf={id => formats.text(view.playbook.services.find(each => each.id === id)?.name, id)}
            value={search.service}
            onPick={service => change({ service })}
          />
          {(['from', 'until'] as const).map(edge => (
            <Field key={edge} label={t(`timeline.${edge}`)}>
              <Input type="date" value={search[edge] ?? ''} onChange={(_, { value }) => change({ [edge]: value || undefined })} />
            </Field>
          ))}
          {isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
        </search>
        {found.isError && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
        {found.isPending && <p role="status">{t('timeline.loading')}</p>}
        {found.data && events.length === 0 && !found.hasNextPage && (
          <Notice
            title={t(isFiltered ? 'timeline.noMatch' : 'timeline.none')}
            actions={isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
          >
            {t(isFiltered ? 'timeline.noMatchHelp' : 'timeline.noneHelp')}
          </Notice>
        )}
        {found.hasPreviousPage && (
          <Button disabledFocusable={found.isFetchingPreviousPage} onClick={() => void found.fetchPreviousPage()}>
            {t('timeline.newer')}
          </Button>
        )}
        <ol className={shared.list} aria-label={t('tab.timeline')}>
          {events.map(event => (
            <li key={event.seq} className={mergeClasses(shared.event, event.seq === search.event && styles.open)}>
              <Link
                from="/customers/$customer/timeline"
                to="."
                search={previous => ({ ...previous, event: event.seq })}
                className={styles.link}
                {...(event.seq === search.event ? { 'aria-current': 'true' as const } : {})}
              >
                {formats.text(event.summary, event.kind)}
              </Link>
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
      {opened && <EventPanel key={opened.seq} customer={customer} event={opened} onClose={close} />}
    </div>
  )
}
