import { Button, makeStyles, Title3, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HandshakeView } from '../../model/handshake-api.ts'
import { SERVICES } from '../../model/services.ts'
import { withTexts } from '../i18n.ts'
import { sessionQuery } from '../session/queries.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { personName } from '../ui/person-name.ts'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useTabStyles } from '../ui/tab-styles.ts'
import { HandshakeCard } from './HandshakeCard.tsx'
import type { HandshakeWrite } from './handshake-writes.ts'
import { handshakeLoadsQuery, handshakesQuery } from './queries.ts'
import { BOXES, LISTS, REQUEST_STATES } from './search.ts'
import { type FiltersInUse, useFilters } from './use-filters.ts'

const HandshakeDialog = lazy(() => import('./HandshakeDialog.tsx'))
// Whoever looks at the other list waits for none of it.
const ExpertRequests = lazy(() => withTexts(import('./experts/ExpertRequests.tsx'), 'experts'))

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    maxWidth: '860px',
    margin: '0 auto',
    padding: '12px 24px 48px',
    '@media (max-width: 640px)': { padding: '8px 12px 32px' },
  },
  lead: { margin: 0, color: tokens.colorNeutralForeground3 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  more: { alignSelf: 'flex-start' },
})

/** Services that the shipped playbook hands over. */
const HANDED_OVER = SERVICES.filter(({ id }) => ['teams', 'yammer', 'outlook-mobile'].includes(id))

/** What was put to whom, and waits: inbox, outbox, everything one may see, and how much each person has. */
export function RequestsPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const filters = useFilters()
  const list = filters.search.list ?? 'handshakes'
  return (
    <div className={styles.page}>
      <div>
        <PageTitle name={t('requests.title')} />
        <Title3 as="h1" tabIndex={-1} data-handshakes data-expert-requests>
          {t('requests.title')}
        </Title3>
        <ListLinks list={list} />
      </div>
      {list === 'experts' ? (
        <Suspense fallback={<Skeletons heights={[56, 140, 140]} />}>
          <ExpertRequests filters={filters} />
        </Suspense>
      ) : (
        <>
          <p className={styles.lead}>{t('requests.lead')}</p>
          <Filters filters={filters} />
          {filters.search.box === 'load' ? <Loads /> : <Handshakes filters={filters} />}
        </>
      )}
    </div>
  )
}

/** Which list: an address each, so that a link and the way back lead to it. What one looked for stays behind. */
function ListLinks({ list }: { list: (typeof LISTS)[number] }) {
  const { t } = useTranslation()
  const styles = useTabStyles()
  return (
    <nav className={styles.row} aria-label={t('requests.lists')}>
      {LISTS.map(each => (
        <Link
          key={each}
          className={styles.tab}
          to="/requests"
          search={each === 'handshakes' ? {} : { list: each }}
          activeOptions={{ exact: true, includeSearch: true }}
          {...(each === list ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`requests.list.${each}`)}
        </Link>
      ))}
    </nav>
  )
}

function Filters({ filters: { search, change, clearings } }: { filters: FiltersInUse }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <search className={styles.filters} aria-label={t('requests.filters')}>
      <PickFilter
        label={t('requests.box')}
        values={BOXES.slice(1)}
        allName={t('requests.boxes.inbox')}
        nameOf={each => t(`requests.boxes.${each}`)}
        value={search.box === 'inbox' ? undefined : search.box}
        onPick={box => change({ box, handshake: undefined })}
      />
      {search.box !== 'load' && (
        <>
          <PickFilter
            label={t('requests.status')}
            values={REQUEST_STATES.slice(1)}
            allName={t('requests.states.open')}
            nameOf={each => t(`requests.states.${each}`)}
            value={search.state === 'open' ? undefined : search.state}
            onPick={state => change({ state, handshake: undefined })}
          />
          <PickFilter
            label={t('requests.service')}
            values={HANDED_OVER.map(({ id }) => id)}
            nameOf={id => formats.text(HANDED_OVER.find(each => each.id === id)?.name, id)}
            value={search.service}
            onPick={service => change({ service })}
          />
          <FindBox key={clearings} q={search.q} onFind={q => change({ q })} />
        </>
      )}
    </search>
  )
}

function Handshakes({ filters: { search, clear, change, isFiltered } }: { filters: FiltersInUse }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(handshakesQuery(search))
  const [asked, setAsked] = useState<{ is: HandshakeWrite['is']; handshake: HandshakeView }>()
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[110, 110, 110]} />
  const rows = data.pages.flatMap(each => each.rows)
  const box = search.box ?? 'inbox'
  return (
    <>
      {rows.length === 0 ? (
        <Notice
          title={t(isFiltered ? 'requests.noMatch' : `requests.none.${box}`)}
          actions={
            isFiltered ? (
              <Button onClick={clear}>{t('portfolio.clear')}</Button>
            ) : (
              box !== 'all' && <Button onClick={() => change({ box: 'all', state: 'any' })}>{t('requests.seeAll')}</Button>
            )
          }
        >
          {t(isFiltered ? 'requests.noMatchHelp' : `requests.noneHelp.${box}`)}
        </Notice>
      ) : (
        <>
          <p className={styles.lead} role="status">
            {t('requests.count', { count: data.pages[0]?.total ?? 0, number: formats.number(data.pages[0]?.total ?? 0) })}
          </p>
          <ul className={styles.list} aria-label={t(`requests.boxes.${box}`)}>
            {rows.map(handshake => (
              <HandshakeCard
                key={handshake.id}
                handshake={handshake}
                isMeant={handshake.id === search.handshake}
                onAsk={is => setAsked({ is, handshake })}
              />
            ))}
          </ul>
        </>
      )}
      {hasNextPage && (
        <Button className={styles.more} disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('requests.more')}
        </Button>
      )}
      <Suspense fallback={null}>
        {asked && <HandshakeDialog handshake={asked.handshake} is={asked.is} onClose={() => setAsked(undefined)} />}
      </Suspense>
    </>
  )
}

function Loads() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const maySee = session.person?.may.includes('see-load') ?? false
  const { data, error, refetch } = useQuery({ ...handshakeLoadsQuery, enabled: maySee })
  if (!maySee) return <Notice title={t('requests.loadRefused')}>{t('requests.loadRefusedHelp')}</Notice>
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[40, 44, 44]} />
  if (data.people.length === 0) return <Notice title={t('requests.loadNone')}>{t('requests.noneHelp.all')}</Notice>
  return (
    <DataTable
      label={t('requests.boxes.load')}
      rows={data.people}
      keyOf={({ person }) => person.id}
      columns={[
        { id: 'person', head: t('requests.owner'), cell: ({ person }) => personName(person.name, t) },
        { id: 'waiting', head: t('requests.waiting'), isNumber: true, cell: ({ waiting }) => formats.number(waiting) },
        { id: 'overdue', head: t('requests.overdue'), isNumber: true, cell: ({ overdue }) => formats.number(overdue) },
        { id: 'owned', head: t('requests.owned'), isNumber: true, cell: ({ owned }) => formats.number(owned) },
      ]}
    />
  )
}
