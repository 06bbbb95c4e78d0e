import type { ChartData } from '../../model/deck.ts'
import { cut, type Measure } from './measure.ts'
import { type Area, type ChartBox, FRAME, type Part, WIDTH } from './pages.ts'

/** Points of the letters in a chart. */
export const CHART_TEXT = 12
/** What the name of a service may take beside its bar. */
export const LABEL_WIDTH = 200
const LEGEND_HEIGHT = 30
/** Of a name in the legend: its colour and the space around. */
export const LEGEND_MARK = 24

/** Room for two bars and a gap per service; a line needs the height to show its way. */
const heightOfChart = ({ shape, categories }: ChartData): number =>
  shape === 'bar' ? Math.max(LEGEND_HEIGHT + 44 * categories.length, 150) : 360

/** A chart is never parted. */
export function chartPart(measure: Measure, chart: ChartData): Part {
  const h = heightOfChart(chart)
  let isEmpty = false
  return {
    get isEmpty() {
      return isEmpty
    },
    take(y, room) {
      if (room < h) return undefined
      isEmpty = true
      return chartBox(measure, chart, { x: FRAME.left, y, w: WIDTH, h })
    },
  }
}

/** The chart with its names cut to what they may take: programs that draw it would let them take the chart's place. */
function chartBox(measure: Measure, chart: ChartData, area: Area): ChartBox {
  const short = (text: string, width: number) => cut(measure, text, CHART_TEXT, width)
  const nameWidth = area.w / chart.series.length - LEGEND_MARK
  return {
    type: 'chart',
    ...area,
    chart: {
      ...chart,
      categories: chart.categories.map(each => short(each, LABEL_WIDTH)),
      series: chart.series.map(each => ({ ...each, name: short(each.name, nameWidth) })),
    },
  }
}

/** The end of a percent scale: the next ten above everything shown. */
export const scaleEnd = ({ series }: ChartData): number =>
  Math.max(10, ...series.flatMap(each => each.values).map(value => Math.ceil(((value ?? 0) * 1.1) / 10) * 10))
