import { lazy, Suspense, useSyncExternalStore } from 'react'
import { focusLibrary } from './focus-back.ts'

const Kept = lazy(() => import('./KeptFocusLibrary.tsx'))

/**
 * Stands once around all screens. Fluent hides the page behind a dialog from screen readers through its focus library. When the dialog is the
 * last thing that needs the library, both go at once and the page stays hidden; so from the first dialog on, something here needs it.
 */
export function FocusLibrary() {
  const wanted = useSyncExternalStore(focusLibrary.subscribe, focusLibrary.isWanted)
  return <Suspense fallback={null}>{wanted && <Kept />}</Suspense>
}
