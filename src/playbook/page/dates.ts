import type { Day } from '../../model/words.ts'
import { daysInMonth } from '../rules/rule-types.ts'

export type SlashOrder = 'month-first' | 'day-first'
export type ReadDate = { day: Day | null; why: 'ambiguous' | 'impossible' | null }

/**
 * The order of day and month that a whole table shows: decided by a value above 12 somewhere in it. Null when nothing decides,
 * `mixed` when both orders occur (seen in one real table), so that no row may lean on another.
 */
export function slashOrder(raws: readonly string[]): SlashOrder | 'mixed' | null {
  const orders = new Set(raws.map(ownOrder).filter(each => each !== null))
  if (orders.size > 1) return 'mixed'
  return orders.values().next().value ?? null
}

const SLASHES = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/

function ownOrder(raw: string): SlashOrder | null {
  const [, first, second] = (SLASHES.exec(raw.trim()) ?? []).map(Number)
  if (first === undefined || second === undefined) return null
  if (first > 12 && second <= 12) return 'day-first'
  return second > 12 && first <= 12 ? 'month-first' : null
}

/** A refresh date in any notation seen. Nothing is repaired: what cannot be told for certain is null, and the raw text stays. */
export function readDate(text: string, order: SlashOrder | 'mixed' | null): ReadDate {
  const raw = text.trim()
  const [, year, month, day] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(raw) ?? /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日$/.exec(raw) ?? []
  if (year !== undefined) return real(Number(year), Number(month), Number(day))
  const [, dottedDay, dottedMonth, dottedYear] = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(raw) ?? []
  if (dottedYear !== undefined) return real(Number(dottedYear), Number(dottedMonth), Number(dottedDay))
  const [, first, second, short] = (SLASHES.exec(raw) ?? []).map(Number)
  if (first === undefined || second === undefined || short === undefined) return { day: null, why: 'impossible' }
  const full = short < 100 ? 2000 + short : short
  const known = first === second ? 'month-first' : (ownOrder(raw) ?? (order === 'mixed' ? null : order))
  if (known === null) return first <= 12 && second <= 12 ? { day: null, why: 'ambiguous' } : { day: null, why: 'impossible' }
  return known === 'month-first' ? real(full, first, second) : real(full, second, first)
}

function real(year: number, month: number, day: number): ReadDate {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return { day: null, why: 'impossible' }
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  // The parts were just checked to be a day of the calendar.
  return { day: text as Day, why: null }
}
