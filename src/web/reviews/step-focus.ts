/** Cards by column, those that are drawn only: on a phone the other columns are not. */
const columnsOf = (board: HTMLElement): HTMLElement[][] =>
  [...board.querySelectorAll<HTMLElement>('[data-column]')]
    .map(column => [...column.querySelectorAll<HTMLElement>('[data-card]')].filter(card => card.offsetParent !== null))
    .filter(cards => cards.length > 0)

/**
 * Gives the focus to the next card of the column, or to the one at the same place in the column beside it; from elsewhere to the first.
 * Whether there was one to go to.
 */
export function stepFocus(board: HTMLElement, by: 1 | -1, across: boolean): boolean {
  const columns = columnsOf(board)
  const present = document.activeElement?.closest<HTMLElement>('[data-card]') ?? null
  const at = columns.findIndex(cards => present !== null && cards.includes(present))
  const row = present && at >= 0 ? (columns[at]?.indexOf(present) ?? 0) : -1
  const beside = columns[at + by]
  const next = at < 0 ? columns[0]?.[0] : across ? beside?.[Math.min(row, beside.length - 1)] : columns[at]?.[row + by]
  next?.focus()
  return next !== undefined
}
