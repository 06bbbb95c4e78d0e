import type { RefObject } from 'react'
import { usePageKeys } from '../ui/keys.ts'

type PlanKeys = {
  explain: (item: string) => void
  note: (item: string) => void
  undo: () => void
  select: (item: string) => void
  search: RefObject<HTMLInputElement | null>
}

/** Rows mark themselves with `data-item`; the row that holds the focus is the one a key means. */
export function usePlanKeys({ explain, note, undo, select, search }: PlanKeys): void {
  const onRow = (act: (item: string) => void) => () => {
    const item = focusedRow()?.dataset.item
    if (item === undefined) return false
    act(item)
    return true
  }
  usePageKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => isRow(document.activeElement) && move(1),
    ArrowUp: () => isRow(document.activeElement) && move(-1),
    e: onRow(explain),
    n: onRow(note),
    x: onRow(select),
    Enter: () => {
      const row = document.activeElement
      if (!isRow(row)) return false
      row.querySelector<HTMLElement>('[data-status-button]')?.click()
      return true
    },
    u: undo,
    '/': () => search.current?.focus(),
  })
}

const isRow = (element: Element | null): element is HTMLElement => element instanceof HTMLElement && element.dataset.item !== undefined
const focusedRow = () => document.activeElement?.closest<HTMLElement>('[data-item]') ?? null

function move(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-item]')]
  const now = focusedRow()
  const next = now ? rows[rows.indexOf(now) + step] : rows[0]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return true
}
