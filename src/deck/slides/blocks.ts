import type { Block, Column } from '../../model/deck.ts'

export const words = (text: string): Block => ({ type: 'words', text, tone: 'plain' })
export const quiet = (text: string): Block => ({ type: 'words', text, tone: 'quiet' })

/** Nothing where there is no item, so that a slide shows no empty list. */
export const bullets = (items: readonly string[]): readonly Block[] => (items.length === 0 ? [] : [{ type: 'bullets', items }])

export const column = (title: string, share: number, align: Column['align'] = 'left'): Column => ({ title, share, align })

export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): readonly Block[] =>
  rows.length === 0 ? [] : [{ type: 'table', columns, rows }]
