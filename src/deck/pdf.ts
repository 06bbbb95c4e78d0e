import PdfDocument from 'pdfkit'
import { fontFile } from './fonts.ts'
import { formatsIn } from './formats.ts'
import { CHART_TEXT, LABEL_WIDTH, LEGEND_MARK, scaleEnd } from './page/chart-box.ts'
import { type Palette, paletteOf } from './page/colours.ts'
import { heightOf, LINE } from './page/measure.ts'
import { BULLET_GAP, CELL, type ChartBox, FRAME, INDENT, PAGE, type Page, type Pages, type TableBox, type TextBox } from './page/pages.ts'
import { logoArea } from './picture.ts'

type Document = InstanceType<typeof PdfDocument>
type Structure = ReturnType<Document['struct']>
type Drawing = Readonly<{ document: Document; palette: Palette; percent: (value: number) => string }>

/** The deck as a tagged PDF of the same pages, with its typeface inside. The same pages give the same bytes. */
export async function pdfOf({ deck, pages }: Pages): Promise<Uint8Array> {
  const day = new Date(`${deck.date}T00:00:00Z`)
  const document = new PdfDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    lang: deck.locale,
    displayTitle: true,
    info: {
      Title: deck.title,
      Author: deck.brand.name ?? 'Impulso',
      Producer: 'Impulso',
      Creator: 'Impulso',
      CreationDate: day,
      ModDate: day,
    },
  })
  const bytes = collect(document)
  document.registerFont('regular', fontFile('regular'))
  document.registerFont('bold', fontFile('bold'))
  const drawing: Drawing = { document, palette: paletteOf(deck.brand.colour), percent: formatsIn(deck.locale).percent }
  const root = document.struct('Document')
  document.addStructure(root)
  for (const page of pages) {
    document.addPage()
    const section = document.struct('Sect', { title: page.title.paragraphs.flatMap(each => each.lines.map(line => line.text)).join(' ') })
    root.add(section)
    ground(drawing, page)
    if (page.isCover && deck.brand.logo) drawLogo(drawing, section, deck.brand.logo, deck.brand.name ?? '')
    drawPage(drawing, section, page)
    section.end()
  }
  root.end()
  document.end()
  return bytes
}

function collect(document: Document): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
    document.on('error', reject)
  })
}

/** What only decorates is marked so that readers pass over it. */
function decoration({ document }: Drawing, draw: () => void): void {
  document.markContent('Artifact', { type: 'Layout' })
  draw()
  document.endMarkedContent()
}

function ground(drawing: Drawing, page: Page): void {
  const { document, palette } = drawing
  decoration(drawing, () => {
    document.rect(0, 0, PAGE.width, page.isCover ? PAGE.height : FRAME.band).fill(`#${palette.brand}`)
  })
  if (page.isCover) return
  decoration(drawing, () => {
    const { y, h } = FRAME.foot
    line(drawing, String(page.number), { x: FRAME.right - 60, w: 60, align: 'right' }, y + (h - heightOf(1, 10)) / 2, 10, palette.quiet)
    if (page.foot) drawLines(drawing, page.foot)
  })
}

function drawLogo({ document }: Drawing, section: Structure, logo: Parameters<typeof logoArea>[0], name: string): void {
  const { x, y, w, h } = logoArea(logo)
  const draw = () => {
    document.image(Buffer.from(logo.base64, 'base64'), x, y, { width: w, height: h })
  }
  section.add(document.struct('Figure', { alt: name }, draw))
}

function drawPage(drawing: Drawing, section: Structure, page: Page): void {
  const { document } = drawing
  const title = page.isCover ? { ...page.title, y: page.title.y + page.title.h - textHeight(page.title) } : page.title
  const centred = page.isCover ? title : { ...title, y: title.y + (title.h - textHeight(title)) / 2 }
  section.add(document.struct('H1', {}, () => drawLines(drawing, centred)))
  for (const box of page.boxes) {
    if (box.type === 'text') drawText(drawing, section, box)
    else if (box.type === 'table') drawTable(drawing, section, box)
    else section.add(document.struct('Figure', { alt: box.chart.description }, () => drawChart(drawing, box)))
  }
}

const textHeight = ({ paragraphs, size }: TextBox) =>
  heightOf(
    paragraphs.reduce((sum, each) => sum + each.lines.length, 0),
    size,
  )

function drawText(drawing: Drawing, section: Structure, box: TextBox): void {
  const { document } = drawing
  let { y } = box
  const list = box.paragraphs.some(each => each.isBullet) ? document.struct('L') : null
  if (list) section.add(list)
  for (const paragraph of box.paragraphs) {
    const part = { ...box, y, paragraphs: [paragraph] }
    if (list) {
      const item = document.struct('LI')
      list.add(item)
      item.add(document.struct('LBody', {}, () => drawLines(drawing, part)))
      item.end()
    } else section.add(document.struct('P', {}, () => drawLines(drawing, part)))
    y += heightOf(paragraph.lines.length, box.size) + (paragraph.isBullet ? BULLET_GAP : 0)
  }
  list?.end()
}

/** The lines as they were measured: breaking them anew could end elsewhere. */
function drawLines(drawing: Drawing, box: TextBox): void {
  const colour = drawing.palette[box.colour]
  let { y } = box
  for (const { lines, isBullet } of box.paragraphs) {
    const indent = isBullet ? INDENT : 0
    if (isBullet) line(drawing, '•', { x: box.x, w: INDENT, align: 'left' }, y, box.size, colour, box.isBold)
    for (const each of lines) {
      line(drawing, each.text, { x: box.x + indent, w: box.w - indent, align: 'left' }, y, box.size, colour, box.isBold)
      y += heightOf(1, box.size)
    }
  }
}

type Place = Readonly<{ x: number; w: number; align: 'left' | 'right' }>

/** One line; `y` is the top of its line box. */
function line({ document }: Drawing, text: string, { x, w, align }: Place, y: number, size: number, colour: string, isBold = false): void {
  document
    .font(isBold ? 'bold' : 'regular')
    .fontSize(size)
    .fillColor(`#${colour}`)
  const left = align === 'right' ? x + w - document.widthOfString(text) : x
  const lead = heightOf(1, size) - document.currentLineHeight(false)
  document.text(text, left, y + lead / 2, { lineBreak: false })
}

function drawTable(drawing: Drawing, section: Structure, box: TableBox): void {
  const { document, palette } = drawing
  const table = document.struct('Table')
  section.add(table)
  let { y } = box
  for (const [at, row] of [box.head, ...box.rows].entries()) {
    const isHead = at === 0
    const top = y
    decoration(drawing, () => {
      if (isHead) document.rect(box.x, top, box.w, row.height).fill(`#${palette.brand}`)
      else if (at % 2 === 0) document.rect(box.x, top, box.w, row.height).fill(`#${palette.band}`)
      document
        .moveTo(box.x, top + row.height)
        .lineTo(box.x + box.w, top + row.height)
        .lineWidth(0.75)
        .stroke(`#${palette.line}`)
    })
    const structure = document.struct('TR')
    table.add(structure)
    let { x } = box
    for (const [index, column] of box.columns.entries()) {
      const lines = row.cells[index]?.lines ?? []
      const left = x
      const draw = () => {
        const from = top + (row.height - heightOf(lines.length, box.size)) / 2
        const place: Place = { x: left + CELL.x, w: column.width - 2 * CELL.x, align: column.align }
        for (const [number, each] of lines.entries()) {
          line(drawing, each.text, place, from + number * box.size * LINE, box.size, isHead ? palette.onBrand : palette.ink, isHead)
        }
      }
      structure.add(document.struct(isHead ? 'TH' : 'TD', {}, draw))
      x += column.width
    }
    structure.end()
    y += row.height
  }
  table.end()
}

const LEGEND = 24

function drawChart(drawing: Drawing, box: ChartBox): void {
  if (box.chart.shape === 'bar') drawBars(drawing, box)
  else drawCurves(drawing, box)
  drawLegend(drawing, box)
}

/** Room right of the longest bar for its value. */
const VALUE_WIDTH = 60

function drawBars(drawing: Drawing, { x, y, w, h, chart }: ChartBox): void {
  const { document, palette, percent } = drawing
  const end = scaleEnd(chart)
  const slot = (h - LEGEND) / chart.categories.length
  const thick = Math.min((slot * 0.75) / chart.series.length, 18)
  const [left, full] = [x + LABEL_WIDTH + 8, w - LABEL_WIDTH - 8 - VALUE_WIDTH]
  for (const [at, category] of chart.categories.entries()) {
    const middle = y + slot * (at + 0.5)
    line(drawing, category, { x, w: LABEL_WIDTH, align: 'right' }, middle - heightOf(0.5, CHART_TEXT), CHART_TEXT, palette.ink)
    for (const [number, { values }] of chart.series.entries()) {
      const value = values[at] ?? null
      if (value === null) continue
      const top = middle - (thick * chart.series.length) / 2 + thick * number
      document.rect(left, top, Math.max((full * value) / end, 0.5), thick - 1).fill(`#${palette.series[number]}`)
      const place: Place = { x: left + (full * value) / end + 4, w: VALUE_WIDTH, align: 'left' }
      line(drawing, percent(value), place, top + thick / 2 - heightOf(0.5, 10), 10, palette.ink)
    }
  }
  document
    .moveTo(left, y)
    .lineTo(left, y + h - LEGEND)
    .lineWidth(0.75)
    .stroke(`#${palette.line}`)
}

/** Between gridlines, in parts of the scale. */
const GRID = [0, 0.25, 0.5, 0.75, 1]
const [AXIS_WIDTH, AXIS_HEIGHT] = [40, 22]

function drawCurves(drawing: Drawing, { x, y, w, h, chart }: ChartBox): void {
  const { document, palette, percent } = drawing
  const end = scaleEnd(chart)
  const plot = { x: x + AXIS_WIDTH, y: y + 8, w: w - AXIS_WIDTH - 40, h: h - LEGEND - AXIS_HEIGHT - 8 }
  for (const share of GRID) {
    const at = plot.y + plot.h * (1 - share)
    document
      .moveTo(plot.x, at)
      .lineTo(plot.x + plot.w, at)
      .lineWidth(0.5)
      .stroke(`#${palette.line}`)
    line(drawing, percent(end * share), { x, w: AXIS_WIDTH - 6, align: 'right' }, at - heightOf(0.5, 10), 10, palette.quiet)
  }
  const last = chart.categories.length - 1
  const placeOf = (index: number, value: number) =>
    [plot.x + (plot.w * index) / Math.max(last, 1), plot.y + plot.h * (1 - value / end)] as const
  for (const [number, { values }] of chart.series.entries()) {
    const colour = `#${palette.series[number]}`
    let before: readonly [number, number] | null = null
    for (const [index, value] of values.entries()) {
      const now = value === null ? null : placeOf(index, value)
      if (now) document.circle(...now, 2.5).fill(colour)
      if (now && before)
        document
          .moveTo(...before)
          .lineTo(...now)
          .lineWidth(1.5)
          .stroke(colour)
      before = now
    }
  }
  for (const index of new Set([0, last])) {
    const [at] = placeOf(index, 0)
    const place: Place = index === 0 ? { x: at, w: LABEL_WIDTH, align: 'left' } : { x: at - LABEL_WIDTH, w: LABEL_WIDTH, align: 'right' }
    line(drawing, chart.categories[index] ?? '', place, plot.y + plot.h + 5, 10, palette.quiet)
  }
}

function drawLegend(drawing: Drawing, { x, y, w, h, chart }: ChartBox): void {
  const { document, palette } = drawing
  const each = Math.min(w / chart.series.length, LABEL_WIDTH + LEGEND_MARK)
  const top = y + h - LEGEND + 6
  for (const [number, { name }] of chart.series.entries()) {
    const left = x + each * number
    document.rect(left, top + 3, 9, 9).fill(`#${palette.series[number]}`)
    line(drawing, name, { x: left + 14, w: each - 14, align: 'left' }, top, CHART_TEXT, palette.ink)
  }
}
