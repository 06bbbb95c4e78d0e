// biome-ignore-all lint/a11y/useSemanticElements: elements of a list cannot be placed freely, which drawing only the visible ones needs
import { Button, Field, makeStyles, Select, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortfolioRow } from '../../model/api.ts'
import { useFormats } from '../ui/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { niceTop } from '../usage/plane.ts'
import type { GridSort } from './Grid.tsx'
import { MultipleCard } from './MultipleCard.tsx'
import { neighbourOf } from './neighbour.ts'
import { type SortKey, sortOf } from './sort.ts'

const CARD_WIDTH = 232
const CARD_HEIGHT = 152
const GAP = 8
/** Rows of cards drawn beyond the visible ones, on each side. */
const OVERSCAN = 3

const useStyles = makeStyles({
  root: { height: '100%', display: 'grid', gridTemplateRows: 'auto minmax(240px, 1fr)', gap: '8px' },
  tools: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  field: { flex: '1 1 140px', maxWidth: '200px' },
  select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } },
  scale: { margin: 0, flex: '1 1 240px', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  scroller: { overflow: 'auto', minHeight: 0, outlineStyle: 'none' },
  list: { position: 'relative' },
  row: { position: 'absolute', top: 0, left: 0, right: 0, display: 'grid', gap: `${GAP}px`, height: `${CARD_HEIGHT}px` },
  item: { minWidth: 0 },
})

export type MultiplesProps = {
  /** Names the filter and order in force; another one starts at the top again. */
  view: string
  total: number
  services: readonly string[]
  service: string | undefined
  nameOf: (service: string) => string
  rowAt: (index: number) => PortfolioRow | undefined
  onRange: (from: number, to: number) => void
  sort: GridSort
  onSort: (sort: GridSort) => void
  onService: (service: string) => void
  onTable: () => void
}

/** A small chart of one service per customer, all with the same scale, as many as there are; only those in sight are drawn. */
export default function Multiples(props: MultiplesProps) {
  const { view, total, services, nameOf, rowAt, onRange, sort, onSort, onService, onTable } = props
  const { t } = useTranslation()
  const styles = useStyles()
  const formats = useFormats()
  const service = services.find(each => each === props.service) ?? services[0]
  const scroller = useRef<HTMLDivElement>(null)
  const columns = useColumns(scroller)
  const virtual = useVirtualizer({
    count: Math.ceil(total / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT + GAP,
    overscan: OVERSCAN,
    onChange: ({ range }) => range && onRange(range.startIndex * columns, (range.endIndex + 1) * columns - 1),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view is the reason to go back to the top
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [view])
  const focusCard = useFocusWanted(scroller)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = Number((event.target as HTMLElement).closest('[data-card]')?.getAttribute('data-card') ?? Number.NaN) // where keys are pressed is an element
    const to = Number.isNaN(at) || event.ctrlKey || event.metaKey || event.altKey ? undefined : neighbourOf(event.key, at, columns, total)
    if (to === undefined) return
    event.preventDefault()
    virtual.scrollToIndex(Math.floor(to / columns))
    focusCard(to)
  }
  if (service === undefined) {
    return (
      <Notice title={t('multiples.none')} actions={<Button onClick={onTable}>{t('multiples.toTable')}</Button>}>
        {t('multiples.noneHelp')}
      </Notice>
    )
  }
  const top = topOf(rowAt, service)
  return (
    <div className={styles.root}>
      <div className={styles.tools}>
        <Field label={t('multiples.service')} className={styles.field}>
          <Select className={styles.select} value={service} onChange={(_, { value }) => onService(value)}>
            {services.map(each => (
              <option key={each} value={each}>
                {nameOf(each)}
              </option>
            ))}
          </Select>
        </Field>
        <SortChoice service={service} sort={sort} onSort={onSort} />
        <p className={styles.scale}>{t('multiples.scale', { top: formats.target(top) })}</p>
      </div>
      <div ref={scroller} className={styles.scroller}>
        <div
          role="list"
          aria-label={t('multiples.list', { service: nameOf(service) })}
          className={styles.list}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              role="presentation"
              className={styles.row}
              style={{ transform: `translateY(${start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
            >
              {Array.from({ length: Math.min(columns, total - index * columns) }, (_, column) => index * columns + column).map(at => {
                const row = rowAt(at)
                return (
                  <div key={at} role="listitem" aria-setsize={total} aria-posinset={at + 1} data-card={at} className={styles.item}>
                    {row ? (
                      <MultipleCard row={row} service={service} top={top} />
                    ) : (
                      <Skeleton>
                        <SkeletonItem style={{ height: CARD_HEIGHT }} />
                      </Skeleton>
                    )}
                  </div>
                )
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

const SORTS = ['priority', 'name', 'seats', 'due', 'high', 'low'] as const
const ORDERS: Readonly<Record<string, GridSort>> = {
  priority: { by: 'priority', order: 'desc' },
  name: { by: 'name', order: 'asc' },
  seats: { by: 'seats', order: 'desc' },
  due: { by: 'due', order: 'desc' },
}

/** The table sorts by its heads; here the same orders have names. */
function SortChoice({ service, sort, onSort }: { service: string; sort: GridSort; onSort: (sort: GridSort) => void }) {
  const { t } = useTranslation()
  const styles = useStyles()
  const own: SortKey | undefined = sortOf(service)
  const orders: Readonly<Record<string, GridSort>> = {
    ...ORDERS,
    ...(own ? { high: { by: own, order: 'desc' as const }, low: { by: own, order: 'asc' as const } } : {}),
  }
  const names = SORTS.filter(each => orders[each])
  const present = names.find(each => orders[each]?.by === sort.by && orders[each]?.order === sort.order)
  return (
    <Field label={t('multiples.sort')} className={styles.field}>
      <Select
        className={styles.select}
        value={present ?? ''}
        onChange={(_, { value }) => {
          const chosen = orders[value]
          if (chosen) onSort(chosen)
        }}
      >
        {/* Chosen in the table, and without a name here. */}
        {!present && <option value="">–</option>}
        {names.map(each => (
          <option key={each} value={each}>
            {t(`multiples.sorts.${each}`)}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Customers that the scale is made from: the first that are loaded, so that it stays the same while one scrolls. */
const SCALED_BY = 100

function topOf(rowAt: MultiplesProps['rowAt'], service: string): number {
  const values = Array.from({ length: SCALED_BY }, (_, at) => rowAt(at)?.services.find(each => each.service === service)).flatMap(cell =>
    cell ? [cell.target * 1.25, ...cell.trend.map(value => value ?? 0)] : [],
  )
  // More than all seats is told by the figure; for the picture full is full.
  return Math.min(niceTop(Math.max(10, ...values)), 100)
}

/** How many cards fit side by side. */
function useColumns(scroller: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  return Math.max(1, Math.floor((width + GAP) / (CARD_WIDTH + GAP)))
}

/** Focuses a card as soon as it is drawn: the one that arrow keys go to may still be out of sight. */
function useFocusWanted(scroller: { current: HTMLElement | null }): (at: number) => void {
  const wanted = useRef<number | null>(null)
  const [, redraw] = useState(0)
  useEffect(() => {
    if (wanted.current === null) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-card="${wanted.current}"] a`)
    if (!link) return
    wanted.current = null
    link.focus()
  })
  return at => {
    wanted.current = at
    redraw(count => count + 1)
  }
}
