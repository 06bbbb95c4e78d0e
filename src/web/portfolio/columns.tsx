import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { TFunction } from 'i18next'
import type { PortfolioRow } from '../../model/api.ts'
import type { PORTFOLIO_SORTS } from '../../model/choices.ts'
import type { Formats } from '../ui/format.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { CountCell, CustomerCell, PriorityCell } from './cells.tsx'
import { ServiceCellView } from './ServiceCellView.tsx'

export type SortKey = (typeof PORTFOLIO_SORTS)[number]

// Sorting, filtering and windows are the server's work; the table only keeps columns and cells together.
export const features = tableFeatures({})
const helper = createColumnHelper<typeof features, PortfolioRow>()

/** Columns the server can sort by; services are added by their own id. */
const SORTS: ReadonlySet<string> = new Set<SortKey>([
  'name',
  'priority',
  'segment',
  'seats',
  'due',
  'review',
  'teams',
  'exchange',
  'sharepoint',
  'onedrive',
])
export const sortOf = (column: string): SortKey | undefined => (SORTS.has(column) ? (column as SortKey) : undefined)

const WIDTHS: Readonly<Record<string, number>> = {
  priority: 260,
  review: 136,
  due: 112,
  segment: 120,
  seats: 84,
  owner: 150,
  csm: 150,
}
const SERVICE_WIDTH = 142
const widthOf = (column: string): string => (column === 'name' ? 'var(--first-column)' : `${WIDTHS[column] ?? SERVICE_WIDTH}px`)

/** Widths of the columns for CSS: the template of a row, and the sum. */
export function layoutOf(ids: readonly string[]): { template: string; width: string } {
  const widths = ids.map(widthOf)
  return { template: widths.join(' '), width: `calc(${widths.join(' + ')})` }
}

/** Customer first, then what needs attention, then a column per service, then who and what it is. */
export const columnsFor = (services: readonly string[], nameOf: (service: string) => string, t: TFunction, formats: Formats) =>
  helper.columns([
    helper.accessor('name', { id: 'name', header: t('column.name'), cell: ({ row }) => <CustomerCell row={row.original} /> }),
    helper.accessor('priority', { id: 'priority', header: t('column.priority'), cell: ({ row }) => <PriorityCell row={row.original} /> }),
    helper.accessor('review', {
      id: 'review',
      header: t('column.review'),
      cell: ({ row }) => <StateBadge of="gate" state={row.original.review} />,
    }),
    helper.accessor('dueCount', { id: 'due', header: t('column.due'), cell: ({ row }) => <CountCell row={row.original} /> }),
    ...services.map(service =>
      helper.display({
        id: service,
        header: nameOf(service),
        cell: ({ row }) => <ServiceCellView cell={row.original.services.find(cell => cell.service === service)} />,
      }),
    ),
    helper.accessor('segment', {
      id: 'segment',
      header: t('column.segment'),
      cell: ({ row }) => (row.original.segment ? t(`segment.${row.original.segment}`) : '–'),
    }),
    helper.accessor('seats', { id: 'seats', header: t('column.seats'), cell: ({ row }) => formats.number(row.original.seats) }),
    helper.accessor('owner', { id: 'owner', header: t('column.owner'), cell: ({ row }) => row.original.owner ?? '–' }),
    helper.accessor('csm', { id: 'csm', header: t('column.csm'), cell: ({ row }) => row.original.csm ?? '–' }),
  ])
