import { Button } from '@fluentui/react-components'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { MenuEntry } from './BarMenu.tsx'

// Menus bring positioning and focus rules with them, a tenth of all code, and few people open one on every visit.
const BarMenu = lazy(() => import('./BarMenu.tsx'))

export type LazyMenuProps = { label: string; icon: ReactElement; entries: readonly MenuEntry[] }

/** A button of the bar whose menu is loaded when it is first opened. */
export function LazyMenu(props: LazyMenuProps) {
  const { label, icon } = props
  const [wanted, setWanted] = useState(false)
  const button = (
    <Button
      appearance="subtle"
      icon={icon}
      aria-label={label}
      title={label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
    />
  )
  return wanted ? (
    <Suspense fallback={button}>
      <BarMenu {...props} />
    </Suspense>
  ) : (
    button
  )
}
