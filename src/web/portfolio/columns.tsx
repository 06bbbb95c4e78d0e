import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { TFunction } from 'i18next'
import type { PortfolioRow } from '../../model/api.ts'
import { type Formats, UNKNOWN } from '../ui/format.ts'
import { StateBadge } from '../ui/StateBadge.tsx'
import { CountCell, CustomerCell, LastNoteCell, PriorityCell, SignalsCell } from './cells.tsx'
import { ServiceCellView } from './ServiceCellView.tsx'
import type { COLUMN_SETS } from './search.ts'

// Sorting, filtering and windows are the server's work; the table only keeps columns and cells together.
export const features = tableFeatures({})
const helper = createColumnHelper<typeof features, PortfolioRow>()

const WIDTHS: Readonly<Record<string, number>> = {
  priority: 260,
  review: 136,
  due: 112,
  segment: 120,
  seats: 84,
  owner: 150,
  csm: 150,
  late: 90,
  blockers: 96,
  regressed: 110,
  proposals: 110,
  warnings: 96,
  unknown: 110,
  nextDue: 120,
  figures: 130,
  lastNote: 170,
  meeting: 180,
  overall: 150,
  signals: 190,
  phase: 140,
  team: 140,
}
const SERVICE_WIDTH = 152
const widthOf = (column: string): string => (column === 'name' ? 'var(--first-column)' : `${WIDTHS[column] ?? SERVICE_WIDTH}px`)

/** Widths of the columns for CSS: the template of a row, and the sum. */
export function layoutOf(ids: readonly string[]): { template: string; width: string } {
  const widths = ids.map(widthOf)
  return { template: widths.join(' '), width: `calc(${widths.join(' + ')})` }
}

export type ColumnSet = (typeof COLUMN_SETS)[number]
/** What each set shows after the customer and its priority; `services` stands for a column per service. */
const SETS: Readonly<Record<ColumnSet | 'first', readonly string[]>> = {
  first: ['review', 'due', 'signals', 'services', 'phase', 'segment', 'seats', 'owner', 'csm'],
  adoption: ['services', 'signals', 'seats', 'figures'],
  work: ['due', 'late', 'nextDue', 'blockers', 'regressed', 'proposals', 'warnings', 'lastNote', 'meeting'],
  assignments: ['owner', 'csm', 'team', 'segment', 'phase'],
  reviews: ['review', 'phase', 'overall', 'due', 'meeting', 'lastNote'],
  quality: ['figures', 'unknown', 'signals', 'services'],
}

type Shown = Readonly<{
  services: readonly string[]
  nameOf: (service: string) => string
  phaseName: (phase: string | null) => string
  t: TFunction
  formats: Formats
}>

/** Customer and priority first, then those of the set. */
export function columnsFor(set: ColumnSet | undefined, shown: Shown) {
  const { services, nameOf, phaseName, t, formats } = shown
  const number = (id: string, of: (row: PortfolioRow) => number) =>
    helper.display({ id, header: t(`list.column.${id}`), cell: ({ row }) => formats.number(of(row.original)) })
  const day = (id: string, of: (row: PortfolioRow) => string | null) =>
    helper.display({ id, header: t(`list.column.${id}`), cell: ({ row }) => formats.day(of(row.original)) })
  const words = (id: string, header: string, of: (row: PortfolioRow) => string | null) =>
    helper.display({ id, header, cell: ({ row }) => of(row.original) ?? UNKNOWN })
  const service = (id: string) =>
    helper.display({
      id,
      header: nameOf(id),
      cell: ({ row }) => <ServiceCellView cell={row.original.services.find(cell => cell.service === id)} />,
    })
  const all = [
    helper.display({
      id: 'review',
      header: t('column.review'),
      cell: ({ row }) => <StateBadge of="gate" state={row.original.review} />,
    }),
    helper.display({ id: 'due', header: t('column.due'), cell: ({ row }) => <CountCell row={row.original} /> }),
    helper.display({
      id: 'signals',
      header: t('list.column.signals'),
      cell: ({ row }) => <SignalsCell row={row.original} nameOf={nameOf} />,
    }),
    helper.display({ id: 'lastNote', header: t('list.column.lastNote'), cell: ({ row }) => <LastNoteCell row={row.original} /> }),
    helper.display({
      id: 'meeting',
      header: t('list.column.meeting'),
      cell: ({ row }) => (row.original.nextMeeting ? formats.moment(row.original.nextMeeting) : UNKNOWN),
    }),
    helper.display({
      id: 'overall',
      header: t('list.column.overall'),
      cell: ({ row }) => <StateBadge of="overall" state={row.original.overall} />,
    }),
    number('late', row => row.lateCount),
    number('blockers', row => row.blockerCount),
    number('regressed', row => row.regressedCount),
    number('proposals', row => row.proposalCount),
    number('warnings', row => row.warningCount),
    number('unknown', row => row.unknownCount),
    day('nextDue', row => row.nextDue),
    day('figures', row => row.oldestFigure),
    words('phase', t('list.column.phase'), row => (row.phase === null ? null : phaseName(row.phase))),
    words('team', t('list.column.team'), row => row.team),
    words('segment', t('column.segment'), row => (row.segment ? t(`segment.${row.segment}`) : null)),
    helper.display({ id: 'seats', header: t('column.seats'), cell: ({ row }) => formats.number(row.original.seats) }),
    words('owner', t('column.owner'), row => row.owner),
    words('csm', t('column.csm'), row => row.csm),
  ]
  const first = [
    helper.display({ id: 'name', header: t('column.name'), cell: ({ row }) => <CustomerCell row={row.original} /> }),
    helper.display({ id: 'priority', header: t('column.priority'), cell: ({ row }) => <PriorityCell row={row.original} /> }),
  ]
  const wanted = SETS[set ?? 'first'].flatMap(id => (id === 'services' ? services.map(service) : all.filter(column => column.id === id)))
  return helper.columns([...first, ...wanted])
}
