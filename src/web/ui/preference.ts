import { useSyncExternalStore } from 'react'
import { remember, remembered } from './storage.ts'

/** A choice of this browser with a fixed set of values, shared by every component that reads it. */
export function preference<T extends string>(key: string, values: readonly T[], fallback: T) {
  const listeners = new Set<() => void>()
  const stored = remembered(key)
  let value: T = values.find(each => each === stored) ?? fallback
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const set = (next: T) => {
    value = next
    remember(key, next)
    for (const listener of listeners) listener()
  }
  const use = (): T => useSyncExternalStore(subscribe, () => value)
  return { get: () => value, set, use }
}
