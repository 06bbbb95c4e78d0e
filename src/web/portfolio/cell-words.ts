import type { TFunction } from 'i18next'
import type { ServiceCell } from '../../model/api.ts'
import type { Formats } from '../ui/format.ts'

export const SIGNAL_MARKS: Readonly<Record<NonNullable<ServiceCell['signal']>, string>> = { gain: '▲', drop: '▼' }

/** All that a cell of the portfolio shows, in one sentence. */
export function sentenceOf(cell: ServiceCell, t: TFunction, formats: Formats): string {
  const parts =
    cell.percent === null
      ? [t(cell.activated === false ? 'cell.notActivated' : 'cell.unknown')]
      : [t(`cell.percentOf.${cell.percentOf ?? 'assigned'}`, { percent: formats.percent(cell.percent) })]
  parts.push(t('cell.target', { percent: formats.target(cell.target) }))
  if (cell.signal) parts.push(t(`cell.signal.${cell.signal}`))
  if (cell.asOf) parts.push(t('cell.asOf', { day: formats.day(cell.asOf) }))
  if (cell.quality !== 'fresh') parts.push(t(`quality.${cell.quality}`))
  if (cell.concealed) parts.push(t('quality.concealed'))
  return parts.join(', ')
}
