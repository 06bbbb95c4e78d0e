import { randomUUID } from 'node:crypto'
import { AppError } from '../model/errors.ts'

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses a write that a browser sends on behalf of another site. Browsers name the site in `Origin`, or say `Sec-Fetch-Site`; a caller
 * that sends neither is no browser, and nobody can make it carry somebody's cookie.
 */
export function refuseForeignSite(request: Request, origins: readonly string[]): void {
  if (SAFE_METHODS.includes(request.method)) return
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  if (origin === null ? site === null || site === 'same-origin' || site === 'none' : origins.includes(origin)) return
  throw new AppError(
    'forbidden',
    `a request from ${origin ?? 'another site'} is not accepted here; the portal is at ${origins.join(' and ')} (setting IMPULSO_URL)`,
  )
}

/** What the portal's own requests, its downloads and links are for; anything else is part of a page, as a picture in somebody's note is. */
const OWN_DESTINATIONS = ['empty', 'document']

/**
 * Refuses to answer at all when a browser says that another site sends it here, be it by a link, or that it asks for a picture or another
 * part of a page: some questions, those for exports among them, go on record in the name of whoever asks.
 */
export function refuseForeignReader(request: Request): void {
  if (request.headers.get('sec-fetch-site') === 'cross-site')
    throw new AppError('forbidden', 'another site may not ask for this in your name; open the portal')
  const destination = request.headers.get('sec-fetch-dest')
  if (destination !== null && !OWN_DESTINATIONS.includes(destination))
    throw new AppError('forbidden', `this is no ${destination} for a page to show`)
}

/**
 * Refuses a request for another host than the portal's. A page elsewhere can have its own name lead to this machine (DNS rebinding), and is
 * then the same site to the browser; only the name it asks for tells. `X-Forwarded-Host` says nothing: anybody can send it.
 */
export function refuseForeignHost(request: Request, origins: readonly string[]): void {
  const asked = [new URL(request.url).host, request.headers.get('host')?.toLowerCase() ?? null].filter(each => each !== null)
  const known = origins.flatMap(hostsOf)
  const foreign = asked.find(host => !known.includes(host))
  if (foreign === undefined) return
  throw new AppError(
    'invalid-input',
    `the portal is at ${origins.join(' and ')}, not at ${foreign.slice(0, 100)}; set IMPULSO_URL to the address people use, and let a proxy pass on the Host it was asked for`,
  )
}

/** The host of an origin as a browser sends it, and with the port that goes without saying. */
function hostsOf(origin: string): readonly string[] {
  const { host, hostname, port, protocol } = new URL(origin)
  return port === '' ? [host, `${hostname}:${protocol === 'https:' ? 443 : 80}`] : [host]
}

/** The caller's own request id when it is a harmless one, so that it can be followed through both logs. */
export const requestIdOf = (request: Request): string => {
  const given = request.headers.get('x-request-id')
  return given !== null && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID()
}

/** What the portal asks a browser for; everything else, also by mistake, is denied. Names that browsers do not know they complain about. */
const PERMISSIONS = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'magnetometer', 'microphone', 'midi'],
  ...['payment', 'serial', 'usb'],
].map(name => `${name}=()`)
const OWN_PERMISSIONS = ['clipboard-write', 'publickey-credentials-create', 'publickey-credentials-get'].map(name => `${name}=(self)`)

/**
 * For every response; `secure` when people come by https. Subdomains and browsers' preload lists are left out of the first header: they would
 * bind other servers of the domain, which is for whoever runs those to decide, at the proxy.
 */
export const SECURE_HEADERS = (secure: boolean): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': [...PERMISSIONS, ...OWN_PERMISSIONS].join(', '),
  ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
})

/**
 * For the answer that ends a session: what the browser kept of customers goes. Not its storage, where only language and theme are, nor
 * cookies, which would sign the person out of every other site of the domain.
 */
export const SIGN_OUT_HEADERS: Readonly<Record<string, string>> = { 'clear-site-data': '"cache"' }

/** For answers that are data: nothing in them may run or be framed. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

/**
 * For the portal's page: scripts and styles from here, or with this response's nonce; nothing inline. Without `require-trusted-types-for`:
 * tried in Chromium, it blocks the playbook's pages, whose sanitised HTML React sets as a string (`RenderedMarkdown`, `PageReader`), and
 * zod's harmless probe for `new Function`. It can come once those go through one named policy.
 */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
