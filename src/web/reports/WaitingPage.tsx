import { Badge, Checkbox } from '@fluentui/react-components'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WaitingRow } from '../../model/report-api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Bars } from './Bars.tsx'
import { CustomerFilters } from './CustomerFilters.tsx'
import { COUNTED_SERVICES, serviceName } from './names.ts'
import { waitingQuery } from './queries.ts'
import { ReportBody } from './ReportBody.tsx'
import { ReportFrame } from './ReportFrame.tsx'
import { useReportStyles } from './report-styles.ts'
import { useFilters } from './use-filters.ts'

const route = getRouteApi('/frame/reports/handshakes')

/** More people than one compares at a glance; the file has all of them. */
const MOST_PEOPLE = 15

/** Handshakes that were offered and have no answer. */
export function WaitingPage() {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  const navigate = route.useNavigate()
  const { search, change, clear, isFiltered } = useFilters(route.useSearch(), next => void navigate({ search: next, replace: true }))
  const answer = useInfiniteQuery(waitingQuery(search))
  const [first] = answer.data?.pages ?? []
  const counted = (key: string, count: number) => t(key, { count, number: formats.number(count) })
  return (
    <ReportFrame
      title={t('reports.title.handshakes')}
      lead={
        first &&
        `${counted('reports.waiting.sum', first.total)} ${first.total > 0 ? counted('reports.waiting.late', first.summary.late) : ''}`
      }
      definition={t('reports.definition.handshakes')}
      file={{ path: '/reports/handshakes/export', query: search, name: 'handshakes.csv' }}
      filters={
        <>
          <PickFilter
            label={t('forecasts.service')}
            values={COUNTED_SERVICES}
            nameOf={serviceName(formats)}
            value={search.service}
            onPick={service => change({ service })}
          />
          <CustomerFilters search={search} change={change} />
          <Checkbox
            label={t('reports.waiting.onlyLate')}
            checked={search.late === true}
            onChange={(_, { checked }) => change({ late: checked === true || undefined })}
          />
        </>
      }
    >
      <ReportBody
        answer={answer}
        isFiltered={isFiltered}
        onClear={clear}
        none={{ title: t('reports.waiting.none'), help: t('reports.waiting.noneHelp') }}
      >
        {({ summary: { byPerson } }, rows) => (
          <>
            <div className={page.charts}>
              <Bars
                title={t('reports.waiting.byPerson')}
                {...(byPerson.length > MOST_PEOPLE ? { words: t('reports.most', { number: formats.number(MOST_PEOPLE) }) } : {})}
                bars={byPerson.slice(0, MOST_PEOPLE).map(({ id, name, waiting, late }) => ({
                  id,
                  name,
                  count: waiting,
                  part: late,
                  text: t('reports.waiting.bar', { waiting: formats.number(waiting), late: formats.number(late) }),
                }))}
              />
            </div>
            <WaitingTable rows={rows} />
          </>
        )}
      </ReportBody>
    </ReportFrame>
  )
}

function WaitingTable({ rows }: { rows: readonly WaitingRow[] }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  return (
    <DataTable
      label={t('reports.title.handshakes')}
      rows={rows}
      keyOf={({ handshake }) => handshake}
      columns={[
        {
          id: 'customer',
          head: t('reports.column.customer'),
          cell: ({ customerName, service, handshake }) => (
            <>
              <AppLink
                to="/requests"
                search={{ box: 'all', handshake }}
                aria-label={t('reports.waiting.openIt', { customer: customerName, service: serviceName(formats)(service) })}
              >
                {customerName}
              </AppLink>
              <span className={page.quiet}>{serviceName(formats)(service)}</span>
            </>
          ),
        },
        { id: 'to', head: t('reports.waiting.to'), cell: ({ offeredTo }) => offeredTo },
        {
          id: 'state',
          head: t('reports.waiting.state'),
          cell: ({ state, offeredBy }) => (
            <>
              {t(`reports.waiting.is.${state}`)}
              <span className={page.quiet}>{t('reports.waiting.from', { name: offeredBy })}</span>
            </>
          ),
        },
        { id: 'offered', head: t('reports.waiting.offeredOn'), isMinor: true, cell: ({ offeredOn }) => formats.day(offeredOn) },
        {
          id: 'days',
          head: t('reports.waiting.workingDays'),
          isNumber: true,
          cell: ({ workingDays, isLate, remindOn }) => (
            <>
              {formats.number(workingDays)}{' '}
              {isLate ? (
                <Badge appearance="tint" color="warning" shape="rounded">
                  {t('reports.waiting.isLate')}
                </Badge>
              ) : (
                <span className={page.quiet}>{t('reports.waiting.remindOn', { day: formats.day(remindOn) })}</span>
              )}
            </>
          ),
        },
        { id: 'owner', head: t('reports.column.owner'), isMinor: true, cell: ({ owner }) => owner ?? t('customer.nobody') },
      ]}
    />
  )
}
