import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { MilestoneRow, MilestonesSummary } from '../../model/report-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Bars } from './Bars.tsx'
import { CustomerFilters } from './CustomerFilters.tsx'
import { MonthChart } from './MonthChart.tsx'
import { COUNTED_SERVICES, serviceName } from './names.ts'
import { milestonesQuery } from './queries.ts'
import { ReportBody } from './ReportBody.tsx'
import { ReportFrame } from './ReportFrame.tsx'
import { useReportStyles } from './report-styles.ts'
import { MILESTONE_NAMES, MONTHS } from './search.ts'
import { useFilters } from './use-filters.ts'

const route = getRouteApi('/frame/reports/milestones')

/** Which service of which customer reached which milestone when. */
export function MilestonesPage() {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  const navigate = route.useNavigate()
  const { search, change, clear, isFiltered } = useFilters(route.useSearch(), next => void navigate({ search: next, replace: true }))
  const answer = useInfiniteQuery(milestonesQuery(search))
  const [first] = answer.data?.pages ?? []
  return (
    <ReportFrame
      title={t('reports.title.milestones')}
      lead={
        first &&
        [
          t('reports.milestones.sum', { count: first.total, number: formats.number(first.total) }),
          first.summary.atFirstFigure > 0 &&
            t('reports.milestones.atFirst', { count: first.summary.atFirstFigure, number: formats.number(first.summary.atFirstFigure) }),
        ]
          .filter(Boolean)
          .join(' ')
      }
      definition={t('reports.definition.milestones')}
      file={{ path: '/reports/milestones/export', query: search, name: 'milestones.csv' }}
      filters={
        <>
          <PickFilter
            label={t('reports.filter.months')}
            values={MONTHS}
            nameOf={months => t('reports.filter.lastMonths', { number: formats.number(Number(months)) })}
            allName={t('reports.filter.lastMonths', { number: formats.number(12) })}
            value={search.months}
            onPick={months => change({ months })}
          />
          <PickFilter
            label={t('forecasts.service')}
            values={COUNTED_SERVICES}
            nameOf={serviceName(formats)}
            value={search.service}
            onPick={service => change({ service })}
          />
          <PickFilter
            label={t('forecasts.milestone')}
            values={MILESTONE_NAMES}
            nameOf={each => t(`forecasts.name.${each}`)}
            value={search.milestone}
            onPick={milestone => change({ milestone })}
          />
          <CustomerFilters search={search} change={change} />
        </>
      }
    >
      <ReportBody
        answer={answer}
        isFiltered={isFiltered}
        onClear={clear}
        none={{ title: t('reports.milestones.none'), help: t('reports.milestones.noneHelp') }}
      >
        {({ summary }, rows) => (
          <>
            <div className={page.charts}>
              <MonthChart months={summary.months} counts={summary.counts} />
              <ByService counts={summary.counts} />
            </div>
            <MilestoneTable rows={rows} />
          </>
        )}
      </ReportBody>
    </ReportFrame>
  )
}

function ByService({ counts }: Pick<MilestonesSummary, 'counts'>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const byService = Map.groupBy(counts, ({ service }) => service)
  const bars = [...byService].map(([id, own]) => {
    const count = own.reduce((sum, each) => sum + each.count, 0)
    return { id, name: serviceName(formats)(id), count, text: formats.number(count) }
  })
  return <Bars title={t('reports.milestones.byService')} bars={bars.toSorted((a, b) => b.count - a.count)} />
}

function MilestoneTable({ rows }: { rows: readonly MilestoneRow[] }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  return (
    <DataTable
      label={t('reports.title.milestones')}
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
          id: 'reached',
          head: t('reports.column.reached'),
          cell: ({ reachedOn, isFirstFigure }) => (
            <>
              {isFirstFigure ? t('reports.milestones.by', { day: formats.day(reachedOn) }) : formats.day(reachedOn)}
              {isFirstFigure && <span className={page.quiet}>{t('reports.milestones.byWhy')}</span>}
            </>
          ),
        },
        { id: 'target', head: t('reports.column.target'), cell: ({ targetDate }) => formats.day(targetDate) },
        { id: 'owner', head: t('reports.column.owner'), isMinor: true, cell: ({ owner }) => owner ?? t('customer.nobody') },
      ]}
    />
  )
}
