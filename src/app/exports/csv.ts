import { stringify } from 'csv-stringify/sync'

/** Text or a figure; null is an empty cell. Figures stay figures, also below zero. */
export type Cell = string | number | boolean | null
export type Columns<T> = readonly Readonly<{ name: string; of: (row: T) => Cell }>[]

/** Excel takes a file without it for one in the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * CSV for spreadsheets, a batch of rows at a time: RFC 4180 with quotes round every text, UTF-8 with a byte order mark, the first row the
 * names of the columns. Text that a spreadsheet would carry out as a formula gets an apostrophe before it, so what comes out is to be
 * looked at, not to be read back in; JSON is for that.
 */
export async function* csvOf<T>(columns: Columns<T>, batches: AsyncIterable<readonly T[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + lines([columns.map(column => column.name)])
  for await (const rows of batches) if (rows.length > 0) yield lines(rows.map(row => columns.map(column => column.of(row))))
}

const lines = (rows: readonly (readonly Cell[])[]): string =>
  stringify(
    rows.map(row => row.map(cell => (typeof cell === 'string' ? harmless(cell) : cell))),
    // The library's own neutralising stays on as a second wall.
    { record_delimiter: '\r\n', quoted_string: true, escape_formulas: true, cast: { boolean: value => String(value) } },
  )

/**
 * Text that no spreadsheet takes for a formula. csv-stringify looks at the first character only, and only at some; spreadsheets also skip
 * spaces, quotes and characters that cannot be seen, read compatibility forms of the signs, and, where `;` separates columns, cut a cell
 * in two inside its quotes.
 */
export function harmless(text: string): string {
  const guarded = text.replace(LATER_CELL, (match, gap: string, sign: string) => (isSign(sign) ? `${gap}'${sign}` : match))
  const first = SKIPPED.exec(guarded)?.[0].length ?? 0
  const sign = guarded.slice(first, first + 1)
  return isSign(sign) || /^[\t\r\n]/.test(guarded) ? `'${guarded}` : guarded
}

/** What stands before the first character that counts. */
const SKIPPED = /^[\s"'\p{Cc}\p{Cf}\p{Z}]*/u
/** After a separator or a line break, the first character that counts. */
const LATER_CELL = /([;,|\t\r\n][\s"'\p{Cc}\p{Cf}\p{Z};,|]*)([^\s"'\p{Cc}\p{Cf}\p{Z};,|])/gu

/** Also full-width, small, raised and lowered forms. */
const isSign = (character: string): boolean => /^[=+\-@]/.test(character.normalize('NFKC'))
