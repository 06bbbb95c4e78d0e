import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { pagePolicy } from './security.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const COMPRESSIBLE = /^(text\/|application\/(json|manifest)|image\/svg)/
/** The build writes this where a response's nonce belongs. */
const NONCE_MARK = /__CSP_NONCE__/g
const FOREVER = 'public, max-age=31536000, immutable'

type Packed = (body: Buffer) => Promise<Buffer>
const ENCODINGS: readonly (readonly [name: string, pack: Packed])[] = [
  ['br', body => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })],
  ['gzip', body => promisify(gzip)(body, { level: 9 })],
]

type Asset = { body: Buffer; type: string; etag: string; cache: string; packed: Map<string, Promise<Buffer>> }

export type Portal = (request: Request) => Promise<Response | undefined>

/**
 * Serves the built portal from memory: its files by name, its page for every other address (the address is the page's own matter).
 * Answers undefined for a file that does not exist. Files with a hash in their name may be kept for ever.
 */
export function servePortal(folder: string): Portal {
  if (!existsSync(join(folder, 'index.html'))) return async request => (isFile(request) ? undefined : notBuilt())
  const assets = readAssets(folder)
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  return async request => {
    const asset = assets.get(decodePath(request))
    if (asset) return answerAsset(request, asset)
    return isFile(request) ? undefined : answerPage(page)
  }
}

const isFile = (request: Request) => extname(new URL(request.url).pathname) !== ''

function decodePath(request: Request): string {
  try {
    return decodeURIComponent(new URL(request.url).pathname)
  } catch {
    return ''
  }
}

function readAssets(folder: string): ReadonlyMap<string, Asset> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.') && entry.name !== 'index.html' && !entry.name.endsWith('.map'))
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + (folder.endsWith(sep) ? 0 : 1)))
  return new Map(names.map(name => [`/${name.split(sep).join('/')}`, readAsset(folder, name)]))
}

function readAsset(folder: string, name: string): Asset {
  const body = readFileSync(join(folder, name))
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  const cache = name.startsWith(`assets${sep}`) ? FOREVER : 'no-cache'
  return { body, etag, cache, type: TYPES[extname(name)] ?? 'application/octet-stream', packed: new Map() }
}

async function answerAsset(request: Request, asset: Asset): Promise<Response> {
  const headers: Record<string, string> = {
    'content-type': asset.type,
    'cache-control': asset.cache,
    etag: asset.etag,
    vary: 'accept-encoding',
  }
  if (request.headers.get('if-none-match') === asset.etag) return new Response(null, { status: 304, headers })
  const accepted = acceptedEncodings(request)
  const encoding = COMPRESSIBLE.test(asset.type) ? ENCODINGS.find(([name]) => accepted.includes(name)) : undefined
  if (!encoding) return new Response(new Uint8Array(asset.body), { headers })
  const [name, pack] = encoding
  const packed = asset.packed.get(name) ?? pack(asset.body)
  asset.packed.set(name, packed)
  return new Response(new Uint8Array(await packed), { headers: { ...headers, 'content-encoding': name } })
}

const acceptedEncodings = (request: Request) =>
  (request.headers.get('accept-encoding') ?? '')
    .split(',')
    .filter(each => !/;\s*q=0(\.0*)?\s*$/.test(each))
    .map(each => each.trim().split(';')[0])

function answerPage(page: string): Response {
  const nonce = randomBytes(16).toString('base64url')
  return new Response(page.replace(NONCE_MARK, nonce), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': pagePolicy(nonce) },
  })
}

const notBuilt = () =>
  new Response('The portal has not been built. "npm start" builds it; "npm run build" does only that.\n', {
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
