import { z } from 'zod'
import type { WriteAccess } from './api.ts'
import { DECK_LOCALES, DeckLocale, DeckTemplates, type ShippedSlides, type Slide, SlideKind } from './deck.ts'
import type { Day } from './words.ts'

export { DECK_LOCALES }

const version = z.int('the version of the deck that the screen showed').min(0)

/** PUT /customers/:id/review/deck — `sources` is always there and always last. */
export const ChangeDeck = z.strictObject({
  locale: DeckLocale,
  slides: z.array(SlideKind).min(1).max(20),
  narratives: z.partialRecord(SlideKind, z.string().trim().min(1).max(2000)),
  version,
})
export type ChangeDeck = z.infer<typeof ChangeDeck>

/** POST /customers/:id/review/deck/data — what is known now is what the deck is made from. */
export const TakeData = z.strictObject({ version })
export type TakeData = z.infer<typeof TakeData>

/** GET /customers/:id/review/deck */
export type DeckView = Readonly<{
  customer: string
  engagement: string
  /** 0: nothing was chosen yet, and all slides are shown. */
  version: number
  locale: DeckLocale
  /** Shown ones, in their order. */
  slides: readonly Slide[]
  /** Kinds that are not shown. */
  left: readonly SlideKind[]
  narratives: Readonly<Partial<Record<SlideKind, string>>>
  /** Of the data the slides are made from; `taken` null: it was not kept yet, and is that of today. */
  date: Day
  taken: Readonly<{ by: string; at: string }> | null
  canBuild: WriteAccess
}>

/** Of a logo. */
export const LOGO_BYTES = 512 * 1024

/** PUT /settings/deck — who presents; null: nothing of one's own. */
export const ChangeDeckBrand = z.strictObject({
  name: z.string().trim().min(1).max(200).nullable(),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'a colour as #rrggbb, in small letters')
    .nullable(),
  version: z.int('the version the screen showed').min(0),
})
export type ChangeDeckBrand = z.infer<typeof ChangeDeckBrand>

/** GET /settings/deck */
export type DeckBrandView = Readonly<{
  name: string | null
  colour: string | null
  logo: Readonly<{ type: 'image/png' | 'image/jpeg'; bytes: number }> | null
  version: number
}>

/** PUT /settings/deck/templates — all of them: what is left out is as shipped. */
export const ChangeDeckTemplates = z.strictObject({
  templates: DeckTemplates,
  version: z.int('the version the screen showed').min(0),
})
export type ChangeDeckTemplates = z.infer<typeof ChangeDeckTemplates>

/** GET /settings/deck/templates */
export type DeckTemplatesView = Readonly<{
  templates: DeckTemplates
  /** By the playbook in force. */
  shipped: Readonly<Record<DeckLocale, ShippedSlides>>
  version: number
}>
