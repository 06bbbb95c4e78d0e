import { giveFocus } from '../ui/focus-back.ts'

/**
 * The button one pressed may go away with what it did. The focus then goes to the next one of the same assignment, or to the one that
 * assigns: two frames later, when the page has drawn itself and a dialog has tried to give the focus back.
 */
export function focusAfter(assignment: string | undefined): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return
      const row = assignment && document.querySelector<HTMLElement>(`[data-assignment="${CSS.escape(assignment)}"] button`)
      const next = row || document.querySelector<HTMLElement>('[data-assign]')
      if (next) giveFocus(next)
    }),
  )
}
