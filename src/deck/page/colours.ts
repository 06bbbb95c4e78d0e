/** Colours without `#`, as both file formats take them. */
export type Palette = Readonly<{
  brand: string
  /** Text upon the brand's colour. */
  onBrand: string
  /** The brand's colour, darkened until it can be told from white. */
  accent: string
  ink: string
  quiet: string
  line: string
  band: string
  /** One per series of a chart: each at least 3 : 1 against white (WCAG 1.4.11). */
  series: readonly string[]
}>

const DEFAULT_BRAND = '0F6CBD'
const [WHITE, BLACK, INK] = ['FFFFFF', '000000', '1F1F1F']
const SERIES = ['767676', 'B45309', '6D28D9', '0F766E']

/** What WCAG asks of text, and of anything else that carries a meaning. */
const [TEXT_CONTRAST, SHAPE_CONTRAST] = [4.5, 3]

export function paletteOf(colour: string | undefined): Palette {
  const brand = (colour ?? DEFAULT_BRAND).replace('#', '').toUpperCase()
  const accent = darkened(brand)
  return {
    brand,
    // Of every colour, one of the two is at least 4.58 : 1 away; of a softer black that would not hold.
    onBrand: contrast(WHITE, brand) >= contrast(BLACK, brand) ? WHITE : BLACK,
    accent,
    ink: INK,
    quiet: '595959',
    line: 'C8C8C8',
    band: 'F3F3F3',
    series: [accent, ...SERIES],
  }
}

function darkened(colour: string): string {
  let now = colour
  while (contrast(now, WHITE) < SHAPE_CONTRAST) now = hex(channels(now).map(each => Math.floor(each * 0.95)))
  return now
}

/** 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

export const isReadable = (text: string, ground: string): boolean => contrast(text, ground) >= TEXT_CONTRAST

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map(each => {
    const share = each / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const channels = (colour: string): readonly number[] => [0, 2, 4].map(at => Number.parseInt(colour.slice(at, at + 2), 16))
const hex = (values: readonly number[]): string =>
  values
    .map(each => each.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
