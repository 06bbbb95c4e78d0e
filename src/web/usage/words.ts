import type { TFunction } from 'i18next'
import type { UsageSeries } from '../../model/api.ts'
import type { Forecast, MilestoneView } from '../../model/usage-api.ts'
import type { Formats } from '../ui/format.ts'
import type { KnownPoint } from './series.ts'

type Words = Readonly<{ t: TFunction; formats: Formats }>

/** When a milestone is or was reached, and how sure that is. */
export function forecastWords(forecast: Forecast, { t, formats }: Words): string {
  switch (forecast.state) {
    case 'reached':
      return forecast.on ? t('targets.reachedOn', { day: formats.day(forecast.on) }) : t('targets.reached')
    case 'expected': {
      const { expected, earliest, latest } = forecast
      const days = { expected: formats.day(expected), earliest: formats.day(earliest), latest: formats.day(latest) }
      return t(latest ? 'targets.expected' : 'targets.expectedOpen', days)
    }
    case 'not-in-sight':
      return t('targets.notInSight')
    case 'too-little-data':
      return t('targets.tooLittle', {
        count: forecast.needed,
        needed: formats.number(forecast.needed),
        weeks: formats.number(forecast.weeks),
      })
  }
}

/** "Broad use, 40 %". */
export const milestoneName = ({ id, percent }: Pick<MilestoneView, 'id' | 'percent'>, { t, formats }: Words): string =>
  t('targets.named', { name: t(`targets.name.${id}`), percent: formats.target(percent) })

type Drawn = Readonly<{
  runs: readonly (readonly KnownPoint[])[]
  gaps: number
  target: number
  milestones: readonly MilestoneView[]
  /** The newest figure is left out because it is not believed. */
  hasDoubt: boolean
}>

/** From where to where, on which side of the target, what is missing or was corrected, and what is expected: all that the eye takes from the chart. */
export function summaryOf({ runs, gaps, target, milestones, hasDoubt }: Drawn, words: Words): string {
  const { t, formats } = words
  const points = runs.flat()
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return t('usage.noPercent')
  const best = points.reduce((top, point) => (point.percent > top.percent ? point : top), first)
  const corrected = points.filter(({ restated }) => restated).length
  const course = t(last.percent >= target ? 'usage.summaryAbove' : 'usage.summaryBelow', {
    from: formats.percent(first.percent),
    fromDay: formats.day(first.day),
    to: formats.percent(last.percent),
    toDay: formats.day(last.day),
    best: formats.percent(best.percent),
    bestDay: formats.day(best.day),
    target: formats.target(target),
  })
  return [
    course,
    hasDoubt ? t('usage.summaryDoubted') : '',
    gaps > 0 ? t('usage.summaryGaps', { count: gaps, number: formats.number(gaps) }) : '',
    corrected > 0 ? t('usage.summaryCorrected', { count: corrected, number: formats.number(corrected) }) : '',
    ...milestones.map(each => `${milestoneName(each, words)}: ${forecastWords(each.forecast, words)}.`),
  ]
    .filter(Boolean)
    .join(' ')
}

/** The same for people per day; '' without any. */
export function dailySummary(daily: UsageSeries['daily'], { t, formats }: Words): string {
  const first = daily[0]
  const last = daily.at(-1)
  if (!first || !last) return ''
  const best = daily.reduce((top, each) => (each.active > top.active ? each : top), first)
  return t('usage.dailySummary', {
    from: formats.day(first.day),
    to: formats.day(last.day),
    best: formats.number(best.active),
    bestDay: formats.day(best.day),
    last: formats.number(last.active),
  })
}

/** What the percent counts: "45 of 300 entitled seats active" where the seats are known. */
export function figureOf({ current, denominator }: UsageSeries, { t, formats }: Words): string {
  if (current.percent === null) return t('usage.unknown')
  const of = denominator.kind ?? current.percentOf ?? 'assigned'
  const { seats } = denominator
  if (current.active === null || seats === null) return t(`usage.of.${of}`)
  return t(`usage.seatsOf.${of}`, { count: seats, active: formats.number(current.active), seats: formats.number(seats) })
}

/** Counts, age, report and activation in one line. */
export function originOf({ current, entitled, activatedOn }: UsageSeries, today: string, { t, formats }: Words): string {
  const { active, assigned, activeUnlicensed, asOf, source } = current
  const parts = [
    t('usage.activeOf', { active: formats.number(active), assigned: formats.number(assigned), entitled: formats.number(entitled) }),
    activeUnlicensed ? t('usage.unlicensed', { count: activeUnlicensed, number: formats.number(activeUnlicensed) }) : '',
    asOf ? t('explain.asOf', { day: formats.day(asOf), age: formats.age(asOf, today) }) : t('usage.noDate'),
    source.length > 0 ? t('usage.source', { source: source.join(', ') }) : t('explain.noSource'),
    activatedOn ? t('usage.activatedOn', { day: formats.day(activatedOn) }) : t('cell.notActivated'),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** Why more than all seats can be in use, by what they are counted from. */
export const overReason = (of: 'entitled' | 'assigned' | 'custom' | null, t: TFunction): string => t(`usage.overWhy.${of ?? 'assigned'}`)
