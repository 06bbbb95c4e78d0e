import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ServiceCell } from '../../model/api.ts'
import { type Formats, UNKNOWN, useFormats } from '../ui/format.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { Hidden } from '../ui/Visually.tsx'

const useStyles = makeStyles({
  cell: { display: 'flex', alignItems: 'center', gap: '6px', width: '100%' },
  figure: { minWidth: '52px', textAlign: 'end', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  mark: { width: '12px', color: tokens.colorPaletteGreenForeground1, fontWeight: tokens.fontWeightBold },
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
      {cell.trend.some(value => value !== null) && <Sparkline values={cell.trend} target={cell.target} hollow={!isFresh} />}
    </span>
  )
}

function sentenceOf(cell: ServiceCell, t: TFunction, formats: Formats): string {
  const parts =
    cell.percent === null
      ? [t(cell.activated === false ? 'cell.notActivated' : 'cell.unknown')]
      : [t(`cell.percentOf.${cell.percentOf ?? 'assigned'}`, { percent: formats.percent(cell.percent) })]
  parts.push(t('cell.target', { percent: formats.target(cell.target) }))
  if (cell.asOf) parts.push(t('cell.asOf', { day: formats.day(cell.asOf) }))
  if (cell.quality !== 'fresh') parts.push(t(`quality.${cell.quality}`))
  if (cell.concealed) parts.push(t('quality.concealed'))
  return parts.join(', ')
}
