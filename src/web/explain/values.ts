import type { TFunction } from 'i18next'
import type { Formats } from '../ui/format.ts'

/** A fact's value in words: yes and no, numbers and days in the reader's language, "unknown" for null. */
export function valueText(value: boolean | number | string | null, t: TFunction, formats: Formats): string {
  if (value === null) return t('value.unknown')
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (typeof value === 'number') return new Intl.NumberFormat(formats.locale, { maximumFractionDigits: 2 }).format(value)
  if (value === 'yes' || value === 'no' || value === 'unknown') return t(`value.${value}`)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formats.day(value) : value
}
