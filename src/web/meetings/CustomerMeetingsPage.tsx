import { Button, MessageBar, MessageBarBody, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CadenceView, CustomerMeetings, MeetingLine } from '../../model/meeting-api.ts'
import { refusalFor } from '../customer/may-write.ts'
import { customerQuery, planQuery } from '../customer/queries.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { CadenceDialog } from './CadenceDialog.tsx'
import { CadenceRow } from './CadenceRow.tsx'
import { MeetingDetail } from './MeetingDetail.tsx'
import { MeetingDialog } from './MeetingDialog.tsx'
import { MeetingRow } from './MeetingRow.tsx'
import { useMeetingWrites } from './meeting-writes.ts'
import { customerMeetingsQuery, earlierMeetingsQuery } from './queries.ts'

const route = getRouteApi('/frame/customers/$customer/meetings')

const useStyles = makeStyles({
  column: { maxWidth: '860px', margin: '0 auto', display: 'flex', flexDirection: 'column', gap: '16px' },
  head: { display: 'flex', flexWrap: 'wrap', gap: '8px', justifyContent: 'flex-end' },
  list: {
    listStyleType: 'none',
    margin: '4px 0 0',
    padding: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  more: { marginTop: '8px' },
})

/** The next contact with a customer, the series, and the meetings; or the one that is open. */
export function CustomerMeetingsPage() {
  const { customer } = route.useParams()
  const { meeting, plan } = route.useSearch()
  const { data: meetings } = useSuspenseQuery(customerMeetingsQuery(customer))
  const services = useServices(customer)
  const refusal = useRefusal(customer)
  if (meeting !== undefined) {
    return <MeetingDetail key={meeting} customer={customer} id={meeting} meetings={meetings} services={services} refusal={refusal} />
  }
  return <Overview customer={customer} meetings={meetings} services={services} refusal={refusal} plan={plan} />
}

/** Services the customer means to use, as its plan names them. */
function useServices(customer: string): readonly string[] {
  const { data } = useSuspenseQuery(planQuery(customer))
  const items = data.plan.processes.flatMap(process => process.steps.flatMap(step => step.items))
  return [...new Set(items.flatMap(item => item.service ?? []))].sort()
}

/** Meetings are of the customer as a whole; those who may record its facts may arrange them. */
function useRefusal(customer: string): string | undefined {
  const formats = useFormats()
  const { data } = useSuspenseQuery(customerQuery(customer))
  const refusal = refusalFor(data.canSetFacts, null)
  return refusal && formats.text(refusal)
}

type Asked = { is: 'nothing' } | { is: 'meeting'; about?: 'review' | undefined } | { is: 'cadence'; cadence?: CadenceView }
type OverviewProps = {
  customer: string
  meetings: CustomerMeetings
  services: readonly string[]
  refusal: string | undefined
  plan: 'review' | undefined
}

function Overview({ customer, meetings, services, refusal, plan }: OverviewProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const writes = useMeetingWrites(customer)
  const navigate = route.useNavigate()
  // Whoever may not plan one sees why at the button.
  const [asked, setAsked] = useState<Asked>(plan && refusal === undefined ? { is: 'meeting', about: plan } : { is: 'nothing' })
  const close = () => {
    setAsked({ is: 'nothing' })
    if (plan) void navigate({ search: {}, replace: true })
  }
  const { contact, cadences, upcoming } = meetings
  const running = cadences.filter(({ endedAt }) => endedAt === null)
  const rows = (lines: readonly MeetingLine[]) => (
    <ul className={styles.list}>
      {lines.map(line => (
        <MeetingRow key={line.id} meeting={line} />
      ))}
    </ul>
  )
  return (
    <div className={styles.column}>
      <MessageBar intent={contact.isOverdue ? 'warning' : 'info'} layout="multiline">
        <MessageBarBody>{formats.text(contact.because)}</MessageBarBody>
      </MessageBar>
      <div className={styles.head}>
        <ActionButton refusal={refusal} onClick={() => setAsked({ is: 'cadence' })}>
          {t('meetings.begin')}
        </ActionButton>
        <ActionButton appearance="primary" refusal={refusal} onClick={() => setAsked({ is: 'meeting' })}>
          {t('meetings.plan')}
        </ActionButton>
      </div>
      <section aria-labelledby="meetings-series">
        <Subtitle2 as="h2" id="meetings-series">
          {t('meetings.series')}
        </Subtitle2>
        {running.length === 0 ? (
          <Notice title={t('meetings.noSeries')}>{t('meetings.noSeriesHelp')}</Notice>
        ) : (
          <ul className={styles.list}>
            {running.map(cadence => (
              <CadenceRow
                key={cadence.id}
                cadence={cadence}
                refusal={refusal}
                isBusy={writes.isBusy}
                onChange={() => setAsked({ is: 'cadence', cadence })}
                onEnd={() =>
                  writes.change({
                    method: 'POST',
                    path: ['cadences', cadence.id, 'end'],
                    body: { version: cadence.version },
                    done: 'seriesEnded',
                  })
                }
              />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="meetings-upcoming">
        <Subtitle2 as="h2" id="meetings-upcoming">
          {t('meetings.upcoming')}
        </Subtitle2>
        {upcoming.length === 0 ? <Notice title={t('meetings.noUpcoming')}>{t('meetings.noUpcomingHelp')}</Notice> : rows(upcoming)}
      </section>
      <Past customer={customer} meetings={meetings} rows={rows} />
      {asked.is === 'meeting' && (
        <MeetingDialog meetings={meetings} services={services} about={asked.about} onSave={writes.save} onClose={close} />
      )}
      {asked.is === 'cadence' && (
        <CadenceDialog
          meetings={meetings}
          services={services}
          cadence={asked.cadence && (cadences.find(({ id }) => id === asked.cadence?.id) ?? asked.cadence)}
          onSave={writes.save}
          onClose={close}
        />
      )}
    </div>
  )
}

type PastProps = { customer: string; meetings: CustomerMeetings; rows: (lines: readonly MeetingLine[]) => React.ReactNode }

function Past({ customer, meetings: { past, next }, rows }: PastProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const earlier = useInfiniteQuery(earlierMeetingsQuery(customer, next))
  const lines = [...past, ...(earlier.data?.pages.flatMap(page => page.past) ?? [])]
  const hasMore = earlier.data ? earlier.hasNextPage : next !== null
  const more = () => void (earlier.data ? earlier.fetchNextPage() : earlier.refetch())
  return (
    <section aria-labelledby="meetings-past">
      <Subtitle2 as="h2" id="meetings-past">
        {t('meetings.past')}
      </Subtitle2>
      {lines.length === 0 ? <Notice title={t('meetings.noPast')}>{t('meetings.noPastHelp')}</Notice> : rows(lines)}
      {earlier.error && <ErrorNotice error={earlier.error} onRetry={more} />}
      {hasMore && !earlier.error && (
        <Button className={styles.more} disabledFocusable={earlier.isFetching} onClick={more}>
          {t('timeline.more')}
        </Button>
      )}
    </section>
  )
}
