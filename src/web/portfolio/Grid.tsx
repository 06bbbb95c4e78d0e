// biome-ignore-all lint/a11y/useSemanticElements: rows of a table cannot be placed freely, which drawing only the visible ones needs
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: the roles are chosen at run time; both know aria-colindex
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
import { Button, mergeClasses, SkeletonItem } from '@fluentui/react-components'
import { ArrowDown16Regular } from '@fluentui/react-icons/svg/arrow-down'
import { ArrowUp16Regular } from '@fluentui/react-icons/svg/arrow-up'
import { CheckmarkCircle16Filled } from '@fluentui/react-icons/svg/checkmark-circle'
import { useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type Ref, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortfolioRow } from '../../model/api.ts'
import type { PortfolioGroup } from '../../model/portfolio-api.ts'
import { useFormats } from '../ui/format.ts'
import { letterKeys } from '../ui/keys.ts'
import { type ColumnSet, columnsFor, features, layoutOf } from './columns.tsx'
import { useGridStyles } from './grid-styles.ts'
import { placeAt, rowsBetween } from './places.ts'
import { type SortKey, sortOf } from './sort.ts'

const ROW_HEIGHT = 40
/** Rows drawn beyond the visible ones, on each side; together they must stay under 20. */
const OVERSCAN = 8

export type GridSort = { by: SortKey; order: 'asc' | 'desc' }

type GridProps = {
  /** Names the filter and order in force; another one starts at the top again. */
  view: string
  total: number
  services: readonly string[]
  nameOf: (service: string) => string
  rowAt: (index: number) => PortfolioRow | undefined
  onRange: (from: number, to: number) => void
  /** Headings between the rows, with how many are below each. */
  groups: readonly PortfolioGroup[] | null
  groupName: (group: PortfolioGroup) => string
  columnSet: ColumnSet | undefined
  phaseName: (phase: string | null) => string
  onPriority: (row: PortfolioRow) => void
  sort: GridSort
  onSort: (by: SortKey) => void
  onOpen: (row: PortfolioRow) => void
  onExplain: (row: PortfolioRow) => void
  /** Ids of the rows that were chosen, to be changed together. */
  chosen: ReadonlySet<string>
  onChoose: (row: PortfolioRow) => void
  busy: boolean
  ref: Ref<HTMLDivElement>
}

/** A grid of any length that draws only what is in sight. One tab stop; the active row is named by `aria-activedescendant`. */
export function Grid(props: GridProps) {
  const { view, services, nameOf, rowAt, onRange, groups, groupName, columnSet, phaseName } = props
  const { sort, onSort, onOpen, onExplain, onPriority, chosen, onChoose, busy, ref } = props
  const total = props.total + (groups?.length ?? 0)
  const { t } = useTranslation()
  const formats = useFormats()
  const styles = useGridStyles()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_HEIGHT,
    onChange: ({ range }) => {
      if (!range) return
      const { from, to } = rowsBetween(range.startIndex, range.endIndex, groups)
      onRange(from, to)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view is the reason to go back to the top
  useLayoutEffect(() => {
    setActive(0)
    scroller.current?.scrollTo({ top: 0 })
  }, [view])
  const at = (line: number) => {
    const { row } = placeAt(line, groups)
    return row === undefined ? undefined : rowAt(row)
  }
  const visible = virtual.getVirtualItems().map(item => ({ ...item, group: placeAt(item.index, groups).group, row: at(item.index) }))
  const columns = useMemo(
    () => columnsFor(columnSet, { services, nameOf, phaseName, t, formats }),
    [columnSet, services, nameOf, phaseName, t, formats],
  )
  const known = visible.flatMap(({ row }) => row ?? [])
  const table = useTable({ features, columns, data: known, getRowId: row => row.id })
  const { template, width } = layoutOf(columns.map(column => column.id ?? ''))
  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to))
    setActive(next)
    virtual.scrollToIndex(next)
  }
  const act = (run: (row: PortfolioRow) => void) => {
    const row = at(active)
    if (row) run(row)
  }
  const onKeyDown = gridKeys({
    active,
    total,
    move,
    open: () => act(onOpen),
    explain: () => act(onExplain),
    priority: () => act(onPriority),
    choose: () => act(onChoose),
  })
  return (
    <div
      ref={element => {
        scroller.current = element
        if (typeof ref === 'function') ref(element)
        else if (ref) ref.current = element
      }}
      role="grid"
      tabIndex={0}
      aria-label={t('portfolio.grid')}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-busy={busy}
      aria-multiselectable
      aria-activedescendant={visible.some(item => item.index === active) ? `row-${active}` : undefined}
      className={styles.scroller}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.head} style={{ width }}>
        {table.getHeaderGroups().map(group => (
          <div key={group.id} role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: template }}>
            {group.headers.map((header, index) => {
              const by = sortOf(header.column.id)
              const sorted = by === sort.by
              return (
                <div
                  key={header.id}
                  role="columnheader"
                  aria-colindex={index + 1}
                  {...(by ? { 'aria-sort': sorted ? SORTED[sort.order] : ('none' as const) } : {})}
                  className={mergeClasses(styles.cell, styles.headCell, index === 0 && styles.sticky)}
                >
                  {by ? (
                    <Button
                      appearance="transparent"
                      size="small"
                      className={styles.sort}
                      iconPosition="after"
                      icon={sorted ? sort.order === 'asc' ? <ArrowUp16Regular /> : <ArrowDown16Regular /> : null}
                      onClick={() => onSort(by)}
                    >
                      <table.FlexRender header={header} />
                    </Button>
                  ) : (
                    <table.FlexRender header={header} />
                  )}
                </div>
              )
            })}
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), width, position: 'relative' }}>
        {visible.map(({ index, start, row, group }) => (
          <div
            key={index}
            id={`row-${index}`}
            role="row"
            aria-rowindex={index + 2}
            {...(row ? { 'aria-selected': chosen.has(row.id) } : {})}
            className={mergeClasses(styles.row, styles.body, row && chosen.has(row.id) && styles.chosen, index === active && styles.active)}
            style={{ gridTemplateColumns: template, transform: `translateY(${start}px)`, width }}
            onClick={event => {
              setActive(index)
              if (row && (event.ctrlKey || event.metaKey)) onChoose(row)
            }}
            onDoubleClick={() => row && onOpen(row)}
          >
            {group ? (
              <div role="rowheader" aria-colindex={1} aria-colspan={columns.length} className={mergeClasses(styles.cell, styles.group)}>
                <span className={styles.groupName}>{groupName(group)}</span> <span>({formats.number(group.count)})</span>
              </div>
            ) : row ? (
              table
                .getRow(row.id)
                .getAllCells()
                .map((cell, column) => (
                  <div
                    key={cell.id}
                    role={column === 0 ? 'rowheader' : 'gridcell'}
                    aria-colindex={column + 1}
                    className={mergeClasses(styles.cell, column === 0 && styles.sticky)}
                  >
                    {column === 0 && chosen.has(row.id) && <CheckmarkCircle16Filled aria-hidden className={styles.check} />}
                    <table.FlexRender cell={cell} />
                  </div>
                ))
            ) : (
              columns.map((column, at) => (
                <div
                  key={column.id}
                  role="gridcell"
                  aria-colindex={at + 1}
                  className={mergeClasses(styles.cell, at === 0 && styles.sticky)}
                >
                  <SkeletonItem size={16} style={{ width: '70%' }} />
                </div>
              ))
            )}
          </div>
        ))}
      </div>
    </div>
  )
}

const SORTED = { asc: 'ascending', desc: 'descending' } as const

type GridKeys = Readonly<Record<'open' | 'explain' | 'priority' | 'choose', () => void>> & {
  active: number
  total: number
  move: (to: number) => void
}

function gridKeys({ active, total, move, open, explain, priority, choose }: GridKeys) {
  const page = 10
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active - 1),
    PageDown: () => move(active + page),
    PageUp: () => move(active - page),
    Home: () => move(0),
    End: () => move(total - 1),
    Enter: open,
    j: () => move(active + 1),
    k: () => move(active - 1),
    e: explain,
    y: priority,
    x: choose,
  }
  return (event: KeyboardEvent<HTMLElement>) => {
    const run = keys[event.key]
    // Buttons and links inside keep their own keys.
    if (!run || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key.length === 1 && letterKeys.get() === 'off') return
    event.preventDefault()
    run()
  }
}
