let isWanted = false
const listeners = new Set<() => void>()

/** True from the first dialog or panel on; see `FocusLibrary`. */
export const focusLibrary = {
  isWanted: () => isWanted,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Remembers what holds the focus; the returned function gives it back once the page has drawn itself again. */
export function keepFocus(): () => void {
  const holder = document.activeElement
  isWanted = true
  // Not now: some call this while they are being drawn.
  queueMicrotask(() => {
    for (const listener of listeners) listener()
  })
  return () => requestAnimationFrame(() => holder instanceof HTMLElement && giveFocus(holder))
}

/** Unless it is gone, or a dialog has opened before it meanwhile: that keeps the focus, and would be shut out if it lost it. */
export function giveFocus(element: HTMLElement): void {
  const dialog = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].at(-1)
  if (element.isConnected && (!dialog || dialog.contains(element))) element.focus()
}
