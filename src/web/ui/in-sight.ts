import { useRouter } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef } from 'react'

/** Where a row of addresses scrolls, the one that `selector` finds, where one is, is never the one that is scrolled away. */
export function useCurrentInSight<E extends HTMLElement>(selector: string): RefObject<E | null> {
  const router = useRouter()
  const row = useRef<E>(null)
  useEffect(() => {
    // Only the row itself moves: `scrollIntoView` would take the page with it, away from what one does there.
    const show = () => {
      const seen = row.current?.getBoundingClientRect()
      const current = row.current?.querySelector(selector)?.getBoundingClientRect()
      if (seen && current) row.current?.scrollBy({ left: Math.min(current.left - seen.left, 0) + Math.max(current.right - seen.right, 0) })
    }
    show()
    return router.subscribe('onRendered', show)
  }, [router, selector])
  return row
}
