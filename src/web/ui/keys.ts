import { useEffect, useEffectEvent } from 'react'
import { preference } from './preference.ts'

/** Single letters can be switched off (WCAG 2.1.4): speech input types them by accident. */
export const letterKeys = preference('letter-keys', ['on', 'off'] as const, 'on')

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null

/** Keys for the whole page, by `event.key`, with `mod+` before it for Ctrl or ⌘. A handler returns false when the key was not for it. */
export function usePageKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => unknown>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const mod = event.ctrlKey || event.metaKey
    const handler = keys[(mod ? 'mod+' : '') + event.key]
    if (!handler || event.defaultPrevented || event.altKey) return
    if (!mod && (isTyping(event.target) || isInDialog(event.target))) return
    if (!mod && event.key.length === 1 && letterKeys.get() === 'off') return
    if (handler(event) !== false) event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
