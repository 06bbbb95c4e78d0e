import { AppError } from '../model/errors.ts'

/** More than any body of ours has, and less than what following it by function calls bears. */
const DEEPEST = 50

/**
 * Throws `invalid-input` for a text with a zero byte anywhere in a value, which PostgreSQL does not keep and some readers stop at; for one
 * with half a character, which it does not keep in JSON; and for a value nested so deep that whoever goes through it would run out of stack.
 */
export function refuseZeroBytes<T>(value: T, path = '', depth = 0): T {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new AppError('invalid-input', `${path || 'the text'} has a zero byte in it`)
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new AppError('invalid-input', `${path || 'the text'} has half a character in it`)
  }
  if (value !== null && typeof value === 'object') {
    if (depth === DEEPEST) throw new AppError('invalid-input', 'the body is nested too deep')
    for (const [name, each] of Object.entries(value)) refuseZeroBytes(each, path ? `${path}.${name}` : name, depth + 1)
  }
  return value
}
