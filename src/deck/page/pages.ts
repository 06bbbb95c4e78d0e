import type { ChartData, Column, Deck, Slide } from '../../model/deck.ts'
import type { Line } from './measure.ts'

/** Points; a page is 13⅓ × 7½ inches, as presentation programs have it. */
export const PAGE = { width: 960, height: 540 } as const

export type Area = Readonly<{ x: number; y: number; w: number; h: number }>

/** A paragraph with the lines it was measured to have. */
export type Paragraph = Readonly<{ lines: readonly Line[]; isBullet: boolean }>

export type TextBox = Area &
  Readonly<{
    type: 'text'
    size: number
    isBold: boolean
    colour: 'ink' | 'quiet' | 'onBrand'
    paragraphs: readonly Paragraph[]
  }>

export type TableCell = Readonly<{ lines: readonly Line[] }>
export type TableBox = Area &
  Readonly<{
    type: 'table'
    size: number
    columns: readonly (Column & { width: number })[]
    head: { height: number; cells: readonly TableCell[] }
    rows: readonly Readonly<{ height: number; cells: readonly TableCell[] }>[]
  }>

export type ChartBox = Area & Readonly<{ type: 'chart'; chart: ChartData }>
export type Box = TextBox | TableBox | ChartBox

/** One page as both formats draw it. Nothing on it is wider or higher than its box. */
export type Page = Readonly<{
  kind: Slide['kind']
  isCover: boolean
  number: number
  title: TextBox
  boxes: readonly Box[]
  foot: TextBox | null
  notes: string
}>

export type Pages = Readonly<{ deck: Deck; pages: readonly Page[] }>

/** Where things stand on every page. */
export const FRAME = {
  left: 48,
  right: 912,
  band: 10,
  title: { y: 28, h: 60 },
  top: 100,
  bottom: 492,
  foot: { y: 506, h: 20 },
  cover: { title: { y: 150, h: 150 }, top: 316, logo: { x: 48, y: 48, w: 200, h: 64 } },
} as const

export const WIDTH = FRAME.right - FRAME.left

/** A block that is taken away box by box, each as high as its page lets it be. */
export type Part = {
  readonly isEmpty: boolean
  /** Undefined where the page should be turned first; a fresh page always takes something. */
  take: (y: number, room: number, isOnBrand: boolean) => Box | undefined
}

/** Space inside of a table's cells. */
export const CELL = { x: 7, y: 4 } as const
/** Of a bullet's text from the bullet. */
export const INDENT = 16
/** Between the items of a list. */
export const BULLET_GAP = 6
