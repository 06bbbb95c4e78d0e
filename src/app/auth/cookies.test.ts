import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainCookies, readCookie } from './cookies.ts'

const headersOf = (cookie: string) => new Headers({ cookie })

test.each([
  ['a=1; b=2', 'a=1; b=2'],
  ['a=1;b=2;a=3', 'a=1; b=2'],
  ['__Host-impulso.session_token=x%2By.z%3D', '__Host-impulso.session_token=x%2By.z%3D'],
  ['a="1"; b=2', 'b=2'],
  ['a =1; b= 2; c\t=3; d=4', 'd=4'],
  ['a; b=2', 'b=2'],
  ['a=; b=1=2', 'a=; b=1=2'],
  ['', ''],
])('of %j is left %j', (given, left) => {
  expect(plainCookies(headersOf(given))).toBe(left)
})

test('whatever is sent, what is left reads as it did, and is left alone the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab=;" \t,\\%.-1') }), text => {
      const plain = plainCookies(headersOf(text))
      expect(plainCookies(headersOf(plain))).toBe(plain)
      for (const part of plain.split('; ').filter(each => each !== '')) {
        const [name = '', ...value] = part.split('=')
        expect(plain.split('; ').filter(each => each.startsWith(`${name}=`))).toHaveLength(1)
        expect(readCookie(headersOf(plain), name)).toBe(decoded(value.join('=')))
      }
    }),
  )
})

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
