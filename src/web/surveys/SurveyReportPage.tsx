import { Button, Field, Input, makeStyles } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { SERVICES } from '../../model/services.ts'
import type { NetPromoter, SurveyReport, SurveyReportRow } from '../../model/survey-api.ts'
import { Bars } from '../reports/Bars.tsx'
import { ReportFrame } from '../reports/ReportFrame.tsx'
import { useReportStyles } from '../reports/report-styles.ts'
import { useFilters } from '../reports/use-filters.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { useFormats } from '../ui/format.ts'
import { ErrorNotice, Notice } from '../ui/Notice.tsx'
import { PickFilter } from '../ui/PickFilter.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { surveyReportQuery } from './queries.ts'
import { SURVEY_BY, type SurveySearch } from './search.ts'

const route = getRouteApi('/frame/reports/survey')

const useStyles = makeStyles({ day: { flex: '1 1 130px', maxWidth: '180px', '& input': { minWidth: 0 } } })

/** What contacts answered, by quarter, service or owner. */
export function SurveyReportPage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = route.useNavigate()
  const { search, change, clear, isFiltered } = useFilters(route.useSearch(), next => void navigate({ search: next, replace: true }))
  const { data, error, refetch } = useQuery(surveyReportQuery(search))
  return (
    <ReportFrame
      title={t('survey.report.title')}
      lead={
        data &&
        t('survey.report.lead', {
          count: data.total.asked,
          number: formats.number(data.total.asked),
          answered: formats.number(data.total.answered),
        })
      }
      definition={
        <>
          <p>{t('survey.report.defined')}</p>
          <ul>
            <li>{t('survey.report.definedRate')}</li>
            <li>{t('survey.report.definedMean')}</li>
            <li>{t('survey.report.definedScore')}</li>
          </ul>
        </>
      }
      file={{ path: '/reports/survey/export', query: search, name: 'survey.csv' }}
      filters={<Filters report={data} search={search} change={change} />}
    >
      {data && data.total.asked > 0 ? (
        <Results report={data} />
      ) : data ? (
        <Notice
          title={t(isFiltered ? 'reports.noMatch' : 'survey.report.none')}
          actions={isFiltered && <Button onClick={clear}>{t('portfolio.clear')}</Button>}
        >
          {t(isFiltered ? 'reports.noMatchHelp' : 'survey.report.noneHelp')}
        </Notice>
      ) : error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeletons heights={[220, 44, 44, 44]} />
      )}
    </ReportFrame>
  )
}

type FiltersProps = { report: SurveyReport | undefined; search: SurveySearch; change: (next: SurveySearch) => void }

function Filters({ report, search, change }: FiltersProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  const nameOf = useNames()
  return (
    <>
      <PickFilter
        label={t('survey.report.by')}
        values={SURVEY_BY}
        nameOf={each => t(`survey.report.bys.${each}`)}
        allName={t('survey.report.bys.quarter')}
        value={search.by}
        onPick={by => change({ by })}
      />
      <PickFilter
        label={t('survey.report.service')}
        values={report?.services ?? (search.service === undefined ? [] : [search.service])}
        nameOf={each => nameOf('service', { key: each, name: null })}
        value={search.service}
        onPick={service => change({ service })}
      />
      <PickFilter
        label={t('survey.report.owner')}
        values={report?.owners.map(each => each.id) ?? (search.owner === undefined ? [] : [search.owner])}
        nameOf={each => report?.owners.find(({ id }) => id === each)?.name ?? each}
        value={search.owner}
        onPick={owner => change({ owner })}
      />
      {(['from', 'until'] as const).map(each => (
        <Field key={each} label={t(`survey.report.${each}`)} className={styles.day}>
          <Input type="date" value={search[each] ?? ''} onChange={(_, { value }) => change({ [each]: value || undefined })} />
        </Field>
      ))}
    </>
  )
}

/** What a row is about, in words. */
function useNames() {
  const { t } = useTranslation()
  const formats = useFormats()
  return (by: SurveyReport['by'], { key, name }: Pick<SurveyReportRow, 'key' | 'name'>): string => {
    if (key === null) return t('survey.report.nobody')
    if (by === 'service') return formats.text(SERVICES.find(({ id }) => id === key)?.name, key)
    if (by === 'owner') return name ?? key
    return t('survey.report.quarter', { year: key.slice(0, 4), quarter: formats.number((Number(key.slice(5, 7)) + 2) / 3) })
  }
}

/** The scale of the score goes from -100 to 100; bars begin at its lower end. */
const LOWEST = 100

function Results({ report: { by, rows, total } }: { report: SurveyReport }) {
  const { t } = useTranslation()
  const page = useReportStyles()
  const formats = useFormats()
  const nameOf = useNames()
  const scoreText = ({ score }: NetPromoter) =>
    score
      ? `${formats.number(score.value)} (${t('survey.report.range', { low: formats.number(score.low), high: formats.number(score.high) })})`
      : t('survey.report.tooFew')
  const named = rows.map(row => ({ ...row, id: row.key ?? '', shown: nameOf(by, row) }))
  const mean = (column: 'overall' | 'responsiveness' | 'expertise' | 'usefulness') => ({
    id: column,
    head: t(`survey.scores.${column}`),
    isNumber: true,
    isMinor: column !== 'overall',
    cell: (row: SurveyReportRow) => (
      <>
        {formats.number(row[column].mean)}
        <span className={page.quiet}>
          {t('survey.report.answers', { count: row[column].count, number: formats.number(row[column].count) })}
        </span>
      </>
    ),
  })
  return (
    <>
      <div className={page.charts}>
        <Bars
          title={t('survey.report.chart')}
          words={t('survey.report.chartWords')}
          bars={named.map(({ id, shown, netPromoter }) => ({
            id,
            name: shown,
            count: netPromoter.score ? netPromoter.score.value + LOWEST : 0,
            text: scoreText(netPromoter),
          }))}
          full={2 * LOWEST}
          mark={LOWEST}
        />
        <Bars
          title={t('survey.report.chartMean')}
          bars={named.map(({ id, shown, overall }) => ({ id, name: shown, count: overall.mean ?? 0, text: formats.number(overall.mean) }))}
          full={5}
        />
      </div>
      <DataTable
        label={t('survey.report.title')}
        rows={[...named, { ...total, id: 'total', shown: t('survey.report.total') }]}
        keyOf={({ id }) => id}
        columns={[
          { id: 'name', head: t(`survey.report.bys.${by}`), cell: ({ shown }) => shown },
          {
            id: 'answered',
            head: t('survey.report.answered'),
            isNumber: true,
            cell: row => (
              <>
                {formats.number(row.answered)}
                <span className={page.quiet}>
                  {t('survey.report.rate', { rate: formats.percent(row.rate), asked: formats.number(row.asked) })}
                </span>
              </>
            ),
          },
          mean('overall'),
          mean('responsiveness'),
          mean('expertise'),
          mean('usefulness'),
          {
            id: 'score',
            head: t('survey.report.score'),
            isNumber: true,
            cell: ({ netPromoter }) => (
              <>
                {scoreText(netPromoter)}
                <span className={page.quiet}>
                  {t('survey.report.answers', { count: netPromoter.count, number: formats.number(netPromoter.count) })}
                </span>
              </>
            ),
          },
          { id: 'low', head: t('survey.report.low'), isNumber: true, cell: ({ low }) => formats.number(low) },
        ]}
      />
    </>
  )
}
