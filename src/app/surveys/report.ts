import type { SurveyReport, SurveyReportQuery, SurveyReportRow } from '../../model/survey-api.ts'
import { findSurveyChoices, type SurveySum, sumSurveys } from '../../store/surveys.ts'
import { type Context, todayOf } from '../context.ts'
import { recordInstallation } from '../events/record.ts'
import { type Columns, csvOf } from '../exports/csv.ts'
import { CSV, type Download } from '../exports/download.ts'
import { type Actor, authorize } from '../policy.ts'
import { netPromoter } from './net-promoter.ts'

/**
 * Results over the customers that the actor sees, by service, owner or quarter: of those asked in a time (by the day of asking, UTC), so
 * that answers belong to the quarter that asked for them. Three queries.
 */
export async function getSurveyReport(context: Context, actor: Actor, { by, ...filter }: SurveyReportQuery): Promise<SurveyReport> {
  authorize(actor, 'see-customer')
  return context.db.transaction().execute(async trx => {
    const [total] = await sumSurveys(trx, null, filter)
    const rows = await sumSurveys(trx, by, filter)
    // A sum without groups has one row.
    return { by, rows: rows.map(rowOf), total: rowOf(total!), ...(await findSurveyChoices(trx)) }
  })
}

/** The same as CSV; that it was made is on record. */
export async function exportSurveyReport(context: Context, actor: Actor, query: SurveyReportQuery): Promise<Download> {
  authorize(actor, 'export-customer')
  const { rows, total } = await getSurveyReport(context, actor, query)
  const all = [...rows, { ...total, key: 'total' }]
  await context.db.transaction().execute(trx =>
    recordInstallation(trx, context, actor, {
      kind: 'export-made',
      data: { what: 'surveys', format: 'csv', count: all.length, filters: query },
    }),
  )
  const batches = async function* () {
    yield all
  }
  return { fileName: `survey-by-${query.by}-${todayOf(context)}.csv`, contentType: CSV, body: csvOf(columnsOf(query.by), batches()) }
}

const percent = (share: number) => Math.round(1000 * share) / 10
const meanOf = (sum: number, count: number) => ({ mean: count === 0 ? null : Math.round((100 * sum) / count) / 100, count })

const rowOf = (row: SurveySum): SurveyReportRow => ({
  key: row.key,
  name: row.name,
  asked: row.asked,
  reminded: row.reminded,
  answered: row.answered,
  open: row.open,
  low: row.low,
  rate: row.asked === 0 ? null : percent(row.answered / row.asked),
  overall: meanOf(row.overall_sum, row.answered),
  responsiveness: meanOf(row.responsiveness_sum, row.responsiveness_count),
  expertise: meanOf(row.expertise_sum, row.expertise_count),
  usefulness: meanOf(row.usefulness_sum, row.usefulness_count),
  netPromoter: netPromoter(row.promoters, row.passives, row.detractors),
})

const columnsOf = (by: SurveyReportQuery['by']): Columns<SurveyReportRow> => [
  { name: by, of: row => row.key },
  ...(by === 'owner' ? [{ name: 'owner_name', of: (row: SurveyReportRow) => row.name }] : []),
  { name: 'asked', of: row => row.asked },
  { name: 'reminded', of: row => row.reminded },
  { name: 'answered', of: row => row.answered },
  { name: 'open', of: row => row.open },
  { name: 'answered_percent', of: row => row.rate },
  ...(['overall', 'responsiveness', 'expertise', 'usefulness'] as const).flatMap(each => [
    { name: `${each}_mean`, of: (row: SurveyReportRow) => row[each].mean },
    { name: `${each}_answers`, of: (row: SurveyReportRow) => row[each].count },
  ]),
  { name: 'recommend_answers', of: row => row.netPromoter.count },
  { name: 'promoters', of: row => row.netPromoter.promoters },
  { name: 'detractors', of: row => row.netPromoter.detractors },
  { name: 'net_promoter_score', of: row => row.netPromoter.score?.value ?? null },
  { name: 'score_low_95', of: row => row.netPromoter.score?.low ?? null },
  { name: 'score_high_95', of: row => row.netPromoter.score?.high ?? null },
  { name: 'low_answers', of: row => row.low },
]
