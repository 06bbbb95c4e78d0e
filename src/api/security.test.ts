import { expect, test } from 'vitest'
import { DATA_POLICY, pagePolicy, refuseForeignHost, refuseForeignSite, requestIdOf, SECURE_HEADERS, SIGN_OUT_HEADERS } from './security.ts'

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

const toHost = (url: string, host?: string) => new Request(url, { headers: host === undefined ? {} : { host } })
const KNOWN = ['https://impulso.example.com', 'http://127.0.0.1:4100', 'http://[::1]:4100']

test.each([
  ['http://127.0.0.1:4100/', '127.0.0.1:4100'],
  ['http://[::1]:4100/', '[::1]:4100'],
  ['http://impulso.example.com/', 'impulso.example.com'],
  ['http://impulso.example.com:443/', 'impulso.example.com:443'],
  ['http://impulso.example.com/', 'Impulso.Example.COM'],
  ['http://127.0.0.1:4100/', undefined],
])('%s for the host %s is let through', (url, host) => {
  expect(() => refuseForeignHost(toHost(url, host), KNOWN)).not.toThrow()
})

test.each([
  ['http://rebound.example:4100/', 'rebound.example:4100'],
  ['http://rebound.example:4100/', undefined],
  ['http://127.0.0.1:4100/', 'rebound.example:4100'],
  ['http://127.0.0.1:4101/', '127.0.0.1:4101'],
  ['http://127.0.0.1/', '127.0.0.1'],
  ['http://impulso.example.com.evil.example/', 'impulso.example.com.evil.example'],
  ['http://impulso.example.com:4100/', 'impulso.example.com:4100'],
  ['http://localhost:4100/', 'localhost:4100'],
])('%s for the host %s is refused', (url, host) => {
  expect(() => refuseForeignHost(toHost(url, host), KNOWN)).toThrow(/the portal is at https:\/\/impulso\.example\.com/)
})

test('what a proxy says about the host counts for nothing', () => {
  const headers = { host: 'rebound.example:4100', 'x-forwarded-host': '127.0.0.1:4100', forwarded: 'host=127.0.0.1:4100' }
  expect(() => refuseForeignHost(new Request('http://rebound.example:4100/', { headers }), KNOWN)).toThrow(/not at rebound\.example:4100/)
})

const directives = (policy: string) => new Map(policy.split('; ').map(each => [each.split(' ')[0] ?? '', each.split(' ').slice(1)]))

test('nothing inline, nothing from elsewhere, nothing by default', () => {
  const policy = directives(pagePolicy('n0nce'))
  expect(policy.get('default-src')).toEqual(["'none'"])
  expect(policy.get('script-src')).toEqual(["'self'", "'nonce-n0nce'"])
  const sources = [...policy.values()].flat()
  expect(sources.filter(each => !["'none'", "'self'", "'nonce-n0nce'", 'data:'].includes(each))).toEqual([])
  expect([...policy].filter(([, given]) => given.includes('data:')).map(([name]) => name)).toEqual(['img-src'])
  // These do not fall back to `default-src`.
  for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.has(name)).toBe(true)
  expect(DATA_POLICY).toBe("default-src 'none'; frame-ancestors 'none'")
})

test('browsers are bound to https only where people come by it, and only for this host', () => {
  expect(SECURE_HEADERS(false)).not.toHaveProperty('strict-transport-security')
  expect(SECURE_HEADERS(true)['strict-transport-security']).toBe('max-age=31536000')
})

test('no other site shares a process or a window with the portal, or embeds it', () => {
  expect(SECURE_HEADERS(true)).toMatchObject({
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
  })
})

test('signing out takes what the browser kept, and no cookie of another site', () => {
  expect(SIGN_OUT_HEADERS).toEqual({ 'clear-site-data': '"cache"' })
})
