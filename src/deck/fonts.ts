import { createRequire } from 'node:module'
import PdfDocument from 'pdfkit'
import type { Measure } from './page/measure.ts'

/** As wide as Arial letter by letter, open, and with every Latin, Greek and Cyrillic script (decision 0060). */
const FILES = {
  regular: '@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf',
  bold: '@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf',
} as const

const { resolve } = createRequire(import.meta.url)
export const fontFile = (weight: keyof typeof FILES): string => resolve(FILES[weight])

/** From here on scripts are set a whole square per character, by whatever typeface the reader's machine has for them. */
const FIRST_SQUARE = 0x2e80

let known: Measure | null = null

/**
 * Widths by the letters of the typeface, without kerning: a program that kerns sets the text narrower. Remembered per letter for the life
 * of the process, since a deck has thousands of words and some hundred letters, and opening the typeface takes longer than its layout.
 */
export const measurer = (): Measure => {
  known ??= newMeasurer()
  return known
}

function newMeasurer(): Measure {
  const document = new PdfDocument({ autoFirstPage: false })
  const widths = { regular: new Map<string, number>(), bold: new Map<string, number>() }
  const widthOf = (character: string, weight: keyof typeof FILES): number => {
    const before = widths[weight].get(character)
    if (before !== undefined) return before
    const isSquare = (character.codePointAt(0) ?? 0) >= FIRST_SQUARE
    const width = isSquare ? 1 : document.font(fontFile(weight)).fontSize(1000).widthOfString(character) / 1000
    widths[weight].set(character, width)
    return width
  }
  return (text, size, isBold) => {
    let width = 0
    for (const character of text) width += widthOf(character, isBold ? 'bold' : 'regular')
    return width * size
  }
}
