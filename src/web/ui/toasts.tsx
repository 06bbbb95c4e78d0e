import { lazy, Suspense, useSyncExternalStore } from 'react'

export type Message = {
  title: string
  body?: string
  intent: 'success' | 'error' | 'info' | 'warning'
  action?: { label: string; run: () => void }
}

let messages: readonly Message[] = []
const listeners = new Set<() => void>()

/** Says something in passing, at the edge of the page; read out by screen readers. */
export function showToast(message: Message): void {
  messages = [...messages, message]
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const ShownToasts = lazy(() => import('./ShownToasts.tsx'))

/** Stands once in the frame. The code for toasts comes with the first one. */
export function Toasts() {
  const said = useSyncExternalStore(subscribe, () => messages)
  return <Suspense fallback={null}>{said.length > 0 && <ShownToasts messages={said} />}</Suspense>
}
