import { expect, test } from 'vitest'
import type { WriteAccess } from '../../model/api.ts'
import { refusalFor, wholeRefusal } from './may-write.ts'

const reason = { en: 'your access covers Teams', 'pt-BR': 'o seu acesso cobre o Teams' }
const limited = (services: 'all' | readonly string[]): WriteAccess => ({ ok: true, limit: { services, reason } })

test('without a limit everything may be changed', () => {
  expect(refusalFor({ ok: true, limit: null }, 'teams')).toBeUndefined()
  expect(refusalFor({ ok: true, limit: null }, null)).toBeUndefined()
})

test('who may not write gets the reason for every service', () => {
  expect(refusalFor({ ok: false, reason }, 'teams')).toBe(reason)
  expect(wholeRefusal({ ok: false, reason })).toBe(reason)
})

test('a limit lets its own services through, and nothing of the customer as a whole', () => {
  expect(refusalFor(limited(['teams']), 'teams')).toBeUndefined()
  expect(refusalFor(limited(['teams']), 'exchange')).toBe(reason)
  expect(refusalFor(limited(['teams']), null)).toBe(reason)
  expect(wholeRefusal(limited(['teams']))).toBeUndefined()
})

test('a limit to all services still keeps the customer as a whole', () => {
  expect(refusalFor(limited('all'), 'exchange')).toBeUndefined()
  expect(refusalFor(limited('all'), null)).toBe(reason)
})
