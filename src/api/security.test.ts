import { expect, test } from 'vitest'
import { refuseForeignSite, requestIdOf } from './security.ts'

const ORIGINS = ['http://127.0.0.1:4100', 'http://localhost:4100']
const request = (method: string, headers: Record<string, string>) => new Request('http://localhost:4100/api/v1/x', { method, headers })

test.each([
  ['PUT', { origin: 'http://localhost:4100' }],
  ['PUT', { origin: 'http://127.0.0.1:4100', 'sec-fetch-site': 'same-origin' }],
  ['PUT', { 'sec-fetch-site': 'same-origin' }],
  ['DELETE', {}],
  ['GET', { origin: 'https://evil.example' }],
])('%s with %o is let through', (method, headers) => {
  expect(() => refuseForeignSite(request(method, headers as Record<string, string>), ORIGINS)).not.toThrow()
})

test.each([
  ['PUT', { origin: 'https://evil.example' }],
  ['PUT', { origin: 'http://localhost:4101' }],
  ['PUT', { origin: 'http://localhost:4100.evil.example' }],
  ['PUT', { origin: 'null' }],
  ['DELETE', { 'sec-fetch-site': 'cross-site' }],
  ['POST', { 'sec-fetch-site': 'same-site' }],
])('%s with %o is refused', (method, headers) => {
  expect(() => refuseForeignSite(request(method, headers as Record<string, string>), ORIGINS)).toThrow(/not accepted here/)
})

test('a harmless request id is kept, anything else replaced', () => {
  expect(requestIdOf(request('GET', { 'x-request-id': 'abc-12345' }))).toBe('abc-12345')
  expect(requestIdOf(request('GET', { 'x-request-id': 'a b' }))).toMatch(/^[0-9a-f-]{36}$/)
  expect(requestIdOf(request('GET', {}))).toMatch(/^[0-9a-f-]{36}$/)
})
