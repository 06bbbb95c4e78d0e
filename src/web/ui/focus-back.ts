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

/**
 * Remembers what holds the focus; the returned function gives it back once the page has drawn itself again. Where the button is gone
 * with what it did, the first one takes its place that stands within the same `data-focus-home`, else the screen: from the bare page the Tab
 * key would go to a message in the corner, which keeps it.
 */
export function keepFocus(): () => void {
  const holder = document.activeElement
  const home = holder?.closest('[data-focus-home]')
  isWanted = true
  // Not now: some call this while they are being drawn.
  queueMicrotask(() => {
    for (const listener of listeners) listener()
  })
  return () =>
    requestAnimationFrame(() => {
      // A dialog that stood open when the page was loaded came from nowhere.
      const taker = holder?.isConnected && holder !== document.body ? holder : home?.querySelector('button')
      if (taker instanceof HTMLElement) giveFocus(taker)
      const main = document.getElementById('main')
      if (main && document.activeElement === document.body) giveFocus(main)
    })
}

/** Unless it is gone, or a dialog has opened before it meanwhile: that keeps the focus, and would be shut out if it lost it. */
export function giveFocus(element: HTMLElement): void {
  const dialog = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].at(-1)
  if (element.isConnected && (!dialog || dialog.contains(element))) element.focus()
}

let asked = 0
const FRAMES = 20

/**
 * Gives the focus to what has that id once what was saved is drawn: that can take some frames, and what moves in the page loses a focus
 * given too early. Whoever went elsewhere meanwhile is left there, and of two that are asked for the later one counts.
 */
export function focusOnceDrawn(id: string): void {
  asked++
  const mine = asked
  const give = (frames: number) =>
    requestAnimationFrame(() => {
      if (mine !== asked) return
      const taker = document.getElementById(id)
      if (taker && (document.activeElement === null || document.activeElement === document.body)) giveFocus(taker)
      if (frames > 1) give(frames - 1)
    })
  give(FRAMES)
}
