/** Names the screen in the tab, in the history, and first of all to screen readers. React puts it before the title of `index.html`. */
export function PageTitle({ name }: { name: string }) {
  return <title>{`${name} · Impulso`}</title>
}
