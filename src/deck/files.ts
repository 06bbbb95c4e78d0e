import type { Deck, DeckFormat } from '../model/deck.ts'
import { AppError } from '../model/errors.ts'
import { layOut } from './page/lay-out.ts'
import { pictureFault } from './picture.ts'

/** The deck as the bytes of a file; the same deck gives the same bytes. Throws `invalid-input` for a logo that cannot be drawn. */
export async function deckFile(deck: Deck, format: DeckFormat): Promise<Uint8Array> {
  const fault = deck.brand.logo ? pictureFault(deck.brand.logo) : null
  if (fault)
    throw new AppError(
      'invalid-input',
      fault === 'too-large' ? 'brand.logo has too many pixels' : 'brand.logo is not a picture of its type',
    )
  // Loaded only now: the libraries that write documents are slow to load, and most processes never make one.
  const { measurer } = await import('./fonts.ts')
  const pages = layOut(deck, measurer())
  return format === 'pptx' ? (await import('./pptx.ts')).pptxOf(pages) : (await import('./pdf.ts')).pdfOf(pages)
}
