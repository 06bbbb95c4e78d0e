import { makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components'
import { useQueries } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ForecastOutcome } from '../../model/usage-api.ts'
import { type Formats, useFormats } from '../ui/format.ts'
import { ErrorNotice } from '../ui/Notice.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { monthStarts } from '../usage/days.ts'
import { planeOf } from '../usage/plane.ts'
import { missesOf, reachOf } from './errors.ts'
import { reachedQueries } from './queries.ts'
import type { ForecastsSearch } from './search.ts'

const useStyles = makeStyles({
  // As high as with its dots, so that nothing below moves when they come.
  section: { minHeight: '300px' },
  title: { margin: 0 },
  words: { margin: '4px 0 0' },
  chart: { position: 'relative', height: '180px', margin: '12px 12px 28px 96px', '@media (max-width: 640px)': { marginLeft: '84px' } },
  svg: { width: '100%', height: '100%', overflow: 'visible', display: 'block' },
  grid: { stroke: tokens.colorNeutralStroke3, strokeWidth: '1px', vectorEffect: 'non-scaling-stroke' },
  zero: { stroke: tokens.colorPaletteGreenForeground1, strokeWidth: '1.5px', strokeDasharray: '6 4', vectorEffect: 'non-scaling-stroke' },
  dot: {
    stroke: tokens.colorBrandForeground1,
    strokeOpacity: 0.6,
    strokeWidth: '8px',
    strokeLinecap: 'round',
    vectorEffect: 'non-scaling-stroke',
  },
  label: {
    position: 'absolute',
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
  y: { right: '100%', paddingRight: '6px', transform: 'translateY(-50%)' },
  x: { top: '100%', paddingTop: '4px', transform: 'translateX(-50%)' },
  small: { margin: '4px 0 0', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** How far off the forecasts were, by the day that was expected: above the line later, below it earlier. */
export function MissChart({ search }: { search: ForecastsSearch }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const answers = useQueries({ queries: reachedQueries(search) })
  const failed = answers.find(({ error }) => error !== null)
  return (
    <section className={styles.section}>
      <Subtitle2 as="h2" block className={styles.title}>
        {t('forecasts.dots')}
      </Subtitle2>
      {failed ? (
        <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
      ) : answers.some(({ data }) => !data) ? (
        <Skeletons heights={[40, 180]} />
      ) : (
        <Dots rows={answers.flatMap(({ data }) => data?.rows ?? [])} isPart={answers.some(({ data }) => (data?.next ?? null) !== null)} />
      )}
    </section>
  )
}

function Dots({ rows, isPart }: { rows: readonly ForecastOutcome[]; isPart: boolean }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const misses = missesOf(rows)
  const first = misses[0]
  const last = misses.at(-1)
  if (!first || !last) return <p className={styles.words}>{t('forecasts.dotsNone')}</p>
  const reach = reachOf(misses)
  const { x, y: above } = planeOf({ from: first.expected, to: last.expected }, 2 * reach)
  const y = (off: number) => above(off + reach)
  const offs = misses.map(({ off }) => off)
  const words = t('forecasts.dotsSummary', {
    count: misses.length,
    number: formats.number(misses.length),
    least: offWords(Math.min(...offs), t, formats),
    most: offWords(Math.max(...offs), t, formats),
  })
  const months = monthStarts(first.expected, last.expected, 4)
  return (
    <>
      <p className={styles.words}>{words}</p>
      {isPart && <p className={styles.small}>{t('forecasts.dotsPart')}</p>}
      <div className={styles.chart}>
        <svg
          className={styles.svg}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          role="img"
          aria-label={`${t('forecasts.dots')}. ${words}`}
        >
          {[reach, -reach].map(off => (
            <line key={off} className={styles.grid} x1="0" x2="100" y1={y(off)} y2={y(off)} />
          ))}
          <line className={styles.zero} x1="0" x2="100" y1={y(0)} y2={y(0)} />
          {misses.map(({ key, expected, off }) => (
            <path key={key} className={styles.dot} d={`M${x(expected).toFixed(2)} ${y(off).toFixed(2)}h0.01`} />
          ))}
        </svg>
        {[reach, 0, -reach].map(off => (
          <span key={off} aria-hidden className={mergeClasses(styles.label, styles.y)} style={{ top: `${y(off)}%` }}>
            {offWords(off, t, formats)}
          </span>
        ))}
        {(months.length > 0 ? months : [first.expected]).map(day => (
          <span key={day} aria-hidden className={mergeClasses(styles.label, styles.x)} style={{ left: `${x(day)}%` }}>
            {months.length > 0 ? formats.month(day) : formats.shortDay(day)}
          </span>
        ))}
      </div>
    </>
  )
}

/** "12 days later", "3 days earlier", "as expected". */
export function offWords(off: number, t: TFunction, formats: Formats): string {
  if (off === 0) return t('forecasts.off.exact')
  const days = Math.abs(off)
  return t(off > 0 ? 'forecasts.off.later' : 'forecasts.off.earlier', { count: days, days: formats.number(days) })
}
