/** Puts the focus on a section's heading, for what had it is gone. After the dialog has given it back to where it came from. */
export function focusSection(title: string): void {
  setTimeout(() => {
    const headings = [...document.querySelectorAll<HTMLElement>('[data-section] > h2')]
    headings.find(heading => heading.textContent === title)?.focus()
  }, 100)
}
