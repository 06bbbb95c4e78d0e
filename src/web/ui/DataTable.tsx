import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

export type Column<T> = Readonly<{
  id: string
  head: string
  cell: (row: T) => ReactNode
  isNumber?: boolean
  width?: string
  /** Holds words without an end, addresses for example. */
  breaks?: boolean
  /** Gives way where room is scarce; on a phone it is back, below the others. */
  isMinor?: boolean
}>

// Of the room the table has, not of the window: a panel may stand beside it.
const TIGHT = '@container (min-width: 601px) and (max-width: 860px)'
const NARROW = '@container (max-width: 600px)'

const useStyles = makeStyles({
  room: { containerType: 'inline-size', width: '100%' },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    [NARROW]: { display: 'block' },
  },
  block: { [NARROW]: { display: 'block' } },
  // Read out still, so that each cell keeps the name of its column.
  head: { [NARROW]: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' } },
  row: {
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomWidth: 0 },
    [NARROW]: { display: 'block', padding: '8px 0' },
  },
  headCell: {
    padding: '8px',
    textAlign: 'start',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  cell: {
    padding: '6px 8px',
    textAlign: 'start',
    verticalAlign: 'top',
    overflowWrap: 'break-word',
    fontWeight: tokens.fontWeightRegular,
    [NARROW]: {
      display: 'grid',
      gridTemplateColumns: 'minmax(88px, 1fr) minmax(0, 2fr)',
      gap: '8px',
      padding: '3px 12px',
      '::before': {
        content: 'attr(data-head)',
        color: tokens.colorNeutralForeground3,
        fontSize: tokens.fontSizeBase200,
        // Also where the number beside it must not break.
        whiteSpace: 'normal',
      },
    },
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  number: {
    fontVariantNumeric: 'tabular-nums',
    textAlign: 'end',
    whiteSpace: 'nowrap',
    [NARROW]: { textAlign: 'start' },
  },
  breaks: { overflowWrap: 'anywhere' },
  minor: { [TIGHT]: { display: 'none' } },
  chosen: { boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorNeutralBackground2 },
})

type DataTableProps<T> = {
  label: string
  /** The first column names the row. */
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  isChosen?: (row: T) => boolean
}

/** A table that becomes a list of cards where there is no room; roles are said because `display` takes them away. */
export function DataTable<T>({ label, columns, rows, keyOf, isChosen }: DataTableProps<T>) {
  const styles = useStyles()
  return (
    <div className={styles.room}>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: browsers forget them with `display: block` */}
      <table role="table" aria-label={label} className={styles.table}>
        <thead role="rowgroup" className={styles.head}>
          <tr role="row">
            {columns.map(({ id, head, isNumber, width, isMinor }) => (
              <th
                key={id}
                role="columnheader"
                scope="col"
                className={mergeClasses(styles.headCell, isNumber && styles.number, isMinor && styles.minor)}
                {...(width ? { style: { width } } : {})}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={styles.block}>
          {rows.map(row => (
            <tr key={keyOf(row)} role="row" className={mergeClasses(styles.row, isChosen?.(row) && styles.chosen)}>
              {columns.map(({ id, head, cell, isNumber, breaks, isMinor }, at) =>
                at === 0 ? (
                  <th key={id} role="rowheader" scope="row" data-head={head} className={mergeClasses(styles.cell, styles.name)}>
                    <div>{cell(row)}</div>
                  </th>
                ) : (
                  <td
                    key={id}
                    role="cell"
                    data-head={head}
                    className={mergeClasses(styles.cell, isNumber && styles.number, breaks && styles.breaks, isMinor && styles.minor)}
                  >
                    <div>{cell(row)}</div>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: as above */}
    </div>
  )
}
