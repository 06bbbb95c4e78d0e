import { z } from 'zod'
import { parseJson } from './send.ts'

/** What Microsoft Graph says went wrong. `code` is fit to be shown; `message` is not: it may name tenants and people. */
export type ServiceError = Readonly<{ code: string; message: string }>

const Wrapped = z.object({ error: z.object({ code: z.string(), message: z.string().nullish() }) })

/**
 * The error of an answer that is none of 200 and 302. Usage reports wrap theirs: the message of an `UnknownError` is the JSON text of the
 * error itself (reference "usage reports" §10). A body that says nothing is an error without a code.
 */
export function parseServiceError(text: string | undefined): ServiceError {
  const outer = Wrapped.safeParse(parseJson(text))
  if (!outer.success) return { code: '', message: '' }
  const { code, message } = outer.data.error
  const inner = code === 'UnknownError' ? Wrapped.safeParse(parseJson(message ?? '')) : undefined
  const error = inner?.success ? inner.data.error : outer.data.error
  return { code: /^[\w.-]{1,60}$/.test(error.code) ? error.code : '', message: error.message ?? '' }
}

/** The path is unknown in this version or cloud. The code, `BadRequest`, tells it from nothing else, so the sentence has to. */
export const isUnknownPath = (status: number, error: ServiceError) =>
  status === 400 && error.message.startsWith('Resource not found for the segment')
