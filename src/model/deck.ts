import { z } from 'zod'
import { Day } from './words.ts'

/** The languages a review deck can be written in. */
export const DECK_LOCALES = ['en', 'pt-BR'] as const
export const DeckLocale = z.enum(DECK_LOCALES)
export type DeckLocale = z.infer<typeof DeckLocale>

export const DECK_FORMATS = ['pptx', 'pdf'] as const
export type DeckFormat = (typeof DECK_FORMATS)[number]

/** In the order of the deck. `sources` is always there and always last. */
export const SLIDE_KINDS = [
  'title',
  'start',
  'achievements',
  'usage',
  'usage-over-time',
  'metrics',
  'delivered',
  'blockers',
  'momentum',
  'options',
  'next-steps',
  'sources',
] as const
export const SlideKind = z.enum(SLIDE_KINDS)
export type SlideKind = z.infer<typeof SlideKind>

export const MOMENTUM_KINDS = ['self-service-support', 'champions', 'progress', 'training', 'community', 'other'] as const
export const MOMENTUM_STATES = ['planned', 'in-progress', 'done', 'already-in-place', 'dropped'] as const

const text = z.string().trim().min(1).max(2000)
const MOST_ROWS = 500
const list = <T extends z.ZodType>(of: T) => z.array(of).max(MOST_ROWS)

/** Slides whose own words an installation may replace: the sources tell where the numbers come from, and stay as they are. */
export const TemplateKind = SlideKind.exclude(['sources'])
export type TemplateKind = z.infer<typeof TemplateKind>

/** Of one language. */
export const MOST_OWN_SLIDES = 10
/** About two lines in the smallest letters of a title. */
export const MOST_TITLE = 120
export const MOST_LEAD = 1000
export const MOST_SLIDE_TEXT = 2000
/** In a file and in the portal: notes are several paragraphs. */
export const MOST_NOTES = 4000

const words = (most: number) => z.string().trim().min(1).max(most)
const replaced = z
  .strictObject({
    /** On the title slide it stands in place of "Success review": its heading is the customer. */
    title: words(MOST_TITLE).optional(),
    /** Above what the slide shows, and above what was typed for one review. */
    lead: words(MOST_LEAD).optional(),
    /** In place of the playbook's guidance. */
    notes: words(MOST_NOTES).optional(),
  })
  .optional()

const OwnSlide = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and dashes, at most 40'),
  /** The slide it follows, and is left out with. */
  after: TemplateKind,
  title: words(MOST_TITLE),
  /** Lines are paragraphs; those that begin with `- ` are bullets. */
  text: words(MOST_SLIDE_TEXT),
})
export type OwnSlide = z.infer<typeof OwnSlide>

const LanguageTemplates = z.strictObject({
  slides: z
    .strictObject({
      title: replaced,
      start: replaced,
      achievements: replaced,
      usage: replaced,
      'usage-over-time': replaced,
      metrics: replaced,
      delivered: replaced,
      blockers: replaced,
      momentum: replaced,
      options: replaced,
      'next-steps': replaced,
    } satisfies Record<TemplateKind, typeof replaced>)
    .optional(),
  own: z
    .array(OwnSlide)
    .max(MOST_OWN_SLIDES)
    .refine(slides => new Set(slides.map(({ id }) => id)).size === slides.length, 'two slides have the same id')
    .optional(),
})
export type LanguageTemplates = z.infer<typeof LanguageTemplates>

/** Words of an installation in place of those that are shipped, by language of the deck. What the data says is not among them. */
export const DeckTemplates = z.strictObject({ en: LanguageTemplates.optional(), 'pt-BR': LanguageTemplates.optional() })
export type DeckTemplates = z.infer<typeof DeckTemplates>

/** What a slide says while nothing is replaced. */
export type ShippedSlides = Readonly<Record<TemplateKind, Readonly<{ title: string; notes: string }>>>

/** A picture of 512 KiB, as base64. */
const MOST_LOGO_CHARACTERS = 700_000

/**
 * What a facts file cannot tell and the portal knows. A list that is absent was not looked at, which the deck says; an empty one says that
 * there is nothing. Strict, because a review keeps it as JSON to make the same deck again.
 */
export const DeckExtras = z.strictObject({
  brand: z
    .strictObject({
      /** Who presents: the organisation, shown on the first slide. */
      name: text.optional(),
      colour: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i, 'a colour, #rrggbb')
        .optional(),
      logo: z.strictObject({ type: z.enum(['image/png', 'image/jpeg']), base64: z.base64().max(MOST_LOGO_CHARACTERS) }).optional(),
    })
    .optional(),
  templates: DeckTemplates.optional(),
  presenters: list(text).optional(),
  /** Which slides, in which order; absent: all. */
  slides: list(SlideKind).optional(),
  /** Typed by whoever builds the review; stands above what the slide shows. */
  narratives: z.partialRecord(SlideKind, text).optional(),
  /** Beside the items of the plan that are done. */
  delivered: list(z.strictObject({ what: text, service: text.nullable(), on: Day.nullable() })).optional(),
  meetings: list(z.strictObject({ what: text, on: Day })).optional(),
  milestones: list(z.strictObject({ what: text, service: text.nullable(), on: Day.nullable() })).optional(),
  blockers: list(
    z.strictObject({
      what: text,
      service: text.nullable(),
      state: z.enum(['open', 'resolved']),
      /** Seats that cannot be used because of it. */
      seats: z.int().min(0).nullable(),
      since: Day.nullable(),
      resolvedOn: Day.nullable(),
      /** What is done next, or what resolved it. */
      step: text.nullable(),
    }),
  ).optional(),
  momentum: list(
    z.strictObject({
      kind: z.enum(MOMENTUM_KINDS),
      what: text,
      owner: text.nullable(),
      due: Day.nullable(),
      state: z.enum(MOMENTUM_STATES),
    }),
  ).optional(),
  options: list(z.strictObject({ choice: z.enum(['expand', 'sustain']), what: text })).optional(),
  nextSteps: list(z.strictObject({ what: text, owner: text.nullable(), due: Day.nullable() })).optional(),
  /** Usage of past days by service, oldest first. */
  history: z
    .record(z.string(), z.array(z.strictObject({ day: Day, active: z.int().min(0), seats: z.int().min(1), source: text })).max(MOST_ROWS))
    .optional(),
})
export type DeckExtras = z.infer<typeof DeckExtras>

/** One line of the last slide: a number of the deck, where it comes from and how old it is. */
export type Figure = Readonly<{
  what: string
  value: string
  source: string
  asOf: Day | null
}>

export type Column = Readonly<{
  title: string
  /** Of the width, in parts. */
  share: number
  align: 'left' | 'right'
}>

/** What a chart shows; null = unknown, drawn as nothing and never as 0. */
export type ChartData = Readonly<{
  shape: 'bar' | 'line'
  /** What a person who cannot see it is told. */
  description: string
  categories: readonly string[]
  /** Values in percent. */
  series: readonly Readonly<{ name: string; values: readonly (number | null)[] }>[]
}>

export type Block =
  | Readonly<{ type: 'words'; text: string; tone: 'lead' | 'plain' | 'quiet' }>
  | Readonly<{ type: 'bullets'; items: readonly string[] }>
  | Readonly<{ type: 'table'; columns: readonly Column[]; rows: readonly (readonly string[])[] }>
  | Readonly<{ type: 'chart'; chart: ChartData }>

type Shown = Readonly<{
  title: string
  blocks: readonly Block[]
  /** For whoever presents; paragraphs parted by line breaks. */
  notes: string
}>
/** `own`: of the installation. */
export type Slide = Shown & (Readonly<{ kind: SlideKind }> | Readonly<{ kind: 'own'; id: OwnSlide['id'] }>)

/** The whole content, before anybody knows how wide a letter is. */
export type Deck = Readonly<{
  locale: DeckLocale
  date: Day
  customer: string
  title: string
  /** Stands at the foot of each slide. */
  foot: string
  /** Put behind the title of a slide that goes on. */
  continued: string
  brand: NonNullable<DeckExtras['brand']>
  slides: readonly Slide[]
}>
