import JSZip from 'jszip'
import type { ChartData } from '../model/deck.ts'
import { escaped } from './xml.ts'

/** Made by hand because that of the chart library leaves the cell of a 0 empty, says when it was made, and names parts it has not. */
export async function workbookOf(chart: ChartData, pack: (zip: JSZip) => Promise<Uint8Array>): Promise<Uint8Array> {
  const zip = new JSZip()
  for (const [path, text] of Object.entries(PARTS)) zip.file(path, HEAD + text)
  zip.file('xl/worksheets/sheet1.xml', HEAD + sheet(chart))
  return pack(zip)
}

/** Categories down the first column, one further column per series: where the chart's formulas point. Unknown = no cell. */
function sheet({ categories, series }: ChartData): string {
  const names = series.map(({ name }, at) => textCell(at + 1, 1, name))
  const rows = categories.map((category, index) => {
    const values = series.map(({ values }, at) => numberCell(at + 1, index + 2, values[index] ?? null))
    return row(index + 2, [textCell(0, index + 2, category), ...values])
  })
  return `<worksheet xmlns="${MAIN}"><sheetData>${row(1, names)}${rows.join('')}</sheetData></worksheet>`
}

const row = (number: number, cells: readonly string[]) => `<row r="${number}">${cells.join('')}</row>`
const textCell = (column: number, number: number, text: string) =>
  `<c r="${letter(column)}${number}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
const numberCell = (column: number, number: number, value: number | null) =>
  value === null ? '' : `<c r="${letter(column)}${number}"><v>${value}</v></c>`
/** A chart has fewer series than there are letters. */
const letter = (column: number) => String.fromCharCode(65 + column)

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/>` +
    '</Types>',
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
}
