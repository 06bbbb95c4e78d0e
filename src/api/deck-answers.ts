import { z } from 'zod'
import { DECK_LOCALES, DeckTemplates, SLIDE_KINDS, type Slide, TemplateKind } from '../model/deck.ts'
import type { DeckBrandView, DeckTemplatesView, DeckView } from '../model/deck-api.ts'
import { Day } from '../model/words.ts'
import { writeAccess } from './blocker-answers.ts'

const kind = z.enum(SLIDE_KINDS)

const shown = {
  title: z.string(),
  blocks: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('words'), text: z.string(), tone: z.enum(['lead', 'plain', 'quiet']) }),
      z.strictObject({ type: z.literal('bullets'), items: z.array(z.string()) }),
      z.strictObject({
        type: z.literal('table'),
        columns: z.array(z.strictObject({ title: z.string(), share: z.number(), align: z.enum(['left', 'right']) })),
        rows: z.array(z.array(z.string())),
      }),
      z.strictObject({
        type: z.literal('chart'),
        chart: z.strictObject({
          shape: z.enum(['bar', 'line']),
          description: z.string(),
          categories: z.array(z.string()),
          series: z.array(z.strictObject({ name: z.string(), values: z.array(z.number().nullable()) })),
        }),
      }),
    ]),
  ),
  notes: z.string(),
}
const slide: z.ZodType<Slide> = z.discriminatedUnion('kind', [
  z.strictObject({ kind, ...shown }),
  z.strictObject({ kind: z.literal('own'), id: z.string(), ...shown }),
])

const ReviewDeck: z.ZodType<DeckView> = z.strictObject({
  customer: z.string(),
  engagement: z.string(),
  version: z.int().min(0),
  locale: z.enum(DECK_LOCALES),
  slides: z.array(slide),
  left: z.array(kind),
  narratives: z.partialRecord(kind, z.string()),
  date: Day,
  taken: z.strictObject({ by: z.string(), at: z.string() }).nullable(),
  canBuild: writeAccess,
})

const DeckBrand: z.ZodType<DeckBrandView> = z.strictObject({
  name: z.string().nullable(),
  colour: z.string().nullable(),
  logo: z.strictObject({ type: z.enum(['image/png', 'image/jpeg']), bytes: z.int().min(0) }).nullable(),
  version: z.int().min(0),
})

const shipped = z.record(TemplateKind, z.strictObject({ title: z.string(), notes: z.string() }))

const DeckTemplateSlides: z.ZodType<DeckTemplatesView> = z.strictObject({
  templates: DeckTemplates,
  shipped: z.strictObject({ en: shipped, 'pt-BR': shipped }),
  version: z.int().min(0),
})

export const DECK_ANSWERS = { ReviewDeck, DeckBrand, DeckTemplateSlides } as const
