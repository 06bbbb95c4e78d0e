import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { AUTH_PATH, CLIENT_ADDRESS } from '../app/auth/endpoints.ts'
import type { SignedIn } from '../app/auth/types.ts'
import { type Download, dispositionOf } from '../app/exports/download.ts'
import { type Actor, NOBODY } from '../app/policy.ts'
import { once } from '../app/requests/once.ts'
import { AppError } from '../model/errors.ts'
import { parseJson, readText, withUpload } from './body.ts'
import { clientAddress } from './client-address.ts'
import type { ApiContext } from './context.ts'
import { type Caller, refuseTooMany } from './limits.ts'
import { liveRoute } from './live-route.ts'
import { describeApi } from './openapi.ts'
import { servePortal } from './portal.ts'
import { problemOf, problemResponse } from './problem.ts'
import { publicPages } from './public-pages.ts'
import type { Route } from './route.ts'
import { ROUTES } from './routes.ts'
import {
  DATA_POLICY,
  refuseForeignHost,
  refuseForeignReader,
  refuseForeignSite,
  requestIdOf,
  SECURE_HEADERS,
  SIGN_OUT_HEADERS,
} from './security.ts'
import { surveyPages } from './survey-page.ts'
import { refuseZeroBytes } from './zero-bytes.ts'

type Env = { Variables: { requestId: string; route: string; limitHeaders?: Readonly<Record<string, string>> } }
const API = '/api/v1'

/** The HTTP side: the API, sign-in, what operators ask for, and the portal's files. */
export function createApi(context: ApiContext, routes: readonly Route[] = ROUTES): Hono<Env> {
  const api = new Hono<Env>()
  const portal = servePortal(context.webFolder)
  const headers = Object.entries(SECURE_HEADERS(context.origins[0]?.startsWith('https://') ?? false))

  api.use(async (c, next) => {
    const begun = performance.now()
    c.set('requestId', requestIdOf(c.req.raw))
    c.set('route', 'portal')
    context.metrics.begin()
    await next()
    c.header('x-request-id', c.get('requestId'))
    for (const [name, value] of headers) c.header(name, value)
    for (const [name, value] of Object.entries(c.get('limitHeaders') ?? {})) if (!c.res.headers.has(name)) c.header(name, value)
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', DATA_POLICY)
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
    const seconds = (performance.now() - begun) / 1000
    context.metrics.observe({ method: c.req.method, route: c.get('route'), status: c.res.status, seconds })
  })
  api.onError((error, c) => {
    const problem = problemOf(error, c.get('requestId'))
    if (problem.status === 500)
      context.app.log('error', `request ${problem.requestId}, ${c.req.method} ${c.get('route')}: ${error.stack ?? error}`)
    return problemResponse(problem)
  })
  const isOperation = (path: string) => ['/healthz', '/readyz', '/metrics'].includes(path)
  api.use(async (c, next) => {
    if (!isOperation(c.req.path)) refuseForeignHost(c.req.raw, context.origins)
    await next()
  })
  api.use('/api/*', async (c, next) => {
    c.set('route', 'api')
    refuseForeignSite(c.req.raw, context.origins)
    await next()
  })
  api.use('/api/*', compress())

  addOperations(api, context)
  api.on(['GET', 'POST'], `${AUTH_PATH}/*`, async c => {
    c.set('route', 'auth')
    const address = clientAddress(c, context.trustedProxies)
    await countRequest(context, c, { kind: 'address', address })
    return answerAuth(context, c.req.raw, address, c.get('requestId'))
  })
  const description = JSON.stringify(describeApi(routes, context.version))
  api.get('/api/openapi.json', etag(), c => c.body(description, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' }))

  const serve = (route: Route) =>
    api.on(route.method.toUpperCase(), `${API}${route.path}`, async c => {
      c.set('route', route.path)
      const answer = await answerRoute(context, route, c)
      return c.body(answer.body, 200, { 'content-type': 'application/json', 'cache-control': 'private, no-cache', ...answer.headers })
    })
  // Before `etag`, which reads an answer whole.
  if (context.changes) {
    const count = (c: Context, person: SignedIn | undefined) =>
      countRequest(context, c, callerOf(person, clientAddress(c, context.trustedProxies)))
    api.route(`${API}/changes`, liveRoute(context, { hub: context.changes, actorOf, count }))
  }
  for (const route of routes.filter(each => each.answer === 'File')) serve(route)
  api.use(`${API}/*`, etag())
  for (const route of routes.filter(each => each.answer !== 'File')) serve(route)
  api.all('/api/*', c => {
    throw new AppError('not-found', `${c.req.method} ${c.req.path} is not part of this API; /api/openapi.json describes it`)
  })
  for (const path of ['/answer/*', '/calendar/*', '/survey/*']) {
    // Their addresses hold secrets: what is measured and logged is the name.
    api.use(path, async (c, next) => {
      c.set('route', path)
      await countRequest(context, c, { kind: 'address', address: clientAddress(c, context.trustedProxies) })
      await next()
    })
  }
  api.route('/', publicPages(context))
  api.route('/', surveyPages(context))
  api.get('*', async c => (await portal(c.req.raw)) ?? c.notFound())
  api.notFound(c => {
    return problemResponse(problemOf(new AppError('not-found', `nothing is at ${c.req.path}`), c.get('requestId')))
  })
  return api
}

/** What whoever runs the server asks for: no session, nothing about customers. */
function addOperations(api: Hono<Env>, context: ApiContext): void {
  const plain = { 'cache-control': 'no-store' }
  api.use('/:operation{healthz|readyz|metrics}', async (c, next) => {
    c.set('route', c.req.path)
    await next()
  })
  api.get('/healthz', c => c.text('ok\n', 200, plain))
  api.get('/readyz', async c => ((await context.isReady()) ? c.text('ready\n', 200, plain) : c.text('not ready\n', 503, plain)))
  api.get('/metrics', async c => c.body(await context.metrics.text(), 200, { ...plain, 'content-type': context.metrics.contentType }))
}

/** The sign-in library's answer; its errors in the shape of ours, its own code kept as `details`. */
async function answerAuth(context: ApiContext, request: Request, address: string, requestId: string): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set(CLIENT_ADDRESS, address)
  const text = ['GET', 'HEAD'].includes(request.method) ? null : await readText(request, context.limits.jsonBytes)
  const answer = await context.auth.handler(new Request(request.url, { method: request.method, headers, body: text }))
  if (answer.status < 400) return signedOut(request, answer)
  const told = (await answer.json().catch(() => ({}))) as { message?: string; code?: string; hint?: string | null }
  const { status } = answer
  const title = status === 429 ? 'Too many attempts' : status === 401 ? 'Not signed in' : 'The request was refused'
  const problem = { type: 'urn:impulso:problem:sign-in', title, status, detail: told.message ?? title, requestId }
  const response = problemResponse(
    told.code ? { ...problem, details: { code: told.code, ...(told.hint ? { hint: told.hint } : {}) } } : problem,
  )
  const retryAfter = answer.headers.get('x-retry-after')
  if (retryAfter) response.headers.set('retry-after', retryAfter)
  for (const cookie of answer.headers.getSetCookie()) response.headers.append('set-cookie', cookie)
  return response
}

/** What the browser kept of customers goes with the session. */
function signedOut(request: Request, answer: Response): Response {
  if (new URL(request.url).pathname !== `${AUTH_PATH}/sign-out`) return answer
  for (const [name, value] of Object.entries(SIGN_OUT_HEADERS)) answer.headers.set(name, value)
  return answer
}

const actorOf = ({ id, name, right, scope, keyScopes }: SignedIn): Actor => ({ personId: id, name, right, scope, keyScopes })

const callerOf = (person: SignedIn | undefined, address: string): Caller =>
  person ? { kind: person.keyScopes === null ? 'session' : 'key', id: person.sessionId } : { kind: 'address', address }

/** Throws `too-many`; says either way how much is left. */
async function countRequest(context: ApiContext, c: Context<Env>, caller: Caller): Promise<void> {
  const counted = await context.limiter.count(caller)
  // Set on the answer once there is one: an error makes a new one.
  c.set('limitHeaders', counted.headers)
  refuseTooMany(counted)
}

type Answered = { body: string | ReadableStream<Uint8Array>; headers: Record<string, string> }

/** Who, what, then the use case, which decides whether this person may. */
async function answerRoute(context: ApiContext, route: Route, c: Context<Env>): Promise<Answered> {
  const request = c.req.raw
  refuseForeignReader(request)
  const address = clientAddress(c, context.trustedProxies)
  const person = await context.auth.actorOf(request.headers)
  await countRequest(context, c, callerOf(person, address))
  if (!person && route.rights !== 'everyone') throw new AppError('unauthenticated', 'sign in first')
  const actor: Actor = person ? { ...actorOf(person), address } : { ...NOBODY, address }
  const own: ApiContext = { ...context, app: context.app.as(actor) }
  const url = new URL(request.url)
  const params = route.params.parse(refuseZeroBytes(c.req.param()))
  const query = route.query.parse(refuseZeroBytes(Object.fromEntries(url.searchParams)))
  const text = route.body ? await readText(request, context.limits.jsonBytes) : ''
  const body = route.body ? route.body.parse(refuseZeroBytes(parseJson(request, text))) : undefined
  await route.admit?.({ context: own, person, actor, params, query, body: undefined, file: '', headers: request.headers })
  const call = { context: own, person, actor, params, query, body, file: '', headers: request.headers }
  if (route.answer === 'File') return answerFile(context, () => route.run(call))
  const run = async (file: string) => JSON.stringify(await route.run({ ...call, file }))
  const work = () =>
    route.takesFile ? withUpload(request, context.uploadFolder, mostBytes(route, context.limits.uploadBytes), run) : run('')

  const key = route.method === 'get' ? null : request.headers.get('idempotency-key')
  if (key === null) return { body: await work(), headers: {} }
  if (route.isSecret)
    throw new AppError('invalid-input', 'what this answers is shown once and never kept: send it without an idempotency key')
  if (key.length < 1 || key.length > 200) throw new AppError('invalid-input', 'an idempotency key has 1 to 200 characters')
  const said = [route.method, url.pathname, url.search, text, request.headers.get('content-length') ?? ''].join('\n')
  const fingerprint = createHash('sha256').update(said).digest('hex')
  const { db, now } = own.app
  const answer = await once(db, { person: actor.personId, key, fingerprint, now: now() }, work)
  return { body: answer.body, headers: answer.isReplay ? { 'idempotency-replayed': 'true' } : {} }
}

const mostBytes = ({ fileBytes }: Route, limit: number): number => Math.min(fileBytes ?? limit, limit)

async function answerFile(context: ApiContext, run: () => Promise<unknown>): Promise<Answered> {
  // `fileRoute` ties the answer to its function.
  const { fileName, contentType, body } = (await run()) as Download | Download<Uint8Array>
  return {
    body: ReadableStream.from(bytesOf(body, error => context.app.log('error', `a file broke off: ${error}`))),
    headers: { 'content-type': contentType, 'content-disposition': dispositionOf(fileName), 'cache-control': 'no-store' },
  }
}

/** What fails after the first byte can only break the answer off: the client sees that it is not whole. */
async function* bytesOf(
  content: AsyncIterable<string | Uint8Array>,
  onError: (error: unknown) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  try {
    for await (const part of content) yield typeof part === 'string' ? encoder.encode(part) : new Uint8Array(part)
  } catch (error) {
    onError(error)
    throw error
  }
}
