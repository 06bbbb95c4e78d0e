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

/** What the person chose for every device, as the session says it; null: as the language and the browser have it. */
export type ShownBy = Readonly<{ formats: string | null; timeZone: string | null }>
let shownBy: ShownBy = { formats: null, timeZone: null }
/** Set with each answer about the session, before anything is drawn with it. */
export const showBy = (chosen: ShownBy): void => {
  shownBy = chosen
}

/** Not part of a file's name, an id or a moment. */
const DAY_IN_WORDS = /(?<![\w./-])\d{4}-\d{2}-\d{2}(?![\w/-]|\.\w)/g

/** Numbers and dates of one language. Days are UTC days, so they are never shifted by the reader's time zone. */
export function formatsOf(locale: string, { formats, timeZone }: ShownBy = { formats: null, timeZone: null }) {
  const tag = formats ?? locale
  const integer = new Intl.NumberFormat(tag)
  // Figures are rounded down by the server already; more digits would claim more than is known.
  const percent = new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const wholePercent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(tag, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const zone = timeZone === null ? {} : { timeZone }
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', ...zone })
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
    /** A sentence of the server; days in it, which come as YYYY-MM-DD, as this language writes them. */
    text: (text: Text | undefined, fallback = '') =>
      inLanguage(text, locale, fallback).replace(DAY_IN_WORDS, found => (Number.isNaN(Date.parse(found)) ? found : day.format(utc(found)))),
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
  const key = `${locale} ${shownBy.formats} ${shownBy.timeZone}`
  const formats = made.get(key) ?? formatsOf(locale, shownBy)
  made.set(key, formats)
  return formats
}
