import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ForecastReport } from '../../model/usage-api.ts'
import { type Formats, useFormats } from '../ui/format.ts'
import { Bars } from './Bars.tsx'
import { OUTCOMES } from './search.ts'

type Summary = ForecastReport['summary']

/** What came of all forecasts that fit the filters: in sentences, and as bars with their numbers. */
export function Outcomes({ summary }: { summary: Summary }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const counts = { 'in-range': summary.inRange, early: summary.early, late: summary.late, open: summary.open, overdue: summary.overdue }
  const percent = (count: number) => (summary.made === 0 ? 0 : (count / summary.made) * 100)
  return (
    <Bars
      title={t('forecasts.outcomesTitle')}
      words={summaryWords(summary, t, formats)}
      full={summary.made}
      bars={OUTCOMES.map(outcome => ({
        id: outcome,
        name: t(`forecasts.outcomes.${outcome}`),
        count: counts[outcome],
        text: t('forecasts.bar', {
          number: formats.number(counts[outcome]),
          percent: formats.target(Math.round(percent(counts[outcome]))),
        }),
      }))}
    />
  )
}

function summaryWords(summary: Summary, t: TFunction, formats: Formats): string {
  const { made, reached, inRange, notInSight, notInSightReached, medianErrorDays } = summary
  const share = reached === 0 ? '' : formats.target(Math.floor((inRange / reached) * 100))
  return [
    t('forecasts.summary.made', { count: made, number: formats.number(made) }),
    reached === 0
      ? t('forecasts.summary.nothingReached')
      : t('forecasts.summary.reached', { count: reached, number: formats.number(reached), share }),
    medianErrorDays === null ? '' : medianWords(Math.round(medianErrorDays), t, formats),
    notInSight > 0
      ? t('forecasts.summary.notInSight', {
          count: notInSight,
          number: formats.number(notInSight),
          reached: formats.number(notInSightReached),
        })
      : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function medianWords(off: number, t: TFunction, formats: Formats): string {
  if (off === 0) return t('forecasts.summary.exact')
  const days = Math.abs(off)
  return t(off > 0 ? 'forecasts.summary.later' : 'forecasts.summary.earlier', { count: days, days: formats.number(days) })
}
