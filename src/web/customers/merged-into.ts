import { HttpError } from '../ui/http.ts'

/** Where a customer went that is no longer there, when the server says so. */
export function mergedInto(error: unknown): string | undefined {
  const details = error instanceof HttpError && error.status === 404 ? error.problem.details : undefined
  if (typeof details !== 'object' || details === null || !('mergedInto' in details)) return undefined
  return typeof details.mergedInto === 'string' ? details.mergedInto : undefined
}
