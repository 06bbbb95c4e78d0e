import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { PortfolioRow, ServiceCell } from '../../model/api.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { brokenPath } from '../ui/Sparkline.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { Hidden } from '../ui/Visually.tsx'
import { SIGNAL_MARKS, sentenceOf } from './cell-words.ts'

const useStyles = makeStyles({
  card: {
    position: 'relative',
    height: '152px',
    boxSizing: 'border-box',
    padding: '8px 12px 10px',
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { border: `1px solid ${tokens.colorNeutralStroke1Hover}` },
    ':focus-within': { border: `1px solid ${tokens.colorNeutralStroke1Hover}` },
  },
  name: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    // The whole card is the link.
    '::after': { content: '""', position: 'absolute', inset: 0 },
    ':focus-visible::after': { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusMedium },
  },
  line: { display: 'flex', alignItems: 'center', gap: '6px', minHeight: '30px' },
  percent: { fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  quiet: { color: tokens.colorNeutralForeground3 },
  reached: { color: tokens.colorPaletteGreenForeground1, fontWeight: tokens.fontWeightBold },
  signal: {
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  picture: { flex: 1, minHeight: 0 },
  svg: { width: '100%', height: '100%', display: 'block', overflow: 'visible' },
  course: {
    fill: 'none',
    stroke: tokens.colorBrandForeground1,
    strokeWidth: '2px',
    strokeLinejoin: 'round',
    strokeLinecap: 'round',
    vectorEffect: 'non-scaling-stroke',
  },
  stale: { strokeDasharray: '3 4' },
  target: { stroke: tokens.colorPaletteGreenForeground1, strokeWidth: '1px', strokeDasharray: '4 3', vectorEffect: 'non-scaling-stroke' },
  base: { stroke: tokens.colorNeutralStroke2, strokeWidth: '1px', vectorEffect: 'non-scaling-stroke' },
  none: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
})

/** One customer: its figure of the service, the last twelve weeks, and what is to be known of it. Leads to its usage. */
export function MultipleCard({ row, service, top }: { row: PortfolioRow; service: string; top: number }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const cell = row.services.find(each => each.service === service)
  const isIntended = cell?.intended === true
  const isFresh = cell?.quality === 'fresh'
  const sentence = isIntended ? sentenceOf(cell, t, formats) : t('cell.notIntended')
  return (
    <article className={styles.card} title={sentence}>
      <AppLink className={styles.name} to="/customers/$customer/usage" params={{ customer: row.id }}>
        {row.name}
      </AppLink>
      <Hidden>{sentence}</Hidden>
      {isIntended ? (
        <>
          <div className={styles.line} aria-hidden>
            <span className={mergeClasses(styles.percent, !isFresh && styles.quiet)}>
              {cell.percent === null ? UNKNOWN : formats.percent(cell.percent)}
            </span>
            {isFresh && cell.percent !== null && cell.percent >= cell.target && <span className={styles.reached}>✓</span>}
            {!isFresh && <StateBadge of="quality" state={cell.quality} />}
            {cell.signal && (
              <span className={styles.signal}>
                {SIGNAL_MARKS[cell.signal]} {t(`cell.signal.${cell.signal}`)}
              </span>
            )}
          </div>
          <div className={styles.picture} aria-hidden>
            <Course cell={cell} top={top} />
          </div>
        </>
      ) : (
        <p className={styles.none} aria-hidden>
          {sentence}
        </p>
      )}
    </article>
  )
}

function Course({ cell: { trend, target, quality }, top }: { cell: ServiceCell; top: number }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const x = (index: number) => (index / Math.max(trend.length - 1, 1)) * 100
  const y = (value: number) => 100 - (Math.min(value, top) / top) * 100
  const known = trend.filter(value => value !== null).length
  if (known === 0) return <p className={styles.none}>{t('multiples.noTrend')}</p>
  const path = brokenPath(trend.map((value, index) => (value === null ? null : [x(index), y(value)])))
  return (
    <svg className={styles.svg} viewBox="0 0 100 100" preserveAspectRatio="none" focusable="false" aria-hidden>
      <line className={styles.base} x1="0" x2="100" y1="100" y2="100" />
      <line className={styles.target} x1="0" x2="100" y1={y(target)} y2={y(target)} />
      {/* A week alone is a dot. */}
      <path className={mergeClasses(styles.course, quality !== 'fresh' && styles.stale)} d={known === 1 ? `${path}h0.01` : path} />
    </svg>
  )
}
