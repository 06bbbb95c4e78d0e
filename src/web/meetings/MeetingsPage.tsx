import { Button, Checkbox, makeStyles, Subtitle2, Title3, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingLine } from '../../model/meeting-api.ts'
import { sessionQuery } from '../session/queries.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { MeetingRow } from './MeetingRow.tsx'
import { Month } from './Month.tsx'
import { meetingsQuery, overdueQuery } from './queries.ts'
import { KINDS, MEETING_VIEWS, type MeetingsSearch } from './search.ts'
import { dayIn, hours, longDay, ownZone } from './times.ts'

const route = getRouteApi('/frame/meetings')

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: '16px',
    maxWidth: '1200px',
    margin: '0 auto',
    padding: '12px 24px 48px',
    '@media (max-width: 640px)': { padding: '8px 12px 32px' },
  },
  lead: { margin: '4px 0 0', color: tokens.colorNeutralForeground3 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  list: {
    listStyleType: 'none',
    margin: '4px 0 0',
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  more: { alignSelf: 'flex-start' },
})

function useSearchInUse() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const [clearings, setClearings] = useState(0)
  const change = (next: Partial<MeetingsSearch>) => void navigate({ to: '/meetings', search: { ...search, ...next }, replace: true })
  const clear = () => {
    setClearings(clearings + 1)
    change({ kind: undefined, mine: undefined, q: undefined, from: undefined })
  }
  return { search, change, clear, clearings, isFiltered: Boolean(search.kind ?? search.mine ?? search.q) }
}
type InUse = ReturnType<typeof useSearchInUse>

/** Meetings of every customer one may see: as a list, as a month, and the customers that wait for one. */
export function MeetingsPage() {
  const { t } = useTranslation()
  const styles = useStyles()
  const inUse = useSearchInUse()
  const { search, change, clearings } = inUse
  const view = search.view ?? 'list'
  return (
    <div className={styles.page}>
      <div>
        <PageTitle name={t('meetings.title')} />
        <Title3 as="h1">{t('meetings.title')}</Title3>
        <p className={styles.lead}>{t('meetings.lead')}</p>
      </div>
      <search className={styles.filters} aria-label={t('meetings.filters')}>
        <PickFilter
          label={t('portfolio.view')}
          values={MEETING_VIEWS.slice(1)}
          allName={t('meetings.view.list')}
          nameOf={each => t(`meetings.view.${each}`)}
          value={view === 'list' ? undefined : view}
          onPick={picked => change({ view: picked })}
        />
        {view !== 'overdue' && (
          <>
            <FindBox key={clearings} q={search.q} onFind={q => change({ q })} />
            <PickFilter
              label={t('meetings.form.kind')}
              values={KINDS}
              nameOf={each => t(`meetings.kind.${each}`)}
              value={search.kind}
              onPick={kind => change({ kind })}
            />
          </>
        )}
        <Checkbox
          label={t('meetings.mine')}
          checked={search.mine === true}
          onChange={(_, { checked }) => change({ mine: checked === true ? true : undefined })}
        />
      </search>
      {view === 'list' && <List inUse={inUse} />}
      {view === 'month' && <Month search={search} onChange={change} />}
      {view === 'overdue' && <Overdue mine={search.mine} />}
    </div>
  )
}

function List({ inUse: { search, clear, isFiltered } }: { inUse: InUse }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const zone = ownZone()
  const from = search.from ?? session.today
  const { kind, mine, q } = search
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(meetingsQuery({ from, kind, mine, q }))
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[24, 56, 56, 24, 56]} />
  const meetings = data.pages.flatMap(page => page.meetings)
  if (meetings.length === 0) {
    return (
      <Notice
        title={t(isFiltered ? 'meetings.noMatch' : 'meetings.none')}
        actions={isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
      >
        {t(isFiltered ? 'meetings.noMatchHelp' : 'meetings.noneHelp')}
      </Notice>
    )
  }
  return (
    <>
      {[...byDay(meetings, zone)].map(([day, ofDay]) => (
        <section key={day} aria-label={longDay(day, formats.locale)}>
          <Subtitle2 as="h2">
            {longDay(day, formats.locale)}
            {day === session.today && ` · ${t('meetings.today')}`}
          </Subtitle2>
          <ul className={styles.list}>
            {ofDay.map(meeting => (
              <MeetingRow
                key={meeting.id}
                meeting={meeting}
                showsCustomer
                hours={hours(meeting.startsAt, meeting.endsAt, zone, formats.locale)}
              />
            ))}
          </ul>
        </section>
      ))}
      {hasNextPage && (
        <Button className={styles.more} disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('meetings.more')}
        </Button>
      )}
    </>
  )
}

function byDay(meetings: readonly MeetingLine[], zone: string): ReadonlyMap<string, readonly MeetingLine[]> {
  const days = new Map<string, MeetingLine[]>()
  for (const meeting of meetings) {
    const day = dayIn(meeting.startsAt, zone)
    const ofDay = days.get(day)
    if (ofDay) ofDay.push(meeting)
    else days.set(day, [meeting])
  }
  return days
}

/** Customers whose next contact is overdue, the longest first, with why. */
function Overdue({ mine }: { mine: true | undefined }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(overdueQuery(mine))
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : <Skeletons heights={[44, 44, 44, 44]} />
  const rows = data.pages.flatMap(page => page.customers)
  if (rows.length === 0) return <Notice title={t('meetings.noOverdue')}>{t('meetings.noOverdueHelp')}</Notice>
  return (
    <>
      <DataTable
        label={t('meetings.view.overdue')}
        keyOf={row => row.id}
        rows={rows}
        columns={[
          {
            id: 'customer',
            head: t('column.name'),
            cell: row => (
              <AppLink to="/customers/$customer/meetings" params={{ customer: row.id }} search={{}}>
                {row.name}
              </AppLink>
            ),
          },
          { id: 'owner', head: t('column.owner'), cell: row => row.owner ?? t('customer.nobody') },
          { id: 'due', head: t('meetings.dueBy'), cell: row => formats.day(row.contact.dueBy) },
          { id: 'why', head: t('explain.title'), cell: row => formats.text(row.contact.because) },
        ]}
      />
      {hasNextPage && (
        <Button className={styles.more} disabledFocusable={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('meetings.more')}
        </Button>
      )}
    </>
  )
}
