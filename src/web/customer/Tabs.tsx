import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentInSight } from '../ui/in-sight.ts'
import { useTabStyles } from '../ui/tab-styles.ts'

export const TABS = ['plan', 'usage', 'success', 'blockers', 'meetings', 'review', 'people', 'notes', 'timeline'] as const
export type TabName = (typeof TABS)[number]

/** Tabs that are addresses: they open in a new window like any link, and arrow keys go through them like tabs. */
export function Tabs({ customer, selected }: { customer: string; selected: TabName }) {
  const { t } = useTranslation()
  const styles = useTabStyles()
  const row = useCurrentInSight<HTMLDivElement>('[aria-selected="true"]')
  return (
    <div ref={row} role="tablist" aria-label={t('customer.tabs')} className={styles.row} onKeyDown={moveFocus}>
      {TABS.map(tab => (
        <Link
          key={tab}
          role="tab"
          id={`tab-${tab}`}
          aria-selected={tab === selected}
          tabIndex={tab === selected ? 0 : -1}
          className={styles.tab}
          to={`/customers/$customer/${tab}`}
          params={{ customer }}
        >
          {t(`tab.${tab}`)}
        </Link>
      ))}
    </div>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step === undefined) return
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')]
  const at = tabs.indexOf(document.activeElement as HTMLElement)
  tabs[(at + step + tabs.length) % tabs.length]?.focus()
  event.preventDefault()
}
