import { expect, test } from 'vitest'
import { SignInSearch } from '../session/search.ts'
import { flag, oneOf, searchOf, text } from './search.ts'

const read = searchOf({ q: text, mine: flag, order: oneOf(['asc', 'desc']) })

test('what a screen knows is read', () => {
  expect(read({ q: 'contoso', mine: true, order: 'desc' })).toStrictEqual({ q: 'contoso', mine: true, order: 'desc' })
})

test('what has no meaning is left out, and so is what the screen does not know', () => {
  expect(read({ q: 7, mine: 'true', order: 'sideways', other: 'x' })).toStrictEqual({})
  expect(read({ order: 'toString', mine: false, q: null })).toStrictEqual({})
})

test('an empty search stays what it is', () => {
  expect(read({ q: '' })).toStrictEqual({ q: '' })
  expect(read({})).toStrictEqual({})
})

test('a link to the sign-in page leads nowhere else', () => {
  expect(SignInSearch({ to: 'https://evil.example', error: 'x'.repeat(101), done: 'everything' })).toStrictEqual({})
  expect(SignInSearch({ to: '/customers/contoso', error: 'sso_no_email', done: 'setup' })).toStrictEqual({
    to: '/customers/contoso',
    error: 'sso_no_email',
    done: 'setup',
  })
})
