import { AppError } from '../model/errors.ts'

/** Throws `invalid-input` for a text with a zero byte anywhere in a value: PostgreSQL keeps none, and some readers stop at it. */
export function refuseZeroBytes<T>(value: T, path = ''): T {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new AppError('invalid-input', `${path || 'the text'} has a zero byte in it`)
  }
  if (value !== null && typeof value === 'object')
    for (const [name, each] of Object.entries(value)) refuseZeroBytes(each, path ? `${path}.${name}` : name)
  return value
}
