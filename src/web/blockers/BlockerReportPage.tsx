import { Checkbox } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { BlockerReport, BlockerRow } from '../../model/blocker-api.ts'
import { SERVICES } from '../../model/services.ts'
import { Bars } from '../reports/Bars.tsx'
import { serviceName } from '../reports/names.ts'
import { ReportBody } from '../reports/ReportBody.tsx'
import { ReportFrame } from '../reports/ReportFrame.tsx'
import { useReportStyles } from '../reports/report-styles.ts'
import { useFilters } from '../reports/use-filters.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { FindBox } from '../ui/FindBox.tsx'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { PickFilter } from '../ui/PickFilter.tsx'
import { blockerReportQuery } from './queries.ts'
import { type BlockerReportSearch, REPORT_STATES } from './search.ts'

const route = getRouteApi('/frame/reports/blockers')

/** What stands in the way of usage at all customers one may see. */
export function BlockerReportPage() {
  const { t } = useTranslation()
  const styles = useReportStyles()
  const formats = useFormats()
  const navigate = route.useNavigate()
  const filters = useFilters(route.useSearch(), next => void navigate({ search: next, replace: true }))
  const { search, clear, isFiltered } = filters
  const answer = useInfiniteQuery(blockerReportQuery(search))
  const [page] = answer.data?.pages ?? []
  return (
    <ReportFrame
      title={t('blockers.reportTitle')}
      lead={
        page &&
        [
          t('blockers.sum', { count: page.total, total: formats.number(page.total), seats: formats.number(page.seats) }),
          page.withoutSeats > 0 && t('blockers.sumUnknown', { count: page.withoutSeats, shown: formats.number(page.withoutSeats) }),
        ]
          .filter(Boolean)
          .join(' ')
      }
      definition={t('reports.definition.blockers')}
      file={{ path: '/blockers/export', query: search, name: 'blockers.csv' }}
      filters={<Filters filters={filters} reasons={page?.reasons ?? []} />}
    >
      <ReportBody
        answer={answer}
        isFiltered={isFiltered}
        onClear={clear}
        none={{ title: t('blockers.reportNone'), help: t('blockers.reportNoneHelp') }}
      >
        {({ byReason, reasons }, rows) => (
          <>
            <div className={styles.charts}>
              <Bars
                title={t('reports.blockers.byReason')}
                bars={byReason.map(({ reason, count }) => ({
                  id: reason,
                  name: formats.text(reasons.find(({ id }) => id === reason)?.text, reason),
                  count,
                  text: formats.number(count),
                }))}
              />
            </div>
            <ReportTable rows={rows} />
          </>
        )}
      </ReportBody>
    </ReportFrame>
  )
}

type FiltersProps = { filters: ReturnType<typeof useFilters<BlockerReportSearch>>; reasons: BlockerReport['reasons'] }

function Filters({ filters: { search, change, clearings }, reasons }: FiltersProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      <FindBox key={clearings} q={search.q} onFind={q => change({ q })} />
      <PickFilter
        label={t('blockers.stateFilter')}
        values={REPORT_STATES}
        nameOf={state => t(`blockers.state.${state}`)}
        value={search.state}
        onPick={state => change({ state })}
      />
      <PickFilter
        label={t('blockers.service')}
        values={SERVICES.map(({ id }) => id)}
        nameOf={serviceName(formats)}
        value={search.service}
        onPick={service => change({ service })}
      />
      <PickFilter
        label={t('blockers.reason')}
        values={reasons.map(({ id }) => id)}
        nameOf={id => formats.text(reasons.find(each => each.id === id)?.text, id)}
        value={search.reason}
        onPick={reason => change({ reason })}
      />
      <Checkbox
        label={t('blockers.mine')}
        checked={search.mine === true}
        onChange={(_, { checked }) => change({ mine: checked === true || undefined })}
      />
    </>
  )
}

function ReportTable({ rows }: { rows: readonly BlockerRow[] }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  return (
    <DataTable
      label={t('blockers.reportTitle')}
      rows={rows}
      keyOf={({ customer, id }) => `${customer} ${id}`}
      columns={[
        {
          id: 'blocker',
          head: t('blockers.column.blocker'),
          cell: ({ customer, customerName, id, title }) => (
            <>
              <AppLink to="/customers/$customer/blockers" params={{ customer }} search={{ blocker: id }}>
                {title}
              </AppLink>
              <span className={page.quiet}>{customerName}</span>
            </>
          ),
        },
        {
          id: 'reason',
          head: t('blockers.reason'),
          cell: ({ reason, services }) => (
            <>
              {formats.text(reason.text, reason.id)}
              <span className={page.quiet}>
                {services.length === 0 ? t('blockers.whole') : services.map(serviceName(formats)).join(', ')}
              </span>
            </>
          ),
        },
        { id: 'seats', head: t('blockers.seats'), isNumber: true, cell: ({ seats }) => formats.number(seats) },
        { id: 'owner', head: t('blockers.owner'), cell: ({ owner }) => owner ?? t('blockers.nobody') },
        {
          id: 'next',
          head: t('blockers.nextAction'),
          cell: ({ nextAction, nextActionOn, isOverdue, resolvedOn, escalatedOn }) => (
            <>
              {resolvedOn ? t('blockers.resolvedOn', { day: formats.day(resolvedOn) }) : (nextAction ?? UNKNOWN)}
              {nextActionOn && !resolvedOn && (
                <span className={isOverdue ? page.late : page.quiet}>
                  {' '}
                  {t(isOverdue ? 'blockers.lateSince' : 'blockers.dueOn', { day: formats.day(nextActionOn) })}
                </span>
              )}
              {escalatedOn && !resolvedOn && (
                <span className={page.quiet}>{t('blockers.escalatedOn', { day: formats.day(escalatedOn) })}</span>
              )}
            </>
          ),
        },
        { id: 'opened', head: t('blockers.column.opened'), isMinor: true, cell: ({ openedOn }) => formats.day(openedOn) },
      ]}
    />
  )
}
