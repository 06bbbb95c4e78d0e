import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { textsOf } from '../locales/texts.ts'
import { HttpError } from '../ui/http.ts'
import { isCancelled, sentenceFor, ssoSentence } from './failure.ts'

const answered = (status: number, code: string | null = null, retryAfterSeconds: number | null = null) =>
  new HttpError({ type: 'about:blank', title: '', status, detail: '', requestId: '' }, { code, retryAfterSeconds })

test.each([
  ['wrong password', answered(401, 'INVALID_EMAIL_OR_PASSWORD'), 'signIn.wrong'],
  ['a refusal without a code', answered(401), 'signIn.wrong'],
  ['no network', answered(0), 'error.offline.title'],
  ['the server fell over', answered(500), 'error.other.title'],
  ['a code that no update of ours knows', answered(400, 'SOMETHING_NEW'), 'error.other.title'],
  ['a code of the app that is wrong', answered(401, 'INVALID_CODE'), 'signIn.wrongCode'],
  ['the second step took too long', answered(401, 'INVALID_TWO_FACTOR_COOKIE'), 'signIn.codeTooLate'],
  ['a used link', answered(400, 'INVALID_TOKEN'), 'signIn.linkUsed'],
  ['an old session', answered(403, 'SESSION_NOT_FRESH'), 'account.notFresh'],
  ['an address passkeys do not belong to', Object.assign(new Error(), { name: 'SecurityError' }), 'signIn.passkeyAddress'],
  ['something that is no error', 'x', 'error.other.title'],
])('%s has its own sentence', (_, error, key) => {
  expect(sentenceFor(error)).toEqual({ key })
})

test.each([
  [1, 1],
  [59, 1],
  [61, 2],
  [900, 15],
])('locked for %i seconds is told as %i minutes', (seconds, count) => {
  expect(sentenceFor(answered(429, null, seconds))).toEqual({ key: 'signIn.locked', blanks: { count } })
})

test('too often without a time to wait for names none', () => {
  expect(sentenceFor(answered(429))).toEqual({ key: 'signIn.tooMany' })
})

test('a passkey prompt that was replaced by another is no failure', () => {
  expect(isCancelled(new DOMException('', 'AbortError'))).toBe(true)
  expect(isCancelled(new Error('AbortError'))).toBe(false)
})

test('a code in the address shows a sentence of ours, never itself', () => {
  expect(ssoSentence('account_disabled')).toBe('signIn.sso.disabled')
  expect(ssoSentence('<b>call 555</b>')).toBe('signIn.sso.failed')
  expect(ssoSentence('constructor')).toBe('signIn.sso.failed')
})

test('every sentence exists', () => {
  const texts = textsOf('en', 'first', 'sign-in')
  const source = readFileSync(new URL('failure.ts', import.meta.url), 'utf8')
  const keys = [...source.matchAll(/'((?:signIn|account|password|error)\.[\w.]+)'/g)].map(match => match[1] ?? '')
  expect(keys.length).toBeGreaterThan(20)
  expect(keys.filter(key => !texts.has(key) && !texts.has(`${key}_other`))).toEqual([])
})
