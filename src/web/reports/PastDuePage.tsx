import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PastDueRow, PastDueSummary } from '../../model/report-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Bars } from './Bars.tsx'
import { CustomerFilters } from './CustomerFilters.tsx'
import { COUNTED_SERVICES, serviceName } from './names.ts'
import { pastDueQuery } from './queries.ts'
import { ReportBody } from './ReportBody.tsx'
import { ReportFrame } from './ReportFrame.tsx'
import { useReportStyles } from './report-styles.ts'
import { PAST_DUE, PAST_DUE_DATE } from './search.ts'
import { useFilters } from './use-filters.ts'

const route = getRouteApi('/frame/reports/past-due')

/** Milestones that were to be reached by now and were not. */
export function PastDuePage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = route.useNavigate()
  const { search, change, clear, isFiltered } = useFilters(route.useSearch(), next => void navigate({ search: next, replace: true }))
  const answer = useInfiniteQuery(pastDueQuery(search))
  const [first] = answer.data?.pages ?? []
  return (
    <ReportFrame
      title={t('reports.title.past-due')}
      lead={first && t('reports.pastDue.sum', { count: first.total, number: formats.number(first.total) })}
      definition={
        <>
          <p>{t('reports.definition.past-due')}</p>
          <ul>
            {PAST_DUE.map(reason => (
              <li key={reason}>{t(`reports.pastDue.rule.${reason}`)}</li>
            ))}
          </ul>
        </>
      }
      file={{ path: '/reports/past-due/export', query: search, name: 'past-due.csv' }}
      filters={
        <>
          <PickFilter
            label={t('reports.column.reason')}
            values={PAST_DUE}
            nameOf={reason => t(`reports.pastDue.reason.${reason}`)}
            value={search.reason}
            onPick={reason => change({ reason })}
          />
          <PickFilter
            label={t('reports.pastDue.date')}
            values={PAST_DUE_DATE}
            nameOf={date => t(`reports.pastDue.of.${date}`)}
            value={search.date}
            onPick={date => change({ date })}
          />
          <PickFilter
            label={t('forecasts.service')}
            values={COUNTED_SERVICES}
            nameOf={serviceName(formats)}
            value={search.service}
            onPick={service => change({ service })}
          />
          <CustomerFilters search={search} change={change} />
        </>
      }
    >
      <ReportBody
        answer={answer}
        isFiltered={isFiltered}
        onClear={clear}
        none={{ title: t('reports.pastDue.none'), help: t('reports.pastDue.noneHelp') }}
      >
        {({ summary }, rows) => (
          <>
            <Charts summary={summary} />
            <PastDueTable rows={rows} />
          </>
        )}
      </ReportBody>
    </ReportFrame>
  )
}

/** More owners than one compares at a glance; the file has all of them. */
const MOST_OWNERS = 10

function Charts({ summary: { byReason, byOwner } }: { summary: PastDueSummary }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  const owners = byOwner.slice(0, MOST_OWNERS)
  return (
    <div className={page.charts}>
      <Bars
        title={t('reports.pastDue.byReason')}
        bars={PAST_DUE.map(id => ({
          id,
          name: t(`reports.pastDue.reason.${id}`),
          count: byReason[id],
          text: formats.number(byReason[id]),
        }))}
      />
      <Bars
        title={t('reports.pastDue.byOwner')}
        {...(owners.length < byOwner.length ? { words: t('reports.most', { number: formats.number(MOST_OWNERS) }) } : {})}
        bars={owners.map(({ id, name, count }) => ({
          id: id ?? 'nobody',
          name: name ?? t('customer.nobody'),
          count,
          text: formats.number(count),
        }))}
      />
    </div>
  )
}

function PastDueTable({ rows }: { rows: readonly PastDueRow[] }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  return (
    <DataTable
      label={t('reports.title.past-due')}
      rows={rows}
      keyOf={({ customer, service, milestone }) => `${customer} ${service} ${milestone}`}
      columns={[
        {
          id: 'customer',
          head: t('reports.column.customer'),
          cell: ({ customer, customerName, service }) => (
            <>
              <AppLink to="/customers/$customer/usage" params={{ customer }}>
                {customerName}
              </AppLink>
              <span className={page.quiet}>{serviceName(formats)(service)}</span>
            </>
          ),
        },
        {
          id: 'milestone',
          head: t('forecasts.milestone'),
          cell: ({ milestone, percent }) =>
            t('forecasts.goal', { name: t(`forecasts.name.${milestone}`), percent: formats.target(percent) }),
        },
        {
          id: 'due',
          head: t('reports.pastDue.due'),
          cell: ({ due, daysLate, targetDate }) => (
            <>
              {formats.day(due)}
              <span className={page.quiet}>
                {t(due === targetDate ? 'reports.pastDue.of.target' : 'reports.pastDue.of.forecast')},{' '}
                {t('reports.pastDue.daysLate', { count: daysLate, number: formats.number(daysLate) })}
              </span>
            </>
          ),
        },
        {
          id: 'reason',
          head: t('reports.column.reason'),
          cell: ({ customer, customerName, reason, blockers, expectedNow }) => (
            <>
              {reason === 'blocked' ? (
                <AppLink
                  to="/customers/$customer/blockers"
                  params={{ customer }}
                  aria-label={t('reports.pastDue.blockersOf', {
                    count: blockers,
                    number: formats.number(blockers),
                    customer: customerName,
                  })}
                >
                  {t('reports.pastDue.blockers', { count: blockers, number: formats.number(blockers) })}
                </AppLink>
              ) : (
                t(`reports.pastDue.reason.${reason}`)
              )}
              {expectedNow && <span className={page.quiet}>{t('reports.pastDue.now', { day: formats.day(expectedNow) })}</span>}
            </>
          ),
        },
        { id: 'owner', head: t('reports.column.owner'), isMinor: true, cell: ({ owner }) => owner ?? t('customer.nobody') },
      ]}
    />
  )
}
