import { DecoratorHandler, type Dispatcher } from 'undici'
import { AppError } from '../../model/errors.ts'

export type OutgoingLimits = Readonly<{
  /** Until a connection stands, name looked up and certificate checked. */
  connectMs: number
  /** Until the answer begins, and between two parts of it. */
  idleMs: number
  /** For one request and its whole answer; a redirect begins anew. */
  totalMs: number
  answerBytes: number
}>

/** For what sign-in providers tell about themselves: kilobytes, at once. Larger downloads bring limits of their own. */
export const OUTGOING_LIMITS: OutgoingLimits = { connectMs: 10_000, idleMs: 15_000, totalMs: 60_000, answerBytes: 4 * 1024 * 1024 }

/**
 * Ends an answer that is too long or too slow. Answers are asked for uncompressed, and a compressed one is refused: what counts is what
 * we would hold in memory, not what came over the line.
 */
export const withLimits =
  (limits: OutgoingLimits): Dispatcher.DispatcherComposeInterceptor =>
  dispatch =>
  (options, handler) =>
    dispatch({ ...options, headers: uncompressed(options.headers) }, limited(limits, `${options.origin ?? ''}`, handler))

/** `fetch` gives a plain record with small letters; whoever gives something else and is answered compressed is refused. */
function uncompressed(headers: Dispatcher.DispatchOptions['headers']): NonNullable<Dispatcher.DispatchOptions['headers']> {
  if (headers === null || headers === undefined) return { 'accept-encoding': 'identity' }
  if (Array.isArray(headers) || Symbol.iterator in headers) return headers
  return { ...headers, 'accept-encoding': 'identity' }
}

/** Passes everything on to `handler`, whichever of undici's two shapes it has, until a limit is reached. */
function limited(limits: OutgoingLimits, origin: string, handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  const next: Dispatcher.DispatchHandler = new DecoratorHandler(handler)
  const { totalMs, answerBytes } = limits
  const refusal = (why: string) => new AppError('unavailable', `${origin} ${why}`)
  const tooLong = () => refusal(`answered with more than ${answerBytes.toLocaleString('en')} bytes`)
  const end = () => current?.abort(refusal(`did not finish its answer within ${totalMs / 1000} s`))
  let current: Dispatcher.DispatchController | undefined
  let timer: NodeJS.Timeout | undefined
  let seen = 0
  return {
    onRequestStart: (controller, context) => {
      // Comes again, with another controller, when a connection is lost before anything was sent.
      current = controller
      timer ??= setTimeout(end, totalMs).unref()
      next.onRequestStart?.(controller, context)
    },
    onRequestUpgrade: (...given) => {
      clearTimeout(timer)
      next.onRequestUpgrade?.(...given)
    },
    onResponseStart: (controller, status, headers, message) => {
      const encoding = `${headers['content-encoding'] ?? 'identity'}`
      if (encoding !== 'identity') throw refusal(`answered compressed (${encoding}) without being asked to`)
      if (Number(headers['content-length'] ?? 0) > answerBytes) throw tooLong()
      next.onResponseStart?.(controller, status, headers, message)
    },
    onResponseData: (controller, part) => {
      seen += part.byteLength
      if (seen > answerBytes) return controller.abort(tooLong())
      next.onResponseData?.(controller, part)
    },
    onResponseEnd: (controller, trailers) => {
      clearTimeout(timer)
      next.onResponseEnd?.(controller, trailers)
    },
    onResponseError: (controller, error) => {
      clearTimeout(timer)
      // A turn later: `fetch` (undici 7.29) never hears of an answer that breaks in the same turn in which it began, and waits for ever.
      setImmediate(() => next.onResponseError?.(controller, error))
    },
  }
}
