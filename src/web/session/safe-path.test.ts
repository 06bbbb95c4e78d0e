import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { safePath } from './safe-path.ts'

describe('places in the portal', () => {
  test.each([
    '/',
    '/portfolio?q=caf%C3%A9&mine=true',
    '/customers/contoso/plan?explain=gate%3Areview#review',
    '/account',
    '/customers/contoso/plan?explain=item:a/b@teams',
    '/portfolio?q=https%3A%2F%2Fevil.example',
  ])('%s is kept as it is', path => {
    expect(safePath(path)).toBe(path)
  })

  test('what leaves a folder stays in the portal', () => {
    expect(safePath('/customers/../account')).toBe('/account')
  })
})

describe('links to somewhere else', () => {
  test.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n//evil.example',
    '\t//evil.example',
    ' //evil.example',
    'https:evil.example',
    'https://evil.example',
    'HTTPS:/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'evil.example',
    '/%2Fevil.example',
    '/%2f%2fevil.example',
    '%2F%2Fevil.example',
    '/%5Cevil.example',
    '/%5c/evil.example',
    '/%252Fevil.example',
    '/%09/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/x/%2e%2e//evil.example',
    '/\u0000/evil.example',
    '/sign-in?to=/sign-in',
    '/api/auth/sign-out',
    '',
    `/${'x'.repeat(3000)}`,
    undefined,
    1,
    ['/portfolio'],
  ])('%j is refused', text => {
    expect(safePath(text)).toBeUndefined()
  })
})

test('whatever is let through stays on the site that resolves it, and is let through again unchanged', () => {
  const piece = fc.constantFrom('/', '\\', '.', '..', '%2f', '%5C', '%2e', 'evil.example', '@', ':', 'https:', '\t', '?', '#', 'a', ' ')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      const path = safePath(`/${pieces.join('')}`)
      if (path === undefined) return
      expect(new URL(path, 'https://impulso.example').origin).toBe('https://impulso.example')
      expect(safePath(path)).toBe(path)
    }),
    { numRuns: 5000 },
  )
})
