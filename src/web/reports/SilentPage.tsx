import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SilentRow } from '../../model/report-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Bars } from './Bars.tsx'
import { CustomerFilters } from './CustomerFilters.tsx'
import { silentQuery } from './queries.ts'
import { ReportBody } from './ReportBody.tsx'
import { ReportFrame } from './ReportFrame.tsx'
import { useReportStyles } from './report-styles.ts'
import { HOW_LONG } from './search.ts'
import { useFilters } from './use-filters.ts'

const route = getRouteApi('/frame/reports/silent')

/** Customers of whom nothing was heard for more than fourteen days. */
export function SilentPage() {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  const navigate = route.useNavigate()
  const { search, change, clear, isFiltered } = useFilters(route.useSearch(), next => void navigate({ search: next, replace: true }))
  const answer = useInfiniteQuery(silentQuery(search))
  const [first] = answer.data?.pages ?? []
  const counted = (key: string, count: number) => t(key, { count, number: formats.number(count) })
  return (
    <ReportFrame
      title={t('reports.title.silent')}
      lead={
        first &&
        `${counted('reports.silent.sum', first.total)} ${first.total > 0 ? counted('reports.silent.arranged', first.summary.withMeeting) : ''}`
      }
      definition={t('reports.definition.silent')}
      file={{ path: '/reports/silent/export', query: search, name: 'silent.csv' }}
      filters={
        <>
          <PickFilter
            label={t('reports.silent.howLong')}
            values={HOW_LONG}
            nameOf={each => t(`reports.silent.for.${each}`)}
            value={search.howLong}
            onPick={howLong => change({ howLong })}
          />
          <CustomerFilters search={search} change={change} />
        </>
      }
    >
      <ReportBody
        answer={answer}
        isFiltered={isFiltered}
        onClear={clear}
        none={{ title: t('reports.silent.none'), help: t('reports.silent.noneHelp') }}
      >
        {({ summary }, rows) => (
          <>
            <div className={page.charts}>
              <Bars
                title={t('reports.silent.howLong')}
                bars={HOW_LONG.map(id => ({
                  id,
                  name: t(`reports.silent.for.${id}`),
                  count: summary.counts[id],
                  text: formats.number(summary.counts[id]),
                }))}
              />
            </div>
            <SilentTable rows={rows} />
          </>
        )}
      </ReportBody>
    </ReportFrame>
  )
}

function SilentTable({ rows }: { rows: readonly SilentRow[] }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  return (
    <DataTable
      label={t('reports.title.silent')}
      rows={rows}
      keyOf={({ customer }) => customer}
      columns={[
        {
          id: 'customer',
          head: t('reports.column.customer'),
          cell: ({ customer, customerName }) => (
            <AppLink to="/customers/$customer/notes" params={{ customer }}>
              {customerName}
            </AppLink>
          ),
        },
        {
          id: 'since',
          head: t('reports.silent.since'),
          cell: ({ since, days, howLong }) => (
            <>
              {formats.day(since)}
              <span className={page.quiet}>
                {t('reports.days', { count: days, number: formats.number(days) })}
                {howLong === 'never' && `, ${t('reports.silent.sinceCame')}`}
              </span>
            </>
          ),
        },
        { id: 'note', head: t('reports.silent.lastNote'), isMinor: true, cell: ({ lastNote }) => formats.day(lastNote) },
        { id: 'meeting', head: t('reports.silent.lastMeeting'), isMinor: true, cell: ({ lastMeeting }) => formats.day(lastMeeting) },
        {
          id: 'next',
          head: t('reports.silent.nextMeeting'),
          cell: ({ customer, customerName, nextMeeting }) => (
            <AppLink
              to="/customers/$customer/meetings"
              params={{ customer }}
              {...(nextMeeting ? {} : { 'aria-label': t('reports.silent.arrangeWith', { customer: customerName }) })}
            >
              {nextMeeting ? formats.moment(nextMeeting) : t('reports.silent.arrange')}
            </AppLink>
          ),
        },
        { id: 'owner', head: t('reports.column.owner'), cell: ({ owner }) => owner ?? t('customer.nobody') },
      ]}
    />
  )
}
