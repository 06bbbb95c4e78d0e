import { useTranslation } from 'react-i18next'
import type { Text } from '../../model/words.ts'

export const UNKNOWN = '–'

/** A text in the nearest language: exact, then the same base language, then English, then whatever there is. */
export function inLanguage(text: Text | undefined, locale: string, fallback = ''): string {
  if (!text) return fallback
  const base = locale.split('-')[0]
  const near = Object.keys(text).find(tag => tag.split('-')[0] === base)
  return text[locale] ?? (near ? text[near] : undefined) ?? text.en ?? Object.values(text)[0] ?? fallback
}

/** Numbers and dates of one language. Days are UTC days, so they are never shifted by the reader's time zone. */
export function formatsOf(locale: string) {
  const integer = new Intl.NumberFormat(locale)
  // Figures are rounded down by the server already; more digits would claim more than is known.
  const percent = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const wholePercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const utc = (text: string) => new Date(`${text}T00:00:00Z`)
  return {
    locale,
    number: (value: number | null) => (value === null ? UNKNOWN : integer.format(value)),
    percent: (value: number | null) => (value === null ? UNKNOWN : percent.format(value / 100)),
    target: (value: number) => wholePercent.format(value / 100),
    day: (value: string | null) => (value === null ? UNKNOWN : day.format(utc(value))),
    shortDay: (value: string) => shortDay.format(utc(value)),
    month: (value: string) => month.format(utc(value)),
    moment: (value: string) => moment.format(new Date(value)),
    /** Whole days from `day` to `today`, in words. */
    age: (value: string, today: string) => ago.format(-daysBetween(value, today), 'day'),
    text: (text: Text | undefined, fallback = '') => inLanguage(text, locale, fallback),
  }
}
export type Formats = ReturnType<typeof formatsOf>

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

// Intl objects cost milliseconds to make and a grid asks for them hundreds of times.
const made = new Map<string, Formats>()

export function useFormats(): Formats {
  const { i18n } = useTranslation()
  const locale = i18n.language
  const formats = made.get(locale) ?? formatsOf(locale)
  made.set(locale, formats)
  return formats
}
