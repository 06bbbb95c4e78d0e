import type { WriteAccess } from '../../model/api.ts'
import type { Text } from '../../model/words.ts'

/** Why something of a service may not be changed; undefined when it may. `service` null: it is of the customer as a whole. */
export function refusalFor(access: WriteAccess, service: string | null): Text | undefined {
  if (!access.ok) return access.reason
  if (access.limit === null) return undefined
  const { services, reason } = access.limit
  if (service === null) return reason
  return services === 'all' || services.includes(service) ? undefined : reason
}

/** Why nothing at all may be changed; undefined when something may. */
export const wholeRefusal = (access: WriteAccess): Text | undefined => (access.ok ? undefined : access.reason)
