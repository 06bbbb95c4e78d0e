import { giveFocus } from '../ui/focus-back.ts'

/** Puts the focus on a section's heading, for what had it is gone. After the dialog has tried to give it back to where it came from. */
export function focusSection(title: string): void {
  setTimeout(() => {
    const headings = [...document.querySelectorAll<HTMLElement>('[data-section] > h2')]
    const heading = headings.find(each => each.textContent === title)
    if (heading) giveFocus(heading)
  }, 100)
}
