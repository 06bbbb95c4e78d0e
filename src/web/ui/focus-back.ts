/** Remembers what holds the focus; the returned function gives it back once the page has drawn itself again. */
export function keepFocus(): () => void {
  const holder = document.activeElement
  return () => requestAnimationFrame(() => holder instanceof HTMLElement && holder.isConnected && holder.focus())
}
