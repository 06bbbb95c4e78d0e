import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { servePortal } from './portal.ts'

const folder = mkdtempSync(join(tmpdir(), 'impulso-portal-'))
const SCRIPT = `console.log(${JSON.stringify('x'.repeat(2000))})`
mkdirSync(join(folder, 'assets'))
writeFileSync(
  join(folder, 'index.html'),
  '<meta name="csp-nonce" content="__CSP_NONCE__"><script nonce="__CSP_NONCE__" src="/assets/a.js"></script>',
)
writeFileSync(join(folder, 'assets', 'a.js'), SCRIPT)
writeFileSync(join(folder, 'assets', 'a.js.map'), '{}')
writeFileSync(join(folder, 'icon.svg'), '<svg/>')
writeFileSync(join(folder, '.hidden'), 'secret')
afterAll(() => rmSync(folder, { recursive: true }))

const portal = servePortal(folder)
const get = (path: string, headers: Record<string, string> = {}) => portal(new Request(`http://localhost${path}`, { headers }))

test('every page has a nonce of its own, and nothing inline may run without it', async () => {
  const [first, second] = [await get('/'), await get('/customers/contoso/plan?tab=usage')]
  const nonces = await Promise.all([first, second].map(async page => /content="([\w-]{22})"/.exec((await page?.text()) ?? '')?.[1]))
  expect(new Set(nonces).size).toBe(2)
  const policy = first?.headers.get('content-security-policy') ?? ''
  expect(policy).toContain(`script-src 'self' 'nonce-${nonces[0]}'`)
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
  expect(first?.headers.get('cache-control')).toBe('no-store')
})

test('files with a hash in their name are kept for ever, others are asked for again', async () => {
  expect((await get('/assets/a.js'))?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const icon = await get('/icon.svg')
  expect(icon?.headers.get('cache-control')).toBe('no-cache')
  expect(icon?.headers.get('content-type')).toBe('image/svg+xml')
  const again = await get('/icon.svg', { 'if-none-match': icon?.headers.get('etag') ?? '' })
  expect(again?.status).toBe(304)
})

test.each([
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['br;q=0, gzip', 'gzip', gunzipSync],
] as const)('accepting %s gives %s', async (accepted, encoding, unpack) => {
  const answer = await get('/assets/a.js', { 'accept-encoding': accepted })
  expect(answer?.headers.get('content-encoding')).toBe(encoding)
  const packed = Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer())
  expect(packed.length).toBeLessThan(SCRIPT.length / 5)
  expect(unpack(packed).toString()).toBe(SCRIPT)
})

test.each(['/assets/missing.js', '/assets/a.js.map', '/.hidden', '/../secret.txt', '/%2e%2e%2fsecret.txt', '/assets/%00.js'])(
  'there is nothing at %s',
  async path => {
    const answer = await get(path)
    expect(answer === undefined || (await answer.text()).includes('csp-nonce')).toBe(true)
  },
)

test('a portal that was not built says how to', async () => {
  const answer = await servePortal(join(folder, 'nowhere'))(new Request('http://localhost/'))
  expect(answer?.status).toBe(503)
  expect(await answer?.text()).toContain('npm start')
})
