import type { Problem } from '../../model/api.ts'

/** An answer that was not a success, or no answer at all (`status` 0). The problem is shown as the server worded it. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.problem = problem
  }
  get status() {
    return this.problem.status
  }
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

export const send = <T>(method: 'PUT' | 'POST' | 'DELETE', url: string, body?: unknown): Promise<T> =>
  request<T>(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })

async function request<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new HttpError(noAnswer())
  })
  const text = await response.text()
  if (!response.ok) throw new HttpError(problemOf(response.status, text, response.headers.get('x-request-id')))
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
