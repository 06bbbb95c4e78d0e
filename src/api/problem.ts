import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ZodError, z } from 'zod'
import type { Problem } from '../model/api.ts'
import { AppError, type ErrorCode } from '../model/errors.ts'

const STATUS = {
  'invalid-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  timeout: 408,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
} as const satisfies Record<ErrorCode, ContentfulStatusCode>

const TITLE: Readonly<Record<ErrorCode, string>> = {
  'invalid-input': 'The request cannot be read',
  unauthenticated: 'Sign in first',
  forbidden: 'You may not do this',
  'not-found': 'There is no such thing',
  conflict: 'It does not fit what is there now',
  timeout: 'The request took too long to arrive',
  'too-large': 'Too large',
  'too-many': 'Too many requests',
  unavailable: 'Not available at the moment',
}

/** Details that name each fault with its field, row or line. */
export const Faults = z.array(z.strictObject({ path: z.string(), message: z.string(), code: z.exactOptional(z.string()) }))

/** RFC 9457. What went wrong on our side is said in the log under the request id, not to the caller. */
export function problemOf(error: unknown, requestId: string): Problem & { status: ContentfulStatusCode } {
  if (error instanceof ZodError) {
    const faults = error.issues.map(issue => ({ path: issue.path.join('.'), message: issue.message }))
    const detail = faults.map(fault => (fault.path ? `${fault.path}: ${fault.message}` : fault.message)).join('; ')
    return { ...problem('invalid-input', detail, requestId), faults }
  }
  if (error instanceof AppError) {
    const plain = problem(error.code, error.message, requestId)
    const faults = Faults.min(1).safeParse(error.details)
    if (faults.success) return { ...plain, faults: faults.data }
    return error.details === null ? plain : { ...plain, details: error.details }
  }
  return {
    type: 'urn:impulso:problem:internal',
    title: 'Something went wrong here',
    status: 500,
    detail: 'The request could not be carried out. Nothing was changed unless a later look says so; the log has the particulars.',
    requestId,
  }
}

const problem = (code: ErrorCode, detail: string, requestId: string): Problem & { status: ContentfulStatusCode } => ({
  type: `urn:impulso:problem:${code}`,
  title: TITLE[code],
  status: STATUS[code],
  detail,
  requestId,
})

export const problemResponse = (problem: Problem): Response =>
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...(UNREAD.includes(problem.status) ? { connection: 'close' } : {}) },
  })

/** After these the rest of the body is not waited for, so nothing else can come over the connection. */
const UNREAD: readonly number[] = [STATUS.timeout, STATUS['too-large']]
