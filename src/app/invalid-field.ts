import { AppError } from '../model/errors.ts'

/** A value that reads well and cannot be used; the details name the field, as those of a body that cannot be read do. */
export const invalidField = (path: string, message: string): AppError =>
  new AppError('invalid-input', `${path}: ${message}`, { details: [{ path, message }] })
