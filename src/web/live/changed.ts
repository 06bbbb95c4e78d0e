import { useSyncExternalStore } from 'react'

/** A customer that somebody else changed while this window was open. `at` is an instant; `by` null: one does not see who. */
export type Changed = Readonly<{ customer: string; by: string | null; at: string }>

/** As long as a mark says something to whoever looks at a list. */
const SHOWN_MS = 10 * 60_000

/** The newest last. */
let changes: readonly Changed[] = []
const listeners = new Set<() => void>()
const become = (next: readonly Changed[]) => {
  changes = next
  for (const listener of listeners) listener()
}

/** Marks customers until somebody has been there, or ten minutes have gone by. */
export function noteChanged(customers: readonly string[], by: string | null): void {
  const at = new Date().toISOString()
  const added = customers.map(customer => ({ customer, by, at }))
  become([...changes.filter(each => !customers.includes(each.customer)), ...added])
  setTimeout(() => become(changes.filter(each => !added.includes(each))), SHOWN_MS)
}

/** Somebody looked. */
export function forgetChanged(customer: string): void {
  if (changes.some(each => each.customer === customer)) become(changes.filter(each => each.customer !== customer))
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What somebody else did last at a customer; undefined: nothing that one has not seen. */
export const useChanged = (customer: string): Changed | undefined =>
  useSyncExternalStore(subscribe, () => changes.findLast(each => each.customer === customer))

/** The newest change of those that `isHere`. */
export const useLastChanged = (isHere: (customer: string) => boolean): Changed | undefined =>
  useSyncExternalStore(subscribe, () => changes.findLast(each => isHere(each.customer)))
