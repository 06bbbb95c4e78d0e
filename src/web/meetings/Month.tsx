import { Button, makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingLine } from '../../model/meeting-api.ts'
import { sessionQuery } from '../session/queries.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { meetingsQuery } from './queries.ts'
import type { MeetingsSearch } from './search.ts'
import { dayIn, daysOfMonth, hours, longDay, monthFrom, ownZone } from './times.ts'

const PHONE = '@media (max-width: 640px)'

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  title: { minWidth: '180px' },
  days: {
    display: 'grid',
    gridTemplateColumns: 'repeat(7, minmax(0, 1fr))',
    gap: '1px',
    margin: '8px 0 0',
    padding: 0,
    listStyleType: 'none',
    backgroundColor: tokens.colorNeutralStroke2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  day: { minHeight: '96px', padding: '4px', backgroundColor: tokens.colorNeutralBackground1, minWidth: 0, [PHONE]: { minHeight: 0 } },
  // A phone shows the days one below the other: those without a meeting would only be in the way.
  bare: { [PHONE]: { display: 'none' } },
  other: { backgroundColor: tokens.colorNeutralBackground3 },
  number: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  today: { fontWeight: tokens.fontWeightBold, color: tokens.colorBrandForeground1 },
  meetings: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  meeting: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, overflowWrap: 'anywhere' },
  // Fingers need room: 24 pixels at least.
  link: { display: 'block', minHeight: '24px' },
  gone: { textDecorationLine: 'line-through' },
})

type MonthProps = { search: MeetingsSearch; onChange: (change: Partial<MeetingsSearch>) => void }

/** A month of meetings, in the reader's own time. */
export function Month({ search: { month: chosen, kind, mine, q }, onChange }: MonthProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const zone = ownZone()
  const month = chosen ?? session.today.slice(0, 7)
  const days = daysOfMonth(month)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(
    meetingsQuery({ from: days[0], to: days.at(-1), kind, mine, q }),
  )
  // A month is shown whole, however many pages it takes.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const isWhole = data !== undefined && !hasNextPage
  const meetings = data?.pages.flatMap(page => page.meetings) ?? []
  return (
    <div>
      <div className={styles.head}>
        <Button onClick={() => onChange({ month: monthFrom(month, -1) })}>{t('meetings.monthBefore')}</Button>
        <Button onClick={() => onChange({ month: undefined })}>{t('meetings.monthNow')}</Button>
        <Button onClick={() => onChange({ month: monthFrom(month, 1) })}>{t('meetings.monthAfter')}</Button>
        <Subtitle2 as="h2" className={styles.title} aria-live="polite">
          {formats.month(`${month}-01`)}
          {isFetching && ` · ${t('loading')}`}
        </Subtitle2>
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {/* Only once it is whole: a grid that fills page by page would push its weeks down under the reader's eyes. */}
      {!isWhole && !error && <Skeletons heights={[96, 96, 96, 96, 96]} />}
      {isWhole && (
        <ol className={styles.days}>
          {days.map(day => {
            const ofDay = meetings.filter(meeting => dayIn(meeting.startsAt, zone) === day)
            return (
              <li
                key={day}
                aria-label={longDay(day, formats.locale)}
                className={mergeClasses(styles.day, !day.startsWith(month) && styles.other, ofDay.length === 0 && styles.bare)}
              >
                <div className={mergeClasses(styles.number, day === session.today && styles.today)}>{formats.shortDay(day)}</div>
                <ul className={styles.meetings}>
                  {ofDay.map(meeting => (
                    <Entry key={meeting.id} meeting={meeting} zone={zone} />
                  ))}
                </ul>
              </li>
            )
          })}
        </ol>
      )}
    </div>
  )
}

function Entry({ meeting: { id, customer, customerName, title, startsAt, endsAt, state }, zone }: { meeting: MeetingLine; zone: string }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  return (
    <li className={mergeClasses(styles.meeting, state === 'cancelled' && styles.gone)}>
      <AppLink className={styles.link} to="/customers/$customer/meetings" params={{ customer }} search={{ meeting: id }}>
        {hours(startsAt, endsAt, zone, formats.locale)} {customerName}: {title}
      </AppLink>
      {state !== 'scheduled' && ` (${t(`meetings.state.${state}`)})`}
    </li>
  )
}
