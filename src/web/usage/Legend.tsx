import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: '0 0 0 48px',
    display: 'flex',
    flexWrap: 'wrap',
    gap: '2px 16px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    '@media (max-width: 640px)': { padding: 0 },
  },
  item: { display: 'flex', alignItems: 'center', gap: '6px' },
  line: { stroke: tokens.colorBrandForeground1, strokeWidth: '2px' },
  dashed: { strokeDasharray: '2 4' },
  band: { fill: tokens.colorBrandForeground1, fillOpacity: 0.14 },
  ring: { stroke: tokens.colorBrandForeground1, strokeWidth: '2px', fill: 'none' },
  diamond: { stroke: tokens.colorNeutralForeground2, strokeWidth: '2px', fill: 'none' },
  late: { stroke: tokens.colorPaletteDarkOrangeForeground1, fill: tokens.colorPaletteDarkOrangeForeground1 },
})

type LegendProps = { hasBand: boolean; hasGaps: boolean; hasCorrections: boolean; dates: readonly { late: boolean }[] }

/** What the signs of the chart mean, those that are there. */
export function Legend({ hasBand, hasGaps, hasCorrections, dates }: LegendProps) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <ul className={styles.list}>
      {hasBand && (
        <li className={styles.item}>
          <svg width="24" height="12" aria-hidden focusable="false">
            <rect className={styles.band} width="24" height="12" />
            <line className={mergeClasses(styles.line, styles.dashed)} x1="0" x2="24" y1="6" y2="6" />
          </svg>
          {t('usage.legend.expected')}
        </li>
      )}
      {hasGaps && (
        <li className={styles.item}>
          <svg width="24" height="12" aria-hidden focusable="false">
            <path className={styles.line} d="M0 6h8M16 6h8" />
          </svg>
          {t('usage.legend.gap')}
        </li>
      )}
      {hasCorrections && (
        <li className={styles.item}>
          <svg width="12" height="12" aria-hidden focusable="false">
            <circle className={styles.ring} cx="6" cy="6" r="4" />
          </svg>
          {t('usage.corrected')}
        </li>
      )}
      {[false, true]
        .filter(late => dates.some(date => date.late === late))
        .map(late => (
          <li key={String(late)} className={styles.item}>
            <svg width="12" height="12" aria-hidden focusable="false">
              <path className={mergeClasses(styles.diamond, late && styles.late)} d="M6 1.5 10.5 6 6 10.5 1.5 6Z" />
            </svg>
            {t(late ? 'usage.legend.late' : 'usage.legend.date')}
          </li>
        ))}
    </ul>
  )
}
