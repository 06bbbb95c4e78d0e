import { expect, test } from 'vitest'
import { dayIn, daysOfMonth, monthFrom, span } from './times.ts'

test('a month is whole weeks from Monday to Sunday', () => {
  const days = daysOfMonth('2026-11')
  expect(days).toHaveLength(42)
  expect(days[0]).toBe('2026-10-26')
  expect(days.at(-1)).toBe('2026-12-06')
  // February 2027 begins on a Monday and has four weeks.
  expect(daysOfMonth('2027-02')).toHaveLength(28)
})

test('months go on over the turn of the year', () => {
  expect(monthFrom('2026-12', 1)).toBe('2027-01')
  expect(monthFrom('2026-01', -1)).toBe('2025-12')
})

test('a moment has the day of its zone', () => {
  expect(dayIn('2026-11-24T01:30:00Z', 'America/Sao_Paulo')).toBe('2026-11-23')
  expect(dayIn('2026-11-24T01:30:00Z', 'Europe/Lisbon')).toBe('2026-11-24')
})

test('a meeting is told in the hours of a zone', () => {
  const told = span('2026-11-24T13:00:00Z', '2026-11-24T13:30:00Z', 'America/Sao_Paulo', 'pt-BR')
  expect(told).toContain('10:00')
  expect(told).toContain('10:30')
})
