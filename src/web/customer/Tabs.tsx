import { makeStyles, tokens } from '@fluentui/react-components'
import { Link } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'

export const TABS = ['plan', 'usage', 'people', 'timeline'] as const
export type TabName = (typeof TABS)[number]

const useStyles = makeStyles({
  list: { display: 'flex', gap: '4px', marginInlineStart: '-10px' },
  tab: {
    display: 'flex',
    alignItems: 'center',
    height: '44px',
    padding: '0 10px',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    borderBottom: '3px solid transparent',
    ':hover': { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '&[aria-selected="true"]': {
      fontWeight: tokens.fontWeightSemibold,
      color: tokens.colorNeutralForeground1,
      borderBottomColor: tokens.colorCompoundBrandStroke,
    },
  },
})

/** Tabs that are addresses: they open in a new window like any link, and arrow keys go through them like tabs. */
export function Tabs({ customer, selected }: { customer: string; selected: TabName }) {
  const { t } = useTranslation()
  const styles = useStyles()
  return (
    <div role="tablist" aria-label={t('customer.tabs')} className={styles.list} onKeyDown={moveFocus}>
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
