import { giveFocus } from '../ui/focus-back.ts'

/**
 * Puts the focus on a section's heading, for what had it is gone: a frame after the dialog has tried to give it back. Not much later, or
 * Fluent's focus library counts the dialog as open and keeps the page from screen readers.
 */
export function focusSection(title: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const headings = [...document.querySelectorAll<HTMLElement>('[data-section] > h2')]
      const heading = headings.find(each => each.textContent === title)
      if (heading) giveFocus(heading)
    }),
  )
}
