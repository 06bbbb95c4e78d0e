import { expect, test } from 'vitest'
import { SignInSearch } from '../session/search.ts'
import { flag, oneOf, searchOf, text } from './search.ts'

const read = searchOf({ q: text, mine: flag, order: oneOf(['asc', 'desc']) })

test('what a screen knows is read', () => {
  expect(read({ q: 'contoso', mine: true, order: 'desc' })).toStrictEqual({ q: 'contoso', mine: true, order: 'desc' })
})

const NOTHING = { q: undefined, mine: undefined, order: undefined }

test('what has no meaning is said to be undefined, or the router would let it through', () => {
  expect(read({ q: 7, mine: 'true', order: 'sideways', other: 'x' })).toStrictEqual(NOTHING)
  expect(read({ order: 'toString', mine: false, q: null })).toStrictEqual(NOTHING)
})

test('an empty search stays what it is', () => {
  expect(read({ q: '' })).toStrictEqual({ ...NOTHING, q: '' })
  expect(read({})).toStrictEqual(NOTHING)
})

test('a link to the sign-in page leads nowhere else', () => {
  expect(SignInSearch({ to: 'https://evil.example', error: 'x'.repeat(101), done: 'everything' })).toStrictEqual({
    to: undefined,
    error: undefined,
    done: undefined,
  })
  expect(SignInSearch({ to: '/customers/contoso', error: 'sso_no_email', done: 'setup' })).toStrictEqual({
    to: '/customers/contoso',
    error: 'sso_no_email',
    done: 'setup',
  })
})
