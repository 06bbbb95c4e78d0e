import type { Block, Deck, Slide } from '../../model/deck.ts'
import { never } from '../../model/words.ts'
import { chartPart } from './chart-box.ts'
import { heightOf, type Measure, wrap, wrapAtMost } from './measure.ts'
import { type Box, FRAME, PAGE, type Page, type Pages, type Part, type TextBox, WIDTH } from './pages.ts'
import { tableParts } from './table-box.ts'
import { bulletParts, wordParts } from './text-boxes.ts'

/** Between blocks. */
const GAP = 14
const FOOT_SIZE = 10
/** The page's number stands at the right of the foot. */
const NUMBER_WIDTH = 60

/** The slides as pages: every text wrapped, shrunk or cut to its box by the widths of the letters, long lists going on on a further page. */
export function layOut(deck: Deck, measure: Measure): Pages {
  const pages: Page[] = []
  for (const slide of deck.slides) {
    for (const [at, boxes] of flow(slide, measure).entries()) {
      const isCover = slide.kind === 'title' && at === 0
      pages.push({
        kind: slide.kind,
        isCover,
        number: pages.length + 1,
        title: titleBox(measure, at === 0 ? slide.title : `${slide.title} ${deck.continued}`, isCover),
        boxes,
        foot: isCover ? null : footBox(measure, deck.foot),
        notes: at === 0 ? slide.notes : '',
      })
    }
  }
  return { deck, pages }
}

/** The boxes of one slide, page by page; at least one page. */
function flow({ kind, blocks }: Slide, measure: Measure): readonly (readonly Box[])[] {
  const pages: Box[][] = [[]]
  const isCover = () => kind === 'title' && pages.length === 1
  let y: number = isCover() ? FRAME.cover.top : FRAME.top
  for (const block of blocks) {
    for (const part = partsOf(measure, block, kind); !part.isEmpty; ) {
      const box = part.take(y, FRAME.bottom - y, isCover())
      if (box) {
        pages.at(-1)?.push(box)
        y += box.h + GAP
      } else {
        pages.push([])
        y = FRAME.top
      }
    }
  }
  return pages
}

function partsOf(measure: Measure, block: Block, kind: Slide['kind']): Part {
  switch (block.type) {
    case 'words':
      return wordParts(measure, block)
    case 'bullets':
      return bulletParts(measure, block)
    case 'table':
      return tableParts(measure, block, kind === 'sources')
    case 'chart':
      return chartPart(measure, block.chart)
    default:
      return never(block)
  }
}

/** The largest size in which the title fits its box; cut in the smallest. */
function titleBox(measure: Measure, text: string, isCover: boolean): TextBox {
  const { y, h } = isCover ? FRAME.cover.title : FRAME.title
  const sizes = isCover ? ([44, 40, 36, 32, 28] as const) : ([28, 26, 24, 22] as const)
  const fitting = sizes.find(size => heightOf(wrap(measure, text, size, true, WIDTH).length, size) <= h)
  const size = fitting ?? sizes[sizes.length - 1] ?? sizes[0]
  const lines = wrapAtMost(measure, text, size, true, WIDTH, Math.floor(h / heightOf(1, size)))
  const colour = isCover ? 'onBrand' : 'ink'
  return { type: 'text', x: FRAME.left, y, w: WIDTH, h, size, isBold: true, colour, paragraphs: [{ lines, isBullet: false }] }
}

function footBox(measure: Measure, text: string): TextBox {
  const { y, h } = FRAME.foot
  const w = PAGE.width - 2 * FRAME.left - NUMBER_WIDTH
  const lines = wrapAtMost(measure, text, FOOT_SIZE, false, w, 1)
  const paragraphs = [{ lines, isBullet: false }]
  return { type: 'text', x: FRAME.left, y, w, h, size: FOOT_SIZE, isBold: false, colour: 'quiet', paragraphs }
}
