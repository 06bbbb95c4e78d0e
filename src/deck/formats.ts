import type { DeckLocale } from '../model/deck.ts'
import type { Day } from '../model/words.ts'

export type Formats = Readonly<{
  count: (value: number) => string
  /** Of a metric: two decimals at most, rounded away from the target, so that what is not reached never looks reached. */
  amount: (value: number, rounded?: 'floor' | 'ceil' | 'trunc') => string
  /** Of a value in percent, such as 45.3; rounded down to one decimal as the engine does. */
  percent: (value: number) => string
  day: (day: Day) => string
  longDay: (day: Day) => string
  list: (parts: readonly string[]) => string
}>

export function formatsIn(locale: DeckLocale): Formats {
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const amounts = {
    floor: new Intl.NumberFormat(locale, { maximumFractionDigits: 2, roundingMode: 'floor' }),
    ceil: new Intl.NumberFormat(locale, { maximumFractionDigits: 2, roundingMode: 'ceil' }),
    trunc: new Intl.NumberFormat(locale, { maximumFractionDigits: 2, roundingMode: 'trunc' }),
  }
  // Not style "percent", which takes a share: 45.3 / 100 is no longer 0.453.
  const percent = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, roundingMode: 'floor' })
  const short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const long = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const at = (day: Day) => new Date(`${day}T00:00:00Z`)
  return {
    count: value => count.format(value),
    amount: (value, rounded = 'trunc') => amounts[rounded].format(value),
    percent: value => `${percent.format(value)}%`,
    day: day => short.format(at(day)),
    longDay: day => long.format(at(day)),
    list: parts => list.format(parts),
  }
}
