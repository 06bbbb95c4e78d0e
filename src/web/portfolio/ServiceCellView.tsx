import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ServiceCell } from '../../model/api.ts'
import { UNKNOWN, useFormats } from '../ui/format.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { Hidden } from '../ui/Visually.tsx'
import { SIGNAL_MARKS, sentenceOf } from './cell-words.ts'

const useStyles = makeStyles({
  cell: { display: 'flex', alignItems: 'center', gap: '4px', width: '100%' },
  figure: { minWidth: '52px', textAlign: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  mark: { width: '12px', color: tokens.colorPaletteGreenForeground1, fontWeight: tokens.fontWeightBold },
  signal: { width: '10px', fontSize: tokens.fontSizeBase100, color: tokens.colorNeutralForeground2 },
})

/** Percent, trend and target of one service; one sentence with all of it for screen readers and as tooltip. */
export function ServiceCellView({ cell }: { cell: ServiceCell | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const styles = useStyles()
  if (!cell?.intended) return <Hidden>{t('cell.notIntended')}</Hidden>
  const sentence = sentenceOf(cell, t, formats)
  const isFresh = cell.quality === 'fresh'
  const reached = isFresh && cell.percent !== null && cell.percent >= cell.target
  return (
    <span className={styles.cell} title={sentence}>
      <Hidden>{sentence}</Hidden>
      <span aria-hidden className={mergeClasses(styles.figure, !isFresh && styles.quiet)}>
        {cell.percent === null ? UNKNOWN : formats.percent(cell.percent)}
      </span>
      <span aria-hidden className={styles.mark}>
        {reached ? '✓' : ''}
      </span>
      <span aria-hidden className={styles.signal}>
        {cell.signal ? SIGNAL_MARKS[cell.signal] : ''}
      </span>
      {cell.trend.some(value => value !== null) && <Sparkline values={cell.trend} target={cell.target} hollow={!isFresh} />}
    </span>
  )
}
