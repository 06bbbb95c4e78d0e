/** Remembers what holds the focus; the returned function gives it back once the page has drawn itself again. */
export function keepFocus(): () => void {
  const holder = document.activeElement
  return () => requestAnimationFrame(() => holder instanceof HTMLElement && giveFocus(holder))
}

/** Unless it is gone, or a dialog has opened before it meanwhile: that keeps the focus, and would be shut out if it lost it. */
export function giveFocus(element: HTMLElement): void {
  const dialog = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].at(-1)
  if (element.isConnected && (!dialog || dialog.contains(element))) element.focus()
}
