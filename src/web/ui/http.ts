import type { Problem } from '../../model/api.ts'
import type { Text } from '../../model/words.ts'

type Said = { code: string | null; hint: string | null; retryAfterSeconds: number | null }

/** An answer that was not a success, or no answer at all (`status` 0). The problem is shown as the server worded it. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly problem: Problem
  /** What the sign-in library calls the fault (`INVALID_PASSWORD`); null for every other answer. */
  readonly code: string | null
  /** What more it says of the fault: why a password is too weak. */
  readonly hint: string | null
  /** When another attempt makes sense; null where the server did not say. */
  readonly retryAfterSeconds: number | null
  constructor(problem: Problem, { code = null, hint = null, retryAfterSeconds = null }: Partial<Said> = {}) {
    super(problem.detail || problem.title)
    this.problem = problem
    this.code = code
    this.hint = hint
    this.retryAfterSeconds = retryAfterSeconds
  }
  get status() {
    return this.problem.status
  }
}

/** Why a person may not, in each language, where the server said so. */
export function reasonOf({ details }: Problem): Text | undefined {
  if (typeof details !== 'object' || details === null || !('reason' in details)) return undefined
  const { reason } = details
  if (typeof reason !== 'object' || reason === null || !Object.values(reason).every(each => typeof each === 'string')) return undefined
  return reason as Text // an object of strings, as the line above has seen
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** `/api/v1` path with a query string; undefined values are left out. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

/** GET under `/api/v1`. The response types of `model/api.ts` are the server's promise, so they are not parsed again here. */
export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  request<T>(apiUrl(path, query), signal ? { signal } : {})

export const send = <T>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T> =>
  request<T>(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })

/** A file of the server, whole; an answer that is not a success throws like every other. */
export async function fetchFile(path: string, query?: Query): Promise<Blob> {
  const response = await fetch(apiUrl(path, query), { credentials: 'same-origin' }).catch(() => {
    throw new HttpError(noAnswer())
  })
  if (!response.ok) throw new HttpError(problemOf(response.status, await response.text(), response.headers.get('x-request-id')))
  return response.blob()
}

async function request<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new HttpError(noAnswer())
  })
  const text = await response.text()
  if (!response.ok) {
    const problem = problemOf(response.status, text, response.headers.get('x-request-id'))
    throw new HttpError(problem, { ...codeOf(problem.details), retryAfterSeconds: secondsOf(response.headers) })
  }
  return (text ? JSON.parse(text) : null) as T
}

export type Upload = { url: string; body: Blob; onProgress: (share: number) => void; signal: AbortSignal }

/** PUT of a file. XMLHttpRequest, because `fetch` does not tell how much has been sent. `share` is 0 to 1. */
export const upload = <T>({ url, body, onProgress, signal }: Upload): Promise<T> =>
  new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open('PUT', url)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded / event.total)
    request.onerror = () => failed(new HttpError(noAnswer()))
    request.onabort = () => failed(new DOMException('aborted', 'AbortError'))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) done(JSON.parse(request.responseText) as T)
      else failed(new HttpError(problemOf(request.status, request.responseText, request.getResponseHeader('x-request-id'))))
    }
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })

/** The sign-in library counts requests too, and says so under a name of its own. */
function secondsOf(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? headers.get('x-retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null
}

/** Which fault it is, for screens with a sentence of their own: in the details of a problem, the first where there are several. */
function codeOf(details: unknown): Pick<Said, 'code' | 'hint'> {
  const { code, hint } = ((Array.isArray(details) ? details[0] : details) ?? {}) as { code?: unknown; hint?: unknown }
  return { code: typeof code === 'string' ? code : null, hint: typeof hint === 'string' ? hint : null }
}

function problemOf(status: number, text: string, requestId: string | null): Problem {
  try {
    const told = JSON.parse(text) as Partial<Problem> & { message?: string }
    return {
      type: told.type ?? 'about:blank',
      title: told.title ?? told.message ?? `HTTP ${status}`,
      status,
      detail: told.detail ?? told.message ?? '',
      requestId: told.requestId ?? requestId ?? '',
      ...(told.faults ? { faults: told.faults } : {}),
      details: told.details,
    }
  } catch {
    return { type: 'about:blank', title: `HTTP ${status}`, status, detail: '', requestId: requestId ?? '' }
  }
}

const noAnswer = (): Problem => ({ type: 'about:blank', title: '', status: 0, detail: '', requestId: '' })
