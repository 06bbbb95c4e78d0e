import type { Block } from '../../model/deck.ts'
import { heightOf, type Measure, wrapAtMost } from './measure.ts'
import { CELL, FRAME, type Part, type TableBox, type TableCell, WIDTH } from './pages.ts'

type Table = Extract<Block, { type: 'table' }>
type Row = TableBox['head']
type Sized = Readonly<{ size: number; columns: TableBox['columns']; head: Row; rows: readonly Row[] }>

/** The last slides hold many lines, and are looked things up in rather than presented. */
const [LARGE, SIZE, SMALL] = [14, 12, 11]
const MOST_LINES = 3

/** A table that is taken away part by part, each as high as its page lets it be, each with the head above. */
export function tableParts(measure: Measure, table: Table, isSmall: boolean): Part {
  const { size, columns, head, rows } = isSmall ? sized(measure, table, SMALL) : largest(measure, table)
  let left = rows
  return {
    get isEmpty() {
      return left.length === 0
    },
    take(y, room) {
      const count = howMany(left, room - head.height)
      const isFresh = room >= FRESH
      const fitsFresh = howMany(left, FRESH - head.height) === left.length
      // What is left would fit on a fresh page, or not even one row finds room on this one.
      if (!isFresh && (count === 0 || (count < left.length && fitsFresh))) return undefined
      // A row is far lower than a page, so that a fresh page always takes one.
      const taken = left.slice(0, Math.max(count, 1))
      left = left.slice(taken.length)
      return { type: 'table', x: FRAME.left, y, w: WIDTH, h: heightOfRows([head, ...taken]), size, columns, head, rows: taken }
    },
  }
}

const FRESH = FRAME.bottom - FRAME.top

/** Large where that costs no line, breaks no word, and leaves the table within half a page: it is read from the back of a room. */
function largest(measure: Measure, table: Table): Sized {
  const [large, usual] = [sized(measure, table, LARGE), sized(measure, table, SIZE)]
  const linesOf = ({ head, rows }: Sized) => [head, ...rows].flatMap(row => row.cells).flatMap(cell => cell.lines)
  const isWhole = heightOfRows([large.head, ...large.rows]) <= FRESH / 2
  const isCalm = linesOf(large).length === linesOf(usual).length && !linesOf(large).some(each => each.goesOn)
  return isWhole && isCalm ? large : usual
}

function sized(measure: Measure, { columns, rows }: Table, size: number): Sized {
  const parts = columns.reduce((sum, each) => sum + each.share, 0)
  const wide = columns.map(each => ({ ...each, width: (WIDTH * each.share) / parts }))
  const cell = (text: string, at: number, isBold: boolean): TableCell => ({
    lines: wrapAtMost(measure, text, size, isBold, (wide[at]?.width ?? 0) - 2 * CELL.x, MOST_LINES),
  })
  const row = (cells: readonly TableCell[]): Row => ({
    height: heightOf(Math.max(...cells.map(each => each.lines.length)), size) + 2 * CELL.y,
    cells,
  })
  return {
    size,
    columns: wide,
    head: row(columns.map((each, at) => cell(each.title, at, true))),
    rows: rows.map(cells => row(cells.map((text, at) => cell(text, at, false)))),
  }
}

const heightOfRows = (rows: readonly Row[]) => rows.reduce((sum, each) => sum + each.height, 0)

function howMany(rows: readonly Row[], room: number): number {
  let left = room
  const full = rows.findIndex(each => {
    left -= each.height
    return left < 0
  })
  return full === -1 ? rows.length : full
}
