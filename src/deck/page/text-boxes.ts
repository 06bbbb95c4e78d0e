import type { Block } from '../../model/deck.ts'
import { heightOf, type Measure, wrap, wrapAtMost } from './measure.ts'
import { BULLET_GAP, FRAME, INDENT, type Paragraph, type Part, type TextBox, WIDTH } from './pages.ts'

const SIZES = { lead: 18, plain: 16, quiet: 12 } as const
const BULLET_SIZE = SIZES.plain
/** A bullet is a sentence; what is longer is cut. */
const MOST_BULLET_LINES = 4

/** A paragraph, parted between its lines where a page ends. */
export function wordParts(measure: Measure, { text, tone }: Extract<Block, { type: 'words' }>): Part {
  const size = SIZES[tone]
  let left = wrap(measure, text, size, false, WIDTH)
  return {
    get isEmpty() {
      return left.length === 0
    },
    take(y, room, isOnBrand) {
      const count = Math.floor(room / heightOf(1, size))
      // A single line of several would look like a paragraph of its own.
      if (count < Math.min(left.length, 2)) return undefined
      const lines = left.slice(0, count)
      left = left.slice(count)
      return textBox(y, size, [{ lines, isBullet: false }], isOnBrand ? 'onBrand' : tone === 'quiet' ? 'quiet' : 'ink')
    },
  }
}

export function bulletParts(measure: Measure, { items }: Extract<Block, { type: 'bullets' }>): Part {
  let left = items.map(
    (item): Paragraph => ({ lines: wrapAtMost(measure, item, BULLET_SIZE, false, WIDTH - INDENT, MOST_BULLET_LINES), isBullet: true }),
  )
  return {
    get isEmpty() {
      return left.length === 0
    },
    take(y, room, isOnBrand) {
      const count = howMany(left, room)
      if (count === 0) return undefined
      const paragraphs = left.slice(0, count)
      left = left.slice(count)
      return textBox(y, BULLET_SIZE, paragraphs, isOnBrand ? 'onBrand' : 'ink')
    },
  }
}

const paragraphHeight = (size: number, { lines, isBullet }: Paragraph) => heightOf(lines.length, size) + (isBullet ? BULLET_GAP : 0)

/** How many of the paragraphs find room. */
function howMany(paragraphs: readonly Paragraph[], room: number): number {
  let left = room
  const full = paragraphs.findIndex(each => {
    left -= paragraphHeight(BULLET_SIZE, each)
    return left < 0
  })
  return full === -1 ? paragraphs.length : full
}

function textBox(y: number, size: number, paragraphs: readonly Paragraph[], colour: TextBox['colour']): TextBox {
  const h = paragraphs.reduce((sum, each) => sum + paragraphHeight(size, each), 0)
  return { type: 'text', x: FRAME.left, y, w: WIDTH, h, size, isBold: false, colour, paragraphs }
}
