import { Badge, type BadgeProps } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ForecastOutcome } from '../../model/usage-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { daysBetween, useFormats } from '../ui/format.ts'
import { PickFilter } from '../ui/PickFilter.tsx'
import { keyOf } from './errors.ts'
import { MissChart, offWords } from './MissChart.tsx'
import { COUNTED_SERVICES, serviceName } from './names.ts'
import { Outcomes } from './Outcomes.tsx'
import { forecastsQuery } from './queries.ts'
import { ReportBody } from './ReportBody.tsx'
import { ReportFrame } from './ReportFrame.tsx'
import { useReportStyles } from './report-styles.ts'
import { type ForecastsSearch, MILESTONE_NAMES, OUTCOMES } from './search.ts'
import { useFilters } from './use-filters.ts'

const route = getRouteApi('/frame/reports/forecasts')

const LOOKS: Readonly<Record<ForecastOutcome['outcome'], NonNullable<BadgeProps['color']>>> = {
  'in-range': 'success',
  early: 'brand',
  late: 'warning',
  open: 'informative',
  overdue: 'warning',
}

/** What was expected of every milestone, and what came. */
export function ForecastsPage() {
  const { t } = useTranslation()
  const page = useReportStyles()
  const navigate = route.useNavigate()
  const filters = useFilters(route.useSearch(), next => void navigate({ search: next, replace: true }))
  const { search, clear, isFiltered } = filters
  const answer = useInfiniteQuery(forecastsQuery(search))
  return (
    <ReportFrame
      title={t('forecasts.title')}
      lead={t('forecasts.lead')}
      definition={t('reports.definition.forecasts')}
      file={{ path: '/usage/forecasts/export', query: search, name: 'forecasts.csv' }}
      filters={<Filters filters={filters} />}
    >
      <ReportBody
        answer={answer}
        isFiltered={isFiltered}
        onClear={clear}
        none={{ title: t('forecasts.none'), help: t('forecasts.noneHelp') }}
        isNone={({ summary, rows }) => summary.made + summary.notInSight === 0 || (rows.length === 0 && isFiltered)}
        heights={[260, 44, 44, 44]}
      >
        {({ summary }, rows) => (
          <>
            <div className={page.charts}>
              <Outcomes summary={summary} />
              <MissChart search={search} />
            </div>
            {rows.length > 0 && <ForecastTable rows={rows} />}
          </>
        )}
      </ReportBody>
    </ReportFrame>
  )
}

type FiltersInUse = ReturnType<typeof useFilters<ForecastsSearch>>

function Filters({ filters: { search, change, clearings } }: { filters: FiltersInUse }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      <FindBox key={clearings} q={search.q} onFind={q => change({ q })} />
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
      <PickFilter
        label={t('forecasts.outcome')}
        values={OUTCOMES}
        nameOf={each => t(`forecasts.outcomes.${each}`)}
        value={search.outcome}
        onPick={outcome => change({ outcome })}
      />
    </>
  )
}

function ForecastTable({ rows }: { rows: readonly ForecastOutcome[] }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  return (
    <DataTable
      label={t('forecasts.table')}
      rows={rows}
      keyOf={keyOf}
      columns={[
        {
          id: 'customer',
          head: t('forecasts.column.customer'),
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
          head: t('forecasts.column.milestone'),
          cell: ({ milestone, goal }) => t('forecasts.goal', { name: t(`forecasts.name.${milestone}`), percent: formats.target(goal) }),
        },
        {
          id: 'made',
          head: t('forecasts.column.made'),
          cell: ({ madeOn, percentThen }) => (
            <>
              {formats.day(madeOn)}
              <span className={page.quiet}>{t('forecasts.then', { percent: formats.percent(percentThen) })}</span>
            </>
          ),
        },
        {
          id: 'expected',
          head: t('forecasts.column.expected'),
          cell: ({ expected, earliest, latest }) => (
            <>
              {formats.day(expected)}
              <span className={page.quiet}>
                {t(latest ? 'forecasts.range' : 'forecasts.rangeOpen', { earliest: formats.day(earliest), latest: formats.day(latest) })}
              </span>
            </>
          ),
        },
        {
          id: 'reached',
          head: t('forecasts.column.reached'),
          cell: ({ expected, reachedOn }) =>
            reachedOn ? (
              <>
                {formats.day(reachedOn)}
                <span className={page.quiet}>{offWords(daysBetween(expected, reachedOn), t, formats)}</span>
              </>
            ) : (
              t('forecasts.notYet')
            ),
        },
        { id: 'target', isMinor: true, head: t('forecasts.column.target'), cell: ({ targetDate }) => formats.day(targetDate) },
        {
          id: 'outcome',
          head: t('forecasts.column.outcome'),
          cell: ({ outcome }) => (
            <Badge appearance="tint" shape="rounded" color={LOOKS[outcome]}>
              {t(`forecasts.outcomes.${outcome}`)}
            </Badge>
          ),
        },
      ]}
    />
  )
}
