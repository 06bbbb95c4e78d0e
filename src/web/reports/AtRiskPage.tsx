import { makeStyles } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AtRiskRow } from '../../model/report-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Bars } from './Bars.tsx'
import { CustomerFilters } from './CustomerFilters.tsx'
import { serviceName } from './names.ts'
import { atRiskQuery } from './queries.ts'
import { ReportBody } from './ReportBody.tsx'
import { ReportFrame } from './ReportFrame.tsx'
import { useReportStyles } from './report-styles.ts'
import { RISKS } from './search.ts'
import { useFilters } from './use-filters.ts'

const route = getRouteApi('/frame/reports/at-risk')

const useStyles = makeStyles({ reasons: { listStyleType: 'none', margin: 0, padding: 0 } })

/** Customers with something that speaks against them, by a rule that stands beside it. */
export function AtRiskPage() {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  const navigate = route.useNavigate()
  const { search, change, clear, isFiltered } = useFilters(route.useSearch(), next => void navigate({ search: next, replace: true }))
  const answer = useInfiniteQuery(atRiskQuery(search))
  const [first] = answer.data?.pages ?? []
  return (
    <ReportFrame
      title={t('reports.title.at-risk')}
      lead={
        first &&
        [
          t('reports.risk.sum', {
            count: first.total,
            number: formats.number(first.total),
            customers: formats.number(first.summary.customers),
          }),
          first.summary.cannotTell > 0 &&
            t('reports.risk.cannotTell', { count: first.summary.cannotTell, number: formats.number(first.summary.cannotTell) }),
        ]
          .filter(Boolean)
          .join(' ')
      }
      definition={
        <>
          <p>{t('reports.definition.at-risk')}</p>
          <ul>
            {RISKS.map(reason => (
              <li key={reason}>{t(`reports.risk.rule.${reason}`)}</li>
            ))}
          </ul>
        </>
      }
      file={{ path: '/reports/at-risk/export', query: search, name: 'at-risk.csv' }}
      filters={
        <>
          <PickFilter
            label={t('reports.column.reason')}
            values={RISKS}
            nameOf={reason => t(`reports.risk.reason.${reason}`)}
            value={search.reason}
            onPick={reason => change({ reason })}
          />
          <CustomerFilters search={search} change={change} />
        </>
      }
    >
      <ReportBody
        answer={answer}
        isFiltered={isFiltered}
        onClear={clear}
        none={{ title: t('reports.risk.none'), help: t('reports.risk.noneHelp') }}
      >
        {({ summary }, rows) => (
          <>
            <div className={page.charts}>
              <Bars
                title={t('reports.risk.byReason')}
                words={t('reports.risk.byReasonHelp')}
                bars={RISKS.map(id => ({
                  id,
                  name: t(`reports.risk.reason.${id}`),
                  count: summary.byReason[id],
                  text: formats.number(summary.byReason[id]),
                }))}
              />
            </div>
            <RiskTable rows={rows} />
          </>
        )}
      </ReportBody>
    </ReportFrame>
  )
}

function RiskTable({ rows }: { rows: readonly AtRiskRow[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <DataTable
      label={t('reports.title.at-risk')}
      rows={rows}
      keyOf={({ customer }) => customer}
      columns={[
        {
          id: 'customer',
          head: t('reports.column.customer'),
          cell: ({ customer, customerName }) => (
            <AppLink to="/customers/$customer/plan" params={{ customer }}>
              {customerName}
            </AppLink>
          ),
        },
        { id: 'reasons', head: t('reports.column.reasons'), cell: row => <Reasons row={row} /> },
        {
          id: 'unknown',
          head: t('reports.column.unknown'),
          cell: ({ unknown }) => (unknown.length === 0 ? UNKNOWN : unknown.map(serviceName(formats)).join(', ')),
        },
        { id: 'owner', head: t('reports.column.owner'), isMinor: true, cell: ({ owner }) => owner ?? t('customer.nobody') },
      ]}
    />
  )
}

/** Each leads to where it is dealt with. */
function Reasons({ row }: { row: AtRiskRow }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const { customer, customerName, usageFell, blockersLate, tasksLate, silentSince, fellBack } = row
  const counted = (key: string, count: number) => t(key, { count, number: formats.number(count) })
  const reasons = [
    usageFell.length > 0 && {
      id: 'usage',
      to: '/customers/$customer/usage' as const,
      text: t('reports.risk.usageFell', { services: usageFell.map(serviceName(formats)).join(', ') }),
    },
    blockersLate > 0 && {
      id: 'blockers',
      to: '/customers/$customer/blockers' as const,
      text: counted('reports.risk.blockersLate', blockersLate),
    },
    tasksLate > 0 && { id: 'tasks', to: '/customers/$customer/plan' as const, text: counted('reports.risk.tasksLate', tasksLate) },
    silentSince !== null && {
      id: 'silent',
      to: '/customers/$customer/notes' as const,
      text: t('reports.risk.silentSince', { day: formats.day(silentSince) }),
    },
    fellBack > 0 && { id: 'back', to: '/customers/$customer/plan' as const, text: counted('reports.risk.fellBack', fellBack) },
  ].filter(each => each !== false)
  return (
    <ul className={styles.reasons} aria-label={t('reports.risk.reasonsOf', { customer: customerName })}>
      {reasons.map(({ id, to, text }) => (
        <li key={id}>
          <AppLink to={to} params={{ customer }}>
            {text}
          </AppLink>
        </li>
      ))}
    </ul>
  )
}
