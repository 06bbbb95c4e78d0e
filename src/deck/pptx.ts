import pptxgen from 'pptxgenjs'
import type { Day } from '../model/words.ts'
import { CHART_TEXT, scaleEnd } from './page/chart-box.ts'
import { type Palette, paletteOf } from './page/colours.ts'
import { unwrapped } from './page/measure.ts'
import {
  type Area,
  BULLET_GAP,
  CELL,
  type ChartBox,
  FRAME,
  INDENT,
  PAGE,
  type Page,
  type Pages,
  type TableBox,
  type TextBox,
} from './page/pages.ts'
import { logoArea } from './picture.ts'
import { sameBytes } from './same-bytes.ts'

/** Everybody's presentation program has it; the letters of the PDF are as wide. */
const FACE = 'Arial'
const [COVER, CONTENT] = ['Cover', 'Content']
const POINTS_PER_INCH = 72

// The package's types are those of a CommonJS module, and Node loads its ES module, whose default export is the class itself.
const Library = pptxgen as unknown as typeof pptxgen.default
type Presentation = InstanceType<typeof Library>
type Slide = ReturnType<Presentation['addSlide']>

/** The deck as an editable presentation: real text, tables and charts with their workbooks. The same pages give the same bytes. */
export async function pptxOf({ deck, pages }: Pages): Promise<Uint8Array> {
  const palette = paletteOf(deck.brand.colour)
  const file = new Library()
  file.defineLayout({ name: 'PAGE', width: PAGE.width / POINTS_PER_INCH, height: PAGE.height / POINTS_PER_INCH })
  file.layout = 'PAGE'
  file.theme = { headFontFace: FACE, bodyFontFace: FACE }
  file.title = deck.title
  file.subject = deck.title
  file.author = deck.brand.name ?? 'Impulso'
  file.company = deck.brand.name ?? ''
  defineMasters(file, palette)
  for (const page of pages) {
    const slide = file.addSlide({ masterName: page.isCover ? COVER : CONTENT })
    drawPage(slide, page, palette, deck.locale)
    if (page.isCover && deck.brand.logo) {
      const { type, base64 } = deck.brand.logo
      slide.addImage({ data: `data:${type};base64,${base64}`, ...inches(logoArea(deck.brand.logo)), altText: deck.brand.name ?? '' })
    }
    slide.addNotes(page.notes)
  }
  const written = await file.write({ outputType: 'nodebuffer' })
  if (!(written instanceof Uint8Array)) throw new Error('pptxgenjs wrote something other than bytes')
  const charts = pages.flatMap(page => page.boxes).filter(box => box.type === 'chart')
  return sameBytes(written, { day: deck.date satisfies Day, locale: deck.locale, charts: charts.map(each => each.chart) })
}

const inches = ({ x, y, w, h }: Area) => ({
  x: x / POINTS_PER_INCH,
  y: y / POINTS_PER_INCH,
  w: w / POINTS_PER_INCH,
  h: h / POINTS_PER_INCH,
})

function defineMasters(file: Presentation, palette: Palette): void {
  const title = (area: Area, size: number, color: string) => ({
    placeholder: {
      options: {
        name: 'title',
        type: 'title' as const,
        ...inches(area),
        margin: 0,
        fontFace: FACE,
        fontSize: size,
        bold: true,
        color,
        align: 'left' as const,
        valign: 'bottom' as const,
      },
      text: '',
    },
  })
  const across = { x: FRAME.left, w: FRAME.right - FRAME.left }
  file.defineSlideMaster({
    title: COVER,
    background: { color: palette.brand },
    objects: [title({ ...across, ...FRAME.cover.title }, 44, palette.onBrand)],
  })
  file.defineSlideMaster({
    title: CONTENT,
    background: { color: 'FFFFFF' },
    objects: [
      { rect: { ...inches({ x: 0, y: 0, w: PAGE.width, h: FRAME.band }), fill: { color: palette.brand } } },
      title({ ...across, ...FRAME.title }, 28, palette.ink),
    ],
    slideNumber: {
      ...inches({ x: FRAME.right - 60, w: 60, ...FRAME.foot }),
      margin: 0,
      fontFace: FACE,
      fontSize: 10,
      color: palette.quiet,
      align: 'right',
    },
  })
}

function drawPage(slide: Slide, page: Page, palette: Palette, lang: string): void {
  drawText(slide, page.title, palette, lang, { placeholder: 'title', valign: page.isCover ? 'bottom' : 'middle' })
  for (const box of page.boxes) {
    if (box.type === 'text') drawText(slide, box, palette, lang, { valign: 'top' })
    else if (box.type === 'table') drawTable(slide, box, palette, lang)
    else drawChart(slide, box, palette, lang)
  }
  if (page.foot) drawText(slide, page.foot, palette, lang, { valign: 'middle' })
}

function drawText(slide: Slide, box: TextBox, palette: Palette, lang: string, more: pptxgen.default.TextPropsOptions): void {
  const runs = box.paragraphs.map(({ lines, isBullet }, at) => ({
    text: unwrapped(lines),
    options: {
      ...(isBullet ? { bullet: { indent: INDENT }, paraSpaceAfter: BULLET_GAP } : {}),
      // Of a title too: what only the box says, the placeholder's own size would win over.
      fontSize: box.size,
      lang,
      breakLine: at < box.paragraphs.length - 1,
    },
  }))
  slide.addText(runs, {
    ...inches(box),
    margin: 0,
    fontFace: FACE,
    fontSize: box.size,
    bold: box.isBold,
    color: palette[box.colour],
    align: 'left',
    wrap: true,
    fit: 'none',
    lang,
    ...more,
  })
}

function drawTable(slide: Slide, box: TableBox, palette: Palette, lang: string): void {
  const line = { type: 'solid' as const, pt: 0.75, color: palette.line }
  const none = { type: 'none' as const }
  const row = (cells: TableBox['head']['cells'], options: pptxgen.default.TableCellProps) =>
    cells.map(({ lines }, at) => ({ text: unwrapped(lines), options: { ...options, align: box.columns[at]?.align ?? 'left', lang } }))
  const head = row(box.head.cells, { bold: true, color: palette.onBrand, fill: { color: palette.brand } })
  const rows = box.rows.map((each, at) =>
    row(each.cells, { color: palette.ink, ...(at % 2 === 1 ? { fill: { color: palette.band } } : {}) }),
  )
  slide.addTable([head, ...rows], {
    ...inches(box),
    colW: box.columns.map(each => each.width / POINTS_PER_INCH),
    rowH: [box.head, ...box.rows].map(each => each.height / POINTS_PER_INCH),
    fontFace: FACE,
    fontSize: box.size,
    valign: 'middle',
    margin: [CELL.y, CELL.x, CELL.y, CELL.x],
    border: [none, none, line, none],
    autoPage: false,
  })
}

function drawChart(slide: Slide, { chart, ...box }: ChartBox, palette: Palette, lang: string): void {
  const text = { color: palette.ink, face: FACE, size: CHART_TEXT }
  const series = chart.series.map(each => ({
    name: each.name,
    labels: [...chart.categories],
    // The library's types know no gaps; it writes null as an empty value, which `sameBytes` takes away.
    values: [...each.values] as number[],
  }))
  const shared: pptxgen.default.IChartOpts = {
    ...inches(box),
    altText: chart.description,
    chartColors: palette.series.slice(0, Math.max(series.length, 1)) as string[],
    showLegend: true,
    legendPos: 'b',
    legendFontFace: text.face,
    legendFontSize: text.size,
    legendColor: text.color,
    catAxisLabelFontFace: text.face,
    catAxisLabelFontSize: text.size,
    catAxisLabelColor: text.color,
    valAxisLabelFontFace: text.face,
    valAxisLabelFontSize: text.size,
    valAxisLabelColor: text.color,
    valAxisLabelFormatCode: '0"%"',
    valAxisMinVal: 0,
    valAxisMaxVal: scaleEnd(chart),
    lang,
  }
  if (chart.shape === 'bar') {
    slide.addChart('bar', series, {
      ...shared,
      barDir: 'bar',
      barGapWidthPct: 40,
      // The library's types know only the other way round; the first service stands at the top with this one.
      catAxisOrientation: 'maxMin' as 'minMax',
      valAxisHidden: true,
      valGridLine: { style: 'none' },
      showValue: true,
      dataLabelFormatCode: '0.0"%"',
      dataLabelFontFace: text.face,
      dataLabelFontSize: text.size,
      dataLabelColor: text.color,
    })
  } else {
    slide.addChart('line', series, {
      ...shared,
      lineDataSymbolSize: 5,
      displayBlanksAs: 'gap',
      valGridLine: { color: palette.line, size: 0.5 },
    })
  }
}
