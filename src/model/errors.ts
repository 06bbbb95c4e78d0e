export type ErrorCode =
  | 'not-found'
  | 'unauthenticated'
  | 'forbidden'
  | 'conflict'
  | 'invalid-input'
  | 'timeout'
  | 'too-large'
  | 'too-many'
  | 'unavailable'

/** The operation cannot go on, and the caller should know why. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  /** Shown beside the message: faults with field, row or line; the other version in a conflict. */
  readonly details: unknown
  constructor(code: ErrorCode, message: string, options: ErrorOptions & { details?: unknown } = {}) {
    super(message, options)
    this.code = code
    this.details = options.details ?? null
  }
}
