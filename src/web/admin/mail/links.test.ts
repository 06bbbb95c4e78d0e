import { expect, test } from 'vitest'
import { linesOf } from './links.ts'

const cut = (text: string) => linesOf(text).map(({ part, isLink }) => [part, isLink])

test('web addresses become links, and the sentence around them stays', () => {
  expect(cut('Accept:\nhttps://portal.example/join?token=a.b.\n\nBye')).toEqual([
    ['Accept:\n', false],
    ['https://portal.example/join?token=a.b', true],
    ['.\n\nBye', false],
  ])
})

test('nothing but web addresses can be followed', () => {
  expect(cut('javascript:alert(1) data:text/html,x file:///etc/passwd')).toEqual([
    ['javascript:alert(1) data:text/html,x file:///etc/passwd', false],
  ])
})

test('nothing is lost', () => {
  const text = 'a http://one.example, b https://two.example) c'
  expect(
    linesOf(text)
      .map(({ part }) => part)
      .join(''),
  ).toBe(text)
  expect(linesOf('')).toEqual([])
})
