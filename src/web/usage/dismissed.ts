import type { UsageAlert } from '../../model/usage-api.ts'

/** What tells one alert from another: the same cause that grows is the same alert, a new day is a new one. */
export const alertKey = ({ kind, services, since }: Pick<UsageAlert, 'kind' | 'services' | 'since'>): string =>
  [kind, since ?? '', ...services.toSorted()].join(' ')

const STORED = 'impulso.dismissed-alerts'
const listeners = new Set<() => void>()
let keys: readonly string[] | undefined

/** Keys of the alerts that were put away; they stay away as long as the browser's tab does. */
export function dismissed(): readonly string[] {
  keys ??= stored()
  return keys
}

export function dismiss(alert: UsageAlert): void {
  keys = [...dismissed(), alertKey(alert)]
  try {
    sessionStorage.setItem(STORED, JSON.stringify(keys))
  } catch {
    // Storage may be refused; then it stays away until the page is loaded anew.
  }
  for (const listener of listeners) listener()
}

export function onDismiss(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(): readonly string[] {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(STORED) ?? '[]')
    return Array.isArray(read) ? read.filter(each => typeof each === 'string') : []
  } catch {
    return []
  }
}
