import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useQueries } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CONNECTION_STATES, type ConnectionState, type ConnectionView } from '../../../model/usage-api.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { FindBox } from '../../ui/FindBox.tsx'
import { useFormats } from '../../ui/format.ts'
import { usePageKeys } from '../../ui/keys.ts'
import { ErrorNotice, Notice } from '../../ui/Notice.tsx'
import { PickFilter } from '../../ui/PickFilter.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { Hidden } from '../../ui/Visually.tsx'
import { ConnectionBadge } from '../../usage/connections/ConnectionBadge.tsx'
import { allConnectionsQuery, connectionCountQuery } from '../../usage/connections/queries.ts'
import { Section } from '../Section.tsx'
import { SplitPage } from '../SplitPage.tsx'
import { CalendarCard } from './CalendarCard.tsx'

const route = getRouteApi('/frame/admin/connections')

const useStyles = makeStyles({
  counts: { listStyleType: 'none', display: 'flex', flexWrap: 'wrap', gap: '8px', margin: '0 0 12px', padding: 0 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginBottom: '12px' },
  small: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
  more: { marginTop: '12px' },
})

/** The way to the organization's own calendars, and every connection to Microsoft 365 that the reader may see with how it fares. */
export function ConnectionsSection() {
  return (
    <SplitPage>
      <Section id="connections">
        <CalendarCard />
        <Listed />
      </Section>
    </SplitPage>
  )
}

function Listed() {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { q, ...search } = route.useSearch()
  const state = CONNECTION_STATES.find(each => each === search.state)
  const navigate = route.useNavigate()
  const searchBox = useRef<HTMLInputElement>(null)
  usePageKeys({ '/': () => searchBox.current?.focus() })
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(allConnectionsQuery({ q, state }))
  const connections = data?.pages.flatMap(page => page.connections)
  const total = data?.pages[0]?.total ?? 0
  const isFiltered = q !== undefined || state !== undefined
  const filterBy = (next: ConnectionState | undefined) =>
    void navigate({ search: previous => ({ ...previous, state: next }), replace: true })
  return (
    <>
      <Counts chosen={state} onChoose={filterBy} />
      <search className={styles.filters} aria-label={t('admin.connections.find')}>
        <FindBox ref={searchBox} q={q} onFind={next => void navigate({ search: previous => ({ ...previous, q: next }), replace: true })} />
        <PickFilter
          label={t('admin.connections.state')}
          values={CONNECTION_STATES}
          nameOf={each => t(`connections.state.${each}`)}
          value={state}
          onPick={filterBy}
        />
      </search>
      {connections && <Hidden live>{t('admin.connections.count', { count: total, number: formats.number(total) })}</Hidden>}
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !connections ? (
        <Skeletons heights={[40, 44, 44, 44, 44]} />
      ) : connections.length > 0 ? (
        <Table connections={connections} />
      ) : isFiltered ? (
        <Notice title={t('admin.connections.noMatch')}>{t('admin.connections.noMatchHelp')}</Notice>
      ) : (
        <Notice title={t('admin.connections.none')}>
          {t('admin.connections.noneHelp')} {t('admin.connections.simulator')}
        </Notice>
      )}
      {hasNextPage && (
        <Button className={styles.more} disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('admin.more')}
        </Button>
      )}
    </>
  )
}

/** How many are in each state; a press shows them. States without any are left out. */
function Counts({ chosen, onChoose }: { chosen: ConnectionState | undefined; onChoose: (state: ConnectionState | undefined) => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const counts = useQueries({ queries: CONNECTION_STATES.map(connectionCountQuery) })
  const some = CONNECTION_STATES.flatMap((state, at) => {
    const count = counts[at]?.data ?? 0
    return count > 0 || state === chosen ? [{ state, count }] : []
  })
  if (some.length === 0) return null
  return (
    <ul className={styles.counts} aria-label={t('admin.connections.counts')}>
      {some.map(({ state, count }) => (
        <li key={state}>
          <Button
            size="small"
            aria-pressed={state === chosen}
            appearance={state === chosen ? 'primary' : 'outline'}
            onClick={() => onChoose(state === chosen ? undefined : state)}
          >
            {`${t(`connections.state.${state}`)}: ${formats.number(count)}`}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function Table({ connections }: { connections: readonly ConnectionView[] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <DataTable
      label={t('admin.section.connections')}
      rows={connections}
      keyOf={({ customer, tenant }) => `${customer} ${tenant}`}
      columns={[
        {
          id: 'customer',
          head: t('admin.connections.customer'),
          cell: each => (
            <>
              <AppLink to="/customers/$customer/usage" params={{ customer: each.customer }}>
                {each.customerName}
              </AppLink>
              <div className={styles.small}>{each.tenantName}</div>
            </>
          ),
        },
        {
          id: 'state',
          head: t('admin.connections.state'),
          cell: each => (
            <>
              <ConnectionBadge connection={each} />
              <div className={styles.small}>{t('connections.since', { when: formats.moment(each.since) })}</div>
            </>
          ),
        },
        { id: 'why', head: t('admin.connections.why'), breaks: true, cell: each => worstOf(each, formats.text) },
        { id: 'run', head: t('connections.lastRun'), width: '210px', cell: each => <LastRun run={each.run} /> },
        {
          id: 'names',
          isMinor: true,
          head: t('admin.connections.names'),
          width: '130px',
          cell: ({ concealed }) =>
            concealed === null ? (
              t('value.unknown')
            ) : concealed ? (
              <Badge appearance="tint" color="informative">
                {t('quality.concealed')}
              </Badge>
            ) : (
              t('admin.connections.shown')
            ),
        },
      ]}
    />
  )
}

/** What stands in the way most. */
function worstOf({ findings }: ConnectionView, words: (text: ConnectionView['findings'][number]['text']) => string): string {
  const worst = findings.find(each => each.severity === 'error') ?? findings.find(each => each.severity === 'warning')
  return worst ? words(worst.text) : '–'
}

function LastRun({ run }: { run: ConnectionView['run'] }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  if (!run) return t('admin.connections.never')
  return (
    <>
      {t(`connections.run.${run.state}`)}
      <div className={styles.small}>
        <time dateTime={run.endedAt ?? run.requestedAt}>{formats.moment(run.endedAt ?? run.requestedAt)}</time>
        {` · ${t('connections.run.far', { done: formats.number(run.done), count: run.total, total: formats.number(run.total) })}`}
      </div>
    </>
  )
}
